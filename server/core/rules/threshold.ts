/**
 * Thresholds: from how much on a code is reported, how much one unit covers, and whether units repeat. The rule of
 * thumb of time-based coding, with its figures in the documents.
 */
import type { Origin } from '../base/origin.ts';
import { formatAmount, parseQuantity, quotient, rounded } from '../base/quantity.ts';
import type { Fields } from '../yaml/fields.ts';
import type { Watchable } from './conditions/shared/watch.ts';

export interface Bounds {
  readonly origin: Origin;
  /** As printed after a number: `min`, `mg`, `%`, … */
  readonly unit: string;
  readonly atLeast: number | undefined;
  readonly moreThan: number | undefined;
  readonly atMost: number | undefined;
}

/** A threshold as a document writes it: what it leaves open is decided where it is used. */
export interface WrittenThreshold extends Bounds {
  /** The fact that counts. */
  readonly measure: string;
  /** How much one unit stands for; undefined when one unit stands for all of it. */
  readonly covers: number | undefined;
  /** Undefined where the document does not say. */
  readonly repeats: boolean | undefined;
  /** It has values or alternatives that are described and not computed; whether it is reached is unknown. */
  readonly described: boolean;
}

export interface Threshold extends WrittenThreshold, Watchable {
  readonly repeats: boolean;
}

export function readBounds(fields: Fields, origin: Origin): Bounds {
  const [atLeast, moreThan, atMost] = ['at_least', 'more_than', 'at_most'].map((key) =>
    quantity(fields, key),
  );
  return {
    origin,
    unit: (atLeast ?? moreThan ?? atMost)?.unit ?? '',
    atLeast: atLeast?.amount,
    moreThan: moreThan?.amount,
    atMost: atMost?.amount,
  };
}

function quantity(fields: Fields, key: string): ReturnType<typeof parseQuantity> {
  const text = fields.text(key);
  return text && parseQuantity(text.value);
}

export function readThreshold(fields: Fields, measure: string, origin: Origin): WrittenThreshold {
  const bounds = readBounds(fields, origin);
  const covers = quantity(fields, 'covers');
  return {
    ...bounds,
    measure,
    unit: bounds.unit === '' ? (covers?.unit ?? '') : bounds.unit,
    covers: covers?.amount,
    repeats: fields.boolean('repeats')?.value,
    described: fields.has('is') || fields.has('or'),
  };
}

/** What an amendment leaves of a threshold: bounds are replaced together, everything else one by one. */
export function amendThreshold(
  base: WrittenThreshold | undefined,
  change: WrittenThreshold | undefined,
): WrittenThreshold | undefined {
  if (!base || !change) return change ?? base;
  const bounded = [change.atLeast, change.moreThan, change.atMost].some((bound) => bound !== undefined);
  const bounds = bounded ? change : base;
  return {
    ...base,
    origin: change.origin,
    atLeast: bounds.atLeast,
    moreThan: bounds.moreThan,
    atMost: bounds.atMost,
    covers: change.covers ?? base.covers,
    repeats: change.repeats ?? base.repeats,
  };
}

/** Whether an amount reaches the threshold. Without any bound, every amount above zero does. */
export function reaches({ atLeast, moreThan, atMost }: Bounds, amount: number): boolean {
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
  const full = Math.floor(quotient(amount, covers));
  return full + (reaches(threshold, rounded(amount - full * covers)) ? 1 : 0);
}

/** The part of the amount that no unit stands for yet; what a near miss is about. */
export function beyondUnits(threshold: Threshold, amount: number): number {
  const units = unitsFor(threshold, amount);
  return units === 0 ? amount : Math.max(0, rounded(amount - units * (threshold.covers ?? amount)));
}

/** `at least 16 minutes`, `more than 30 minutes`. */
export function describeThreshold({ atLeast, moreThan, atMost, unit }: Bounds): string {
  const parts: string[] = [];
  if (atLeast !== undefined) parts.push(`at least ${formatAmount(atLeast, unit)}`);
  if (moreThan !== undefined) parts.push(`more than ${formatAmount(moreThan, unit)}`);
  if (atMost !== undefined) parts.push(`at most ${formatAmount(atMost, unit)}`);
  return parts.length === 0 ? 'any time' : parts.join(' and ');
}
