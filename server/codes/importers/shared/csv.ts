/** Comma-separated files, with the line on which each row begins. */
import { parse } from 'csv-parse/sync';
import { isBlank } from './text.ts';
import { tidy, type LayoutFailure } from './layout.ts';

export interface CsvRow {
  /** From 1, where the row begins; a quoted cell may go on over several lines. */
  readonly line: number;
  /** Without spaces around them. */
  readonly cells: readonly string[];
}

/** The rows with anything in them. A quote that is never closed would swallow the rest, so the file is refused. */
export function readCsv(text: string): readonly CsvRow[] | LayoutFailure {
  // csv-parse counts a CRLF within quotes as two lines.
  const input = text.replace(/\r\n?/g, '\n');
  let broken: string | undefined;
  const records = parse(input, {
    info: true,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void (broken ??= error?.code ?? ''),
  }) as unknown as readonly { readonly info: { readonly lines: number }; readonly record: string[] }[];
  const rows = records.map(({ info, record }) => ({
    line: info.lines - record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0),
    cells: record.map((cell) => cell.trim()),
  }));
  if (broken === undefined) return rows.filter(({ cells }) => !cells.every(isBlank));
  const line = (records.at(-1)?.info.lines ?? 0) + 1;
  const why =
    broken === 'CSV_QUOTE_NOT_CLOSED' ? 'a quotation mark is opened and never closed' : 'it is no CSV';
  return { failure: `The file cannot be read from line ${String(line)} on: ${why}.`, line };
}

/** Where each wanted column stands, by the headings of a row; undefined where one is missing. */
export function columnsOf<Name extends string>(
  headings: readonly string[],
  wanted: Readonly<Record<Name, RegExp>>,
): Readonly<Record<Name, number>> | { readonly missing: Name } {
  const found: Partial<Record<Name, number>> = {};
  for (const name of Object.keys(wanted) as Name[]) {
    const at = headings.findIndex((heading) => wanted[name].test(tidy(heading)));
    if (at < 0) return { missing: name };
    found[name] = at;
  }
  return found as Readonly<Record<Name, number>>;
}
