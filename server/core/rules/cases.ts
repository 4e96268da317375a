/**
 * A condition as cases: alternatives, each of which says for some facts what they must be, all at once. Told apart from
 * evaluation: this is for reasoning about conditions, not about encounters. Whether a value is as it must be is asked of
 * the tests themselves, so that reasoning and evaluation cannot disagree on units, capitals or lists.
 */
import type { Origin } from '../base/origin.ts';
import { groupBy } from '../base/lists.ts';
import { perInput } from '../base/memo.ts';
import { amountIn, type Quantity } from '../base/quantity.ts';
import type { FactValue } from '../encounter/fact.ts';
import { verdictOf, type Condition, type FactTest, type Wants } from './condition.ts';
import { FACTS_WITH_LISTS } from './known-facts.ts';

/** A test, and whether it is to hold. */
export interface Literal {
  readonly test: FactTest;
  readonly holds: boolean;
}

/** What one fact must be in one case: as every one of these says. */
export type Demand = readonly Literal[];

/** By fact. */
export type Case = ReadonlyMap<string, Demand>;

/** More alternatives than this are not told apart: then nothing is concluded. */
const MAX_CASES = 512;

const ALWAYS: readonly Case[] = [new Map()];

/** The cases in which a condition holds; undefined where there are too many of them, or it is not finished. No condition holds in one empty case. */
export const casesOf = (condition: Condition | undefined): readonly Case[] | undefined =>
  condition ? casesOfCondition(condition) : ALWAYS;

const casesOfCondition = perInput((condition: Condition) =>
  alternatives(condition, true)?.filter(isPossible),
);

/** Cases in which both hold. */
export function bothCases(
  a: readonly Case[] | undefined,
  b: readonly Case[] | undefined,
): readonly Case[] | undefined {
  return product(a, b)?.filter(isPossible);
}

/** The case in which a fact is as each of these asks. */
export const caseOf = (fact: string, origin: Origin, ...wanted: readonly Wants[]): Case =>
  new Map([
    [fact, wanted.map((wants) => ({ test: { kind: 'fact', fact, origin, wants } as const, holds: true }))],
  ]);

function alternatives(condition: Condition, holds: boolean): readonly Case[] | undefined {
  if (isUnfinished(condition)) return undefined;
  if (condition.kind === 'fact') return [new Map([[condition.fact, [{ test: condition, holds }]]])];
  const parts = condition.parts.map((part) => alternatives(part, condition.kind === 'not' ? !holds : holds));
  // Not all is any of not; not any is all of not.
  const isAll = condition.kind === 'not' || (condition.kind === 'all') === holds;
  if (!isAll) return parts.some((part) => !part) ? undefined : parts.flatMap((part) => part ?? []);
  return parts.reduce<readonly Case[] | undefined>(product, ALWAYS);
}

/** A test without values and alternatives without any: what it will say is not known yet. A list changes by itself. */
const isUnfinished = (condition: Condition): boolean =>
  condition.kind === 'fact'
    ? condition.wants.kind === 'listed' ||
      (condition.wants.kind === 'one-of' && condition.wants.values.length === 0)
    : condition.kind !== 'all' && condition.parts.length === 0;

function product(
  a: readonly Case[] | undefined,
  b: readonly Case[] | undefined,
): readonly Case[] | undefined {
  if (!a || !b || a.length * b.length > MAX_CASES) return undefined;
  return a.flatMap((left) => b.map((right) => merged(left, right)));
}

function merged(a: Case, b: Case): Case {
  const result = new Map(a);
  for (const [fact, demand] of b) result.set(fact, [...(result.get(fact) ?? []), ...demand]);
  return result;
}

/** Whether some value of every fact is as the case demands it. */
const isPossible = (own: Case): boolean => hasValues(own, () => true);

/** Whether that can be without a fact that has several values at once. */
export const isPossibleWithSingleValues = (own: Case): boolean =>
  hasValues(own, (sample) => !Array.isArray(sample) || sample.length < 2);

const hasValues = (own: Case, isMeant: (sample: Sample) => boolean): boolean =>
  [...own].every(([fact, demand]) => {
    // One test alone always has a value that it likes.
    if (demand.length < 2) return true;
    const samples = samplesOf(fact, demand, ANYTHING);
    return samples?.some((sample) => isMeant(sample) && fulfils(demand, sample)) ?? true;
  });

/** A value that stands for all that are like it. Undefined where nothing is documented; an empty list where there is no place for the fact. */
export type Sample = FactValue | undefined;

/** What a test says of a value; undefined where it cannot tell. */
export function answerTo(test: FactTest, value: Sample): boolean | undefined {
  const fact = value === undefined ? undefined : { name: test.fact, value, origin: test.origin };
  const verdict = verdictOf(test, () => fact);
  return verdict === 'unknown' ? undefined : verdict === 'yes';
}

/** Whether a value is surely as it must be. */
export const fulfils = (demand: Demand, value: Sample): boolean =>
  demand.every(({ test, holds }) => answerTo(test, value) === holds);

/** What values a fact may have. */
export interface Vocabulary {
  /** The only values that there are; empty where any will do. */
  readonly listed: readonly string[];
  /** Whether the record may say nothing of it. */
  readonly canBeMissing: boolean;
  /** Whether there are entries that have no place for it. */
  readonly canBeNone: boolean;
  /** Whether it is always an amount. */
  readonly isAmount: boolean;
  /** Whether its amounts are whole numbers. */
  readonly isWhole: boolean;
}

const ANYTHING: Vocabulary = {
  listed: [],
  canBeMissing: true,
  canBeNone: true,
  isAmount: false,
  isWhole: false,
};

/** A text that no condition names. */
const OTHER = '\u0000other';

/** Values that stand for all that some tests of a fact can tell apart; undefined where they would be too many. */
export function samplesOf(
  fact: string,
  literals: readonly Literal[],
  { listed, canBeMissing, canBeNone, isAmount, isWhole }: Vocabulary,
): readonly Sample[] | undefined {
  const tests = literals.map(({ test }) => test);
  const without: readonly Sample[] = [...(canBeMissing ? [undefined] : []), ...(canBeNone ? [[]] : [])];
  if (FACTS_WITH_LISTS.has(fact)) {
    const lists = listsOf(tests);
    return lists && [...without, ...lists];
  }
  const bounds = boundsOf(literals);
  const other = listed.length > 0 || isAmount ? [] : [OTHER];
  const texts = [...new Set([...listed, ...textsOf(tests)]), ...other];
  return bounds && [...without, ...texts, ...amountsOf(bounds, isWhole)];
}

const textsOf = (tests: readonly FactTest[]): readonly string[] => [
  ...new Set(tests.flatMap(({ wants }) => (wants.kind === 'one-of' ? wants.values : []))),
];

/** Lists of more values than this are not tried. */
const MAX_LISTED = 6;

/** Every list of some of the values that tests name, and one of none of them. Of values that no test tells apart one will do. */
function listsOf(tests: readonly FactTest[]): readonly Sample[] | undefined {
  const alike = groupBy(textsOf(tests), (text) => tests.map((test) => answerTo(test, text)).join());
  const values = [...alike.values()].map(([first]) => first);
  if (values.length > MAX_LISTED) return undefined;
  const lists = values.reduce<readonly (readonly string[])[]>(
    (all, value) => [...all, ...all.map((list) => [...list, value])],
    [[]],
  );
  return [...lists, [OTHER]];
}

/** A comparison as one amount that is written in some unit. */
interface Bound extends Quantity {
  readonly operator: string;
  readonly holds: boolean;
  readonly origin: Origin;
}

/** Undefined where bare numbers stand beside others: those count in the unit of the fact, which only its family knows. */
function boundsOf(literals: readonly Literal[]): readonly Bound[] | undefined {
  const bounds = literals.flatMap(({ test: { fact, origin, wants }, holds }): Bound[] => {
    if (wants.kind !== 'compare') return [];
    const { operator, bound } = wants;
    const unit = bound.unit === '' && fact === 'minutes' ? 'min' : bound.unit;
    return [{ operator, holds, origin, amount: bound.amount, unit }];
  });
  const bare = bounds.filter(({ unit }) => unit === '');
  return bare.length > 0 && bare.length < bounds.length ? undefined : bounds;
}

/** Amounts on each bound, between two of them, below the first and above the last. */
function amountsOf(bounds: readonly Bound[], isWhole: boolean): readonly Sample[] {
  const units = [...new Set(bounds.map(({ unit }) => unit))];
  const pick = isWhole ? wholeNumbersAt : numbersAt;
  // Without another unit beside it, a bare number stands for an amount in the unit that is written.
  if (units.length < 2) return pick(bounds.map(({ amount }) => amount));
  return units.flatMap((unit) =>
    pick(bounds.flatMap((bound) => amountIn(bound, unit) ?? [])).map((amount) => `${String(amount)} ${unit}`),
  );
}

function numbersAt(bounds: readonly number[]): number[] {
  const sorted = [...new Set(bounds)].sort((a, b) => a - b);
  return sorted.flatMap((bound, i) => {
    const next = sorted[i + 1];
    const below = i > 0 ? [] : [bound > 0 ? bound / 2 : bound - 1];
    return [...below, bound, next === undefined ? bound + 1 : (bound + next) / 2];
  });
}

const wholeNumbersAt = (bounds: readonly number[]): number[] => [
  ...new Set(
    bounds.flatMap((bound) => [Math.floor(bound), Math.ceil(bound)]).flatMap((n) => [n - 1, n, n + 1]),
  ),
];

/** The amounts that a demand leaves, in one unit. */
export interface Range {
  /** Empty for bare numbers. */
  readonly unit: string;
  readonly least: number;
  /** Whether the least itself is left out. */
  readonly aboveLeast: boolean;
  readonly most: number;
  readonly belowMost: boolean;
  /** Where the most was written. */
  readonly mostOrigin: Origin | undefined;
}

/** Undefined where its bounds cannot be compared. `wanted` is the unit to use; by default the last that is written, which is that of the most. */
export function rangeOf(demand: Demand, wanted?: string): Range | undefined {
  const bounds = boundsOf(demand);
  const unit = wanted ?? bounds?.at(-1)?.unit ?? '';
  let range: Range = {
    unit,
    least: -Infinity,
    aboveLeast: false,
    most: Infinity,
    belowMost: false,
    mostOrigin: undefined,
  };
  for (const bound of bounds ?? []) {
    const amount = amountIn(bound, unit);
    if (amount === undefined) return undefined;
    range = narrowed(range, bound, amount);
  }
  return bounds && range;
}

/** A range within a bound; within what is left of it, where the comparison is not to hold. */
function narrowed(range: Range, { operator, holds, origin }: Bound, amount: number): Range {
  const isLeast = operator === 'at_least' || operator === 'more_than';
  const isOpen = (operator === 'more_than' || operator === 'less_than') === holds;
  if (isLeast === holds) {
    const isStricter = amount > range.least || (amount === range.least && isOpen);
    return isStricter ? { ...range, least: amount, aboveLeast: isOpen } : range;
  }
  const isStricter = amount < range.most || (amount === range.most && isOpen);
  return isStricter ? { ...range, most: amount, belowMost: isOpen, mostOrigin: origin } : range;
}
