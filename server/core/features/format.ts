/**
 * Formatting: the edits that lay out a file, or some of its lines. A document with syntax errors is left alone, and so is
 * one that would say something else afterwards, which is checked each time.
 */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import type { ProblemCode } from '../base/problem.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import { layoutEdits } from '../yaml/layout.ts';
import { commentsOf } from '../yaml/lexemes.ts';
import type { Entry, YamlNode } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import { applyEdits, type TextEdit } from './shared/edit.ts';

/** Problems of documents whose structure is not sure. */
const BROKEN: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'yaml-syntax',
  'unresolved-alias',
  'too-many-aliases',
  'too-large',
  'duplicate-key',
]);

/** The edits that lay out a file, in offsets of the file; none where it has its layout. */
export const format = (analysis: Analysis, file: FileId): readonly TextEdit[] =>
  ours(analysis, file).flatMap((document) => inFile(document, wholeEdits(document.source)));

/** Documents that are left alone, since their structure is not sure. */
export const notFormatted = (analysis: Analysis, file: FileId): readonly DocumentInFile[] =>
  ours(analysis, file).filter(({ source }) => isBroken(source));

/** The edits of the lines of a range, with as much around them as has to change with them. */
export const formatRange = (analysis: Analysis, file: FileId, range: TextRange): readonly TextEdit[] =>
  ours(analysis, file).flatMap((document) => {
    const { source, offset } = document;
    const [start, end] = [range.start - offset, range.end - offset];
    if (end < 0 || start >= source.text.length) return [];
    return inFile(document, rangeEdits(source, { start: Math.max(0, start), end }));
  });

/** Other programs have YAML, too, and their own layout for it. */
const ours = (analysis: Analysis, file: FileId): readonly DocumentInFile[] =>
  analysis
    .documents(file)
    .filter(({ source }) => kindOfDocument(file, analysis.parsed(source).root) !== undefined);

const inFile = ({ offset }: DocumentInFile, edits: readonly TextEdit[]): TextEdit[] =>
  edits.map(({ start, end, text }) => ({ start: start + offset, end: end + offset, text }));

const isBroken = (source: SourceDocument): boolean =>
  parse(source).problems.some(({ code }) => BROKEN.has(code));

function wholeEdits(source: SourceDocument): readonly TextEdit[] {
  if (isBroken(source)) return [];
  const edits = layoutEdits(source.text);
  return edits.length === 0 || saysTheSame(source, edits) ? edits : [];
}

/** The narrowest of the lines, and the entries around them, that can change without the others. */
function rangeEdits(source: SourceDocument, range: TextRange): readonly TextEdit[] {
  if (isBroken(source)) return [];
  const all = layoutEdits(source.text);
  for (const { start, end } of [range, ...entriesAround(parse(source).root, range)]) {
    const [from, to] = [source.text.lastIndexOf('\n', start - 1) + 1, lineEnd(source.text, end)];
    const edits = all.filter((edit) => edit.start >= from && edit.end <= to);
    if (saysTheSame(source, edits)) return edits;
  }
  return wholeEdits(source);
}

const lineEnd = (text: string, offset: number): number => {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
};

/** Keys and items that hold a range, innermost first. */
function entriesAround(root: YamlNode | undefined, { start, end }: TextRange): TextRange[] {
  const found: TextRange[] = [];
  const visit = (node: YamlNode): void => {
    for (const child of childrenOf(node)) {
      if (child.start > start || child.end < end) continue;
      found.unshift(child);
      visit(child.node);
    }
  };
  if (root) visit(root);
  return found;
}

function childrenOf(node: YamlNode): (TextRange & { readonly node: YamlNode })[] {
  if (node.kind === 'seq')
    return node.items.map((item) => ({ start: item.start, end: item.end, node: item }));
  if (node.kind === 'scalar') return [];
  return node.entries
    .filter(({ merged, key, value }) => !merged && value.start >= key.start)
    .map(({ key, value }) => ({ start: key.start, end: value.end, node: value }));
}

/** Whether a document means the same after some edits, and has the same comments. */
function saysTheSame(source: SourceDocument, edits: readonly TextEdit[]): boolean {
  const after: SourceDocument = { ...source, text: applyEdits(source.text, edits) };
  const comments = (own: SourceDocument): string =>
    commentsOf(own)
      .map(({ text }) => text)
      .join('\n');
  if (isBroken(after) || comments(source) !== comments(after)) return false;
  return isSameNode(parse(source).root, parse(after).root);
}

function isSameNode(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  if (a?.kind === 'scalar')
    return b?.kind === 'scalar' && a.text === b.text && a.value === b.value && a.plain === b.plain;
  if (a?.kind === 'seq')
    return (
      b?.kind === 'seq' &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => isSameNode(item, b.items[i]))
    );
  if (a?.kind === 'map')
    return (
      b?.kind === 'map' &&
      a.entries.length === b.entries.length &&
      a.entries.every((own, i) => isSameEntry(own, b.entries[i]))
    );
  return b === undefined;
}

const isSameEntry = (a: Entry, b: Entry | undefined): boolean =>
  a.key.text === b?.key.text && a.merged === b.merged && isSameNode(a.value, b.value);
