/** Money in whole cents, made and rounded in one place. */

/** A whole number of the currency's hundredth part. */
export type Cents = number & { readonly __cents: unique symbol };

/** An amount in the currency's main unit to cents; half a cent goes up. The one function that rounds money. */
export const toCents = (amount: number): Cents =>
  Math.floor(Number((amount * 100).toFixed(6)) + 0.5) as Cents;

/** So many of the same amount. */
export const times = (cents: Cents, units: number): Cents => (cents * units) as Cents;

/** `67.14` for 6714. */
export function formatCents(cents: Cents): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
