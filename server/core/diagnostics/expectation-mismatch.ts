/** `expectation-mismatch`: the computed lines are not the expected ones. Says what differs, line by line. */
import { problem, type Related } from '../base/problem.ts';
import { codesExpected, differencesOf, listExpected, listLines } from '../billing/agreement.ts';
import type { Bill } from '../billing/line.ts';
import type { Expectation } from '../encounter/encounter.ts';
import type { EncounterCheck } from './shared/check.ts';

export const expectationMismatch: EncounterCheck = ({ encounter: { expect }, bill }) => {
  if (!expect || !bill) return [];
  const differences = differencesOf(expect, bill).map(({ words }) => words);
  if (differences.length === 0) return [];
  const message = `Expected ${listExpected(expect)}, computed ${listLines(bill.lines)}: ${differences.join('; ')}.`;
  return [
    problem('expectation-mismatch', { ...expect.origin, part: 'key' }, message, {
      related: clues(expect, bill),
    }),
  ];
};

/** Why: the near misses of the codes that are missing, and the clauses of those that were not expected. */
function clues(expect: Expectation, bill: Bill): Related[] {
  const expected = codesExpected(expect);
  const missing = bill.notBilled.filter(({ code }) => expected.has(code));
  const unexpected = bill.lines.filter(({ code }) => !expected.has(code));
  return [
    ...missing.map(({ because }) => ({ at: because.clause, message: because.sentence })),
    ...unexpected.map(({ because: [reason] }) => ({ at: reason.clause, message: reason.sentence })),
  ];
}
