/** Days of the calendar as people give them to commands. */
import { day, type Day } from './importers/shared/values.ts';

export { parseDate as parseDay } from '../core/index.ts';

export type { Day };

/** The day on which the program runs, where it runs. */
export function today(now = new Date()): Day {
  const found = day(now.getFullYear(), now.getMonth() + 1, now.getDate());
  if (found === undefined) throw new Error(`The clock of this machine shows no day: ${String(now)}.`);
  return found;
}
