/**
 * Step 3: groups. Services of one hierarchy are put together by the facts that the family names (such as session and
 * access), and inside a group activities of one class that are alike become one service whose minutes add up.
 */
import { groupBy } from '../base/lists.ts';
import { formatAmount } from '../base/quantity.ts';
import { listWords, plural, spaced } from '../base/words.ts';
import { linkedTo, type Encounter, type Interval, type Relation } from '../encounter/encounter.ts';
import { factTexts, firstOf, type FactLookup } from '../encounter/fact.ts';
import type { ClassRule, Family } from '../rules/family.ts';
import type { CombineRule, Grouping, Hierarchy } from '../rules/hierarchy.ts';
import type { Classified } from './classify.ts';
import { intervalOf, ownMinutes, togetherMinutes } from './facts.ts';
import { factUse, type FactUse, type Reason } from './line.ts';

export type ClassifiedActivity = Extract<Classified, { readonly kind: 'classified' }>;

/** One administration as coding sees it: one or more activities of one class. */
export interface Service {
  readonly members: readonly [ClassifiedActivity, ...ClassifiedActivity[]];
  readonly rule: ClassRule;
  readonly name: string;
  readonly facts: FactLookup;
  /** Minutes that count. Undefined when the record does not say how long it ran. */
  readonly minutes: number | undefined;
  readonly intervals: readonly Interval[];
  /** Minutes from midnight of the date of service. */
  readonly start: number | undefined;
  /** Facts that the record lacks and that decide the class. */
  readonly missing: readonly string[];
  readonly reasons: readonly [Reason, ...Reason[]];
}

export interface Group {
  /** Undefined for services that compete with none. */
  readonly hierarchy: Hierarchy | undefined;
  readonly grouping: Grouping;
  /** Value by fact, for the facts that tell groups apart. */
  readonly key: ReadonlyMap<string, string>;
  readonly services: readonly Service[];
}

export function group(
  family: Family,
  encounter: Encounter,
  classified: readonly Classified[],
): readonly Group[] {
  const activities = classified.filter((item) => item.kind === 'classified').sort(byTimeThenContent);
  const byHierarchy = groupBy(activities, ({ rule }) => hierarchyOf(family, rule));
  return [...byHierarchy].flatMap(([hierarchy, members]) => {
    const grouping = hierarchy?.groups ?? family.groups;
    const keyed = keysOf(encounter, grouping, members);
    return [...groupBy(keyed, ({ key }) => nameOf(key)).values()].map((own) => ({
      hierarchy,
      grouping,
      key: own[0].key,
      services: combine(
        family,
        encounter,
        grouping,
        own.map(({ member }) => member),
      ),
    }));
  });
}

/** The hierarchy in which a class competes; undefined for classes that stand for themselves. */
const hierarchyOf = (family: Family, { name }: ClassRule): Hierarchy | undefined =>
  family.hierarchies.find(({ among }) => among.some(({ value }) => value === name));

/**
 * By start; without times, what follows another comes after it; then by what is documented. The order in which
 * a file lists them never matters.
 */
function byTimeThenContent(a: ClassifiedActivity, b: ClassifiedActivity): number {
  const starts = (a.activity.start ?? Infinity) - (b.activity.start ?? Infinity);
  if (starts < 0 || starts > 0) return starts;
  const follows = Number(isFollowing(a)) - Number(isFollowing(b));
  if (follows !== 0) return follows;
  const [left, right] = [contentOf(a), contentOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

const isFollowing = ({ activity: { facts } }: ClassifiedActivity): boolean =>
  facts.has('repeats') || facts.has('resumes') || facts.has('minutes_since_previous');

const contentOf = ({ activity }: ClassifiedActivity): string =>
  JSON.stringify([...activity.facts.values()].map(({ name, value }) => `${name}=${String(value)}`).sort());

/** What goes on elsewhere, as after a line that failed, belongs where it was begun. */
function firstPart(
  encounter: Encounter,
  member: ClassifiedActivity,
  members: readonly ClassifiedActivity[],
): ClassifiedActivity {
  const seen = new Set([member]);
  let part = member;
  for (;;) {
    const { activity } = part;
    const before = WHOLE.map(([relation]) => linkedTo(encounter, activity, relation)).find(
      (found) => found !== undefined,
    );
    const next = members.find((other) => other.activity === before);
    if (!next || seen.has(next)) return part;
    seen.add(next);
    part = next;
  }
}

/** Each member with the key of its group. What is given where another was resumed goes on there with it. */
function keysOf(
  encounter: Encounter,
  grouping: Grouping,
  members: readonly ClassifiedActivity[],
): readonly { readonly member: ClassifiedActivity; readonly key: ReadonlyMap<string, string> }[] {
  const own = members.map((member) => ({ member, key: groupKey(grouping, member, members) }));
  const moved = new Map<string, ReadonlyMap<string, string>>();
  for (const { member, key } of own) {
    const first = firstPart(encounter, member, members);
    const wasUsed = own.some(
      (other) => nameOf(other.key) === nameOf(key) && startOf(other.member) < startOf(member),
    );
    const goesOn = member.activity.links.has('resumes') && !wasUsed;
    if (first !== member && goesOn) moved.set(nameOf(key), groupKey(grouping, first, members));
    else if (first !== member) moved.set(member.activity.origin.path, groupKey(grouping, first, members));
  }
  return own.map(({ member, key }) => ({
    member,
    key: moved.get(member.activity.origin.path) ?? moved.get(nameOf(key)) ?? key,
  }));
}

const nameOf = (key: ReadonlyMap<string, string>): string => JSON.stringify([...key]);
const startOf = ({ activity }: ClassifiedActivity): number => activity.start ?? Infinity;

/**
 * Where the record does not say, an activity belongs to the first group that it could belong to: one that another names,
 * and where there is none, what each other names of the facts that it lacks.
 */
function groupKey(
  { by }: Grouping,
  activity: ClassifiedActivity,
  all: readonly ClassifiedActivity[],
): ReadonlyMap<string, string> {
  const own = namedBy(by, activity);
  if (own.size === by.length) return own;
  const named = all
    .map((other) => namedBy(by, other))
    .find(
      (other) => other.size === by.length && [...own].every(([name, value]) => other.get(name) === value),
    );
  if (named) return named;
  return new Map(
    by.map(({ value: name }) => {
      const known = own.get(name) ?? all.map((other) => namedBy(by, other).get(name)).find((text) => text);
      return [name, known ?? ''];
    }),
  );
}

/** What an activity says of the facts that tell groups apart. */
function namedBy(by: Grouping['by'], { facts }: ClassifiedActivity): ReadonlyMap<string, string> {
  return new Map(
    by.flatMap(({ value: name }) => {
      const fact = facts(name);
      return fact ? [[name, factTexts(fact).join(', ')]] : [];
    }),
  );
}

/** Why two members are one service. */
interface Bond {
  readonly origin: Reason['clause'];
  readonly words: string;
  readonly reason: string | undefined;
}

function combine(
  family: Family,
  encounter: Encounter,
  grouping: Grouping,
  members: readonly ClassifiedActivity[],
): Service[] {
  const services: { members: [ClassifiedActivity, ...ClassifiedActivity[]]; bonds: Bond[] }[] = [];
  for (const member of members) {
    const bonded = services.flatMap((service) => {
      const bond = service.members
        .map((other) => bondOf(encounter, grouping, other, member))
        .find((found) => found !== undefined);
      return bond ? [{ service, bond }] : [];
    });
    const [first, ...others] = bonded;
    if (!first) {
      services.push({ members: [member], bonds: [] });
      continue;
    }
    first.service.members.push(member);
    first.service.bonds.push(...bonded.map(({ bond }) => bond));
    for (const { service } of others) {
      first.service.members.push(...service.members);
      first.service.bonds.push(...service.bonds);
      services.splice(services.indexOf(service), 1);
    }
  }
  return services.map(({ members: own, bonds }) =>
    serviceOf(family, [...own].sort(byTimeThenContent), bonds),
  );
}

/** Relations that make two activities one, with the words for them. */
const WHOLE: readonly (readonly [Relation, string])[] = [
  ['mixed_with', 'mixed in one bag'],
  ['resumes', 'interrupted and resumed'],
];

function bondOf(
  encounter: Encounter,
  { combine: rules }: Grouping,
  a: ClassifiedActivity,
  b: ClassifiedActivity,
): Bond | undefined {
  if (a.rule.name !== b.rule.name) return undefined;
  for (const [relation, words] of WHOLE) {
    const [said] = [
      [a, b],
      [b, a],
    ].flatMap(([one, other]) =>
      one && other && linkedTo(encounter, one.activity, relation) === other.activity
        ? (one.activity.facts.get(relation) ?? [])
        : [],
    );
    if (said) return { origin: said.origin, words, reason: undefined };
  }
  const rule = rules.find((own) => isAlike(own, a, b));
  if (!rule) return undefined;
  const alike = listWords(
    rule.alike.map(({ value }) => spaced(value)),
    'and',
  );
  return { origin: rule.origin, words: `alike in ${alike}`, reason: rule.reason };
}

/** What the record does not name cannot be called the same. */
function isAlike(rule: CombineRule, a: ClassifiedActivity, b: ClassifiedActivity): boolean {
  if (rule.classes.length > 0 && !rule.classes.some(({ value }) => value === a.rule.name)) return false;
  return rule.alike.length > 0 && rule.alike.every(({ value }) => sameFact(a.facts, b.facts, value));
}

/** Whether a fact is documented in both and equal, whatever the capitals. */
export function sameFact(a: FactLookup, b: FactLookup, name: string): boolean {
  const [left, right] = [a(name), b(name)];
  return left !== undefined && right !== undefined && textOf(left) === textOf(right);
}

const textOf = (fact: Parameters<typeof factTexts>[0]): string =>
  factTexts(fact).join('\n').trim().toLowerCase();

function serviceOf(family: Family, sorted: readonly ClassifiedActivity[], bonds: readonly Bond[]): Service {
  const [first, ...others] = sorted;
  if (!first) throw new Error('A service has at least one member.');
  const members = [first, ...others] as const;
  const minutes = totalMinutes(family, members);
  const starts = members.map(({ activity }) => activity.start).filter((start) => start !== undefined);
  const own = firstOf(...members.map(({ facts }) => facts));
  return {
    members,
    rule: first.rule,
    name: first.activity.name,
    facts: withMinutes(own, minutes, first.activity.origin),
    minutes,
    intervals: members.flatMap(({ activity }) => intervalOf(family, activity) ?? []),
    start: starts.length > 0 ? Math.min(...starts) : undefined,
    missing: [...new Set(members.flatMap((member) => member.missing))],
    reasons: [first.reason, ...combineReasons(family, members, bonds, minutes)],
  };
}

/** The facts of a service, with so many minutes. */
export function withMinutes(own: FactLookup, minutes: number | undefined, at: Reason['clause']): FactLookup {
  const total =
    minutes === undefined
      ? undefined
      : { ...(own('minutes') ?? { origin: at }), name: 'minutes', value: minutes };
  return (name) => (name === 'minutes' ? total : own(name));
}

/** Minutes of all members; what was mixed into another's bag has been counted with it. */
const totalMinutes = (family: Family, members: readonly ClassifiedActivity[]): number | undefined =>
  togetherMinutes(
    family,
    members.map(({ activity }) => activity).filter((activity) => !isInBag(members, activity)),
  );

/** Whether an activity's time is that of another member's bag, and so has been counted. */
const isInBag = (members: readonly ClassifiedActivity[], activity: ClassifiedActivity['activity']): boolean =>
  activity.links.has('mixed_with') &&
  members.some((other) => other.activity !== activity && !other.activity.links.has('mixed_with'));

function combineReasons(
  family: Family,
  members: readonly ClassifiedActivity[],
  bonds: readonly Bond[],
  minutes: number | undefined,
): Reason[] {
  const total =
    minutes === undefined ? 'their time is not known' : `${formatAmount(minutes, 'min')} together`;
  const facts: FactUse[] = members.map(({ activity }) => {
    const own = ownMinutes(family, activity);
    return factUse(
      'minutes',
      own === undefined ? 'not documented' : formatAmount(own, 'min'),
      activity.origin,
    );
  });
  const kinds = [...groupBy(bonds, ({ words }) => words).values()];
  return kinds.map(([{ origin, words, reason }]) => {
    const why = reason === undefined ? '' : ` ${reason}`;
    const sentence = `${plural(members.length, 'administration')} ${words} are one service: ${total}.${why}`;
    return { clause: origin, facts, sentence };
  });
}
