/** Step 1: facts. What a condition may ask of one activity: its own facts, the encounter's, and the family's defaults. */
import { amountIn, divideQuantities, parseQuantity, rounded, type Quantity } from '../base/quantity.ts';
import { listWords, spaced } from '../base/words.ts';
import { linkedTo, type Activity, type Encounter, type Interval } from '../encounter/encounter.ts';
import { firstOf, lookupIn, remembering, type Fact, type FactLookup } from '../encounter/fact.ts';
import { describeFact, type TestedFact } from '../rules/condition.ts';
import type { Family } from '../rules/family.ts';
import { factUse, type FactUse } from './line.ts';
import { clockMinutes } from './time.ts';

/** What holds where the record says nothing. */
export const defaultsOf =
  (family: Family): FactLookup =>
  (name) => {
    const value = family.facts.get(name)?.defaultValue;
    return value && { name, value: value.value, origin: value.origin };
  };

export function factsOf(family: Family, encounter: Encounter, activity: Activity): FactLookup {
  const own = firstOf(lookupIn(activity.facts), derivedFacts(family, activity));
  const whole = wholeMinutes(family, encounter, activity);
  const found = firstOf(
    (name) => (whole && name === 'minutes' ? whole.fact : own(name)),
    lookupIn(encounter.facts),
    inapplicable(family, activity),
    defaultsOf(family),
  );
  return remembering(counted(family, found));
}

/** Facts that the family counts in a unit, as numbers in it; what cannot be read stays as it is written. */
const counted =
  (family: Family, lookup: FactLookup): FactLookup =>
  (name) => {
    const fact = lookup(name);
    const unit = family.facts.get(name)?.unit ?? '';
    const base = unit === '' ? undefined : parseQuantity(`1 ${unit}`);
    const quantity = fact && base && parseQuantity(String(fact.value));
    if (!quantity) return fact;
    const value = quantity.unit === '' ? inBase(name, quantity.amount, base) : amountIn(quantity, base.unit);
    return value === undefined ? fact : { ...fact, value, unit };
  };

/** Minutes are minutes, whatever the unit that a family shows them in. */
const inBase = (name: string, amount: number, base: Quantity): number =>
  name === 'minutes' ? amount : rounded(amount * base.amount);

/** Facts that entries of this list do not have: nothing is missing where there is no place for it. */
const inapplicable =
  (family: Family, { listed }: Activity): FactLookup =>
  (name) => {
    const definition = family.facts.get(name);
    if (definition?.of === undefined || definition.of === listed) return undefined;
    return { name, value: [], origin: definition.origin };
  };

/** Facts that the record lacks and that the family says how to work out, such as minutes from a volume and a rate. */
function derivedFacts(family: Family, activity: Activity): FactLookup {
  return (name) => {
    const derive = family.facts.get(name)?.derive;
    if (!derive) return undefined;
    const [dividend, divisor] = [derive.divide, derive.by].map((key) => {
      const fact = activity.facts.get(key);
      return fact && parseQuantity(String(fact.value));
    });
    const value = dividend && divisor && divideQuantities(dividend, divisor)?.amount;
    return value === undefined ? undefined : { name, value, origin: derive.origin };
  };
}

/** How long an activity ran by itself: as documented, or worked out. */
export const ownMinutes = (family: Family, activity: Activity): number | undefined => {
  if (activity.minutes !== undefined) return activity.minutes;
  const derived = derivedFacts(family, activity)('minutes');
  return typeof derived?.value === 'number' ? derived.value : undefined;
};

/** From when to when an activity ran: as documented, or from its start and the time that was worked out. */
export function intervalOf(family: Family, activity: Activity): Interval | undefined {
  const { interval, start } = activity;
  if (interval || start === undefined) return interval;
  const minutes = ownMinutes(family, activity);
  return minutes === undefined ? undefined : { start, stop: start + minutes };
}

/** How long several activities ran together: clocked minutes count once, others are added. Unknown if any is. */
export function togetherMinutes(family: Family, activities: readonly Activity[]): number | undefined {
  let unclocked = 0;
  const intervals: Interval[] = [];
  for (const activity of activities) {
    const minutes = ownMinutes(family, activity);
    const interval = intervalOf(family, activity);
    if (interval) intervals.push(interval);
    else if (minutes === undefined) return undefined;
    else unclocked += minutes;
  }
  return clockMinutes(intervals) + unclocked;
}

/**
 * Of an administration that was interrupted and resumed, the minutes of all its parts: they are one. Undefined for one
 * without parts; without a fact where the minutes of one of them are not documented.
 */
function wholeMinutes(
  family: Family,
  encounter: Encounter,
  activity: Activity,
): { readonly fact: Fact | undefined } | undefined {
  const parts = partsOf(encounter, activity);
  if (parts.length < 2) return undefined;
  const total = togetherMinutes(family, parts);
  const origin = activity.facts.get('minutes')?.origin ?? activity.origin;
  return { fact: total === undefined ? undefined : { name: 'minutes', value: total, origin } };
}

/** An activity with everything that it resumes and that resumes it, in the order of the record. */
function partsOf(encounter: Encounter, activity: Activity): readonly Activity[] {
  const parts = new Set([activity]);
  let size = 0;
  while (size !== parts.size) {
    size = parts.size;
    for (const other of encounter.activities) {
      const before = linkedTo(encounter, other, 'resumes');
      if (!before) continue;
      if (parts.has(before)) parts.add(other);
      if (parts.has(other)) parts.add(before);
    }
  }
  return [...parts];
}

/** The unit in which a fact counts, as the family or the encounter format has it. */
export const unitOf = (family: Family, fact: string): string =>
  family.facts.get(fact)?.unit ?? (fact === 'minutes' ? 'min' : '');

/** The names of the facts that tests lack, in words: `route and access site`. */
export const factsLacking = (tests: readonly TestedFact[]): string =>
  listWords([...new Set(tests.map(({ test }) => spaced(test.fact)))], 'and');

/** The facts that tests were asked of, for the reasons of a line. */
export function usedFacts(family: Family, tests: readonly TestedFact[]): FactUse[] {
  const uses = new Map<string, FactUse>();
  for (const { test, found } of tests) {
    if (found)
      uses.set(test.fact, factUse(test.fact, describeFact(found, unitOf(family, test.fact)), found.origin));
  }
  return [...uses.values()];
}
