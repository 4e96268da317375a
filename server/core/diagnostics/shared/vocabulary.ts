/** Values of facts against the vocabulary of the families. */
import type { Origin } from '../../base/origin.ts';
import { problem, type Problem } from '../../base/problem.ts';
import { spaced } from '../../base/words.ts';
import { didYouMean } from './did-you-mean.ts';

/** A problem for each value that is not allowed; none where the vocabulary lists no values. */
export function unknownValues(
  fact: string,
  values: readonly string[],
  allowed: ReadonlySet<string>,
  at: Origin,
): Problem[] {
  if (allowed.size === 0) return [];
  return values
    .filter((value) => !allowed.has(value))
    .map((value) => {
      const { hint, fix } = didYouMean(value, allowed);
      // A list is one place: replacing it whole would lose its other values.
      const details = values.length === 1 ? { fix } : {};
      return problem(
        'unknown-fact-value',
        at,
        `The vocabulary has no ${spaced(fact)} "${value}". ${hint}`,
        details,
      );
    });
}
