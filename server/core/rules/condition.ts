/**
 * Conditions: `when` in families, specifications and policies. Data, not a string of code, so that schemas complete
 * them and the analyser can reason about them. Answers are yes, no or unknown: a fact that is missing is never false.
 */
import { amountIn, parseQuantity, formatAmount, type Quantity } from '../base/quantity.ts';
import type { Origin } from '../base/origin.ts';
import { listWords } from '../base/words.ts';
import { factNumber, factTexts, type Fact, type FactLookup } from '../encounter/fact.ts';
import type { Fields, Sourced } from '../yaml/fields.ts';
import type { ListUse } from './code-list.ts';
import { all } from './conditions/all.ts';
import type { Evaluation, Junction, Verdict } from './conditions/shared/junction.ts';
import type { Watchable } from './conditions/shared/watch.ts';
import { COMPARISONS, comparisonOf, JUNCTIONS, MEMBERSHIP, PRESENCE } from './conditions/registry.ts';

export interface FactTest extends Watchable {
  readonly kind: 'fact';
  readonly fact: string;
  readonly origin: Origin;
  readonly wants: Wants;
}
export type Wants =
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'compare'; readonly operator: string; readonly bound: Quantity }
  | ({ readonly kind: 'listed' } & ListUse)
  | { readonly kind: 'presence'; readonly documented: boolean };

export interface JoinedCondition extends Watchable {
  readonly kind: 'all' | 'any' | 'not';
  readonly origin: Origin;
  readonly parts: readonly Condition[];
}
export type Condition = FactTest | JoinedCondition;

/** A test with the fact it was asked of. */
export interface TestedFact {
  readonly test: FactTest;
  readonly found: Fact | undefined;
}
export type ConditionResult = Evaluation<TestedFact>;

const HOLDS: ConditionResult = { verdict: 'yes', met: [], unmet: [] };

/** Reads a condition from a mapping; keys in `except` belong to somebody else. */
export function lowerCondition(fields: Fields, except: readonly string[] = []): Condition {
  const parts = fields.keys().flatMap((key): Condition[] => {
    if (except.includes(key)) return [];
    if (JUNCTIONS.some((junction) => junction.key === key))
      return [lowerJunction(fields, key as 'all' | 'any' | 'not')];
    return lowerFact(fields, key);
  });
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'all', origin: fields.origin, parts };
}

function lowerJunction(fields: Fields, kind: 'all' | 'any' | 'not'): Condition {
  const origin = fields.originOf(kind);
  const inner = kind === 'not' ? [fields.fields(kind)] : fields.list(kind);
  return {
    kind,
    origin,
    parts: inner.filter((part) => part !== undefined).map((part) => lowerCondition(part)),
  };
}

function lowerFact(fields: Fields, fact: string): Condition[] {
  const comparisons = fields.fields(fact);
  const origin = fields.originOf(fact);
  if (!comparisons) {
    const values = fields.texts(fact).map(({ value }) => value);
    return [{ kind: 'fact', fact, origin, wants: { kind: 'one-of', values } }];
  }
  const presence = comparisons.boolean(PRESENCE.key);
  const list = comparisons.text(MEMBERSHIP.key);
  return [
    ...COMPARISONS.flatMap(({ key }): Condition[] => {
      const text = comparisons.text(key);
      const bound = text && parseQuantity(text.value);
      if (!text || !bound) return [];
      return [{ kind: 'fact', fact, origin: text.origin, wants: { kind: 'compare', operator: key, bound } }];
    }),
    ...(list ? [listTest(fact, list)] : []),
    ...(presence ? [presenceTest(fact, presence)] : []),
  ];
}

const presenceTest = (fact: string, { value, origin }: Sourced<boolean>): FactTest => ({
  kind: 'fact',
  fact,
  origin,
  wants: { kind: 'presence', documented: value },
});

const listTest = (fact: string, list: Sourced<string>): FactTest => ({
  kind: 'fact',
  fact,
  origin: list.origin,
  wants: { kind: 'listed', list, codes: undefined },
});

/** Whether a condition holds, without the tests that decided it: asks no more than it needs. */
export function verdictOf(condition: Condition | undefined, facts: FactLookup): Verdict {
  if (!condition) return 'yes';
  const verdict = askVerdict(condition, facts);
  condition.watch?.(verdict);
  return verdict;
}

function askVerdict(condition: Condition, facts: FactLookup): Verdict {
  if (condition.kind === 'fact') {
    const holds = testFact(condition.wants, facts(condition.fact));
    return holds === undefined ? 'unknown' : holds ? 'yes' : 'no';
  }
  const { parts, kind } = condition;
  return junctionOf(kind).verdict(parts.length, (i) => {
    const part = parts[i];
    return part ? askVerdict(part, facts) : 'yes';
  });
}

const junctionOf = (kind: JoinedCondition['kind']): Junction =>
  JUNCTIONS.find(({ key }) => key === kind) ?? all;

/** Asks a condition of the facts. */
export function evaluateCondition(condition: Condition | undefined, facts: FactLookup): ConditionResult {
  if (!condition) return HOLDS;
  const result = ask(condition, facts);
  condition.watch?.(result.verdict);
  return result;
}

function ask(condition: Condition, facts: FactLookup): ConditionResult {
  if (condition.kind !== 'fact') {
    const parts = condition.parts.map((part) => ask(part, facts));
    return junctionOf(condition.kind).join(parts);
  }
  const found = facts(condition.fact);
  const tested: TestedFact = { test: condition, found };
  const holds = testFact(condition.wants, found);
  if (holds === undefined) return { verdict: 'unknown', met: [], unmet: [tested] };
  return holds ? { verdict: 'yes', met: [tested], unmet: [] } : { verdict: 'no', met: [], unmet: [tested] };
}

function testFact(wants: Wants, fact: Fact | undefined): boolean | undefined {
  // A list without an entry is known to have no value at all.
  const isEmpty = fact !== undefined && Array.isArray(fact.value) && fact.value.length === 0;
  if (wants.kind === 'presence') return PRESENCE.holds(fact !== undefined && !isEmpty, wants.documented);
  if (!fact) return undefined;
  if (isEmpty) return false;
  if (wants.kind === 'one-of')
    return factTexts(fact).some((text) => wants.values.some((value) => isSameText(value, text)));
  if (wants.kind === 'listed') return MEMBERSHIP.holds(factTexts(fact), wants.codes);
  const bound = boundFor(fact, wants.bound);
  const value = bound && (factNumber(fact) ?? quantityOf(fact, bound.unit));
  return value === undefined || !bound ? undefined : comparisonOf(wants.operator)?.holds(value, bound.amount);
}

/** A bound in the unit of a fact: without a unit it counts in that one. Undefined where one cannot be turned into the other. */
function boundFor({ unit }: Fact, bound: Quantity): Quantity | undefined {
  const own = unit === undefined ? undefined : parseQuantity(`1 ${unit}`);
  if (!own) return bound;
  const amount = bound.unit === '' ? bound.amount * own.amount : amountIn(bound, own.unit);
  return amount === undefined ? undefined : { amount, unit: own.unit };
}

/** Names of drugs are written with and without capitals. */
const isSameText = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.trim().toLowerCase();

/** Whether a fact is as its test asks. Below a `not`, what carries a yes is not. */
export const isAsAsked = ({ test, found }: TestedFact): boolean => testFact(test.wants, found) === true;

/** The amount of a fact such as `2 mg`, in the unit of the bound; any unit will do where the bound has none. */
function quantityOf({ value }: Fact, unit: string): number | undefined {
  const quantity = typeof value === 'string' ? parseQuantity(value) : undefined;
  if (!quantity) return undefined;
  return unit === '' ? quantity.amount : amountIn(quantity, unit);
}

export function describeWants(wants: Wants): string {
  if (wants.kind === 'one-of') return listWords(wants.values);
  if (wants.kind === 'listed') return `${MEMBERSHIP.words} ${wants.list.value}`;
  if (wants.kind === 'presence') return wants.documented ? 'documented' : 'not documented';
  const words = comparisonOf(wants.operator)?.words ?? wants.operator;
  return `${words} ${formatAmount(wants.bound.amount, wants.bound.unit)}`;
}

/** The value of a fact for people: minutes as minutes, lists as lists. */
export function describeFact(fact: Fact | undefined, unit = ''): string {
  if (!fact || factTexts(fact).length === 0) return 'not documented';
  if (typeof fact.value === 'number') {
    const base = fact.unit === undefined ? undefined : parseQuantity(`1 ${fact.unit}`)?.unit;
    return formatAmount(fact.value, base ?? unit);
  }
  return listWords(factTexts(fact), 'and');
}

/** Every test in a condition, for checks of its facts and values. */
export function testsOf(condition: Condition | undefined): readonly FactTest[] {
  if (!condition) return [];
  return condition.kind === 'fact' ? [condition] : condition.parts.flatMap(testsOf);
}
