/** `all`: every condition of the list holds. */
import { decide, type Junction } from './shared/junction.ts';

export const all: Junction = {
  key: 'all',
  doc: 'Every condition of the list holds.',
  join: (parts) => {
    const verdicts = parts.map(({ verdict }) => verdict);
    return {
      verdict: verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes',
      met: parts.flatMap(({ met }) => met),
      unmet: parts.flatMap(({ unmet }) => unmet),
    };
  },
  verdict: (count, ask) => decide(count, ask, 'no', 'yes'),
};
