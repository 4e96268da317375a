/**
 * Step 4: positions. One service of each group is the initial one; the others repeat another one, run beside it
 * (concurrent), or before or after it (sequential). Classes outside every hierarchy stand for themselves (each).
 */
import { addDays, MINUTES_PER_DAY, type IsoDate } from '../base/clock.ts';
import { quoted, spaced } from '../base/words.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { firstOf, lookupIn } from '../encounter/fact.ts';
import { evaluateCondition, verdictOf } from '../rules/condition.ts';
import type { Family, UnreportedRule } from '../rules/family.ts';
import type { Choice, Hierarchy } from '../rules/hierarchy.ts';
import type { FamilyRules } from '../rules/rule-set.ts';
import type { Position } from '../rules/spec.ts';
import { concurrentBeside } from './concurrent.ts';
import { deduct } from './deduct.ts';
import { defaultsOf, usedFacts } from './facts.ts';
import type { Group, Service } from './group.ts';
import { byStart, chooseInitial, initialOrder } from './initial.ts';
import { factUse, type Reason } from './line.ts';
import { repetitionOf, type Repetition } from './repeat.ts';

export type ServicePosition = Exclude<Position, 'additional-time' | 'stated'>;

export interface PlacedService {
  readonly service: Service;
  readonly group: Group;
  readonly position: ServicePosition | 'stated';
  readonly date: IsoDate;
  /** Whether the initial service of its group is the first of its day or a further one. */
  readonly standing: 'first' | 'another-same-day';
  /** The grouping facts in which its group differs from the first of the day. */
  readonly differsBy: readonly string[];
  readonly reason: Reason;
  /** Of a repetition: minutes since the one before, where the record tells. */
  readonly sincePrevious: number | undefined;
}

/** A service that the family says is not reported, and why. */
export interface OmittedService {
  readonly service: Service;
  readonly reason: Reason;
  /** For the lines of its drugs, which were given all the same; undefined where the rule leaves them out, too. */
  readonly placed: PlacedService | undefined;
}

export interface Placed {
  readonly services: readonly PlacedService[];
  readonly omitted: readonly OmittedService[];
}

type Placement = Pick<PlacedService, 'service' | 'group' | 'position' | 'reason' | 'sincePrevious'>;

export function place(
  rules: FamilyRules,
  encounter: Encounter,
  date: IsoDate,
  groups: readonly Group[],
): Placed {
  const { family } = rules;
  const omitted: OmittedService[] = [];
  const placements = groups.map((group) => {
    const services = group.services.filter((service) => {
      const rule = unreportedBy(family, service, undefined);
      if (rule) omitted.push(leftOut(family, service, rule, unplaced(family, group, service, date)));
      return !rule;
    });
    // What is not reported ran all the same.
    const beside = groups.filter((other) => mayBeOne(group, other)).flatMap((other) => other.services);
    return placeGroup(rules, encounter, { ...group, services }, beside);
  });
  const services = withStanding(rules, encounter, date, placements).filter((placed) => {
    const rule = unreportedBy(family, placed.service, placed.position as ServicePosition);
    if (rule) omitted.push(leftOut(family, placed.service, rule, placed));
    return !rule;
  });
  return { services, omitted };
}

/** Whether nothing that the record says of two groups sets them apart. */
const mayBeOne = (a: Group, b: Group): boolean =>
  [...a.key].every(([name, value]) => {
    const other = b.key.get(name) ?? '';
    return value === '' || other === '' || value === other;
  });

/** The rule by which a service is not reported. Without a position, only rules for every position are asked. */
const unreportedBy = (
  family: Family,
  service: Service,
  as: ServicePosition | undefined,
): UnreportedRule | undefined =>
  family.unreported.find(
    (rule) =>
      (as === undefined ? rule.as.length === 0 : rule.as.includes(as)) &&
      (rule.classes.length === 0 || rule.classes.some(({ value }) => value === service.rule.name)) &&
      verdictOf(rule.when, service.facts) === 'yes',
  );

function leftOut(
  family: Family,
  service: Service,
  rule: UnreportedRule,
  placed: PlacedService,
): OmittedService {
  const { met } = evaluateCondition(rule.when, service.facts);
  const why = rule.reason === '' ? `a rule of ${quoted(family.title)} leaves it out.` : rule.reason;
  const reason = {
    clause: rule.origin,
    facts: usedFacts(family, met),
    sentence: `${service.name} is not reported: ${why}`,
  };
  return { service, reason, placed: rule.withoutDrugs ? undefined : placed };
}

/** A service that was left out before it got its place. */
const unplaced = (family: Family, group: Group, service: Service, date: IsoDate): PlacedService => ({
  ...placeEach(family, group, service),
  date: dayOf(date, service),
  standing: 'first',
  differsBy: [],
});

function placeGroup(
  rules: FamilyRules,
  encounter: Encounter,
  group: Group,
  beside: readonly Service[],
): Placement[] {
  const { family } = rules;
  const early = family.deductions.filter(({ as }) => as.length === 0);
  const services = group.services.map((service) => deduct(family, encounter, service, beside, early));
  if (!group.hierarchy) return services.map((service) => placeEach(family, group, service));
  return placeInHierarchy(rules, encounter, group, group.hierarchy, services);
}

const placeEach = (family: Family, group: Group, service: Service): Placement => ({
  service,
  group,
  position: 'each',
  sincePrevious: undefined,
  reason: {
    clause: family.positionsOrigin,
    facts: [],
    sentence: `${service.name} stands for itself: ${quoted(service.rule.title)} does not compete for the initial service.`,
  },
});

function placeInHierarchy(
  rules: FamilyRules,
  encounter: Encounter,
  group: Group,
  hierarchy: Hierarchy,
  services: readonly Service[],
): Placement[] {
  const { family } = rules;
  const choice = choiceFor(family, encounter, hierarchy);
  const initial = chooseInitial(rules, hierarchy, choice, services);
  if (!initial) return [];
  const others = services.filter((service) => service !== initial);
  const result: Placement[] = [
    {
      service: initial,
      group,
      position: 'initial',
      sincePrevious: undefined,
      reason: initialReason(initial, others, choice?.origin ?? hierarchy.initialOrigin, choice),
    },
  ];
  const anchors = [initial];
  const repetitions: Repetition[] = [{ service: initial, counted: true }];
  for (const service of inPlacingOrder(hierarchy, others)) {
    const placement = placeOther(encounter, group, hierarchy, service, { result, anchors, repetitions });
    if (placement.position === 'sequential') anchors.push(service);
    result.push(placement);
  }
  return result.map((placement) => withoutLateMinutes(family, encounter, placement, result));
}

/**
 * The higher in the hierarchy, the sooner placed: what runs beside a service is known only when that one has its place.
 * Services that may repeat others come last, so that what they repeat is known, wherever it stands in time.
 */
function inPlacingOrder({ among, repeats }: Hierarchy, services: readonly Service[]): Service[] {
  const repeating = new Set(repeats.flatMap((repeat) => repeat.among.map(({ value }) => value)));
  const classes = among.map(({ value }) => value);
  const rank = ({ rule }: Service): number =>
    classes.indexOf(rule.name) + (repeating.has(rule.name) ? classes.length : 0);
  return [...services].sort((a, b) => rank(a) - rank(b) || byStart(a, b));
}

interface SoFar {
  readonly result: readonly Placement[];
  readonly anchors: readonly Service[];
  readonly repetitions: Repetition[];
}

function placeOther(
  encounter: Encounter,
  group: Group,
  hierarchy: Hierarchy,
  service: Service,
  { result, anchors, repetitions }: SoFar,
): Placement {
  const repeated = repetitionOf(encounter, hierarchy, service, repetitions);
  repetitions.push({ service, counted: repeated?.counted ?? true });
  if (repeated) {
    const { reason, sincePrevious } = repeated;
    return { service, group, position: 'repeat', reason, sincePrevious };
  }
  const beside = concurrentBeside(encounter, hierarchy, service, anchors);
  const full = result.filter(({ position }) => position === 'concurrent').length;
  const rest = { service, group, sincePrevious: undefined };
  if (beside && full < (beside.rule.atMost ?? Infinity))
    return { ...rest, position: 'concurrent', reason: beside.reason };
  return {
    ...rest,
    position: 'sequential',
    reason: sequentialReason(hierarchy, service, anchors[0] ?? service),
  };
}

/** Takes off the minutes that services of some positions lose beside those that were placed before them. */
function withoutLateMinutes(
  family: Family,
  encounter: Encounter,
  placement: Placement,
  all: readonly Placement[],
): Placement {
  const late = family.deductions.filter(({ as }) => as.includes(placement.position));
  if (late.length === 0) return placement;
  const before = all.slice(0, all.indexOf(placement)).map(({ service }) => service);
  return { ...placement, service: deduct(family, encounter, placement.service, before, late) };
}

function choiceFor(family: Family, encounter: Encounter, { choices }: Hierarchy): Choice | undefined {
  const facts = firstOf(lookupIn(encounter.facts), defaultsOf(family));
  return choices.find((choice) => verdictOf(choice.when, facts) === 'yes');
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

function sequentialReason(hierarchy: Hierarchy, service: Service, initial: Service): Reason {
  const facts =
    service.start === undefined ? [] : [factUse('start', service.name, service.members[0].activity.origin)];
  return {
    clause: hierarchy.initialOrigin,
    facts,
    sentence: `${service.name} is sequential: ${initial.name} is the initial service of the same group.`,
  };
}

/** Dates every service and says which initial services follow another one on the same day. */
function withStanding(
  { family }: FamilyRules,
  encounter: Encounter,
  date: IsoDate,
  groups: readonly Placement[][],
): PlacedService[] {
  const dated = groups.map((placements) => {
    const initial = placements.find(({ position }) => position === 'initial')?.service;
    return {
      placements,
      initial,
      day: dayOf(date, initial ?? placements[0]?.service),
      start: initial?.start,
    };
  });
  const orders = new Map(
    family.hierarchies.map((own) => [own, initialOrder(own, choiceFor(family, encounter, own))]),
  );
  dated.sort((a, b) => {
    const hierarchy = a.placements[0]?.group.hierarchy;
    const order = hierarchy === b.placements[0]?.group.hierarchy && hierarchy && orders.get(hierarchy);
    const ranked = order && a.initial && b.initial ? order(a.initial, b.initial) : 0;
    return ranked || (a.start ?? Infinity) - (b.start ?? Infinity) || 0;
  });
  const firsts = new Map<Hierarchy | undefined, Map<string, Group>>();
  return dated.flatMap(({ placements, initial, day }) =>
    placements.map((placement) => {
      // Hierarchies do not compete, so each has a first service of its own.
      const ofHierarchy = firsts.get(placement.group.hierarchy) ?? new Map<string, Group>();
      firsts.set(placement.group.hierarchy, ofHierarchy);
      const first = ofHierarchy.get(day);
      if (!first && initial) ofHierarchy.set(day, placement.group);
      const another = initial !== undefined && first !== undefined && first !== placement.group;
      return {
        ...placement,
        date: dayOf(date, placement.service),
        standing: another ? 'another-same-day' : 'first',
        differsBy: another ? differences(first, placement.group) : [],
      } as const;
    }),
  );
}

const dayOf = (date: IsoDate, service: Service | undefined): IsoDate =>
  addDays(date, Math.floor((service?.start ?? 0) / MINUTES_PER_DAY));

const differences = (a: Group, b: Group): string[] =>
  [...new Set([...a.key.keys(), ...b.key.keys()])].filter((name) => a.key.get(name) !== b.key.get(name));
