/** The instructions of a tabular list, put with the codes of a release. */
import type { CodeNotes, CodeRow } from '../core/index.ts';
import type { ImportedTabular } from './importers/index.ts';
import { counted } from './importers/shared/layout.ts';

export interface Noted {
  readonly rows: readonly CodeRow[];
  /** Rows that have instructions of their own now. */
  readonly count: number;
  readonly doubts: readonly string[];
}

/**
 * The instructions of chapters and sections go to each of their categories, since look-ups follow the signs of a code
 * upwards and no further. Their words of inclusion do not: they speak of the block as a whole.
 */
export function addNotes(rows: readonly CodeRow[], list: ImportedTabular): Noted {
  const notes = new Map(list.notes);
  const categories = list.rows.map(({ code }) => code).filter((code) => code.length === 3);
  for (const [range, own] of list.blockNotes)
    for (const category of categoriesIn(range, categories)) {
      const { includes: _, ...named } = own;
      if (Object.keys(named).length > 0) notes.set(category, merged(notes.get(category) ?? {}, named));
    }
  const noted = rows.map((row): CodeRow => {
    const own = notes.get(row.code);
    return own ? { ...row, notes: own } : row;
  });
  const codes = new Set(rows.map(({ code }) => code));
  const without = [...notes.keys()].filter((code) => !codes.has(code));
  return {
    rows: noted,
    count: notes.size - without.length,
    doubts: without.length > 0 ? [notInRelease(without)] : [],
  };
}

function notInRelease(codes: readonly string[]): string {
  const shown = `${codes.slice(0, 5).join(', ')}${codes.length > 5 ? ', …' : ''}`;
  return `The notes speak of ${counted(codes.length, 'code')} that the release does not have: ${shown}.`;
}

/**
 * In the order of the list, which is not that of signs: a category whose third sign is a letter stands between others. Where
 * an end of the range is no category, the nearest inside it counts.
 */
function categoriesIn(range: string, categories: readonly string[]): readonly string[] {
  const [from = '', to = from] = range.split('-');
  const [first, last] = [categories.indexOf(from), categories.indexOf(to)];
  const start = first >= 0 ? first : categories.findIndex((category) => category > from);
  const end = last >= 0 ? last : categories.findLastIndex((category) => category < to);
  return start < 0 ? [] : categories.slice(start, end + 1);
}

const LISTS = ['excludes1', 'excludes2', 'codeFirst', 'useAdditional', 'includes'] as const;

function merged(own: CodeNotes, above: CodeNotes): CodeNotes {
  const all: { [Key in (typeof LISTS)[number]]?: readonly string[] } = {};
  for (const key of LISTS) {
    const list = [...new Set([...(own[key] ?? []), ...(above[key] ?? [])])];
    if (list.length > 0) all[key] = list;
  }
  return all;
}
