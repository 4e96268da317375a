/** The times of one administration: start, stop and minutes, and whether they agree. */
import { formatClock, MINUTES_PER_DAY, parseClock } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import { formatAmount } from '../base/quantity.ts';
import type { Fields } from '../yaml/fields.ts';
import type { Activity } from './encounter.ts';

export function readTimes(
  item: Fields,
  problems: Problem[],
): Pick<Activity, 'start' | 'interval' | 'minutes'> {
  const startText = item.text('start');
  const stopText = item.text('stop');
  const start = startText && parseClock(startText.value);
  const stop = stopText && parseClock(stopText.value);
  const given = item.number('minutes');
  const minutes = given && given.value >= 0 ? given.value : undefined;
  if (start === undefined || stop === undefined) return withOneEnd(start, stop, minutes);
  if (stop < start) {
    const tomorrow = formatClock((stop % MINUTES_PER_DAY) + MINUTES_PER_DAY);
    const message = `The stop ${stopText?.value ?? ''} lies before the start ${startText?.value ?? ''}. If it was on the next day, write "${tomorrow}".`;
    problems.push(
      problem('stop-before-start', item.originOf('stop'), message, {
        fix: { kind: 'replace', text: `"${tomorrow}"`, title: `Change to "${tomorrow}" (the next day)` },
      }),
    );
    return { start, interval: undefined, minutes };
  }
  if (minutes !== undefined && minutes !== stop - start) {
    const message = `From start to stop are ${formatAmount(stop - start, 'min')}, not ${formatAmount(minutes, 'min')}; the clock times count.`;
    problems.push(problem('times-disagree', item.originOf('minutes'), message));
  }
  return { start, interval: { start, stop }, minutes: stop - start };
}

/** A time with one end: minutes tell the other. */
function withOneEnd(
  start: number | undefined,
  stop: number | undefined,
  minutes: number | undefined,
): Pick<Activity, 'start' | 'interval' | 'minutes'> {
  if (minutes === undefined) return { start, interval: undefined, minutes };
  const begun = start ?? (stop !== undefined && stop >= minutes ? stop - minutes : undefined);
  const interval = begun === undefined ? undefined : { start: begun, stop: begun + minutes };
  return { start: begun, interval, minutes };
}
