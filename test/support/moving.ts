/**
 * Checks of moving around, on marker fixtures: `<|>` is where somebody asks, and the ranges `<|…|>` of all files are the
 * places of the answer, no more and no fewer.
 */
import assert from 'node:assert/strict';
import type { FileId } from '../../server/core/base/origin.ts';
import type { TextRange } from '../../server/core/base/line-index.ts';
import { addOnsOf, codesAt, primariesOf } from '../../server/core/features/call-hierarchy.ts';
import { definition } from '../../server/core/features/definition.ts';
import { documentLinks } from '../../server/core/features/document-links.ts';
import { documentSymbols, type OutlineSymbol } from '../../server/core/features/document-symbols.ts';
import { folds } from '../../server/core/features/folding.ts';
import { highlights } from '../../server/core/features/highlights.ts';
import { linkedNames } from '../../server/core/features/linked-editing.ts';
import { references } from '../../server/core/features/references.ts';
import { prepareRename, rename, type FileEdit } from '../../server/core/features/rename.ts';
import { selectionRanges } from '../../server/core/features/selection.ts';
import { typeDefinition } from '../../server/core/features/type-definition.ts';
import type { Analysis, Location } from '../../server/core/workspace/analysis.ts';
import { edit, hostOf, type FixtureHost, type FixtureOptions } from './checks.ts';

interface Asked extends FixtureHost {
  readonly id: FileId;
  readonly offset: number;
}

/** The fixture with the place of its one caret. */
function askedIn(fixture: string, options: FixtureOptions): Asked {
  const host = hostOf(fixture, options);
  const marked = host.files.filter(({ carets }) => carets.length > 0);
  const [file] = marked;
  const offset = file?.carets[0];
  assert.ok(file && offset !== undefined, 'the fixture needs a caret');
  assert.equal(marked.length + file.carets.length, 2, 'the fixture needs one caret');
  return { ...host, id: file.id, offset };
}

/** Places in a form that can be read: file, line, and the text with a mark around it. */
function shown(analysis: Analysis, places: readonly Location[]): string[] {
  return places
    .map(({ file, start, end }) => {
      const text = analysis.file(file)?.source.text ?? '';
      const lineStart = text.lastIndexOf('\n', start - 1) + 1;
      const lineEnd = text.indexOf('\n', end);
      const line = text.slice(0, start).split('\n').length;
      const marked = `${text.slice(lineStart, start)}<|${text.slice(start, end)}|>`;
      return `${file}:${String(line).padStart(3, '0')} ${marked}${text.slice(end, lineEnd === -1 ? undefined : lineEnd)}`;
    })
    .sort();
}

function checkPlaces({ analysis, files }: FixtureHost, found: readonly Location[]): void {
  const wanted = files.flatMap(({ id, ranges }) => ranges.map((range) => ({ file: id, ...range })));
  assert.deepEqual(shown(analysis, found), shown(analysis, wanted));
}

const inFile = (file: FileId, ranges: readonly TextRange[]): Location[] =>
  ranges.map(({ start, end }) => ({ file, start, end }));

export function checkDefinition(fixture: string, options: FixtureOptions = {}): void {
  const asked = askedIn(fixture, options);
  const { targets } = definition(asked.analysis, asked.id, asked.offset) ?? { targets: [] };
  for (const { start, end, whole } of targets)
    assert.ok(whole.start <= start && end <= whole.end, 'the whole holds the name');
  checkPlaces(asked, targets);
}

export function checkTypeDefinition(fixture: string, options: FixtureOptions = {}): void {
  const asked = askedIn(fixture, options);
  checkPlaces(asked, typeDefinition(asked.analysis, asked.id, asked.offset));
}

export function checkReferences(
  fixture: string,
  options: FixtureOptions & { readonly withDeclarations?: boolean } = {},
): void {
  const asked = askedIn(fixture, options);
  const found = references(asked.analysis, asked.id, asked.offset, options.withDeclarations ?? true);
  checkPlaces(asked, [...found].flat());
}

/** `writes` is how many of the places give the name. */
export function checkHighlights(fixture: string, writes: number): void {
  const asked = askedIn(fixture, {});
  const found = [...highlights(asked.analysis, asked.id, asked.offset)].flat();
  checkPlaces(asked, inFile(asked.id, found));
  assert.equal(found.filter(({ kind }) => kind === 'write').length, writes);
}

/** The ranges are those that are edited together; without ranges nothing is. */
export function checkLinked(fixture: string, options: FixtureOptions = {}): void {
  const asked = askedIn(fixture, options);
  const found = linkedNames(asked.analysis, asked.id, asked.offset);
  checkPlaces(asked, inFile(asked.id, found?.ranges ?? []));
  for (const { start, end } of found?.ranges ?? []) {
    const text = asked.analysis.file(asked.id)?.source.text.slice(start, end) ?? '';
    assert.match(text, new RegExp(`^(?:${found?.pattern ?? ''})$`));
  }
}

/** The edits of a rename, and the sentence with which it is refused; empty where it is not. */
export function renaming(
  analysis: Analysis,
  file: FileId,
  offset: number,
  name: string,
): { readonly edits: readonly FileEdit[]; readonly refused: string } {
  const edits: FileEdit[] = [];
  for (const list of rename(analysis, file, offset, name)) {
    if ('refused' in list) return { edits: [], refused: list.refused };
    edits.push(...list);
  }
  return { edits, refused: '' };
}

/** The name changes in every range, and nowhere else; `written` is what then stands there, where it is not the name. */
export function checkRename(
  fixture: string,
  name: string,
  options: FixtureOptions & { readonly written?: string } = {},
): void {
  const asked = askedIn(fixture, options);
  const prepared = prepareRename(asked.analysis, asked.id, asked.offset);
  assert.ok(!('refused' in prepared), 'refused' in prepared ? prepared.refused : '');
  const { edits, refused } = renaming(asked.analysis, asked.id, asked.offset, name);
  assert.equal(refused, '');
  checkPlaces(
    asked,
    edits.map(({ file, start, end }) => ({ file, start, end })),
  );
  for (const { text } of edits) assert.equal(text, options.written ?? name);
}

export function checkRefused(
  fixture: string,
  name: string,
  sentence: RegExp,
  options: FixtureOptions = {},
): void {
  const asked = askedIn(fixture, options);
  const { refused } = renaming(asked.analysis, asked.id, asked.offset, name);
  assert.match(refused, sentence);
}

/** Every file after edits, by its name. */
export function edited(analysis: Analysis, edits: readonly FileEdit[]): ReadonlyMap<FileId, string> {
  const files = new Set(edits.map(({ file }) => file));
  return new Map(
    [...files].map((file) => [
      file,
      edit(
        analysis.file(file)?.source.text ?? '',
        edits.filter((own) => own.file === file),
      ),
    ]),
  );
}

const isWithin = (inner: TextRange, outer: TextRange): boolean =>
  outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;

/** Asks everything of a file that has to do with moving around; every place of the answers must be in its text. */
export function moveAround(analysis: Analysis, file: FileId, offset: number): void {
  const whole = (own: FileId): TextRange => ({ start: 0, end: analysis.file(own)?.source.text.length ?? 0 });
  const check = (range: TextRange, own = file): void => {
    assert.ok(isWithin(range, whole(own)), `${String(range.start)} to ${String(range.end)} of ${own}`);
  };
  const { targets = [] } = definition(analysis, file, offset) ?? {};
  for (const target of [...targets, ...typeDefinition(analysis, file, offset)]) {
    check(target, target.file);
    check(target.whole, target.file);
  }
  for (const range of [...highlights(analysis, file, offset), ...documentLinks(analysis, file)].flat())
    check(range);
  for (const range of linkedNames(analysis, file, offset)?.ranges ?? []) check(range);
  const prepared = prepareRename(analysis, file, offset);
  if ('refused' in prepared) assert.match(prepared.refused, /\S\.$/);
  else check(prepared.range);
  for (const fold of [...folds(analysis, file, 5_000)].flat()) check(fold);
  for (const symbol of [...documentSymbols(analysis, file)].flat()) checkSymbol(symbol, whole(file));
  checkSelection(selectionRanges(analysis, file, offset), whole(file), offset);
  for (const { document } of codesAt(analysis, file, offset))
    for (const { item, places } of [...addOnsOf(analysis, document), ...primariesOf(analysis, document)])
      for (const at of [item.at, ...places]) check(at, at.file);
}

/** A symbol has a name, and what is below it lies in it, as editors demand. */
function checkSymbol({ name, whole, selection, children }: OutlineSymbol, outer: TextRange): void {
  assert.notEqual(name, '');
  assert.ok(isWithin(whole, outer), `${name} is in what it belongs to`);
  assert.ok(isWithin(selection, whole), `the name of ${name} is in its range`);
  for (const child of children) checkSymbol(child, whole);
}

function checkSelection(ranges: readonly TextRange[], whole: TextRange, offset: number): void {
  let inner: TextRange = { start: offset, end: offset };
  for (const range of ranges) {
    assert.ok(isWithin(inner, range), 'each range holds the one before');
    inner = range;
  }
  assert.deepEqual(inner, whole);
}
