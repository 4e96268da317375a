/**
 * Code lists: `NAME.codes.csv`, with a heading for the format of its codes and others for title, first and last day. Every row
 * that cannot be used is told with its place; the others count.
 */
import Papa from 'papaparse';
import { parseDate } from '../base/clock.ts';
import { decodedName } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import type { CodeList, ListedCode } from '../rules/code-list.ts';
import { CODE_FORMATS, isWrittenAs } from '../schema/code-formats.ts';
import { formatSentence } from '../schema/formats.ts';
import type { SourceDocument } from '../yaml/stream.ts';

const SUFFIX = /[.]codes[.]csv$/i;

export const isCodeListFile = (name: string): boolean => SUFFIX.test(name);

interface Row {
  readonly cells: readonly string[];
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

export interface ReadCodeList {
  readonly list: CodeList | undefined;
  readonly problems: readonly Problem[];
}

export function readCodeList({ id, file, text }: SourceDocument): ReadCodeList {
  const problems: Problem[] = [];
  const tell = ({ start, end }: Pick<Row, 'start' | 'end'>, message: string): undefined => {
    problems.push(problem('unusable-row', { document: id, start, end }, message));
  };
  const { rows, unclosed } = rowsOf(text);
  const [heading, ...others] = rows;
  if (!heading) {
    tell({ start: 0, end: 0 }, `The file has no heading. ${EXPECTED}`);
    return { list: undefined, problems };
  }
  if (unclosed) tell(unclosed, 'A quotation mark opens here and none closes it, so the rest is one cell.');
  const name = nameOf(file);
  const columns = columnsOf(heading, name, tell);
  if (!columns) return { list: undefined, problems };
  const seen = new Map<string, number>();
  const codes = others.flatMap((row): ListedCode[] => {
    const code = codeOf(row, columns, tell);
    if (!code) return [];
    const before = seen.get(code.code);
    if (before !== undefined) tell(row, `The code ${code.code} stands in this list already.`);
    seen.set(code.code, row.start);
    return before === undefined ? [code] : [];
  });
  const title = /^\uFEFF?#[ \t]*(\S[^\r\n]*)/.exec(text)?.[1]?.trim() ?? name;
  const asOf = parseDate(/^#[ \t]*as of (\S+)[ \t]*$/m.exec(text)?.[1] ?? '');
  const isStarter = /^#[ \t]*starter set[ \t]*$/im.test(text);
  const list: CodeList = {
    document: id,
    name,
    format: columns.format,
    title,
    ...(asOf && { asOf }),
    ...(isStarter && { starter: true }),
    codes,
  };
  return { list, problems };
}

const nameOf = (file: string): string =>
  decodedName(/[^/\\]*$/.exec(file)?.[0] ?? file)
    .replace(SUFFIX, '')
    .toLowerCase();

/** Rows with cells; those of comments and blanks are left out. */
function rowsOf(text: string): { readonly rows: readonly Row[]; readonly unclosed: Row | undefined } {
  const rows: Row[] = [];
  let unclosed: Row | undefined;
  let before = 0;
  Papa.parse(text, {
    comments: '#',
    delimitersToGuess: [',', ';', '\t'],
    fastMode: false,
    skipEmptyLines: 'greedy',
    step: ({ data, errors, meta }) => {
      const lead =
        /^(?:[ \t]*(?:#[^\n]*)?\r?\n|\uFEFF)*/.exec(text.slice(before, meta.cursor))?.[0].length ?? 0;
      const start = before + lead;
      const end = start + text.slice(start, meta.cursor).trimEnd().length;
      const row = { cells: data.map((cell) => cell.trim()), start, end };
      if (row.cells.some((cell) => cell !== '') && end > start) rows.push(row);
      if (errors.some(({ code }) => code === 'MissingQuotes')) unclosed ??= row;
      before = meta.cursor;
    },
  });
  return { rows, unclosed };
}

interface Columns {
  readonly format: string;
  readonly code: number;
  readonly title: number;
  readonly from: number;
  readonly to: number;
}

const EXPECTED = `The first line says what the columns are: the format of the codes (${listWords([...CODE_FORMATS])}), then title, from and to.`;

type Tell = (row: Pick<Row, 'start' | 'end'>, message: string) => undefined;

function columnsOf(heading: Row, name: string, tell: Tell): Columns | undefined {
  const cells = heading.cells.map((cell) => cell.replace(/^\uFEFF/, '').toLowerCase());
  const code = cells.findIndex((cell) => cell === 'code' || CODE_FORMATS.has(cell));
  const format = cells[code] === 'code' ? name : cells[code];
  if (format === undefined) return tell(heading, `No column has codes. ${EXPECTED}`);
  if (!CODE_FORMATS.has(format))
    return tell(heading, `The heading "code" does not say of which format they are. ${EXPECTED}`);
  const strange = heading.cells.filter(
    (_, i) => i !== code && !['title', 'from', 'to', 'note'].includes(cells[i] ?? ''),
  );
  if (strange.length > 0)
    tell(
      heading,
      `Nothing reads the column ${listWords(strange, 'and')}. Columns are title, from, to and note.`,
    );
  const [title, from, to] = ['title', 'from', 'to'].map((cell) => cells.indexOf(cell));
  return { format, code, title: title ?? -1, from: from ?? -1, to: to ?? -1 };
}

function codeOf(row: Row, columns: Columns, tell: Tell): ListedCode | undefined {
  const code = row.cells[columns.code] ?? '';
  if (code === '') return tell(row, 'This row has no code.');
  if (!isWrittenAs(columns.format, code))
    return tell(row, `This row has the code "${code}", ${formatSentence({ format: columns.format })}`);
  if (row.cells.some((cell) => cell.includes('\n')))
    return tell(row, 'A cell of this row goes over several lines. Is a quotation mark missing?');
  const days = daysOf(row, columns, tell);
  return days && { code, title: row.cells[columns.title] ?? '', ...days };
}

function daysOf(row: Row, columns: Columns, tell: Tell): Pick<ListedCode, 'from' | 'to'> | undefined {
  const [first, last] = [row.cells[columns.from] ?? '', row.cells[columns.to] ?? ''];
  const [from, to] = [parseDate(first), parseDate(last)];
  if ((first !== '' && !from) || (last !== '' && !to))
    return tell(
      row,
      `"${from || first === '' ? last : first}" is not a date: write year, month and day as YYYY-MM-DD.`,
    );
  if (from && to && to < from) return tell(row, `The last day, ${to}, is before the first, ${from}.`);
  return { ...(from && { from }), ...(to && { to }) };
}
