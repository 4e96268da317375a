/** `more_than`: the fact is more than this much. */
import type { Comparison } from './shared/comparison.ts';

export const moreThan: Comparison = {
  key: 'more_than',
  words: 'more than',
  doc: 'The fact is more than this much.',
  holds: (value, bound) => value > bound,
};
