/**
 * Geographic Practice Cost Indices of CMS, `GPCIYYYY.csv` (Addendum E of the fee schedule): a title, headings, one row for each
 * locality of each contractor, then footnotes. Headings name the year and whether the work index has its floor of 1.0: `2025 PW
 * GPCI (with 1.0 Floor)`, `2025 PE GPCI`, `2025 MP GPCI`.
 */
import type { RefusedRow } from '../../core/index.ts';
import { columnsOf, readCsv } from './shared/csv.ts';
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
import { decimal } from './shared/values.ts';

export const gpci: Layout = {
  importer: 'gpci',
  title: 'table of geographic cost indices (GPCI)',
  expected: 'headings such as State, Locality Number, Locality Name, PW GPCI, PE GPCI and MP GPCI',
  fits: (beginning) => /Locality Number.*PE GPCI/i.test(beginning),
  named: /gpci/i,
};

/** The indices of one locality as decimal text; 1 is the average of the country. */
export interface LocalityRow {
  /** The contractor, of five digits. */
  readonly mac: string;
  /** As the file has it: `AL`. */
  readonly state: string;
  /** Two digits, unique within a contractor and state only. */
  readonly locality: string;
  /** Without the marks of footnotes. */
  readonly name: string;
  /** With its floor, where the file has both. */
  readonly work: string;
  readonly practiceExpense: string;
  readonly malpractice: string;
}

export interface ImportedLocalities extends ImportedTable<LocalityRow> {
  /** The heading of the work index, which says whether the floor is in it. */
  readonly workHeading: string;
  /** Footnotes, in their order. */
  readonly footnotes: readonly string[];
}

export function importGpci(source: Source): ImportedLocalities | LayoutFailure {
  const opened = openText(source, gpci);
  if ('failure' in opened) return opened;
  const csv = readCsv(opened.text);
  if ('failure' in csv) return csv;
  const start = csv.findIndex(({ cells }) => cells.some((cell) => /^Locality Number$/i.test(tidy(cell))));
  const headings = csv[start]?.cells ?? [];
  const floor = headings.some((heading) => /PW GPCI \(with 1.0 Floor\)/i.test(tidy(heading)));
  const columns = columnsOf(headings, {
    mac: /\bMAC\b|Contractor/i,
    state: /^State/i,
    locality: /^Locality Number$/i,
    name: /^Locality Name$/i,
    work: floor ? /PW GPCI \(with 1.0 Floor\)/i : /PW GPCI/i,
    practiceExpense: /PE GPCI/i,
    malpractice: /MP GPCI/i,
  });
  if ('missing' in columns) return notOfLayout(gpci, opened.text);
  const rows: LocalityRow[] = [];
  const refused: RefusedRow[] = [];
  const footnotes: string[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, cells } of csv.slice(start + 1)) {
    if (cells.slice(1).every((cell) => cell === '') && !/^\d+$/.test(cells[0] ?? '')) {
      footnotes.push(tidy(cells[0] ?? ''));
      continue;
    }
    const cell = (name: keyof typeof columns): string => tidy(cells[columns[name]] ?? '');
    const row = readRow(cell);
    const key = typeof row === 'string' ? '' : `${row.mac} ${row.state} ${row.locality}`;
    const before = lineOf.get(key);
    if (typeof row === 'string') refused.push({ line, reason: row });
    else if (before !== undefined)
      refused.push({ line, reason: `The locality ${key} stands on line ${String(before)} already.` });
    else {
      lineOf.set(key, line);
      rows.push(row);
    }
  }
  const read = csv.length - start - 1 - footnotes.length;
  return { rows, refused, read, workHeading: tidy(headings[columns.work] ?? ''), footnotes };
}

function readRow(
  cell: (name: 'mac' | 'state' | 'locality' | 'name' | 'work' | 'practiceExpense' | 'malpractice') => string,
): LocalityRow | string {
  // Spreadsheets drop leading zeros.
  const mac = cell('mac').padStart(5, '0');
  const locality = cell('locality').padStart(2, '0');
  const name = cell('name').replace(/\*+$/, '');
  if (!/^\d{5}$/.test(mac)) return `The contractor ${quoted(cell('mac'))} is not of five digits.`;
  if (!/^\d{2}$/.test(locality))
    return `The locality number ${quoted(cell('locality'))} is not of two digits.`;
  if (cell('state') === '' || name === '')
    return `The locality ${locality} of ${mac} has no state or no name.`;
  const [work, practiceExpense, malpractice] = [
    decimal(cell('work')),
    decimal(cell('practiceExpense')),
    decimal(cell('malpractice')),
  ];
  if (work === undefined || practiceExpense === undefined || malpractice === undefined)
    return `The indices of locality ${locality} of ${mac}, ${quoted(
      [cell('work'), cell('practiceExpense'), cell('malpractice')].join(', '),
    )}, are not three decimal numbers.`;
  return { mac, state: cell('state'), locality, name, work, practiceExpense, malpractice };
}
