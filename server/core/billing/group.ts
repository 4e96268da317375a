/**
 * Step 3: groups. Activities are put together by the facts that the family names (such as session and access), and
 * inside a group activities of one class that are alike become one service whose minutes add up.
 */
import { formatAmount } from '../base/quantity.ts';
import { listWords, plural, spaced } from '../base/words.ts';
import { factTexts, firstOf, type FactLookup } from '../encounter/fact.ts';
import type { Interval } from '../encounter/encounter.ts';
import type { ClassRule, Family } from '../rules/family.ts';
import type { Classified } from './classify.ts';
import { clockMinutes } from './time.ts';
import { factUse, type FactUse, type Reason } from './line.ts';

export type ClassifiedActivity = Extract<Classified, { readonly kind: 'classified' }>;

/** One administration as coding sees it: one or more activities of one class. */
export interface Service {
  readonly members: readonly [ClassifiedActivity, ...ClassifiedActivity[]];
  readonly rule: ClassRule;
  readonly name: string;
  readonly facts: FactLookup;
  /** Undefined when the record does not say how long it ran. */
  readonly minutes: number | undefined;
  readonly intervals: readonly Interval[];
  /** Minutes from midnight of the date of service. */
  readonly start: number | undefined;
  /** Facts that the record lacks and that decide the class. */
  readonly missing: readonly string[];
  readonly reasons: readonly [Reason, ...Reason[]];
}

export interface Group {
  /** Value by fact, for the facts that tell groups apart. */
  readonly key: ReadonlyMap<string, string>;
  readonly services: readonly Service[];
}

export function group(family: Family, classified: readonly Classified[]): readonly Group[] {
  const activities = classified.filter((item) => item.kind === 'classified').sort(byTimeThenContent);
  const groups = new Map<string, { key: ReadonlyMap<string, string>; members: ClassifiedActivity[] }>();
  for (const activity of activities) {
    const key = groupKey(family, activity, activities);
    const name = JSON.stringify([...key]);
    const known = groups.get(name);
    if (known) known.members.push(activity);
    else groups.set(name, { key, members: [activity] });
  }
  return [...groups.values()].map(({ key, members }) => ({ key, services: combine(family, members) }));
}

/** By start, then by what is documented: the order in which a file lists them never matters. */
function byTimeThenContent(a: ClassifiedActivity, b: ClassifiedActivity): number {
  const starts = (a.activity.start ?? Infinity) - (b.activity.start ?? Infinity);
  if (starts < 0 || starts > 0) return starts;
  const [left, right] = [contentOf(a), contentOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const contentOf = ({ activity }: ClassifiedActivity): string =>
  JSON.stringify([...activity.facts.values()].map(({ name, value }) => `${name}=${String(value)}`).sort());

/** Where the record does not say, an activity belongs to the first group that it could belong to. */
function groupKey(
  family: Family,
  activity: ClassifiedActivity,
  all: readonly ClassifiedActivity[],
): ReadonlyMap<string, string> {
  const key = new Map<string, string>();
  for (const { value: name } of family.groupBy) {
    const own =
      activity.facts(name) ?? all.map(({ facts }) => facts(name)).find((fact) => fact !== undefined);
    key.set(name, own ? factTexts(own).join(', ') : '');
  }
  return key;
}

function combine(family: Family, members: readonly ClassifiedActivity[]): Service[] {
  const alike = new Map<string, [ClassifiedActivity, ...ClassifiedActivity[]]>();
  members.forEach((member, index) => {
    const values = family.combine.map(({ value: name }) => member.facts(name));
    // What the record does not name cannot be called the same.
    const same = values.length > 0 && values.every((fact) => fact !== undefined);
    const key = same
      ? JSON.stringify([member.rule.name, ...values.map((fact) => factTexts(fact))])
      : `#${String(index)}`;
    const known = alike.get(key);
    if (known) known.push(member);
    else alike.set(key, [member]);
  });
  return [...alike.values()].map((list) => serviceOf(family, list));
}

function serviceOf(family: Family, members: readonly [ClassifiedActivity, ...ClassifiedActivity[]]): Service {
  const [first] = members;
  const minutes = totalMinutes(members);
  const starts = members.map(({ activity }) => activity.start).filter((start) => start !== undefined);
  const own = firstOf(...members.map(({ facts }) => facts));
  const total =
    minutes === undefined
      ? undefined
      : { ...(own('minutes') ?? { origin: first.activity.origin }), name: 'minutes', value: minutes };
  return {
    members,
    rule: first.rule,
    name: first.activity.name,
    facts: (name) => (name === 'minutes' ? total : own(name)),
    minutes,
    intervals: members.map(({ activity }) => activity.interval).filter((interval) => interval !== undefined),
    start: starts.length > 0 ? Math.min(...starts) : undefined,
    missing: [...new Set(members.flatMap((member) => member.missing))],
    reasons: [first.reason, ...combineReasons(family, members, minutes)],
  };
}

/** Clocked minutes count once however many bags run; minutes without a clock are added. Unknown if any is. */
function totalMinutes(members: readonly ClassifiedActivity[]): number | undefined {
  let unclocked = 0;
  const intervals: Interval[] = [];
  for (const { activity } of members) {
    if (activity.interval) intervals.push(activity.interval);
    else if (activity.minutes === undefined) return undefined;
    else unclocked += activity.minutes;
  }
  return clockMinutes(intervals) + unclocked;
}

function combineReasons(
  family: Family,
  members: readonly ClassifiedActivity[],
  minutes: number | undefined,
): Reason[] {
  if (members.length < 2) return [];
  const alike = listWords(
    family.combine.map(({ value }) => spaced(value)),
    'and',
  );
  const total =
    minutes === undefined ? 'their time is not known' : `${formatAmount(minutes, 'min')} together`;
  const facts: FactUse[] = members.map(({ activity }) =>
    factUse(
      'minutes',
      activity.minutes === undefined ? 'not documented' : formatAmount(activity.minutes, 'min'),
      activity.origin,
    ),
  );
  const sentence = `${plural(members.length, 'administration')} alike in ${alike} are one service: ${total}.`;
  return [{ clause: family.groupsOrigin, facts, sentence }];
}
