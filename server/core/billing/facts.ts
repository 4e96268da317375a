/** Step 1: facts. What a condition may ask of one activity: its own facts, the encounter's, and the family's defaults. */
import type { Activity, Encounter } from '../encounter/encounter.ts';
import { firstOf, lookupIn, type FactLookup } from '../encounter/fact.ts';
import { describeFact, type TestedFact } from '../rules/condition.ts';
import type { Family } from '../rules/family.ts';
import { factUse, type FactUse } from './line.ts';

/** What holds where the record says nothing. */
export const defaultsOf =
  (family: Family): FactLookup =>
  (name) => {
    const value = family.facts.get(name)?.defaultValue;
    return value && { name, value: value.value, origin: value.origin };
  };

export const factsOf = (family: Family, encounter: Encounter, activity: Activity): FactLookup =>
  firstOf(lookupIn(activity.facts), lookupIn(encounter.facts), defaultsOf(family));

/** The unit in which a fact counts, as the family or the encounter format has it. */
export const unitOf = (family: Family, fact: string): string =>
  family.facts.get(fact)?.unit ?? (fact === 'minutes' ? 'min' : '');

/** The facts that tests were asked of, for the reasons of a line. */
export function usedFacts(family: Family, tests: readonly TestedFact[]): FactUse[] {
  const uses = new Map<string, FactUse>();
  for (const { test, found } of tests) {
    if (found)
      uses.set(test.fact, factUse(test.fact, describeFact(found, unitOf(family, test.fact)), found.origin));
  }
  return [...uses.values()];
}
