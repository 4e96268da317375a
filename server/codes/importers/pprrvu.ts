/**
 * The National Physician Fee Schedule Relative Value File of CMS, `PPRRVUYYYY_MMM.csv` (from 2026 on one file for qualifying
 * participants and one for others). Notices and the headings, set over five rows, come first; columns are found by their
 * headings joined from above. The column of descriptors, which are licensed, is not read.
 */
import type { RefusedRow } from '../../core/index.ts';
import { columnsOf, readCsv, type CsvRow } from './shared/csv.ts';
import {
  notOfLayout,
  quoted,
  tidy,
  type ImportedTable,
  type Layout,
  type LayoutFailure,
  type Source,
} from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { decimal, MODIFIER, PROCEDURE_CODE } from './shared/values.ts';

export const pprrvu: Layout = {
  importer: 'pprrvu',
  title: 'National Physician Fee Schedule Relative Value File',
  expected: 'a row of headings that begins with HCPCS, MOD and DESCRIPTION',
  fits: (beginning) => /^"?HCPCS"?,"?MOD"?,"?DESCRIPTION"?,/im.test(beginning),
  named: /pprrvu|(?:^|[^a-z])rvu\d\d/i,
};

/** Relative value units and the conversion factor (dollars for one unit) as decimal text, as the file has them. */
export interface FeeRow {
  readonly code: string;
  /** Of the professional or the technical part, or of a discontinued procedure. */
  readonly modifier?: string;
  /** One letter: whether and how the code is paid. */
  readonly status: string;
  readonly work: string;
  readonly practiceExpense: Places;
  readonly malpractice: string;
  readonly total: Places;
  readonly conversionFactor: string;
}

/** By where a service is given. `notApplicable`: it is rarely or never given there, and the figure means little. */
export interface Places {
  readonly facility: string;
  readonly nonFacility: string;
  readonly notApplicable?: readonly ('facility' | 'nonFacility')[];
}

export interface ImportedFees extends ImportedTable<FeeRow> {
  /** The first line of the notice: `2025 National Physician Fee Schedule Relative Value File October Release`. */
  readonly heading: string;
}

const COLUMNS = {
  code: /^HCPCS$/i,
  modifier: /^MOD$/i,
  status: /^STATUS CODE$/i,
  work: /^WORK RVU$/i,
  nonFacility: /^NON-FAC PE RVU$/i,
  nonFacilityNa: /^NON-FAC NA INDICATOR$/i,
  facility: /^FACILITY PE RVU$/i,
  facilityNa: /^FACILITY NA INDICATOR$/i,
  malpractice: /^MP RVU$/i,
  nonFacilityTotal: /^NON-FACILITY TOTAL$/i,
  facilityTotal: /^FACILITY TOTAL$/i,
  factor: /^CONV FACTOR$/i,
} as const;

type Cells = Readonly<Record<keyof typeof COLUMNS, string>>;

export function importPprrvu(source: Source): ImportedFees | LayoutFailure {
  const opened = openText(source, pprrvu);
  if ('failure' in opened) return opened;
  const csv = readCsv(opened.text);
  if ('failure' in csv) return csv;
  const start = csv.findIndex(
    ({ cells }) => /^HCPCS$/i.test(cells[0] ?? '') && /^MOD$/i.test(cells[1] ?? ''),
  );
  if (start < 0) return notOfLayout(pprrvu, opened.text);
  const columns = columnsOf(headingsOf(csv.slice(0, start + 1)), COLUMNS);
  if ('missing' in columns)
    return {
      failure: `This ${pprrvu.title} has no column that is headed like ${quoted(COLUMNS[columns.missing].source.slice(1, -1))}.`,
      line: csv[start]?.line ?? 1,
    };
  const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const rows: FeeRow[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, cells } of csv.slice(start + 1)) {
    const wanted = names.map((name) => [name, cells[columns[name]] ?? ''] as const);
    const row = readRow(Object.fromEntries(wanted) as Cells);
    const key = typeof row === 'string' ? '' : `${row.code} ${row.modifier ?? ''}`.trim();
    const before = lineOf.get(key);
    if (typeof row === 'string') refused.push({ line, reason: row });
    else if (before !== undefined)
      refused.push({ line, reason: `The row of ${key} stands on line ${String(before)} already.` });
    else {
      lineOf.set(key, line);
      rows.push(row);
    }
  }
  const heading = tidy(csv[0]?.cells.find((cell) => cell !== '') ?? '');
  return { rows, refused, read: csv.length - start - 1, heading: start > 0 ? heading : '' };
}

/** The words above each column, joined; notices stand in the column of descriptors, which nobody asks for. */
function headingsOf(rows: readonly CsvRow[]): readonly string[] {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, at) => tidy(rows.map(({ cells }) => cells[at] ?? '').join(' ')));
}

function readRow(cells: Cells): FeeRow | string {
  const { code, modifier, status } = cells;
  if (!PROCEDURE_CODE.test(code)) return `The code ${quoted(code)} is malformed.`;
  if (modifier !== '' && !MODIFIER.test(modifier))
    return `The modifier ${quoted(modifier)} of ${code} is malformed.`;
  if (!/^[A-Z]$/.test(status)) return `The status of ${code}, ${quoted(status)}, is not one letter.`;
  const numbers = NUMBERS.map((name) => decimal(cells[name]));
  const wrong = NUMBERS.find((_, index) => numbers[index] === undefined);
  if (wrong !== undefined)
    return `The ${WORDS[wrong]} of ${code}, ${quoted(cells[wrong])}, is no decimal number.`;
  const [work, nonFacility, facility, malpractice, nonFacilityTotal, facilityTotal, conversionFactor] =
    numbers as [string, string, string, string, string, string, string];
  const notApplicable = [
    ...(cells.facilityNa === 'NA' ? (['facility'] as const) : []),
    ...(cells.nonFacilityNa === 'NA' ? (['nonFacility'] as const) : []),
  ];
  return {
    code,
    ...(modifier !== '' && { modifier }),
    status,
    work,
    practiceExpense: { facility, nonFacility, ...(notApplicable.length > 0 && { notApplicable }) },
    malpractice,
    total: { facility: facilityTotal, nonFacility: nonFacilityTotal },
    conversionFactor,
  };
}

const NUMBERS = [
  'work',
  'nonFacility',
  'facility',
  'malpractice',
  'nonFacilityTotal',
  'facilityTotal',
  'factor',
] as const;
const WORDS: Readonly<Record<(typeof NUMBERS)[number], string>> = {
  work: 'work RVU',
  nonFacility: 'non-facility PE RVU',
  facility: 'facility PE RVU',
  malpractice: 'malpractice RVU',
  nonFacilityTotal: 'non-facility total',
  facilityTotal: 'facility total',
  factor: 'conversion factor',
};
