/**
 * What the addenda of a release say, held against its rows. Nothing of them is stored: what two installed releases differ in
 * is found by comparing them.
 */
import type { CodeRow } from '../core/index.ts';
import { importIcdAddenda, isFailure, type ImportedChanges } from './importers/index.ts';
import { counted } from './importers/shared/layout.ts';
import type { Failure, OriginalFile } from './original.ts';

/** A sentence for each count and each kind of change that the rows do not bear out. */
export function doubtsByAddenda(
  rows: readonly CodeRow[],
  { name, bytes }: OriginalFile,
): readonly string[] | Failure {
  const addenda = importIcdAddenda(bytes);
  if (isFailure(addenda)) return { failure: `${name}: ${addenda.failure}` };
  return [
    ...addenda.refused.map(({ line, reason }) => `The addenda, line ${String(line)}: ${reason}`),
    ...addenda.disagreements,
    ...byCounts(rows, addenda),
    ...byChanges(new Map(rows.map((row) => [row.code, row])), addenda),
  ];
}

/** The footer counts the release before and, last, this one. */
function byCounts(rows: readonly CodeRow[], { footer }: ImportedChanges): readonly string[] {
  const own = footer?.releases.at(-1);
  if (!own) return [];
  const codes = rows.filter(({ billable }) => billable).length;
  const headers = rows.length - codes;
  const differs = (word: string, promised: number, found: number): readonly string[] =>
    promised === found
      ? []
      : [
          `The addenda count ${counted(promised, word)} in ${own.file}; the release has ${counted(found, word)}.`,
        ];
  return [...differs('header', own.headers, headers), ...differs('code', own.codes, codes)];
}

/** A code that became a header is deleted and added, so one that is also added is not missed. */
function byChanges(rows: ReadonlyMap<string, CodeRow>, { changes }: ImportedChanges): readonly string[] {
  const added = new Set(changes.filter(({ kind }) => kind === 'added').map(({ code }) => code));
  const wrong = (kind: string, codes: readonly string[]): readonly string[] =>
    codes.length > 0 ? [`${kind}: ${codes.slice(0, 5).join(', ')}${codes.length > 5 ? ', …' : ''}.`] : [];
  const codesOf = (isWrong: (change: (typeof changes)[number]) => boolean): readonly string[] =>
    changes.filter(isWrong).map(({ code }) => code);
  return [
    ...wrong(
      'Added by the addenda, and not in the release',
      codesOf(({ kind, code }) => kind === 'added' && !rows.has(code)),
    ),
    ...wrong(
      'Deleted by the addenda, and still in the release',
      codesOf(({ kind, code }) => kind === 'deleted' && !added.has(code) && rows.has(code)),
    ),
    ...wrong(
      'Titles that the addenda revise otherwise',
      codesOf(({ kind, code, title }) => kind === 'revised' && rows.get(code)?.title !== title),
    ),
  ];
}
