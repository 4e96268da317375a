/**
 * Calendar dates and clock times as medical records write them. No time zones: a date of service is a day where the
 * patient was, and a clock time is read on that day or a stated number of days later. Reads no clock itself.
 */

/** A real day of the calendar, `YYYY-MM-DD`. Compares correctly as text. */
export type IsoDate = string & { readonly __isoDate: unique symbol };

export const MINUTES_PER_DAY = 24 * 60;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_SHAPE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const TIME = /^(\d{1,2}):(\d{2})(?: ?\+(\d{1,2})d)?$/;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysInMonth = (year: number, month: number): number =>
  [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

/** The date that a text means, or undefined where no such day exists (month 13, 30 February). */
export function parseDate(text: string): IsoDate | undefined {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const ok = Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month));
  return ok ? (text as IsoDate) : undefined;
}

/** Whether a text is written as a date, be there such a day or not; what is not, the schema refuses. */
export const isWrittenAsDate = (text: string): boolean => DATE_SHAPE.test(text);

/** The date some whole days later (or earlier, when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as IsoDate;
}

/** Minutes from midnight of the date of service for `HH:MM` or `HH:MM +Nd`; undefined when it is no time of day. */
export function parseClock(text: string): number | undefined {
  const [, hours, minutes, days] = TIME.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const [h, m] = [Number(hours), Number(minutes)];
  return h > 23 || m > 59 ? undefined : Number(days ?? 0) * MINUTES_PER_DAY + h * 60 + m;
}

/** `95` as `01:35`; from the second day on with `+1d`. */
export function formatClock(minutes: number): string {
  const day = Math.floor(minutes / MINUTES_PER_DAY);
  const rest = minutes - day * MINUTES_PER_DAY;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(rest / 60))}:${two(rest % 60)}${day > 0 ? ` +${String(day)}d` : ''}`;
}

/** Days on which something is in force: `from` to `to`, both inclusive; without `to` it has no end yet. */
export interface EffectiveRange {
  readonly from: IsoDate;
  readonly to?: IsoDate;
}

export const isInForce = (range: EffectiveRange | undefined, date: IsoDate): boolean =>
  range === undefined || (range.from <= date && (range.to === undefined || date <= range.to));

export const rangesOverlap = (a: EffectiveRange, b: EffectiveRange): boolean =>
  (a.to === undefined || b.from <= a.to) && (b.to === undefined || a.from <= b.to);

export const formatRange = (range: EffectiveRange): string =>
  range.to === undefined ? `from ${range.from}` : `${range.from} to ${range.to}`;
