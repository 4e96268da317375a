/**
 * The ICD-10-CM order file of CMS and CDC, `icd10cm_order_YYYY.txt` (formerly `icd10cm-order-YYYY.txt`), fixed width. Columns
 * from 1: order number 1–5, code without point 7–13, flag 15 (1 billable, 0 header), short title 17–76, long title from 78 on.
 * The columns between are blank. Headers are codes that only group others.
 */
import type { CodeRow, ImportedCodes, RefusedRow } from '../../core/index.ts';
import { quoted, tidy, type Layout, type LayoutFailure, type Source } from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { isBlank, linesOf } from './shared/text.ts';
import { DIAGNOSIS_CODE } from './shared/values.ts';

export const icdOrder: Layout = {
  importer: 'icd-10-cm-order',
  title: 'ICD-10-CM order file',
  expected:
    'an order number of five digits, a code in columns 7 to 13, a flag in column 15 and a title from column 17 on',
  fits: (beginning) => /^\d{5} [A-Z][0-9A-Z]{2}\S{0,4} {1,5}\S /m.test(beginning),
  named: /(?:icd.?10.?cm.*order|code.descriptions.*order)(?!.*addenda)/i,
};

/** Long titles, in the order of the file; a row that is cut off within them cannot be told, and is taken as it stands. */
export function importIcdOrder(source: Source): ImportedCodes | LayoutFailure {
  const opened = openText(source, icdOrder);
  if ('failure' in opened) return opened;
  const rows: CodeRow[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  let read = 0;
  let number = 0;
  for (const line of linesOf(opened.text)) {
    number++;
    if (isBlank(line)) continue;
    read++;
    const row = readRow(line);
    const before = typeof row === 'string' ? undefined : lineOf.get(row.code);
    if (typeof row === 'string') refused.push({ line: number, reason: row });
    else if (before !== undefined)
      refused.push({
        line: number,
        reason: `The code ${row.code} stands on line ${String(before)} already.`,
      });
    else {
      lineOf.set(row.code, number);
      rows.push(row);
    }
  }
  return { rows, refused, read };
}

/** The code of one line, or why it is none. */
function readRow(line: string): CodeRow | string {
  if (line.length < 17 || (line.length < 78 && line.slice(16).trim() !== ''))
    return `The row is too short: it has ${String(line.length)} characters, and the title begins in column 78.`;
  const code = line.slice(6, 13).trim();
  const flag = line.slice(14, 15);
  const title = tidy(line.slice(77));
  if (!/^\d{5}$/.test(line.slice(0, 5)))
    return `The order number ${quoted(line.slice(0, 5))} in columns 1 to 5 is not of five digits.`;
  if (!DIAGNOSIS_CODE.test(code)) return `The code ${quoted(code)} in columns 7 to 13 is malformed.`;
  if (flag !== '0' && flag !== '1')
    return `The flag of ${code} in column 15 is ${quoted(flag)}, neither 0 nor 1.`;
  if (title === '') return `The code ${code} has no title.`;
  if (`${line.slice(5, 6)}${line.slice(13, 14)}${line.slice(15, 16)}${line.slice(76, 77)}`.trim() !== '')
    return `The columns of ${code} are shifted: 6, 14, 16 and 77 should be blank.`;
  return { code, title, billable: flag === '1' };
}
