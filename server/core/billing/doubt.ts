/**
 * What hangs on a fact that the record lacks. Where the class of one administration is open, or how long it ran, the whole
 * encounter is billed once for everything that it may have been; a line that is another one then is unknown, and never
 * billable by luck.
 */
import type { IsoDate } from '../base/clock.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import { verdictOf } from '../rules/condition.ts';
import type { ClassRule } from '../rules/family.ts';
import type { FamilyRules } from '../rules/rule-set.ts';
import { classify, type Classified } from './classify.ts';
import { decisiveMinutes, representativeMinutes } from './decisive-minutes.ts';
import type { ClassifiedActivity } from './group.ts';
import type { Reason } from './line.ts';
import type { Placed, PlacedService } from './position.ts';

/** By service, its lines by code, in one word each: what two worlds are compared by. */
export type LinesByService = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Bills an encounter as it may have been. */
export type BillWorld = (encounter: Encounter, classified: readonly Classified[]) => LinesByService;

export interface DoubtContext {
  readonly rules: FamilyRules;
  readonly encounter: Encounter;
  readonly date: IsoDate;
  readonly classified: readonly Classified[];
  readonly placed: Placed;
  readonly bill: BillWorld;
}

/** Codes of a service of which nobody can say whether the line is right, each with the reason. */
export type Doubts = ReadonlyMap<PlacedService, ReadonlyMap<string, Reason>>;

/** How services are called in `LinesByService`. */
export const serviceKey = ({ service }: PlacedService): string =>
  service.members.map(({ activity }) => activity.origin.path).join(' ');

/** By service: on what its lines hang, beside what it lacks itself. */
export function doubtsOf(context: DoubtContext): Doubts {
  const { rules, encounter, classified, placed, bill } = context;
  const doubts = new Map<PlacedService, Map<string, Reason>>();
  const leftOut = new Map(ofLeavingOut(context));
  const open = classified.filter((item) => item.kind === 'classified').filter((item) => isOpen(rules, item));
  if (open.length === 0 && leftOut.size === 0) return doubts;
  const silent = open.filter((item) => saysSoItself(rules, item));
  const known = bill(encounter, classified);
  const doubtLines = (service: PlacedService, codes: Iterable<string>, reason: Reason): void => {
    const own = doubts.get(service) ?? new Map<string, Reason>();
    for (const code of codes) if (!own.has(code)) own.set(code, reason);
    doubts.set(service, own);
  };
  for (const [service, reason] of leftOut)
    doubtLines(service, known.get(serviceKey(service))?.keys() ?? [], reason);
  for (const { encounter: other, classified: items, varied } of worlds(context, open)) {
    const lines = bill(other, items);
    for (const service of placed.services) {
      if (service.service.members.some((member) => silent.some((own) => isSame(own, member)))) continue;
      const key = serviceKey(service);
      const codes = changed(known.get(key) ?? new Map(), lines.get(key) ?? new Map());
      if (codes.length > 0) doubtLines(service, codes, doubt(service, varied));
    }
  }
  return doubts;
}

/** Codes whose line is another one; where only lines are added, all of them: what is there is not the whole. */
function changed(known: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  const codes = [...known.keys()];
  const different = codes.filter((code) => known.get(code) !== other.get(code));
  return different.length > 0 || other.size === known.size ? different : codes;
}

const isSame = (a: ClassifiedActivity, b: ClassifiedActivity): boolean =>
  a.activity.origin.path === b.activity.origin.path;

/** Whether something decisive is missing: what it is, or how long it ran where that matters. */
const isOpen = (rules: FamilyRules, item: ClassifiedActivity): boolean =>
  saysSoItself(rules, item) || (isUntimed(item) && mayRunBeside(rules, item));

/** Whether its own lines are unknown for want of it, and say so. */
const saysSoItself = (rules: FamilyRules, item: ClassifiedActivity): boolean =>
  item.missing.length > 0 || (isUntimed(item) && isCounted(rules, item));

const isUntimed = ({ facts }: ClassifiedActivity): boolean => facts('minutes') === undefined;

/** Whether a code counts the minutes of its class. */
const isCounted = ({ specs }: FamilyRules, { rule }: ClassifiedActivity): boolean =>
  specs.some(({ reports }) =>
    reports.some(
      ({ classes, thresholds }) =>
        has(classes, rule) && thresholds.some(({ measure }) => measure === 'minutes'),
    ),
  );

/** Whether a clock would tell that it ran beside another, or another beside it. */
const mayRunBeside = ({ family }: FamilyRules, { activity, rule }: ClassifiedActivity): boolean =>
  activity.start !== undefined &&
  family.hierarchies.some(({ among, concurrent }) =>
    concurrent.some((own) => has(own.among.length > 0 ? own.among : among, rule) || has(own.beside, rule)),
  );

const has = (classes: readonly { readonly value: string }[], rule: ClassRule): boolean =>
  classes.some(({ value }) => value === rule.name);

interface World {
  readonly encounter: Encounter;
  readonly classified: readonly Classified[];
  /** What is told otherwise than in the record. */
  readonly varied: readonly ClassifiedActivity[];
}

/** More entries than this are not varied together. */
const TOGETHER = 3;

/** Each open entry as everything that it may have been, and some of them together. */
function worlds(context: DoubtContext, open: readonly ClassifiedActivity[]): World[] {
  const { rules, encounter, classified } = context;
  const start: World = { encounter, classified, varied: [] };
  const alone = open.flatMap((item) =>
    lacksMinutes(item)
      ? decisiveMinutes(rules, encounter, item.activity).map((minutes) =>
          lasting(context, start, item, minutes),
        )
      : asOtherClasses(start, item),
  );
  if (open.length < 2 || open.length > TOGETHER) return alone;
  const together = open.reduce<readonly World[]>(
    (all, item) => all.flatMap((world) => asRepresentatives(context, world, item)),
    [start],
  );
  return [...alone, ...together];
}

const lacksMinutes = (item: ClassifiedActivity): boolean =>
  item.missing.length === 0 || item.missing.includes('minutes');

const asRepresentatives = (context: DoubtContext, world: World, item: ClassifiedActivity): World[] =>
  lacksMinutes(item)
    ? representativeMinutes(context.rules).map((minutes) => lasting(context, world, item, minutes))
    : asOtherClasses(world, item);

function asOtherClasses(world: World, open: ClassifiedActivity): World[] {
  return open.open
    .filter((rule) => rule !== open.rule)
    .map((rule) => ({
      ...world,
      classified: world.classified.map((item) =>
        item.kind === 'classified' && isSame(item, open) ? { ...item, rule } : item,
      ),
      varied: [...world.varied, open],
    }));
}

function lasting(
  { rules: { family } }: DoubtContext,
  world: World,
  item: ClassifiedActivity,
  minutes: number,
): World {
  const activities = world.encounter.activities.map((activity) =>
    activity.origin.path === item.activity.origin.path ? withMinutes(activity, minutes) : activity,
  );
  const encounter = { ...world.encounter, activities };
  return { encounter, classified: classify(family, encounter), varied: [...world.varied, item] };
}

function withMinutes(activity: Activity, minutes: number): Activity {
  const { start, facts, origin } = activity;
  const fact = { name: 'minutes', value: minutes, origin };
  const interval = start === undefined ? undefined : { start, stop: start + minutes };
  return { ...activity, minutes, interval, facts: new Map([...facts, ['minutes', fact]]) };
}

function doubt({ service }: PlacedService, varied: readonly ClassifiedActivity[]): Reason {
  const [first] = varied;
  if (!first) throw new Error('A world differs from the record in something.');
  const names = [...new Set(varied.map(({ activity }) => activity.name))];
  const [head = ''] = names;
  const lacks = [...new Set(varied.flatMap(({ missing }) => (missing.length > 0 ? missing : ['minutes'])))];
  const are = lacks.length > 1 || lacks[0]?.endsWith('s') === true ? 'are' : 'is';
  const open = first.missing.length > 0 && names.length === 1;
  const hangsOn = open ? `what ${head} is` : `how long ${listWords(names, 'and')} ran`;
  const classes = open ? ` It may be ${listWords(first.open.map(({ title }) => quoted(title)))}.` : '';
  return {
    clause: first.rule.origin,
    facts: [],
    sentence: `Unknown: the part of ${service.name} depends on ${hangsOn}, and ${listWords(lacks.map(spaced), 'and')} of ${listWords(names, 'and')} ${are} not documented.${classes}`,
  };
}

/** Services of which nobody can say whether a rule of the family leaves them out. */
function ofLeavingOut({ rules: { family }, placed }: DoubtContext): [PlacedService, Reason][] {
  return placed.services.flatMap((own): [PlacedService, Reason][] => {
    const { service, position } = own;
    const rule = family.unreported.find(
      ({ as, classes, when }) =>
        (as.length === 0 || as.some((name) => name === position)) &&
        (classes.length === 0 || classes.some(({ value }) => value === service.rule.name)) &&
        verdictOf(when, service.facts) === 'unknown',
    );
    if (!rule) return [];
    const sentence = `Unknown: whether ${service.name} is left out (${rule.reason.replace(/\.$/, '')}) is not documented.`;
    return [[own, { clause: rule.origin, facts: [], sentence }]];
  });
}
