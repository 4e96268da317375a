/** `any`: at least one condition of the list holds. */
import type { Junction } from './shared/junction.ts';

export const any: Junction = {
  key: 'any',
  doc: 'At least one condition of the list holds.',
  join: (parts) => {
    const held = parts.find(({ verdict }) => verdict === 'yes');
    if (held) return held;
    // What is missing is what the nearest alternative misses.
    const nearest = [...parts].sort((a, b) => a.unmet.length - b.unmet.length)[0];
    const verdict = parts.some((part) => part.verdict === 'unknown') ? 'unknown' : 'no';
    return { verdict, met: nearest?.met ?? [], unmet: nearest?.unmet ?? [] };
  },
};
