/** `at_most`: the fact is this much or less. */
import type { Comparison } from './shared/comparison.ts';

export const atMost: Comparison = {
  key: 'at_most',
  words: 'at most',
  doc: 'The fact is this much or less.',
  holds: (value, bound) => value <= bound,
};
