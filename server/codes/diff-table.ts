/** What changed between two releases of one table: rows by their keys, with what the other columns say. */
import {
  COLUMNS,
  KEYS,
  KINDS,
  type CodeChange,
  type RelationName,
  type TableRelease,
} from '../core/index.ts';

/** In the order of the keys. `title` is what the row says: `units 1, indicator 3, rationale Data`. */
export function changesBetweenTables(before: TableRelease, after: TableRelease): readonly CodeChange[] {
  return KINDS[after.header.kind].flatMap((name) => changesOf(rowsOf(before, name), rowsOf(after, name)));
}

interface Rows {
  readonly size: number;
  /** The parts of a key, by which rows are in order. */
  readonly keyAt: (row: number) => readonly string[];
  readonly saysAt: (row: number) => string;
}

function rowsOf(release: TableRelease, name: RelationName): Rows {
  const relation = release.relation<RelationName>(name);
  const columns = COLUMNS[name].map((column) => ({
    words: column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    at: relation?.readerOf(column) ?? ((): string => ''),
  }));
  const [keys, others] = [columns.slice(0, KEYS[name]), columns.slice(KEYS[name])];
  return {
    size: relation?.size ?? 0,
    keyAt: (row) => keys.map(({ at }) => at(row)),
    saysAt: (row) =>
      others
        .map(({ words, at }) => ({ words, text: at(row) }))
        .filter(({ text }) => text !== '')
        .map(({ words, text }) => `${words} ${text}`)
        .join(', '),
  };
}

function changesOf(before: Rows, after: Rows): readonly CodeChange[] {
  const changes: CodeChange[] = [];
  let [old, own] = [0, 0];
  while (old < before.size || own < after.size) {
    const order =
      old >= before.size ? 1 : own >= after.size ? -1 : compare(before.keyAt(old), after.keyAt(own));
    const [gone, come] = [
      order <= 0 ? groupAt(before, old) : undefined,
      order >= 0 ? groupAt(after, own) : undefined,
    ];
    old = gone?.end ?? old;
    own = come?.end ?? own;
    if (gone && come) {
      if (gone.says !== come.says)
        changes.push({ kind: 'revised', code: come.code, title: come.says, before: gone.says });
    } else if (gone) changes.push({ kind: 'deleted', code: gone.code, title: gone.says });
    else if (come) changes.push({ kind: 'added', code: come.code, title: come.says });
  }
  return changes;
}

/** Rows of one key: a pair that was made again has several. */
function groupAt(
  rows: Rows,
  start: number,
): { readonly end: number; readonly code: string; readonly says: string } {
  const key = rows.keyAt(start);
  let end = start + 1;
  while (end < rows.size && compare(rows.keyAt(end), key) === 0) end++;
  const says = Array.from({ length: end - start }, (_, i) => rows.saysAt(start + i)).join('; ');
  return { end, code: key.filter((part) => part !== '').join(' '), says };
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [i, text] of a.entries()) {
    const other = b[i] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
