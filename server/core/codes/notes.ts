/** Instructions of a classification: those of a code are also those of every header above it. */
import { plainCode, type CodeSet } from './code-set.ts';
import type { CodeNotes } from './rows.ts';

/** The codes that an instruction names, of a code and of its headers. */
export function namedByNotes(
  set: CodeSet,
  code: string,
  kind: Exclude<keyof CodeNotes, 'includes'>,
): readonly string[] {
  const plain = plainCode(code);
  const named: string[] = [];
  for (let length = plain.length; length > 0; length--) {
    const row = set.rowOf(plain.slice(0, length));
    if (row !== undefined) named.push(...(set.notesAt(row)?.[kind] ?? []));
  }
  return named;
}

/** Whether a code is one that an instruction names: itself, one below it, or one of a range such as E860-E869. */
export function isNamed(code: string, named: readonly string[]): boolean {
  const plain = plainCode(code);
  return named.some((entry) => {
    const [from = '', to = from] = entry.split('-');
    return plain.slice(0, from.length) >= from && plain.slice(0, to.length) <= to;
  });
}
