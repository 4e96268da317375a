/** One check for each thing the core is asked for, on marker fixtures. */
import assert from 'node:assert/strict';
import { fileId, type FileId } from '../../server/core/base/origin.ts';
import type { TextRange } from '../../server/core/base/line-index.ts';
import type { Bill } from '../../server/core/billing/line.ts';
import type { CodeSetFile } from '../../server/core/codes/releases.ts';
import { problemsOf } from '../../server/core/diagnostics/registry.ts';
import { codeActions } from '../../server/core/features/code-actions.ts';
import { completion, type CompletionItem } from '../../server/core/features/completion.ts';
import { computedLines } from '../../server/core/features/computed-lines.ts';
import { hover } from '../../server/core/features/hover.ts';
import { labelWithOutcome } from '../../server/core/features/shared/labels.ts';
import type { Analysis } from '../../server/core/workspace/analysis.ts';
import type { Settings } from '../../server/core/workspace/change.ts';
import { AnalysisHost } from '../../server/core/workspace/host.ts';
import { drugAdministration, toChanges } from './examples.ts';
import { fulfils, parseFixture, printFixture, type FixtureFile, type FoundProblem } from './fixture.ts';

export interface FixtureOptions {
  /** Adds the drug-administration example as the built-in library. */
  readonly library?: boolean;
  readonly settings?: Settings;
  /** Releases that are installed. */
  readonly codeSets?: readonly CodeSetFile[];
}

export interface FixtureFileAt extends FixtureFile {
  readonly id: FileId;
}

export interface FixtureHost {
  readonly host: AnalysisHost;
  readonly analysis: Analysis;
  readonly files: readonly FixtureFileAt[];
  /** A file by its path; without one, the file with the caret or range, or else the last. */
  readonly file: (path?: string) => FixtureFileAt;
}

export function hostOf(fixture: string, options: FixtureOptions = {}): FixtureHost {
  const files = parseFixture(fixture).map((file) => ({ ...file, id: fileId(file.path) }));
  const host = new AnalysisHost();
  host.apply({
    files: [
      ...(options.library ? toChanges(drugAdministration, true) : []),
      ...files.map(({ id, text }) => ({ file: id, content: { text } })),
    ],
    ...(options.settings && { settings: options.settings }),
    ...(options.codeSets && { codeSets: options.codeSets }),
  });
  const file = (path?: string): FixtureFileAt => {
    const marked = files.find(({ carets, ranges }) => carets.length + ranges.length > 0);
    const found = path === undefined ? (marked ?? files.at(-1)) : files.find((own) => own.path === path);
    assert.ok(found, `the fixture has no file ${path ?? ''}`);
    return found;
  };
  return { host, analysis: host.snapshot(), files, file };
}

/** The problems of a file as fixtures write them; a range of many lines ends with its first line. */
export function foundProblems(analysis: Analysis, file: FileId): readonly FoundProblem[] {
  const text = analysis.file(file)?.source.text ?? '';
  return problemsOf(analysis, file).map(({ at, code, severity, message }) => {
    const range = analysis.locate(at);
    assert.ok(range, `${code} is at a place that cannot be found`);
    const start = analysis.position(file, range.start);
    const end = analysis.position(file, range.end);
    const lineEnd = text.split('\n')[start.line]?.length ?? 0;
    const to = end.line === start.line ? end.character : lineEnd;
    return {
      line: start.line,
      from: start.character,
      to: Math.max(to, start.character + 1),
      severity,
      code,
      message,
    };
  });
}

/** The problems of every file are those that the fixture expects, no more and no fewer. */
export function checkProblems(fixture: string, options: FixtureOptions = {}): FixtureHost {
  const result = hostOf(fixture, options);
  const { analysis, files } = result;
  const found = new Map(files.map(({ path, id }) => [path, foundProblems(analysis, id)]));
  const differences = files.flatMap(({ path, expected }) => {
    const open = [...(found.get(path) ?? [])];
    const missing = expected.filter((expectation) => {
      const index = open.findIndex((problem) => fulfils(expectation, problem));
      if (index !== -1) open.splice(index, 1);
      return index === -1;
    });
    return [
      ...missing.map(({ line, written }) => `missing in ${path}, line ${String(line + 1)}: ${written}`),
      ...open.map(
        ({ line, code, message }) => `not expected in ${path}, line ${String(line + 1)}: ${code} ${message}`,
      ),
    ];
  });
  if (differences.length > 0) {
    const wanted = printFixture(files, ({ path }) => found.get(path) ?? []);
    assert.fail(`${differences.join('\n')}\n\nThe fixture as it would have to look:\n\n${wanted}\n`);
  }
  return result;
}

export interface ExpectedCompletion {
  /** Every label, in the order in which they are shown. */
  readonly labels?: readonly string[];
  /** Labels at the head of the list. */
  readonly first?: readonly string[];
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
  /** The item to choose, and what the file then looks like. */
  readonly accept?: string;
  readonly after?: string;
}

/** What is offered at the caret. */
export function checkCompletion(
  fixture: string,
  { labels, first, has = [], lacks = [], accept, after }: ExpectedCompletion,
  options: FixtureOptions = {},
): readonly CompletionItem[] {
  const { analysis, file } = hostOf(fixture, options);
  const { id, text, carets } = file();
  assert.equal(carets.length, 1, 'the fixture needs one caret');
  const items = [...completion(analysis, id, carets[0] ?? 0).items].sort((a, b) =>
    a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0,
  );
  const offered = items.map(({ label }) => label);
  if (labels) assert.deepEqual(offered, labels);
  if (first) assert.deepEqual(offered.slice(0, first.length), first);
  const all = `\noffered: ${offered.join(', ')}`;
  for (const label of has) assert.ok(offered.includes(label), `${label} is not offered${all}`);
  for (const label of lacks) assert.ok(!offered.includes(label), `${label} is offered${all}`);
  if (accept !== undefined) {
    const chosen = items.find(({ label }) => label === accept);
    assert.ok(chosen, `${accept} is not offered${all}`);
    assert.equal(edit(text, [{ ...chosen.range, text: chosen.insertText }]), after);
  }
  return items;
}

/** The hover at the caret: these pieces stand in it, in this order; no pieces mean that there is none. */
export function checkHover(fixture: string, pieces: readonly string[], options: FixtureOptions = {}): string {
  const { analysis, file } = hostOf(fixture, options);
  const { id, text, carets, ranges } = file();
  const offset = carets[0] ?? ranges[0]?.start;
  assert.ok(offset !== undefined, 'the fixture needs a caret or a range');
  const shown = hover(analysis, id, offset);
  if (pieces.length === 0) {
    assert.equal(shown?.markdown, undefined);
    return '';
  }
  assert.ok(shown, 'there is no hover');
  let from = 0;
  for (const piece of pieces) {
    const at = shown.markdown.indexOf(piece, from);
    assert.ok(at !== -1, `"${piece}" is not there, or not in its place, in:\n${shown.markdown}`);
    from = at + piece.length;
  }
  if (ranges[0])
    assert.equal(text.slice(shown.range.start, shown.range.end), text.slice(ranges[0].start, ranges[0].end));
  return shown.markdown;
}

const COMPUTED = / «→ [^»]*»/g;

/** The computed lines of the file, written as `«→ …»` at the ends of the lines they are shown on. */
export function checkLines(fixture: string, options: FixtureOptions = {}): void {
  const { analysis, file } = hostOf(fixture.replace(COMPUTED, ''), options);
  const { id, path, text } = file();
  const lines = text.split('\n');
  for (const { at, label } of computedLines(analysis, id)) {
    const place = analysis.locate(at);
    assert.ok(place, 'a computed line is at a place that cannot be found');
    const { line } = analysis.position(id, place.start);
    lines[line] = `${lines[line] ?? ''} «→ ${label}»`;
  }
  const wanted = parseFixture(fixture).find((own) => own.path === path);
  assert.equal(lines.join('\n'), wanted?.text);
}

/** The quick fix offered at the caret (or for the only fixable problem) makes the text after. */
export function checkFix(
  fixture: string,
  after: string,
  options: FixtureOptions & { title?: string } = {},
): void {
  const { analysis, file } = hostOf(fixture, options);
  const { id, text, carets, ranges } = file();
  const caret = carets[0];
  const range =
    ranges[0] ?? (caret === undefined ? { start: 0, end: text.length } : { start: caret, end: caret });
  const actions = codeActions(analysis, id, range).filter(({ title, kind }) =>
    options.title === undefined ? kind === 'mend' : options.title === title,
  );
  const titles = actions.map(({ title }) => title).join(', ');
  assert.equal(actions.length, 1, `one fix is expected, offered are: ${titles || 'none'}`);
  assert.equal(edit(text, actions[0]?.edits ?? []), after);
}

/** No quick fix is offered anywhere in the file. */
export function checkNoFix(fixture: string, options: FixtureOptions = {}): void {
  const { analysis, file } = hostOf(fixture, options);
  const { id, text } = file();
  const actions = codeActions(analysis, id, { start: 0, end: text.length }).filter(
    ({ kind }) => kind === 'mend',
  );
  assert.deepEqual(
    actions.map(({ title }) => title),
    [],
  );
}

/** A text after edits that do not overlap. */
export function edit(text: string, edits: readonly (TextRange & { readonly text: string })[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text: own }) => result.slice(0, start) + own + result.slice(end), text);
}

/** The lines of a bill as people read them, in the order of code and outcome. */
export const labelsOf = (bill: Bill): readonly string[] => bill.lines.map(labelWithOutcome).sort();
