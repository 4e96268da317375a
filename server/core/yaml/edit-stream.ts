/**
 * Edits of a file of many documents. Only the documents beside an edit are read and cut anew, so that an edit costs the same in
 * a large file as in a small one; the whole text is not put together before somebody asks for it.
 */
import type { Position } from '../base/line-index.ts';
import { lastAtMost } from '../base/lists.ts';
import { sameList } from '../base/memo.ts';
import { streamLines } from './stream-lines.ts';
import { cut, idsOf, splitStream, stream, textOf, wholeFile, type SourceFile } from './stream.ts';

/** A change of a text as LSP tells it: of a part of it, or of all of it where there is no range. */
export interface ContentChange {
  /** Positions past the end of a line or of the text stand for that end. */
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** A stream of documents after some edits, each made in the text that the one before has left. */
export const editStream = (source: SourceFile, changes: readonly ContentChange[]): SourceFile =>
  changes.reduce(edited, source);

/** A file that is one document after some edits. */
export const editWhole = (source: SourceFile, changes: readonly ContentChange[]): SourceFile =>
  changes.reduce((file, { range, text }) => {
    const whole = range ? replaced(file.text, offsetsOf(file, range), text) : text;
    return wholeFile(file.id, whole, file);
  }, source);

type Offsets = readonly [start: number, end: number];

function offsetsOf(source: SourceFile, range: NonNullable<ContentChange['range']>): Offsets {
  const lines = streamLines(source);
  const [one, other] = [lines.offset(range.start), lines.offset(range.end)];
  return [Math.min(one, other), Math.max(one, other)];
}

const replaced = (text: string, [start, end]: Offsets, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

function edited(source: SourceFile, { range, text: by }: ContentChange): SourceFile {
  if (!range) return splitStream(source.id, by, source);
  const { id, documents, ids, offsets, serial } = source;
  const [start, end] = offsetsOf(source, range);
  // What precedes a mark, or follows it, says whether it is one; and the first mark may belong to the first document.
  const from = Math.max(0, lastAtMost(offsets, start) - 1);
  const to = Math.min(documents.length, lastAtMost(offsets, end) + 2);
  const base = offsets[from] ?? 0;
  // A byte order mark is no part of any document, and may be edited, too.
  if (from === 0 && base > 0) return splitStream(id, replaced(source.text, [start, end], by), source);
  const old = documents.slice(from, to);
  const text = textOf(old);
  const after = replaced(text, [start - base, end - base], by);
  if (text === after) return source;
  const own = cut(after, { id, old, serial, isEdited: true });
  const moved = after.length - text.length;
  const changed = own.documents.findIndex((document, i) => document !== old[i]);
  const before = idsOf(old);
  const now = sameList(before, idsOf(own.documents));
  return stream({
    id,
    documents: [...documents.slice(0, from), ...own.documents, ...documents.slice(to)],
    ids: now === before ? ids : [...ids.slice(0, from), ...now, ...ids.slice(to)],
    offsets: [
      ...offsets.slice(0, from),
      ...own.offsets.map((offset) => offset + base),
      ...offsets.slice(to).map((offset) => offset + moved),
    ],
    serial: own.serial,
    changed: from + Math.max(0, changed),
  });
}
