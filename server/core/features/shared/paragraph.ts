/**
 * The reasoning of one billing line as a short paragraph that an auditor can follow: each sentence with its clause, and
 * nothing that decided nothing.
 */
import type { BillingLine, Reason } from '../../billing/line.ts';

export function paragraphOf({ because, benchmark }: BillingLine): readonly Reason[] {
  const deciding = because.filter(({ remark }) => remark !== true);
  if (!benchmark) return deciding;
  return [...deciding, { clause: benchmark.clause, facts: [], sentence: benchmark.sentence }];
}
