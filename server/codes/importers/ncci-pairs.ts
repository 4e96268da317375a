/**
 * Procedure-to-procedure edits of CMS (Medicare NCCI), `ccipra-vNNNrN-fN.txt` for practitioners and `ccioph-…` for hospitals,
 * four files of about a million rows for each. Seven columns between tabs: column 1, column 2, `*` where the edit existed
 * before 1996, effective and deletion date as `YYYYMMDD` (`*` none), modifier indicator, rationale. A notice and a heading over
 * four rows come first. One pair has several rows where it was deleted and made again.
 */
import type { RefusedRow } from '../../core/index.ts';
import {
  quoted,
  tidy,
  type ImportedTable,
  type Layout,
  type LayoutFailure,
  type Source,
} from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { isBlank, linesOf } from './shared/text.ts';
import { compactDate, PROCEDURE_CODE, type Day } from './shared/values.ts';

export const ncciPairs: Layout = {
  importer: 'ncci-pairs',
  title: 'file of NCCI procedure-to-procedure edits',
  expected: 'seven columns between tabs, from “Column 1” and “Column 2” to “PTP Edit Rationale”',
  fits: (beginning) => HEADING.test(beginning) || /^[0-9A-Z]{5}\t[0-9A-Z]{5}\t\*?\t\d{8}\t/m.test(beginning),
  named: /cci(?:pra|oph)|ncci.*ptp|ptp.*edits/i,
};

const HEADING = /^"?Column 1"?\t"?Column 2"?\t/im;

/** Two codes that are not both paid for one patient on one day. */
export interface CodePair {
  /** Paid. */
  readonly column1: string;
  /** Denied beside it. */
  readonly column2: string;
  readonly before1996: boolean;
  readonly from: Day;
  /** The last day; without it the edit is still in force. */
  readonly to?: Day;
  /** 0: no modifier brings both; 1: some do; 9: the edit was deleted on the day it began and was never in force. */
  readonly modifier: 0 | 1 | 9;
  readonly rationale: string;
}

export function importNcciPairs(source: Source): ImportedTable<CodePair> | LayoutFailure {
  const opened = openText(source, ncciPairs);
  if ('failure' in opened) return opened;
  const lines = linesOf(opened.text);
  const rows: CodePair[] = [];
  const refused: RefusedRow[] = [];
  const values = new Values();
  let read = 0;
  /** Lines with the pair before this one, to find a row that is there twice; a set of millions would take too much. */
  let pair = '';
  let listed: { readonly line: string; readonly number: number }[] = [];
  for (let index = startOf(lines); index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (isBlank(line)) continue;
    read++;
    const row = readRow(line.split('\t'), values);
    if (typeof row === 'string') {
      refused.push({ line: index + 1, reason: row });
      continue;
    }
    const same = `${row.column1}\t${row.column2}`;
    if (same !== pair) listed = [];
    pair = same;
    const before = listed.find((earlier) => earlier.line === line)?.number;
    if (before === undefined) {
      rows.push(row);
      listed.push({ line, number: index + 1 });
    } else
      refused.push({
        line: index + 1,
        reason: `The row of ${row.column1} and ${row.column2} stands on line ${String(before)} already.`,
      });
  }
  return { rows, refused, read };
}

/** The first line after the notice and the headings, which go on in rows without codes. */
function startOf(lines: readonly string[]): number {
  const heading = lines.findIndex((line) => HEADING.test(line));
  if (heading < 0) return lines.findIndex((line) => /^[0-9A-Z]{5}\t[0-9A-Z]{5}\t/.test(line));
  const next = lines.findIndex(
    (line, index) => index > heading && !isBlank(line) && !line.startsWith('\t\t'),
  );
  return next < 0 ? lines.length : next;
}

/** Dates and rationales that were read before: there are few of them in a million rows, and one object each will do. */
class Values {
  readonly #days = new Map<string, Day | undefined>();
  readonly #texts = new Map<string, string>();

  day(text: string): Day | undefined {
    if (!this.#days.has(text)) this.#days.set(text, compactDate(text));
    return this.#days.get(text);
  }

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, tidy(text));
    return tidy(text);
  }
}

function readRow(cells: readonly string[], values: Values): CodePair | string {
  if (cells.length < 7)
    return `The row is too short: it has ${String(cells.length)} of 7 columns, separated by tabs.`;
  const [column1, column2, old, effective, deletion, indicator, rationale] = cells.map((cell) =>
    cell.trim(),
  ) as [string, string, string, string, string, string, string];
  if (!PROCEDURE_CODE.test(column1)) return `The code ${quoted(column1)} in column 1 is malformed.`;
  if (!PROCEDURE_CODE.test(column2)) return `The code ${quoted(column2)} in column 2 is malformed.`;
  const of = `of ${column1} and ${column2}`;
  if (old !== '' && old !== '*') return `The third column ${of} is ${quoted(old)}, neither “*” nor empty.`;
  const from = values.day(effective);
  const to = values.day(deletion);
  if (from === undefined) return `The effective date ${of}, ${quoted(effective)}, is no day of the calendar.`;
  if (deletion !== '*' && to === undefined)
    return `The deletion date ${of}, ${quoted(deletion)}, is neither “*” nor a day of the calendar.`;
  if (indicator !== '0' && indicator !== '1' && indicator !== '9')
    return `The modifier indicator ${of} is ${quoted(indicator)}, none of 0, 1 and 9.`;
  const modifier = indicator === '0' ? 0 : indicator === '1' ? 1 : 9;
  const base = {
    column1,
    column2,
    before1996: old === '*',
    from,
    modifier,
    rationale: values.text(rationale),
  } as const;
  return to === undefined ? base : { ...base, to };
}
