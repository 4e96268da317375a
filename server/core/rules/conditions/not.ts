/** `not`: the condition does not hold. */
import type { Junction } from './shared/junction.ts';

export const not: Junction = {
  key: 'not',
  doc: 'The condition does not hold.',
  join: (parts) => {
    const inner = parts[0];
    if (!inner) return { verdict: 'unknown', met: [], unmet: [] };
    if (inner.verdict === 'unknown') return inner;
    return inner.verdict === 'yes'
      ? { verdict: 'no', met: [], unmet: inner.met }
      : { verdict: 'yes', met: inner.unmet, unmet: [] };
  },
  verdict: (count, ask) => {
    const inner = count > 0 ? ask(0) : 'unknown';
    return inner === 'unknown' ? inner : inner === 'yes' ? 'no' : 'yes';
  },
};
