/** `less_than`: the fact is less than this much. */
import type { Comparison } from './shared/comparison.ts';

export const lessThan: Comparison = {
  key: 'less_than',
  words: 'less than',
  doc: 'The fact is less than this much.',
  holds: (value, bound) => value < bound,
};
