/**
 * The alpha-numeric HCPCS file of CMS, `HCPCYYYY_MMM_ANWEB.txt`: codes of Level II and their modifiers, fixed width, 320
 * characters (“HCPCS Contractor Record”, the record layout in the same zip). Columns from 1: code 1–5 (a modifier in 4–5 after
 * three blanks), sequence 6–10 in hundreds, record id 11 (3 first line of a procedure, 7 of a modifier; 4 and 8 go on with the
 * long description), long description 12–91, short 92–119, added 269–276, terminated 285–292, as `YYYYMMDD`. A disclaimer may
 * come first. A description is cut between words.
 */
import type { CodeRow, RefusedRow } from '../../core/index.ts';
import { splitByKind, type ImportedHcpcs } from './shared/hcpcs-rows.ts';
import { quoted, tidy, type Layout, type LayoutFailure, type Source } from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { isBlank, linesOf } from './shared/text.ts';
import { compactDate } from './shared/values.ts';

export const hcpcs: Layout = {
  importer: 'hcpcs',
  title: 'alpha-numeric HCPCS file',
  expected:
    'a code or a modifier in columns 1 to 5, a sequence number of five digits, a record id in column 11 and a text',
  fits: (beginning) => FIRST_LINE.test(beginning),
  named: /hcpc.*anweb|alpha.?numeric.?hcpcs/i,
};

const FIRST_LINE = /^(?:[A-Z]\d{4}| {3}[0-9A-Z]{2})\d{5}[37]\S/m;
const RECORD = /^.{5}\d{5}[3478]/;

/** A first line and those that go on with its description. */
type Lines = readonly { readonly number: number; readonly text: string }[];

/**
 * `from` is the day a code was added, `to` the last day it may be used. The effective date of the last action is no use here:
 * it is that of the latest change, in the middle of a code's life.
 */
export function importHcpcs(source: Source): ImportedHcpcs | LayoutFailure {
  const opened = openText(source, hcpcs);
  if ('failure' in opened) return opened;
  const records = recordsOf(linesOf(opened.text));
  const rows: CodeRow[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  for (const record of records) {
    const line = record[0]?.number ?? 1;
    const row = readFirst(record[0]?.text ?? '');
    const rest = typeof row === 'string' ? undefined : readRest(row.code, record);
    const before = typeof row === 'string' ? undefined : lineOf.get(row.code);
    if (typeof row === 'string') refused.push({ line, reason: row });
    else if (before !== undefined)
      refused.push({ line, reason: `The code ${row.code} stands on line ${String(before)} already.` });
    else if (rest && 'reason' in rest) refused.push(rest);
    else {
      lineOf.set(row.code, line);
      rows.push({ ...row, title: tidy(`${row.title} ${rest?.text ?? ''}`) });
    }
  }
  return { ...splitByKind(rows), refused, read: records.length };
}

/** From the first record on; a line that goes on with nothing stands alone. */
function recordsOf(lines: readonly string[]): readonly Lines[] {
  const records: { number: number; text: string }[][] = [];
  const start = lines.findIndex((line) => RECORD.test(line));
  lines.forEach((text, index) => {
    if (index < start || isBlank(text)) return;
    const current = records.at(-1);
    const goesOn = /^.{10}[48]/.test(text) && current?.[0]?.text.slice(0, 5) === text.slice(0, 5);
    if (goesOn) current.push({ number: index + 1, text });
    else records.push([{ number: index + 1, text }]);
  });
  return records;
}

/** What the first line of a record says, or why it is none. */
function readFirst(line: string): CodeRow | string {
  const code = line.slice(0, 5).trim();
  const id = line.slice(10, 11);
  if (line.length < 92)
    return `The row is too short: it has ${String(line.length)} characters, and the short description begins in column 92.`;
  if (id === '4' || id === '8')
    return `The row goes on with a description of ${quoted(code)}, which does not stand before it.`;
  if (id !== '3' && id !== '7') return `The record id in column 11 is ${quoted(id)}, none of 3, 4, 7 and 8.`;
  const fits = id === '7' ? /^ {3}[0-9A-Z]{2}$/ : /^[A-Z]\d{4}$/;
  const expected = id === '7' ? 'two letters or digits in columns 4 and 5' : 'a letter and four digits';
  if (!fits.test(line.slice(0, 5)))
    return `The ${id === '7' ? 'modifier' : 'code'} ${quoted(code)} is malformed: expected ${expected}.`;
  const title = tidy(line.slice(11, 91));
  if (title === '') return `The code ${code} has no description.`;
  const dates = readDates(code, line.slice(268, 276).trim(), line.slice(284, 292).trim());
  return typeof dates === 'string' ? dates : { code, title, billable: true, ...dates };
}

function readDates(code: string, added: string, terminated: string): Pick<CodeRow, 'from' | 'to'> | string {
  const from = compactDate(added);
  const to = compactDate(terminated);
  if (added !== '' && from === undefined)
    return `The day on which ${code} was added, ${quoted(added)}, is none of the calendar.`;
  if (terminated !== '' && to === undefined)
    return `The day on which ${code} is terminated, ${quoted(terminated)}, is none of the calendar.`;
  if (from !== undefined && to !== undefined && to < from)
    return `The code ${code} is terminated on ${to}, before it was added on ${from}.`;
  return { ...(from && { from }), ...(to && { to }) };
}

/** The description from the second line on; refused where a line of it is missing, since half a title is none. */
function readRest(code: string, record: Lines): { readonly text: string } | RefusedRow {
  const broken = record.findIndex(({ text }, index) => Number(text.slice(5, 10)) !== (index + 1) * 100);
  const { number, text } = record[broken] ?? { number: 0, text: '' };
  if (broken < 0)
    return {
      text: record
        .slice(1)
        .map((line) => line.text.slice(11, 91).trim())
        .join(' '),
    };
  const wanted = String((broken + 1) * 100).padStart(5, '0');
  return {
    line: number,
    reason: `The description of ${code} is not whole: it goes on with ${quoted(text.slice(5, 10))}, not with ${wanted}.`,
  };
}
