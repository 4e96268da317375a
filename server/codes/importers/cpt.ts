/**
 * The CPT data files that the American Medical Association licenses. Each begins with its notice, which ends with a blank line.
 * `LONGULT.txt`: code, tab, text. `MEDU.txt`: code 1–5, 48 characters from 7. `SHORTU.txt`: the same with 28.
 * `ConsumerDescriptor.txt`: concept, code and text between tabs, below a row of headings. `MODUL.txt`: Appendix A as running
 * text, where a modifier begins a paragraph and its title ends with a colon. What is read stays with the user who holds the
 * licence: sentences about refused rows name lines and codes and repeat no text.
 */
import type { CodeRow, ImportedCodes, RefusedRow } from '../../core/index.ts';
import { tidy, type Layout, type LayoutFailure, type Source } from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { isBlank, linesOf } from './shared/text.ts';

const CODE = /^\d{4}[0-9A-Z]$/;

/** How one line is read. */
interface Form {
  readonly layout: Layout;
  /** What a row looks like, so that the notice before the first is told from it. */
  readonly shape: RegExp;
  /** A row of headings. */
  readonly heading?: RegExp;
  /** The code and the text of a line; undefined where it has too few columns. */
  readonly split: (line: string) => readonly [code: string, text: string] | undefined;
  /** The most characters of a text. */
  readonly most?: number;
}

const LONG: Form = {
  layout: {
    importer: 'cpt-long',
    title: 'licensed file of long descriptors',
    expected: 'a code of five characters, a tab and a text, below the notice of the licence',
    fits: (beginning) => LONG.shape.test(beginning),
    named: /longult/i,
  },
  shape: /^\d{4}[0-9A-Z]\t[^\t\r\n]+$/m,
  split: (line) => {
    const [code, text, further] = line.split('\t');
    return code === undefined || text === undefined || further !== undefined ? undefined : [code, text];
  },
};

const MEDIUM = fixedWidth('cpt-medium', 'medium', 48, /medu(?![a-z])/i);
const SHORT = fixedWidth('cpt-short', 'short', 28, /shortu(?![a-z])/i);

const CONSUMER: Form = {
  layout: {
    importer: 'cpt-consumer',
    title: 'licensed file of consumer descriptors',
    expected: 'a concept, a code and a text between tabs',
    fits: (beginning) => CONSUMER.shape.test(beginning),
    named: /consumer.?descriptor/i,
  },
  shape: /^\d{4,}\t\d{4}[0-9A-Z]\t\S/m,
  heading: /^Concept ?Id\t/i,
  split: (line) => {
    const [, code, text] = line.split('\t');
    return code === undefined || text === undefined ? undefined : [code, text];
  },
};

function fixedWidth(importer: 'cpt-medium' | 'cpt-short', word: string, most: number, named: RegExp): Form {
  // Narrower than the rows of other fixed-width files, which begin alike.
  const shape = new RegExp(`^\\d{4}[0-9A-Z] \\S.{0,${String(most - 1)}}$`, 'm');
  return {
    layout: {
      importer,
      title: `licensed file of ${word} descriptors`,
      expected: `a code of five characters and a text of ${String(most)} from column 7 on, below the notice of the licence`,
      fits: (beginning) => shape.test(beginning),
      named,
    },
    shape,
    split: (line) =>
      line.length < 7 || line.charAt(5) !== ' ' ? undefined : [line.slice(0, 5), line.slice(6)],
    most,
  };
}

export const cptLong = LONG.layout;
export const cptMedium = MEDIUM.layout;
export const cptShort = SHORT.layout;
export const cptConsumer = CONSUMER.layout;
export const cptModifiers: Layout = {
  importer: 'cpt-modifiers',
  title: 'licensed file of modifiers',
  expected: 'the heading “Appendix A”, and modifiers that each begin a paragraph',
  fits: (beginning) => APPENDIX.test(beginning),
  named: /modul(?![a-z])/i,
};

const APPENDIX = /^Appendix A\s*$/m;

export const importCptLong = (source: Source): ImportedCodes | LayoutFailure => importLines(source, LONG);
export const importCptMedium = (source: Source): ImportedCodes | LayoutFailure => importLines(source, MEDIUM);
export const importCptShort = (source: Source): ImportedCodes | LayoutFailure => importLines(source, SHORT);
export const importCptConsumer = (source: Source): ImportedCodes | LayoutFailure =>
  importLines(source, CONSUMER);

function importLines(source: Source, form: Form): ImportedCodes | LayoutFailure {
  const opened = openText(source, form.layout);
  if ('failure' in opened) return opened;
  const lines = linesOf(opened.text);
  const start = endOfNotice(lines, form.shape);
  const rows: CodeRow[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  let read = 0;
  lines.forEach((line, index) => {
    if (index < start || isBlank(line) || form.heading?.test(line)) return;
    read++;
    const row = readLine(line, form);
    const before = typeof row === 'string' ? undefined : lineOf.get(row.code);
    if (typeof row === 'string') refused.push({ line: index + 1, reason: row });
    else if (before !== undefined)
      refused.push({
        line: index + 1,
        reason: `The code ${row.code} stands on line ${String(before)} already.`,
      });
    else {
      lineOf.set(row.code, index + 1);
      rows.push(row);
    }
  });
  return { rows, refused, read };
}

/**
 * Where rows begin: below the last blank line before two rows that follow each other. A line of the notice may look like a
 * row, and a blank line among the rows must not make those before it a notice.
 */
function endOfNotice(lines: readonly string[], shape: RegExp): number {
  const full = lines.flatMap((line, index) => (isBlank(line) ? [] : [index]));
  const first = full.find((index, at) => {
    const next = full[at + 1];
    return shape.test(lines[index] ?? '') && (next === undefined || shape.test(lines[next] ?? ''));
  });
  const start = first ?? full.find((index) => shape.test(lines[index] ?? '')) ?? 0;
  for (let index = start; index > 0; index--) if (isBlank(lines[index - 1] ?? '')) return index;
  return 0;
}

function readLine(line: string, form: Form): CodeRow | string {
  const parts = form.split(line);
  if (!parts) return `The row is too short or has other columns: it has ${String(line.length)} characters.`;
  const [code, text] = [parts[0].trim(), tidy(parts[1])];
  if (!CODE.test(code)) return 'The code is malformed: expected four digits, and a digit or a letter.';
  if (text === '') return `The code ${code} has no text.`;
  if (form.most !== undefined && text.length > form.most)
    return `The text of ${code} is too long: it has ${String(text.length)} of ${String(form.most)} characters.`;
  return { code, title: text, billable: true };
}

/**
 * Titles only, without the paragraphs that explain them. A modifier that is listed again, among those for surgery centres, is
 * the same one; it is neither a row nor refused.
 */
export function importCptModifiers(source: Source): ImportedCodes | LayoutFailure {
  const opened = openText(source, cptModifiers);
  if ('failure' in opened) return opened;
  const lines = linesOf(opened.text).map((line) => line.trim());
  const rows = new Map<string, CodeRow>();
  const refused: RefusedRow[] = [];
  let read = 0;
  let nationals = false;
  for (let index = lines.findIndex((line) => APPENDIX.test(line)) + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    nationals ||= /^Level II\b.*Modifiers/i.test(line);
    // One to a line in the last part, and paragraphs before it, which may hold a line that begins with a number.
    const begins = nationals || isBlank(lines[index - 1] ?? '');
    const [, code, first] =
      (begins && (nationals ? NATIONAL : NUMBERED).exec(line)) || STATUS.exec(line) || [];
    if (code === undefined || rows.has(code)) continue;
    read++;
    const title = titleOf([first ?? '', ...restOf(lines, index, nationals)]);
    if (title === '') refused.push({ line: index + 1, reason: `The modifier ${code} has no title.` });
    else rows.set(code, { code, title, billable: true });
  }
  return { rows: [...rows.values()], refused, read };
}

const NUMBERED = /^([1-9][0-9A-Z])(?:\s+(.*))?$/;
const NATIONAL = /^([A-Z][0-9A-Z])\s+(\S.*)$/;
const STATUS = /^Physical Status Modifier ([A-Z]\d): *(.*)$/i;

/** The lines on which a paragraph goes on. */
function restOf(lines: readonly string[], index: number, nationals: boolean): readonly string[] {
  const rest = lines.slice(index + 1);
  const end = rest.findIndex((line) => isBlank(line) || (nationals ? NATIONAL : STATUS).test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

const titleOf = (lines: readonly string[]): string =>
  tidy((lines.join(' ').split(':', 1)[0] ?? '').replace(/\bReasons include\s*$/i, ''));
