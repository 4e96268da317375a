/** The nearest known name to a mistyped one, for "did you mean". */

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      row.push(best);
    }
    [beforePrevious, previous] = [previous, row];
  }
  return previous[b.length] ?? 0;
}

/** The known name that is closest, when it is close enough to be what was meant, or else one that is begun so. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: { readonly name: string; readonly edits: number } | undefined;
  const wanted = word.toLowerCase().slice(0, 80);
  for (const name of known) {
    const edits = distance(wanted, name.toLowerCase());
    if (edits < (best?.edits ?? Math.max(2, Math.floor(wanted.length / 3)) + 1)) best = { name, edits };
  }
  return best?.name ?? begunWith(wanted, known);
}

/** Fewer letters begin too much. */
const LEAST_LETTERS = 3;

/** The shortest name of which somebody has written the beginning. */
function begunWith(wanted: string, known: Iterable<string>): string | undefined {
  if (wanted.length < LEAST_LETTERS) return undefined;
  return [...known]
    .filter((name) => name.toLowerCase().startsWith(wanted))
    .sort((a, b) => a.length - b.length)[0];
}

/** Whether one known name alone is close enough to be what was meant. */
export const isOnlyNear = (word: string, known: Iterable<string>): boolean =>
  [...new Set(known)].filter((name) => nearest(word, [name]) !== undefined).length === 1;
