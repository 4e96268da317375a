/** What may stand in the place of a code that a release no longer has. */
import { plainCode, type CodeSet } from './code-set.ts';

/**
 * Rows of the later release that the earlier one did not have: below the code itself, or else the nearest beside it. A release
 * does not say what replaces a code, but new codes beside a deleted one are mostly what it was divided or moved into.
 */
export function successorsOf(before: CodeSet, after: CodeSet, code: string): readonly number[] {
  const plain = plainCode(code);
  for (let length = plain.length; length >= SHORTEST_BEGINNING; length--) {
    const { from, to } = after.rowsBelow(plain.slice(0, length));
    const fresh = Array.from({ length: to - from }, (_, i) => from + i).filter(
      (row) => after.isBillable(row) && isNew(before, after.codeAt(row)),
    );
    if (fresh.length > 0) return fresh;
  }
  return [];
}

/** A code that was a header before and is billed now is new, too. */
function isNew(before: CodeSet, code: string): boolean {
  const row = before.rowOf(code);
  return row === undefined || !before.isBillable(row);
}

/** A category of diseases: what is alike in fewer signs has nothing in common. */
const SHORTEST_BEGINNING = 3;
