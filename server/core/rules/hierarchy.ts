/**
 * Hierarchies: which services belong together, which of them is the initial one, and which run beside it or repeat it.
 * A family has one, or several that do not compete with each other.
 */
import type { Origin } from '../base/origin.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import { lowerCondition, type Condition } from './condition.ts';
import { replaceNamed } from './named.ts';
import { readBounds, type Bounds } from './threshold.ts';

/** Services of one class that are one, because they are alike in some facts. */
export interface CombineRule {
  readonly id: string;
  readonly origin: Origin;
  /** Empty for every class. */
  readonly classes: readonly Sourced<string>[];
  readonly alike: readonly Sourced<string>[];
  readonly reason: string | undefined;
}

export interface Grouping {
  readonly origin: Origin;
  /** Facts that tell one group from another; one initial service in each. */
  readonly by: readonly Sourced<string>[];
  readonly combine: readonly CombineRule[];
}

export type RankBy = 'condition' | 'hierarchy' | 'longest' | 'earliest';

export interface Rank {
  readonly by: RankBy;
  readonly when: Condition | undefined;
  readonly origin: Origin;
}

/** How the initial service is chosen where `when` holds. */
export interface Choice {
  readonly id: string;
  readonly origin: Origin;
  readonly when: Condition | undefined;
  readonly ranks: readonly Rank[];
}

export interface ConcurrentRule {
  /** Empty where the document does not name it. */
  readonly id: string;
  readonly origin: Origin;
  /** In minutes; undefined where the share alone decides. */
  readonly overlap: Bounds | undefined;
  /** Of the time of the service that runs beside another, in percent. */
  readonly share: Bounds | undefined;
  /** Classes that run beside others; empty for all of the hierarchy. */
  readonly among: readonly Sourced<string>[];
  /** Classes beside which they run; empty for those of `among`. */
  readonly beside: readonly Sourced<string>[];
  /** How many of a group are concurrent; further ones are sequential. */
  readonly atMost: number | undefined;
}

export interface RepeatRule {
  readonly id: string;
  readonly origin: Origin;
  readonly among: readonly Sourced<string>[];
  /** Classes of what is repeated; empty for those of `among`. */
  readonly of: readonly Sourced<string>[];
  readonly alike: readonly Sourced<string>[];
  /** How far, in minutes, one must lie from the one before to start the clock for the next. */
  readonly apart: Bounds | undefined;
}

export interface Hierarchy {
  readonly id: string;
  readonly origin: Origin;
  /** Undefined where the groups of the family hold. */
  readonly groups: Grouping | undefined;
  /** Classes that compete for the initial service, the first the highest. */
  readonly among: readonly Sourced<string>[];
  readonly initialOrigin: Origin;
  readonly choices: readonly Choice[];
  readonly concurrent: readonly ConcurrentRule[];
  readonly repeats: readonly RepeatRule[];
}

/** One mapping or a list of them under `key`. */
export function readHierarchies(parent: Fields, key: string): Hierarchy[] {
  return oneOrMore(parent, key).map(({ fields, origin }) => readHierarchy(fields, origin));
}

/** One mapping under a key, or a list of them, with where each stands. */
function oneOrMore(
  parent: Fields,
  key: string,
): readonly { readonly fields: Fields; readonly origin: Origin }[] {
  const single = parent.fields(key);
  if (single) return [{ fields: single, origin: parent.originOf(key) }];
  return parent.list(key).map((fields) => ({ fields, origin: fields.origin }));
}

function readHierarchy(fields: Fields, origin: Origin): Hierarchy {
  const initial = fields.fields('initial');
  return {
    id: fields.text('id')?.value ?? '',
    origin,
    groups: readGrouping(fields, 'groups'),
    among: initial?.texts('among') ?? [],
    initialOrigin: fields.has('initial') ? fields.originOf('initial') : origin,
    choices: (initial?.list('choose') ?? []).map(readChoice),
    concurrent: oneOrMore(fields, 'concurrent').map(({ fields: own, origin: at }) => readConcurrent(own, at)),
    repeats: fields.list('repeat').map(readRepeat),
  };
}

/** Hierarchies as an amendment leaves them: what it leaves out of one stays. */
export function amendHierarchies(
  base: readonly Hierarchy[],
  changes: readonly Hierarchy[],
): readonly Hierarchy[] {
  const amended = changes.map((change) => {
    const known = base.find(({ id }) => id === change.id);
    return known ? amendHierarchy(known, change) : change;
  });
  return replaceNamed(base, amended, ({ id }) => id);
}

const amendHierarchy = (base: Hierarchy, change: Hierarchy): Hierarchy => ({
  ...base,
  groups:
    base.groups && change.groups ? amendGrouping(base.groups, change.groups) : (change.groups ?? base.groups),
  among: change.among.length > 0 ? change.among : base.among,
  initialOrigin: change.among.length > 0 ? change.initialOrigin : base.initialOrigin,
  choices: replaceNamed(base.choices, change.choices, ({ id }) => id),
  concurrent: change.concurrent.reduce(amendConcurrents, base.concurrent),
  repeats: replaceNamed(base.repeats, change.repeats, ({ id }) => id),
});

/** A change without a name is one of every rule. */
function amendConcurrents(
  base: readonly ConcurrentRule[],
  change: ConcurrentRule,
): readonly ConcurrentRule[] {
  const isMeant = ({ id }: ConcurrentRule): boolean => change.id === '' || id === change.id;
  if (!base.some(isMeant)) return [...base, change];
  return base.map((rule) => (isMeant(rule) ? amendConcurrent(rule, change) : rule));
}

const amendConcurrent = (base: ConcurrentRule, change: ConcurrentRule): ConcurrentRule => ({
  id: base.id,
  origin: change.origin,
  overlap: change.overlap ?? base.overlap,
  share: change.share ?? base.share,
  among: change.among.length > 0 ? change.among : base.among,
  beside: change.beside.length > 0 ? change.beside : base.beside,
  atMost: change.atMost ?? base.atMost,
});

export function readGrouping(parent: Fields, key: string): Grouping | undefined {
  const fields = parent.fields(key);
  if (!fields) return undefined;
  return { origin: parent.originOf(key), by: fields.texts('by'), combine: readCombine(fields) };
}

/** A grouping as an amendment leaves it: what it leaves out stays. */
export const amendGrouping = (base: Grouping, { origin, by, combine }: Grouping): Grouping => ({
  origin,
  by: by.length > 0 ? by : base.by,
  combine: combine.length > 0 ? combine : base.combine,
});

/** Facts alone are one rule for every class; entries with keys are rules of their own. */
function readCombine(fields: Fields): CombineRule[] {
  const items = fields.mixedList('combine');
  const facts = items.filter((item): item is Sourced<string> => !(item instanceof Fields));
  const plain: CombineRule = {
    id: '',
    origin: fields.originOf('combine'),
    classes: [],
    alike: facts,
    reason: undefined,
  };
  const rules = items
    .filter((item) => item instanceof Fields)
    .map((item) => ({
      id: item.text('id')?.value ?? '',
      origin: item.origin,
      classes: item.texts('classes'),
      alike: item.texts('alike'),
      reason: item.text('reason')?.value,
    }));
  return facts.length > 0 ? [plain, ...rules] : rules;
}

function readChoice(fields: Fields): Choice {
  const when = fields.fields('when');
  return {
    id: fields.text('id')?.value ?? '',
    origin: fields.origin,
    when: when && lowerCondition(when),
    ranks: fields.list('rank').map((rank) => {
      const condition = rank.fields('when');
      return {
        by: (rank.text('by')?.value ?? 'earliest') as RankBy,
        when: condition && lowerCondition(condition),
        origin: rank.origin,
      };
    }),
  };
}

const boundsUnder = (parent: Fields, key: string): Bounds | undefined => {
  const fields = parent.fields(key);
  return fields && readBounds(fields, parent.originOf(key));
};

const readConcurrent = (fields: Fields, origin: Origin): ConcurrentRule => ({
  id: fields.text('id')?.value ?? '',
  origin,
  overlap: boundsUnder(fields, 'overlap'),
  share: boundsUnder(fields, 'share'),
  among: fields.texts('among'),
  beside: fields.texts('beside'),
  atMost: fields.number('at_most')?.value,
});

const readRepeat = (fields: Fields): RepeatRule => ({
  id: fields.text('id')?.value ?? '',
  origin: fields.origin,
  among: fields.texts('among'),
  of: fields.texts('of'),
  alike: fields.texts('alike'),
  apart: boundsUnder(fields, 'apart'),
});
