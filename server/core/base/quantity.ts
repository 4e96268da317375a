/** Quantities as policy writes them: `16 min`, `1 h`, `2 contacts`, `8 mg`, `250 ml/h`, `3`. Time is kept in minutes. */

export interface Quantity {
  /** In `unit`; minutes when the unit is a unit of time. */
  readonly amount: number;
  /** `min` for every unit of time, the word as written otherwise, empty for a bare number. */
  readonly unit: string;
}

const QUANTITY = /^(\d+(?:\.\d+)?)\s?([A-Za-z%/]*)$/;
const MINUTES_IN: ReadonlyMap<string, number> = new Map([
  ['min', 1],
  ['mins', 1],
  ['minute', 1],
  ['minutes', 1],
  ['h', 60],
  ['hr', 60],
  ['hour', 60],
  ['hours', 60],
]);
/** Units of one dimension, with what each is worth of the first. */
const SCALES: readonly ReadonlyMap<string, number>[] = [
  new Map([
    ['mg', 1],
    ['g', 1000],
    ['gm', 1000],
    ['mcg', 0.001],
    ['ug', 0.001],
    ['kg', 1_000_000],
  ]),
  new Map([
    ['ml', 1],
    ['cc', 1],
    ['l', 1000],
  ]),
];

/** Reads a quantity; undefined when the text is not one. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, digits, unit] = QUANTITY.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const minutes = MINUTES_IN.get(unit.toLowerCase());
  return minutes === undefined
    ? { amount: Number(digits), unit }
    : { amount: Number(digits) * minutes, unit: 'min' };
}

/** The amount of a quantity in another unit; undefined where one cannot be turned into the other. */
export function amountIn({ amount, unit }: Quantity, wanted: string): number | undefined {
  const [from, to] = [unit.toLowerCase(), wanted.toLowerCase()];
  // A plural is the same unit: `1 unit` and `40 units`.
  if (from === to || from === `${to}s` || `${from}s` === to) return amount;
  const scale = SCALES.find((known) => known.has(from) && known.has(to));
  const [worth, target] = [scale?.get(from), scale?.get(to)];
  return worth === undefined || target === undefined ? undefined : rounded((amount * worth) / target);
}

/**
 * One quantity divided by another: a volume by a rate gives minutes, two of a kind a bare number. Undefined where the
 * units do not fit, or the divisor is nothing.
 */
export function divideQuantities(dividend: Quantity, divisor: Quantity): Quantity | undefined {
  if (divisor.amount === 0) return undefined;
  const [per, time] = divisor.unit.split('/');
  const minutes = MINUTES_IN.get((time ?? '').toLowerCase());
  const amount = amountIn(dividend, per ?? '');
  if (amount === undefined) return undefined;
  if (time === undefined) return { amount: rounded(amount / divisor.amount), unit: '' };
  return minutes === undefined
    ? undefined
    : { amount: rounded((amount / divisor.amount) * minutes), unit: 'min' };
}

/** How often one amount goes into another of the same unit. */
export const quotient = (amount: number, divisor: number): number => rounded(amount / divisor);

/** Without the dust of binary fractions, so that 0.1 g / 1 mg are 100 and not 100.00000000000001. */
export const rounded = (amount: number): number => Math.round(amount * 1e9) / 1e9;

/** `1 minute`, `28 minutes`, `2 contacts`, `3`. */
export function formatAmount(amount: number, unit: string): string {
  const digits = String(Math.round(amount * 100) / 100);
  if (unit === '') return digits;
  if (unit === 'min' || unit === 'minutes') return `${digits} ${amount === 1 ? 'minute' : 'minutes'}`;
  return `${digits} ${unit}`;
}
