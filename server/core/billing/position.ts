/**
 * Step 4: positions. One service of each group is the initial one; the others run beside it (concurrent) or before or
 * after it (sequential). Classes outside the hierarchy stand for themselves (each).
 */
import { addDays, MINUTES_PER_DAY, type IsoDate } from '../base/clock.ts';
import { formatAmount } from '../base/quantity.ts';
import { quoted, spaced } from '../base/words.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { firstOf, lookupIn, type FactLookup } from '../encounter/fact.ts';
import { evaluateCondition } from '../rules/condition.ts';
import type { Choice, Family, Rank } from '../rules/family.ts';
import type { Position } from '../rules/spec.ts';
import { describeThreshold, reaches } from '../rules/threshold.ts';
import type { Group, Service } from './group.ts';
import { defaultsOf } from './facts.ts';
import { overlapMinutes } from './time.ts';
import { factUse, type Reason } from './line.ts';

export type ServicePosition = Exclude<Position, 'additional-time'>;

export interface PlacedService {
  readonly service: Service;
  readonly group: Group;
  readonly position: ServicePosition;
  readonly date: IsoDate;
  /** Whether the initial service of its group is the first of its day or a further one. */
  readonly standing: 'first' | 'another-same-day';
  /** The grouping facts in which its group differs from the first of the day. */
  readonly differsBy: readonly string[];
  readonly reason: Reason;
}

type Placement = Pick<PlacedService, 'service' | 'group' | 'position' | 'reason'>;

export function place(
  family: Family,
  encounter: Encounter,
  date: IsoDate,
  groups: readonly Group[],
): readonly PlacedService[] {
  const choice = chooseRule(family, firstOf(lookupIn(encounter.facts), defaultsOf(family)));
  const placed = groups.map((group) => placeGroup(family, choice, group));
  return withStanding(family, date, placed);
}

function chooseRule(family: Family, facts: FactLookup): Choice | undefined {
  return family.choices.find((choice) => evaluateCondition(choice.when, facts).verdict === 'yes');
}

function placeGroup(family: Family, choice: Choice | undefined, group: Group): Placement[] {
  const hierarchy = family.hierarchy.map(({ value }) => value);
  const competing = group.services.filter(({ rule }) => hierarchy.includes(rule.name));
  const [initial, ...others] = [...competing].sort(byRanks(choice?.ranks ?? DEFAULT_RANKS, hierarchy));
  const result: Placement[] = group.services
    .filter((service) => !competing.includes(service))
    .map((service) => ({
      service,
      group,
      position: 'each',
      reason: {
        clause: family.initialOrigin,
        facts: [],
        sentence: `${service.name} stands for itself: ${quoted(service.rule.title)} does not compete for the initial service.`,
      },
    }));
  if (!initial) return result;
  const clause = choice?.origin ?? family.initialOrigin;
  result.push({
    service: initial,
    group,
    position: 'initial',
    reason: initialReason(initial, others, clause, choice),
  });
  const anchors = [initial];
  for (const service of others.sort(byStart)) {
    const beside = concurrentReason(family, service, anchors);
    if (!beside) anchors.push(service);
    result.push({
      service,
      group,
      position: beside ? 'concurrent' : 'sequential',
      reason: beside ?? sequentialReason(family, service, initial),
    });
  }
  return result;
}

const DEFAULT_RANKS: readonly Pick<Rank, 'by' | 'when'>[] = [
  { by: 'hierarchy', when: undefined },
  { by: 'earliest', when: undefined },
];

const byStart = (a: Service, b: Service): number => {
  const [left, right] = [a.start ?? Infinity, b.start ?? Infinity];
  return left === right ? 0 : left - right;
};

/** The order in which services are initial. Ties keep the order of `group`, which does not depend on the file. */
function byRanks(ranks: readonly Pick<Rank, 'by' | 'when'>[], hierarchy: readonly string[]) {
  return (a: Service, b: Service): number => {
    for (const rank of ranks) {
      const difference = rankOf(rank, a, hierarchy) - rankOf(rank, b, hierarchy);
      if (difference < 0 || difference > 0) return difference;
    }
    return 0;
  };
}

/** Lower comes first. */
function rankOf(
  { by, when }: Pick<Rank, 'by' | 'when'>,
  service: Service,
  hierarchy: readonly string[],
): number {
  switch (by) {
    case 'condition':
      return service.members.some(({ facts }) => evaluateCondition(when, facts).verdict === 'yes') ? 0 : 1;
    case 'hierarchy':
      return hierarchy.indexOf(service.rule.name);
    case 'longest':
      return -(service.minutes ?? 0);
    case 'earliest':
      return service.start ?? Number.MAX_SAFE_INTEGER;
  }
}

function initialReason(
  initial: Service,
  others: readonly Service[],
  clause: Reason['clause'],
  choice: Choice | undefined,
): Reason {
  const why =
    others.length === 0
      ? 'the only one of its group that can be'
      : `chosen by ${spaced(choice?.id ?? 'the hierarchy')}`;
  return { clause, facts: [], sentence: `${initial.name} is the initial service: ${why}.` };
}

function sequentialReason(family: Family, service: Service, initial: Service): Reason {
  const facts =
    service.start === undefined ? [] : [factUse('start', service.name, service.members[0].activity.origin)];
  return {
    clause: family.initialOrigin,
    facts,
    sentence: `${service.name} is sequential: ${initial.name} is the initial service of the same group.`,
  };
}

/** Why a service runs beside one that was placed before it; undefined when it does not. */
function concurrentReason(family: Family, service: Service, anchors: readonly Service[]): Reason | undefined {
  const classes = family.concurrentClasses.map(({ value }) => value);
  if (!family.overlap || (classes.length > 0 && !classes.includes(service.rule.name))) return undefined;
  for (const anchor of anchors) {
    if (classes.length > 0 && !classes.includes(anchor.rule.name)) continue;
    const stated = statedBeside(service, anchor) ?? statedBeside(anchor, service);
    if (stated) {
      return {
        clause: family.concurrentOrigin,
        facts: [stated],
        sentence: `${service.name} ran beside ${anchor.name}: the record says so.`,
      };
    }
    const minutes = overlapMinutes(service.intervals, anchor.intervals);
    if (minutes === 0 || !reaches(family.overlap, minutes)) continue;
    const facts = [factUse('overlap', formatAmount(minutes, 'min'), service.members[0].activity.origin)];
    const sentence = `${service.name} is concurrent: it ran beside ${anchor.name} for ${formatAmount(minutes, 'min')}, ${describeThreshold(family.overlap)} are needed.`;
    return { clause: family.concurrentOrigin, facts, sentence };
  }
  return undefined;
}

function statedBeside(a: Service, b: Service): ReturnType<typeof factUse> | undefined {
  const ids = b.members.map(({ activity }) => activity.id);
  const fact = a.members
    .map(({ activity }) => activity.facts.get('concurrent_with'))
    .find((f) => f && ids.includes(String(f.value)));
  return fact && factUse(fact.name, String(fact.value), fact.origin);
}

/** Dates every service and says which initial services follow another one on the same day. */
function withStanding(family: Family, date: IsoDate, groups: readonly Placement[][]): PlacedService[] {
  const dated = groups.map((placements) => {
    const initial = placements.find(({ position }) => position === 'initial')?.service;
    return {
      placements,
      initial,
      day: dayOf(date, initial ?? placements[0]?.service),
      start: initial?.start,
    };
  });
  dated.sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || 0);
  const firstOfDay = new Map<IsoDate, Group>();
  return dated.flatMap(({ placements, initial, day }) =>
    placements.map((placement) => {
      const first = firstOfDay.get(day);
      if (!first && initial) firstOfDay.set(day, placement.group);
      const another = initial !== undefined && first !== undefined && first !== placement.group;
      return {
        ...placement,
        date: dayOf(date, placement.service),
        standing: another ? 'another-same-day' : 'first',
        differsBy: another ? differences(family, first, placement.group) : [],
      } as const;
    }),
  );
}

const dayOf = (date: IsoDate, service: Service | undefined): IsoDate =>
  addDays(date, Math.floor((service?.start ?? 0) / MINUTES_PER_DAY));

const differences = (family: Family, a: Group, b: Group): string[] =>
  family.groupBy.map(({ value }) => value).filter((name) => a.key.get(name) !== b.key.get(name));
