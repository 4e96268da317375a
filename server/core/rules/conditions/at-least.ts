/** `at_least`: the fact is this much or more. */
import type { Comparison } from './shared/comparison.ts';

export const atLeast: Comparison = {
  key: 'at_least',
  words: 'at least',
  doc: 'The fact is this much or more.',
  holds: (value, bound) => value >= bound,
};
