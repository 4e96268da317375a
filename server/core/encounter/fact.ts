/** Facts: what is known of an encounter, an administration or a line, each with the place that says so. */
import type { Origin } from '../base/origin.ts';

export type FactValue = string | number | boolean | readonly string[];

export interface Fact {
  readonly name: string;
  readonly value: FactValue;
  readonly origin: Origin;
  /** The unit in which the family counts the fact, where it has one; the value is then in that unit's base, time in minutes. */
  readonly unit?: string;
}

export type Facts = ReadonlyMap<string, Fact>;
/** Answers for a fact by name; undefined means that nothing is known of it, which is not the same as false. */
export type FactLookup = (name: string) => Fact | undefined;

/** The values of a fact as texts: conditions compare what is written. */
export function factTexts(fact: Fact): readonly string[] {
  return Array.isArray(fact.value) ? (fact.value as readonly string[]) : [String(fact.value)];
}

/** The fact as a number; undefined when it is not one. */
export function factNumber(fact: Fact): number | undefined {
  if (typeof fact.value === 'number') return fact.value;
  const number = typeof fact.value === 'string' && fact.value.trim() !== '' ? Number(fact.value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** Asks a lookup once for each fact. */
export function remembering(lookup: FactLookup): FactLookup {
  const known = new Map<string, Fact | undefined>();
  return (name) => {
    const fact = known.get(name);
    if (fact || known.has(name)) return fact;
    const found = lookup(name);
    known.set(name, found);
    return found;
  };
}

/** Asks each lookup in turn. */
export const firstOf =
  (...lookups: readonly FactLookup[]): FactLookup =>
  (name) => {
    for (const lookup of lookups) {
      const fact = lookup(name);
      if (fact) return fact;
    }
    return undefined;
  };

export const lookupIn =
  (facts: Facts): FactLookup =>
  (name) =>
    facts.get(name);
