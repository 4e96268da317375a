/** `any`: at least one condition of the list holds. */
import { decide, type Junction } from './shared/junction.ts';

export const any: Junction = {
  key: 'any',
  doc: 'At least one condition of the list holds.',
  join: (parts) => {
    const held = parts.find(({ verdict }) => verdict === 'yes');
    if (held) return held;
    // What is missing is what the nearest alternative misses; where some are open, the nearest of those.
    const open = parts.filter(({ verdict }) => verdict === 'unknown');
    const candidates = open.length > 0 ? open : parts;
    const nearest = [...candidates].sort((a, b) => a.unmet.length - b.unmet.length)[0];
    return {
      verdict: open.length > 0 ? 'unknown' : 'no',
      met: nearest?.met ?? [],
      unmet: nearest?.unmet ?? [],
    };
  },
  verdict: (count, ask) => decide(count, ask, 'yes', 'no'),
};
