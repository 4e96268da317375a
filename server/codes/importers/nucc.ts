/**
 * The Health Care Provider Taxonomy of the National Uniform Claim Committee, `nucc_taxonomy_NNN.csv`: `Code`, `Grouping`,
 * `Classification`, `Specialization`, `Definition`, `Notes` and, since 2021, `Display Name` and `Section`. It is published in
 * January and July and takes effect on the first day of April and October. A code that was taken out stays in the file, and its
 * notes say so: `1/1/2023: marked inactive`, and in later releases `Deactivation Date: 3/31/2023`.
 */
import type { CodeRow, ImportedCodes, RefusedRow } from '../../core/index.ts';
import { columnsOf, readCsv } from './shared/csv.ts';
import { notOfLayout, quoted, tidy, type Layout, type LayoutFailure, type Source } from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { day, lastDay, type Day } from './shared/values.ts';

export const nucc: Layout = {
  importer: 'nucc',
  title: 'provider taxonomy of the NUCC',
  expected: 'the headings Code, Grouping, Classification and Specialization',
  fits: (beginning) => /^"?Code"?,"?Grouping"?,"?Classification"?,/im.test(beginning),
  named: /nucc|taxonomy/i,
};

/** Kept with every copy, as the terms of use ask. */
export const NUCC_NOTICE =
  'Health Care Provider Taxonomy: copyright American Medical Association, on behalf of the National Uniform Claim Committee ' +
  '(NUCC), www.nucc.org.';

export interface ImportedTaxonomy extends ImportedCodes {
  readonly notice: string;
}

export function importNucc(source: Source): ImportedTaxonomy | LayoutFailure {
  const opened = openText(source, nucc);
  if ('failure' in opened) return opened;
  const csv = readCsv(opened.text);
  if ('failure' in csv) return csv;
  const start = csv.findIndex(({ cells }) => cells[0]?.toLowerCase() === 'code');
  const headings = csv[start]?.cells ?? [];
  const columns = columnsOf(headings, {
    code: /^Code$/i,
    kind: /^Classification$/i,
    special: /^Specialization$/i,
  });
  if ('missing' in columns) return notOfLayout(nucc, opened.text);
  const optional = (name: RegExp): number => headings.findIndex((heading) => name.test(heading));
  const [display, notes] = [optional(/^Display Name$/i), optional(/^Notes$/i)];
  const rows: CodeRow[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, cells } of csv.slice(start + 1)) {
    const code = cells[columns.code] ?? '';
    const composed = [cells[columns.kind], cells[columns.special]].filter((part) => part).join(', ');
    const title = tidy(cells[display] || composed);
    const before = lineOf.get(code);
    if (!/^[0-9A-Z]{9}X$/.test(code))
      refused.push({
        line,
        reason: `The code ${quoted(code)} is malformed: expected nine letters or digits and an X.`,
      });
    else if (cells.length < headings.length)
      refused.push({
        line,
        reason: `The row of ${code} is too short: it has ${String(cells.length)} cells of ${String(headings.length)}.`,
      });
    else if (title === '')
      refused.push({ line, reason: `The code ${code} has neither a display name nor a classification.` });
    else if (before !== undefined)
      refused.push({ line, reason: `The code ${code} stands on line ${String(before)} already.` });
    else {
      lineOf.set(code, line);
      const to = lastDayInForce(cells[notes] ?? '');
      rows.push({ code, title, billable: true, ...(to && { to }) });
    }
  }
  return { rows, refused, read: csv.length - start - 1, notice: NUCC_NOTICE };
}

/** The day that the notes give; without one, the last before the release that marks a code inactive takes effect. */
function lastDayInForce(notes: string): Day | undefined {
  const [, month, date, year] = /Deactivation Date:\s*(\d{1,2})\/(\d{1,2})\/(\d{4})/i.exec(notes) ?? [];
  if (month !== undefined) return day(Number(year), Number(month), Number(date));
  const [, marked, , then] = /(\d{1,2})\/(\d{1,2})\/(\d{4}): marked inactive/i.exec(notes) ?? [];
  return marked === undefined ? undefined : lastDay(Number(then), Number(marked) + 2);
}
