/** Whether an encounter computes to what it expects, and why not: what every shell shows of a test. */
import { differencesOf, type Difference } from '../../billing/agreement.ts';
import type { Bill, Reason } from '../../billing/line.ts';
import type { Expectation } from '../../encounter/encounter.ts';

export interface Outcome {
  /** Empty where the expectation holds. */
  readonly differences: readonly Difference[];
  /** Why: near misses of what is missing, and clauses of what was not expected. */
  readonly clues: readonly Reason[];
}

/** `bill`: undefined for an encounter without a date, whose expectation never holds. */
export function outcomeOf(expect: Expectation, bill: Bill | undefined): Outcome {
  if (!bill)
    return { differences: [{ code: '', words: 'nothing can be computed without a date' }], clues: [] };
  const differences = differencesOf(expect, bill);
  if (differences.length === 0) return { differences, clues: [] };
  const different = new Set(differences.map(({ code }) => code));
  const missing = bill.notBilled.filter(({ code }) => different.has(code)).map(({ because }) => because);
  const surplus = bill.lines.filter(({ code }) => different.has(code)).map(({ because: [reason] }) => reason);
  return { differences, clues: [...missing, ...surplus] };
}
