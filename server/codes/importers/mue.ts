/**
 * Medically Unlikely Edits of CMS (Medicare NCCI), one CSV for each setting, `MCR_MUE_…_Eff_MM-DD-YYYY.csv`. Not UTF-8. A
 * quoted notice over several lines comes first, then a row of headings, of which the first holds a line break. Cells: code, most
 * units, adjudication indicator with its text (`3 Date of Service Edit: Clinical`), rationale.
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
import { PROCEDURE_CODE } from './shared/values.ts';

export const mue: Layout = {
  importer: 'mue',
  title: 'table of Medically Unlikely Edits',
  expected: 'the headings HCPCS/CPT Code, MUE Values, MUE Adjudication Indicator and MUE Rationale',
  fits: (beginning) => /HCPCS\/\s*CPT Code"?,[^\n]*MUE Adjudication Indicator/i.test(beginning),
  named: /(?:^|[^a-z])mue/i,
};

/** The most units of a code that one provider reports for one patient on a day (or, by indicator 1, on a line). */
export interface UnitsLimit {
  readonly code: string;
  /** A whole number; 0 where no unit is expected. */
  readonly units: number;
  /** 1 each line, 2 the day, by policy: absolute; 3 the day, by clinical data. */
  readonly indicator: 1 | 2 | 3;
  readonly rationale: string;
}

export interface ImportedLimits extends ImportedTable<UnitsLimit> {
  /** Whom the limits are for, as the heading has it: `Practitioner Services`. */
  readonly setting: string;
}

export function importMue(source: Source): ImportedLimits | LayoutFailure {
  const opened = openText(source, mue);
  if ('failure' in opened) return opened;
  const csv = readCsv(opened.text);
  if ('failure' in csv) return csv;
  const start = csv.findIndex(({ cells }) => /^HCPCS\/\s*CPT Code$/i.test(cells[0] ?? ''));
  const headings = csv[start]?.cells ?? [];
  const columns = columnsOf(headings, {
    code: /^HCPCS\/ ?CPT Code$/i,
    units: /MUE Values$/i,
    indicator: /Adjudication Indicator$/i,
    rationale: /Rationale$/i,
  });
  if ('missing' in columns) return notOfLayout(mue, opened.text);
  const rows: UnitsLimit[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  for (const { line, cells } of csv.slice(start + 1)) {
    const cell = (name: keyof typeof columns): string => tidy(cells[columns[name]] ?? '');
    const row = readRow(cell('code'), cell('units'), cell('indicator'), cell('rationale'));
    const before = typeof row === 'string' ? undefined : lineOf.get(row.code);
    if (typeof row === 'string') refused.push({ line, reason: row });
    else if (before !== undefined)
      refused.push({ line, reason: `The code ${row.code} stands on line ${String(before)} already.` });
    else {
      lineOf.set(row.code, line);
      rows.push(row);
    }
  }
  const setting = tidy(headings[columns.units] ?? '').replace(/ ?MUE Values$/i, '');
  return { rows, refused, read: csv.length - start - 1, setting };
}

function readRow(code: string, units: string, indicator: string, rationale: string): UnitsLimit | string {
  if (!PROCEDURE_CODE.test(code)) return `The code ${quoted(code)} is malformed.`;
  if (!/^\d{1,6}$/.test(units)) return `The units of ${code}, ${quoted(units)}, are no whole number.`;
  const [digit] = /^[123](?!\d)/.exec(indicator) ?? [];
  if (digit === undefined)
    return `The adjudication indicator of ${code}, ${quoted(indicator)}, does not begin with 1, 2 or 3.`;
  if (rationale === '') return `The limit of ${code} has no rationale.`;
  return { code, units: Number(units), indicator: digit === '1' ? 1 : digit === '2' ? 2 : 3, rationale };
}
