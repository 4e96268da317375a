/** How much there is of what a threshold counts. */
import { parseQuantity, amountIn } from '../base/quantity.ts';
import { factNumber, type FactLookup } from '../encounter/fact.ts';
import type { Threshold } from '../rules/threshold.ts';

/** In the unit of the threshold; undefined where the record does not say. */
export function amountOf({ measure, unit }: Threshold, facts: FactLookup): number | undefined {
  const fact = facts(measure);
  if (!fact) return undefined;
  const number = factNumber(fact);
  if (number !== undefined) return number;
  const quantity = parseQuantity(String(fact.value));
  return quantity && (unit === '' ? quantity.amount : amountIn(quantity, unit));
}
