/** `expectation-mismatch`: the computed lines are not the expected ones. Says what differs, line by line. */
import { groupBy } from '../base/lists.ts';
import { problem, type Related } from '../base/problem.ts';
import { lineLabel, type Bill, type BillingLine } from '../billing/line.ts';
import type { ExpectedLine } from '../encounter/encounter.ts';
import type { EncounterCheck } from './shared/check.ts';

export const expectationMismatch: EncounterCheck = ({ encounter, bill }) => {
  if (!encounter.expect || !bill) return [];
  const { lines, origin } = encounter.expect;
  const differences = compare(lines, bill.lines);
  if (differences.length === 0) return [];
  const message = `Expected ${listOf(lines)}, computed ${listOf(bill.lines)}: ${differences.join('; ')}.`;
  return [
    problem('expectation-mismatch', { ...origin, part: 'key' }, message, { related: clues(lines, bill) }),
  ];
};

function listOf(lines: readonly (ExpectedLine | BillingLine)[]): string {
  if (lines.length === 0) return 'no lines';
  return lines
    .map((line) => {
      const outcome = line.outcome === undefined || line.outcome === 'billable' ? '' : ` (${line.outcome})`;
      return `${lineLabel({ ...line, modifiers: line.modifiers ?? [] })}${outcome}`;
    })
    .join(', ');
}

/**
 * Units are compared as sums for each code, set of modifiers and outcome, so that one line of two units equals two
 * lines of one. Modifiers count where the author names them.
 */
function compare(expected: readonly ExpectedLine[], computed: readonly BillingLine[]): string[] {
  const modifiersMatter = (code: string): boolean =>
    expected.some((line) => line.code === code && line.modifiers !== undefined);
  const name = (line: ExpectedLine | BillingLine): string => {
    const modifiers = modifiersMatter(line.code) ? [...(line.modifiers ?? [])].sort() : [];
    const outcome = line.outcome ?? 'billable';
    return `${[line.code, ...modifiers].join('-')}${outcome === 'billable' ? '' : ` (${outcome})`}`;
  };
  const sum = (lines: readonly (ExpectedLine | BillingLine)[]): number =>
    lines.reduce((total, { units }) => total + units, 0);
  const wanted = groupBy(expected, name);
  const found = groupBy(computed, name);
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((label) => {
    const [want, have] = [sum(wanted.get(label) ?? []), sum(found.get(label) ?? [])];
    if (want === have) return [];
    if (have === 0) return [`${label} is missing`];
    return [
      want === 0 ? `${label} was not expected` : `${label} has ${String(have)} in place of ${String(want)}`,
    ];
  });
}

/** Why: the near misses of the codes that are missing, and the clauses of those that were not expected. */
function clues(expected: readonly ExpectedLine[], bill: Bill): Related[] {
  const missing = bill.notBilled.filter(({ code }) => expected.some((line) => line.code === code));
  const unexpected = bill.lines.filter(({ code }) => !expected.some((line) => line.code === code));
  return [
    ...missing.map(({ because }) => ({ at: because.clause, message: because.sentence })),
    ...unexpected.map(({ because: [reason] }) => ({ at: reason.clause, message: reason.sentence })),
  ];
}
