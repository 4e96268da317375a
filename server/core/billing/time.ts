/** Time on a clock: how long several intervals last together, and how long two sets of them run side by side. */
import type { Interval } from '../encounter/encounter.ts';

const byStart = (a: Interval, b: Interval): number => a.start - b.start || a.stop - b.stop;

/** The same time as intervals that neither touch nor overlap. */
function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const next of [...intervals].sort(byStart)) {
    const last = result.at(-1);
    if (last && next.start <= last.stop) {
      result[result.length - 1] = { start: last.start, stop: Math.max(last.stop, next.stop) };
    } else result.push(next);
  }
  return result;
}

/** Minutes on the clock; a minute in two intervals counts once. */
export const clockMinutes = (intervals: readonly Interval[]): number =>
  merged(intervals).reduce((sum, { start, stop }) => sum + stop - start, 0);

/** Minutes that lie in both. */
export function overlapMinutes(a: readonly Interval[], b: readonly Interval[]): number {
  const shared: Interval[] = [];
  for (const left of a) {
    for (const right of b) {
      const start = Math.max(left.start, right.start);
      const stop = Math.min(left.stop, right.stop);
      if (stop > start) shared.push({ start, stop });
    }
  }
  return clockMinutes(shared);
}
