/** Days of the calendar as people give them to commands. */
import { day, type Day } from './importers/shared/values.ts';

export type { Day };

/** The day that `YYYY-MM-DD` means; undefined where it is written otherwise, or there is no such day. */
export function parseDay(text: string): Day | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? undefined : day(Number(year), Number(month), Number(date));
}

/** The day on which the program runs, where it runs. */
export function today(now = new Date()): Day {
  const found = day(now.getFullYear(), now.getMonth() + 1, now.getDate());
  if (found === undefined) throw new Error(`The clock of this machine shows no day: ${String(now)}.`);
  return found;
}
