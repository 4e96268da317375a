/** Codes of a release in a sentence, and the fix where only one of them is meant. */
import type { ProblemFix } from '../../base/problem.ts';
import { listWords } from '../../base/words.ts';
import type { CodeSet } from '../../codes/code-set.ts';

/** More are not named: the list would be read by nobody. */
const NAMED = 5;

/** `E86.0 (Dehydration) or E86.1 (Hypovolemia)`; empty without rows. */
export function namedRows(set: CodeSet, rows: readonly number[]): string {
  const named = rows.slice(0, NAMED).map((row) => `${set.displayAt(row)} (${set.titleAt(row)})`);
  const more = rows.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${String(more)} more` : listWords(named);
}

export function replacement(set: CodeSet, rows: readonly number[]): ProblemFix | undefined {
  const [only] = rows;
  if (only === undefined || rows.length > 1) return undefined;
  const code = set.displayAt(only);
  return { kind: 'replace', text: code, title: `Change to ${code}` };
}
