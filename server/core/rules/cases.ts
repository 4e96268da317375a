/**
 * A condition as cases: alternatives, each of which says for some facts what they must be, all at once. Told apart from
 * evaluation: this is for reasoning about conditions, not about encounters.
 */
import type { Origin } from '../base/origin.ts';
import type { Condition, FactTest, Wants } from './condition.ts';

/** What one fact must be in one case. */
export interface Demand {
  /** Undefined where every value that is not forbidden will do. */
  readonly values: readonly string[] | undefined;
  readonly forbidden: readonly string[];
  readonly least: number;
  /** Whether the least itself is left out. */
  readonly aboveLeast: boolean;
  readonly most: number;
  readonly belowMost: boolean;
  readonly documented: boolean | undefined;
  /** Where a bound or a list of values was written. */
  readonly origin: Origin;
}

export type Case = ReadonlyMap<string, Demand>;

/** More alternatives than this are not told apart: then nothing is concluded. */
const MAX_CASES = 512;

/** The cases in which a condition holds; undefined where there are too many of them, or it is not finished. No condition holds in one empty case. */
export function casesOf(condition: Condition | undefined): readonly Case[] | undefined {
  if (!condition) return [new Map()];
  const found = alternatives(condition, true);
  return found?.filter(isPossible);
}

/** Cases in which both hold. */
export function bothCases(
  a: readonly Case[] | undefined,
  b: readonly Case[] | undefined,
): readonly Case[] | undefined {
  return product(a, b)?.filter(isPossible);
}

function alternatives(condition: Condition, holds: boolean): readonly Case[] | undefined {
  if (isUnfinished(condition)) return undefined;
  if (condition.kind === 'fact') return ofTest(condition, holds);
  const parts = condition.parts.map((part) => alternatives(part, condition.kind === 'not' ? !holds : holds));
  // Not all is any of not; not any is all of not.
  const isAll = condition.kind === 'not' || (condition.kind === 'all') === holds;
  if (!isAll) return parts.some((part) => !part) ? undefined : parts.flatMap((part) => part ?? []);
  return parts.reduce<readonly Case[] | undefined>(product, [new Map()]);
}

/** A test without values and alternatives without any: what it will say is not known yet. */
const isUnfinished = (condition: Condition): boolean =>
  condition.kind === 'fact'
    ? condition.wants.kind === 'one-of' && condition.wants.values.length === 0
    : condition.kind !== 'all' && condition.parts.length === 0;

function product(
  a: readonly Case[] | undefined,
  b: readonly Case[] | undefined,
): readonly Case[] | undefined {
  if (!a || !b || a.length * b.length > MAX_CASES) return undefined;
  return a.flatMap((left) => b.map((right) => merged(left, right)));
}

function ofTest({ fact, wants, origin }: FactTest, holds: boolean): readonly Case[] {
  const open: Demand = {
    values: undefined,
    forbidden: [],
    least: -Infinity,
    aboveLeast: false,
    most: Infinity,
    belowMost: false,
    documented: undefined,
    origin,
  };
  return [new Map([[fact, demandOf(open, wants, holds)]])];
}

function demandOf(open: Demand, wants: Wants, holds: boolean): Demand {
  switch (wants.kind) {
    case 'presence':
      return { ...open, documented: wants.documented === holds };
    case 'one-of':
      return holds ? { ...open, values: wants.values } : { ...open, forbidden: wants.values };
    case 'compare':
      return { ...open, ...rangeOf(wants.operator, wants.bound.amount, holds) };
  }
}

/** The range of a comparison; of one that does not hold, what is left. */
function rangeOf(operator: string, amount: number, holds: boolean): Partial<Demand> {
  const isLeast = operator === 'at_least' || operator === 'more_than';
  const isOpen = operator === 'more_than' || operator === 'less_than';
  return isLeast === holds
    ? { least: amount, aboveLeast: isOpen === holds }
    : { most: amount, belowMost: isOpen === holds };
}

function merged(a: Case, b: Case): Case {
  const result = new Map(a);
  for (const [fact, demand] of b) {
    const known = result.get(fact);
    result.set(fact, known ? narrowed(known, demand) : demand);
  }
  return result;
}

function narrowed(a: Demand, b: Demand): Demand {
  const lower = a.least > b.least || (a.least === b.least && a.aboveLeast) ? a : b;
  const upper = a.most < b.most || (a.most === b.most && a.belowMost) ? a : b;
  const values =
    a.values && b.values ? a.values.filter((value) => b.values?.includes(value)) : (a.values ?? b.values);
  const clash = a.documented !== undefined && b.documented !== undefined && a.documented !== b.documented;
  return {
    values: clash ? [] : values,
    forbidden: [...a.forbidden, ...b.forbidden],
    least: lower.least,
    aboveLeast: lower.aboveLeast,
    most: upper.most,
    belowMost: upper.belowMost,
    documented: a.documented ?? b.documented,
    origin: b.origin,
  };
}

const isPossible = (own: Case): boolean => [...own.values()].every(canBe);

function canBe({ values, forbidden, least, aboveLeast, most, belowMost, documented }: Demand): boolean {
  if (least > most || (least === most && (aboveLeast || belowMost))) return false;
  const asks = values !== undefined || least > -Infinity || most < Infinity;
  if (documented === false && asks) return false;
  if (!values) return true;
  return values.some((value) => {
    const number = Number(value);
    const inRange =
      Number.isNaN(number) ||
      ((aboveLeast ? number > least : number >= least) && (belowMost ? number < most : number <= most));
    return !forbidden.includes(value) && inRange;
  });
}

/** The values that a demand leaves of some; those that it names where nobody lists any. */
export function valuesLeft({ values, forbidden }: Demand, known: readonly string[]): readonly string[] {
  return (values ?? known).filter((value) => !forbidden.includes(value));
}
