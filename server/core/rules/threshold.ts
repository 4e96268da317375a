/**
 * Thresholds: from how much on a code is reported, how much one unit covers, and whether units repeat. The rule of
 * thumb of time-based coding, with its figures in the documents.
 */
import type { Origin } from '../base/origin.ts';
import { parseQuantity, formatAmount } from '../base/quantity.ts';
import type { Fields } from '../yaml/fields.ts';

export interface Threshold {
  readonly origin: Origin;
  /** The fact that counts. */
  readonly measure: string;
  /** As printed after a number: `min`, `mg`, … */
  readonly unit: string;
  readonly atLeast: number | undefined;
  readonly moreThan: number | undefined;
  readonly atMost: number | undefined;
  /** How much one unit stands for; undefined when one unit stands for all of it. */
  readonly covers: number | undefined;
  readonly repeats: boolean;
  /** It has values or alternatives that are described and not computed; whether it is reached is unknown. */
  readonly described: boolean;
}

/** Reads the threshold under `key`; `repeats` is what holds where the document does not say. */
export function readThreshold(
  parent: Fields,
  key: string,
  measure: string,
  repeats: boolean,
): Threshold | undefined {
  const fields = parent.fields(key);
  return fields && thresholdOf(fields, measure, repeats, parent.originOf(key));
}

export function thresholdOf(fields: Fields, measure: string, repeats: boolean, origin: Origin): Threshold {
  const quantity = (name: string): ReturnType<typeof parseQuantity> => {
    const text = fields.text(name);
    return text && parseQuantity(text.value);
  };
  const [atLeast, moreThan, atMost, covers] = ['at_least', 'more_than', 'at_most', 'covers'].map(quantity);
  return {
    origin,
    measure,
    unit: (atLeast ?? moreThan ?? covers ?? atMost)?.unit ?? '',
    atLeast: atLeast?.amount,
    moreThan: moreThan?.amount,
    atMost: atMost?.amount,
    covers: covers?.amount,
    repeats: fields.boolean('repeats')?.value ?? repeats,
    described: fields.has('is') || fields.has('or'),
  };
}

/** Whether an amount reaches the threshold. Without any bound, every amount above zero does. */
export function reaches(threshold: Threshold, amount: number): boolean {
  const { atLeast, moreThan, atMost } = threshold;
  if (atLeast === undefined && moreThan === undefined)
    return amount > 0 && (atMost === undefined || amount <= atMost);
  return (
    (atLeast === undefined || amount >= atLeast) &&
    (moreThan === undefined || amount > moreThan) &&
    (atMost === undefined || amount <= atMost)
  );
}

/**
 * Units for an amount: with repetition one for each full `covers`, and one more when the rest reaches the threshold;
 * otherwise one when the amount reaches it. Never negative.
 */
export function unitsFor(threshold: Threshold, amount: number): number {
  const { covers, repeats } = threshold;
  if (!repeats || covers === undefined || covers <= 0) return reaches(threshold, amount) ? 1 : 0;
  if (!reaches(threshold, amount)) return 0;
  const full = Math.floor(amount / covers);
  return full + (reaches(threshold, amount - full * covers) ? 1 : 0);
}

/** The part of the amount that no unit stands for yet; what a near miss is about. */
export function beyondUnits(threshold: Threshold, amount: number): number {
  const units = unitsFor(threshold, amount);
  return units === 0 ? amount : Math.max(0, amount - units * (threshold.covers ?? amount));
}

/** `at least 16 minutes`, `more than 30 minutes`. */
export function describeThreshold({ atLeast, moreThan, atMost, unit }: Threshold): string {
  const parts: string[] = [];
  if (atLeast !== undefined) parts.push(`at least ${formatAmount(atLeast, unit)}`);
  if (moreThan !== undefined) parts.push(`more than ${formatAmount(moreThan, unit)}`);
  if (atMost !== undefined) parts.push(`at most ${formatAmount(atMost, unit)}`);
  return parts.length === 0 ? 'any time' : parts.join(' and ');
}
