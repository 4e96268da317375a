/**
 * Conditions: `when` in families, specifications and policies. Data, not a string of code, so that schemas complete
 * them and the analyser can reason about them. Answers are yes, no or unknown: a fact that is missing is never false.
 */
import { parseQuantity, formatAmount, type Quantity } from '../base/quantity.ts';
import type { Origin } from '../base/origin.ts';
import { listWords } from '../base/words.ts';
import { factNumber, factTexts, type Fact, type FactLookup } from '../encounter/fact.ts';
import type { Fields } from '../yaml/fields.ts';
import { all } from './conditions/all.ts';
import type { Evaluation } from './conditions/shared/junction.ts';
import { COMPARISONS, comparisonOf, JUNCTIONS } from './conditions/registry.ts';

export interface FactTest {
  readonly kind: 'fact';
  readonly fact: string;
  readonly origin: Origin;
  readonly wants: Wants;
}
export type Wants =
  | { readonly kind: 'one-of'; readonly values: readonly string[] }
  | { readonly kind: 'compare'; readonly operator: string; readonly bound: Quantity };

export interface JoinedCondition {
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
  return COMPARISONS.flatMap(({ key }): Condition[] => {
    const text = comparisons.text(key);
    const bound = text && parseQuantity(text.value);
    if (!text || !bound) return [];
    return [{ kind: 'fact', fact, origin: text.origin, wants: { kind: 'compare', operator: key, bound } }];
  });
}

/** Asks a condition of the facts. */
export function evaluateCondition(condition: Condition | undefined, facts: FactLookup): ConditionResult {
  if (!condition) return HOLDS;
  if (condition.kind !== 'fact') {
    const parts = condition.parts.map((part) => evaluateCondition(part, facts));
    const junction = JUNCTIONS.find(({ key }) => key === condition.kind) ?? all;
    return junction.join(parts);
  }
  const found = facts(condition.fact);
  const tested: TestedFact = { test: condition, found };
  const holds = found && testFact(condition.wants, found);
  if (holds === undefined) return { verdict: 'unknown', met: [], unmet: [tested] };
  return holds ? { verdict: 'yes', met: [tested], unmet: [] } : { verdict: 'no', met: [], unmet: [tested] };
}

function testFact(wants: Wants, fact: Fact): boolean | undefined {
  if (wants.kind === 'one-of') return factTexts(fact).some((text) => wants.values.includes(text));
  const value = factNumber(fact);
  return value === undefined ? undefined : comparisonOf(wants.operator)?.holds(value, wants.bound.amount);
}

export function describeWants(wants: Wants): string {
  if (wants.kind === 'one-of') return listWords(wants.values);
  const words = comparisonOf(wants.operator)?.words ?? wants.operator;
  return `${words} ${formatAmount(wants.bound.amount, wants.bound.unit)}`;
}

/** The value of a fact for people: minutes as minutes, lists as lists. */
export function describeFact(fact: Fact | undefined, unit = ''): string {
  if (!fact) return 'not documented';
  if (typeof fact.value === 'number') return formatAmount(fact.value, unit);
  return listWords(factTexts(fact), 'and');
}

/** Every test in a condition, for checks of its facts and values. */
export function testsOf(condition: Condition | undefined): readonly FactTest[] {
  if (!condition) return [];
  return condition.kind === 'fact' ? [condition] : condition.parts.flatMap(testsOf);
}
