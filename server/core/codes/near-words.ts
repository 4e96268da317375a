/** Words that were misspelt: how many edits lie between what was typed and the beginning of a word. */

/** Short words have too many neighbours to guess at. */
const SHORTEST = 4;

export const editsAllowed = (word: string): number => (word.length < SHORTEST ? 0 : word.length < 8 ? 1 : 2);

/** Where a word lies among others, so that many are compared without being unpacked. */
export interface WordBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * Compares words with what was typed: letters to insert, delete, replace or swap with their neighbour until it is a
 * beginning of the word. The answer is undefined where more than `most` are needed.
 */
export function editsFrom(typed: string, most: number): (word: WordBytes) => number | undefined {
  const signs = Array.from(typed, (sign) => sign.charCodeAt(0));
  const letters = maskOf(signs, 0, signs.length);
  // Three rows of the table of edits, used again for every word: there are thousands.
  const width = signs.length + most + 1;
  const rows = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)] as const;
  return ({ bytes, start, end }) => {
    if (signs.length - (end - start) > most) return undefined;
    // Every letter that the word lacks takes an edit of its own.
    if (bitsIn(letters & ~maskOf(bytes, start, end)) > most) return undefined;
    const length = Math.min(end - start, signs.length + most);
    let [beforePrevious, previous, row] = [rows[0], rows[1], rows[2]];
    for (let j = 0; j <= length; j++) previous[j] = j;
    for (let i = 1; i <= signs.length; i++) {
      const sign = signs[i - 1];
      row[0] = i;
      let least = i;
      for (let j = 1; j <= length; j++) {
        const own = bytes[start + j - 1];
        let edits = Math.min(at(previous, j), at(row, j - 1)) + 1;
        edits = Math.min(edits, at(previous, j - 1) + (own === sign ? 0 : 1));
        if (i > 1 && j > 1 && own === signs[i - 2] && bytes[start + j - 2] === sign)
          edits = Math.min(edits, at(beforePrevious, j - 2) + 1);
        row[j] = edits;
        if (edits < least) least = edits;
      }
      if (least > most) return undefined;
      [beforePrevious, previous, row] = [previous, row, beforePrevious];
    }
    let least = most + 1;
    for (let j = 0; j <= length; j++) least = Math.min(least, at(previous, j));
    return least <= most ? least : undefined;
  };
}

const at = (row: Uint8Array, index: number): number => row[index] ?? 0;

/** One bit for each letter; digits share those that are left. */
function maskOf(signs: ArrayLike<number>, start: number, end: number): number {
  let mask = 0;
  for (let i = start; i < end; i++) mask |= 1 << ((signs[i] ?? 0) & 31);
  return mask;
}

function bitsIn(mask: number): number {
  let bits = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}
