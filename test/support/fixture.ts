/**
 * The marker fixtures of the core tests: YAML with carets, ranges and expected problems written into it.
 *
 *     #- specs/a.spec.yaml                  begins the next file of the fixture
 *     spec: 0059<|>                         a caret; <|…|> is a range
 *     #     ^^^^ warning unquoted-code Ot   a problem expected on the line above: severity, code, part of the message
 *     #<^^^ error missing-key               the same, beginning at the first column (one left of where it is drawn)
 *
 * Expectation lines are taken out before parsing, so they work below block scalars, too. They are all comments, so a
 * fixture is YAML itself. Columns are those of the text without markers: keep carets on other lines than expectations.
 */

export interface Expectation {
  /** The line of the file it is about, from 0. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly severity: string;
  readonly code: string;
  /** A part of the message. */
  readonly text: string;
  readonly written: string;
}

export interface FixtureFile {
  readonly path: string;
  readonly text: string;
  /** The lines with their markers, without the expectations. */
  readonly lines: readonly string[];
  readonly carets: readonly number[];
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
  readonly expected: readonly Expectation[];
}

const FILE = /^#- (?<path>\S+)$/;
const EXPECTATION = /^#(?<pad> *)(?<marks><\^*|\^+) (?<severity>\w+) (?<code>[a-z-]+)(?: (?<text>.*))?$/;

export function parseFixture(source: string): readonly FixtureFile[] {
  const files: { path: string; lines: string[]; expected: Expectation[] }[] = [];
  for (const line of source.replace(/^\n/, '').split('\n')) {
    const head = FILE.exec(line)?.groups?.['path'];
    if (head !== undefined || files.length === 0)
      files.push({ path: head ?? 'main.yaml', lines: [], expected: [] });
    if (head !== undefined) continue;
    const file = files.at(-1);
    const expectation = readExpectation(line, (file?.lines.length ?? 1) - 1);
    if (expectation) file?.expected.push(expectation);
    else file?.lines.push(line);
  }
  return files.map(({ path, lines, expected }) => ({
    path,
    lines,
    expected,
    ...readMarkers(path, lines.join('\n')),
  }));
}

function readExpectation(written: string, line: number): Expectation | undefined {
  const { pad, marks, severity, code, text } = EXPECTATION.exec(written)?.groups ?? {};
  if (pad === undefined || marks === undefined || severity === undefined || code === undefined) {
    if (/^#\s*<?\^+/.test(written)) throw new Error(`This expectation cannot be read: ${written}`);
    return undefined;
  }
  const from = marks.startsWith('<') ? pad.length : pad.length + 1;
  return {
    line: Math.max(0, line),
    from,
    to: from + marks.length,
    severity,
    code,
    text: text ?? '',
    written,
  };
}

function readMarkers(path: string, raw: string): Pick<FixtureFile, 'text' | 'carets' | 'ranges'> {
  let text = '';
  const carets: number[] = [];
  const ranges: { start: number; end: number }[] = [];
  const open: number[] = [];
  for (let i = 0; i < raw.length;) {
    if (raw.startsWith('<|>', i)) {
      carets.push(text.length);
      i += 3;
    } else if (raw.startsWith('<|', i)) {
      open.push(text.length);
      i += 2;
    } else if (raw.startsWith('|>', i) && open.length > 0) {
      ranges.push({ start: open.pop() ?? 0, end: text.length });
      i += 2;
    } else text += raw.charAt(i++);
  }
  if (open.length > 0) throw new Error(`${path}: a <| marker is not closed`);
  return { text, carets, ranges };
}

/** A problem as a fixture writes it. */
export interface FoundProblem {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
}

/** Whether a found problem is the expected one. */
export const fulfils = (expected: Expectation, found: FoundProblem): boolean =>
  expected.line === found.line &&
  expected.from === found.from &&
  expected.to === found.to &&
  expected.severity === found.severity &&
  expected.code === found.code &&
  found.message.includes(expected.text);

/** The fixture as it would have to look for exactly these problems; expectations that hold stay as they are written. */
export function printFixture(
  files: readonly FixtureFile[],
  problems: (file: FixtureFile) => readonly FoundProblem[],
): string {
  const headed = files.length > 1 || files[0]?.path !== 'main.yaml';
  return files
    .flatMap((file) => {
      const found = problems(file);
      const lines = file.lines.flatMap((line, number) => [
        line,
        ...found
          .filter((problem) => problem.line === number)
          .map((problem) => printExpectation(file.expected, problem)),
      ]);
      return headed ? [`#- ${file.path}`, ...lines] : lines;
    })
    .join('\n');
}

function printExpectation(expected: readonly Expectation[], found: FoundProblem): string {
  const known = expected.find((expectation) => fulfils(expectation, found));
  if (known) return known.written;
  const width = found.to - found.from;
  const marks =
    found.from === 0 ? `#<${'^'.repeat(width - 1)}` : `#${' '.repeat(found.from - 1)}${'^'.repeat(width)}`;
  return `${marks} ${found.severity} ${found.code} ${found.message}`;
}
