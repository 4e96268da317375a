/**
 * HCPCS codes and modifiers with their titles as CSV: `HCPCS_CODE,SHORT_DESCRIPTION,LONG_DESCRIPTION`, without dates. No layout
 * of CMS, which publishes the fixed-width file and a workbook: it is how public copies of the workbook are passed on.
 */
import type { CodeRow, RefusedRow } from '../../core/index.ts';
import { columnsOf, readCsv } from './shared/csv.ts';
import { splitByKind, type ImportedHcpcs } from './shared/hcpcs-rows.ts';
import { notOfLayout, quoted, tidy, type Layout, type LayoutFailure, type Source } from './shared/layout.ts';
import { openText } from './shared/open.ts';

export const hcpcsCsv: Layout = {
  importer: 'hcpcs-csv',
  title: 'CSV of HCPCS codes and titles',
  expected: 'the headings HCPCS_CODE, SHORT_DESCRIPTION and LONG_DESCRIPTION',
  fits: (beginning) => /^"?HCPCS_CODE"?,.*LONG_DESCRIPTION/i.test(beginning.trimStart()),
  named: /hcpcs.*[.]csv$/i,
};

export function importHcpcsCsv(source: Source): ImportedHcpcs | LayoutFailure {
  const opened = openText(source, hcpcsCsv);
  if ('failure' in opened) return opened;
  const csv = readCsv(opened.text);
  if ('failure' in csv) return csv;
  const columns = columnsOf(csv[0]?.cells ?? [], { code: /^HCPCS_CODE$/i, title: /^LONG_DESCRIPTION$/i });
  if ('missing' in columns) return notOfLayout(hcpcsCsv, opened.text);
  const rows: CodeRow[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, cells } of csv.slice(1)) {
    const code = cells[columns.code] ?? '';
    const title = tidy(cells[columns.title] ?? '');
    const before = lineOf.get(code);
    if (!/^(?:[A-Z]\d{4}|[0-9A-Z]{2})$/.test(code))
      refused.push({
        line,
        reason: `The code ${quoted(code)} is malformed: expected a letter and four digits, or a modifier of two characters.`,
      });
    else if (cells.length <= columns.title)
      refused.push({
        line,
        reason: `The row of ${code} is too short: it has ${String(cells.length)} cells.`,
      });
    else if (title === '') refused.push({ line, reason: `The code ${code} has no title.` });
    else if (before !== undefined)
      refused.push({ line, reason: `The code ${code} stands on line ${String(before)} already.` });
    else {
      lineOf.set(code, line);
      rows.push({ code, title, billable: true });
    }
  }
  return { ...splitByKind(rows), refused, read: csv.length - 1 };
}
