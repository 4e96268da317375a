/** Quantities as policy writes them: `16 min`, `1 h`, `2 contacts`, `3`. Time is kept in minutes. */

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

/** Reads a quantity; undefined when the text is not one. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, digits, unit] = QUANTITY.exec(text.trim()) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const minutes = MINUTES_IN.get(unit.toLowerCase());
  return minutes === undefined
    ? { amount: Number(digits), unit }
    : { amount: Number(digits) * minutes, unit: 'min' };
}

/** `1 minute`, `28 minutes`, `2 contacts`, `3`. */
export function formatAmount(amount: number, unit: string): string {
  const digits = String(Math.round(amount * 100) / 100);
  if (unit === '') return digits;
  if (unit === 'min' || unit === 'minutes') return `${digits} ${amount === 1 ? 'minute' : 'minutes'}`;
  return `${digits} ${unit}`;
}
