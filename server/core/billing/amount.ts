/** How much there is of what a threshold counts. */
import { amountIn, parseQuantity, quotient } from '../base/quantity.ts';
import { factNumber, type FactLookup } from '../encounter/fact.ts';
import type { Threshold } from '../rules/threshold.ts';

/** In the unit of the threshold; undefined where the record does not say. */
export function amountOf({ measure, unit }: Threshold, facts: FactLookup): number | undefined {
  const fact = facts(measure);
  if (!fact) return undefined;
  const number = factNumber(fact);
  if (number !== undefined) return inUnit(number, fact.unit, unit);
  const quantity = parseQuantity(String(fact.value));
  return quantity && (unit === '' ? quantity.amount : amountIn(quantity, unit));
}

/** A number of a fact that is counted in some unit, in the unit of a threshold; as it is where either has none. */
function inUnit(number: number, counted: string | undefined, wanted: string): number | undefined {
  const own = counted === undefined ? undefined : parseQuantity(`1 ${counted}`);
  if (!own) return number;
  return wanted === '' ? quotient(number, own.amount) : amountIn({ amount: number, unit: own.unit }, wanted);
}
