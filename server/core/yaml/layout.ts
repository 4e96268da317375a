/**
 * The layout that a document should have: indentation by two, one blank where pieces are set apart, no blanks at the ends of
 * lines. Only what stands between the pieces of the text changes, so comments, anchors, quotes, line breaks and the order of
 * everything stay as they are.
 */
import type { TextRange } from '../base/line-index.ts';
import { piecesOf, type Piece } from './pieces.ts';

export interface LayoutEdit extends TextRange {
  readonly text: string;
}

/** The changes that lay out one document, in the order of the text. `text` is YAML without errors. */
export function layoutEdits(text: string): readonly LayoutEdit[] {
  const pieces = piecesOf(text);
  if (pieces.length === 0) return [];
  const edits = pieces.flatMap((_, index) => [
    gapEdit(text, pieces, index),
    ...innerEdits(text, pieces, index),
  ]);
  return [...edits, endEdit(text, pieces.at(-1))]
    .filter(({ start, end, text: wanted }) => text.slice(start, end) !== wanted)
    .map((edit) => smallest(text, edit))
    .sort((a, b) => a.start - b.start);
}

/** Without what is the same before and after, so that an edit touches the lines that it changes. */
function smallest(text: string, { start, end, text: wanted }: LayoutEdit): LayoutEdit {
  const has = text.slice(start, end);
  const most = Math.min(has.length, wanted.length);
  let head = 0;
  while (head < most && has[head] === wanted[head]) head++;
  let tail = 0;
  while (tail < most - head && has.at(-1 - tail) === wanted.at(-1 - tail)) tail++;
  return { start: start + head, end: end - tail, text: wanted.slice(head, wanted.length - tail) };
}

/** What stands before a piece. */
function gapEdit(text: string, pieces: readonly Piece[], index: number): LayoutEdit {
  const piece = pieces[index];
  const previous = pieces[index - 1];
  const start = previous?.end ?? 0;
  const end = piece?.start ?? start;
  const gap = text.slice(start, end);
  if (!piece) return { start, end, text: gap };
  if (piece.type === 'block-scalar') return { start, end, text: eolOf(gap) };
  if (!previous) return { start, end, text: ' '.repeat(columnOf(text, pieces, index)) };
  const isLineStart = text[start - 1] === '\n';
  const breaks = gap.split('\n').length - 1;
  if (breaks === 0 && !isLineStart) return { start, end, text: inlineGap(previous, piece, gap) };
  const most = previous.type === 'doc-start' ? 1 : isLineStart ? 1 : 2;
  const indent = ' '.repeat(columnOf(text, pieces, index));
  return { start, end, text: eolOf(gap).repeat(Math.min(breaks, most)) + indent };
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** The column of a piece that begins a line. */
function columnOf(text: string, pieces: readonly Piece[], index: number): number {
  const piece = pieces[index];
  if (!piece || piece.column !== undefined) return piece?.column ?? 0;
  const next = pieces.slice(index + 1).find(({ column }) => column !== undefined);
  const own = columnIn(text, piece.start);
  if (own <= (next ? columnIn(text, next.start) : 0)) return next?.column ?? 0;
  // Deeper than what follows: it is the last word on one of the lists or mappings that end here.
  const before = pieces
    .slice(0, index)
    .filter(({ column }) => column !== undefined)
    .at(-1);
  const level = before?.levels.filter(({ has }) => has <= own).at(-1);
  return Math.max(next?.column ?? 0, level?.wants ?? 0);
}

const columnIn = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

const OPENING: ReadonlySet<string> = new Set(['flow-map-start', 'flow-seq-start']);
const CLOSING: ReadonlySet<string> = new Set(['flow-map-end', 'flow-seq-end']);
const SCALARS: ReadonlySet<string> = new Set(['scalar', 'single-quoted-scalar', 'double-quoted-scalar']);
/** One blank stands behind these. */
const SET_APART: ReadonlySet<string> = new Set([
  'seq-item-ind',
  'explicit-key-ind',
  'map-value-ind',
  'anchor',
  'tag',
  'doc-start',
]);

/** Blanks between two pieces of one line. Where a blank has a meaning, or none is wanted, what stands there is kept. */
function inlineGap(previous: Piece, { type }: Piece, gap: string): string {
  if (type === 'comment') return /^ +$/.test(gap) ? gap : ' ';
  const joins = SCALARS.has(previous.type) || CLOSING.has(previous.type) || previous.type === 'comma';
  if (type === 'comma' || CLOSING.has(type)) return joins || OPENING.has(previous.type) ? '' : gap;
  if (type === 'map-value-ind') return SCALARS.has(previous.type) ? '' : gap;
  if (OPENING.has(previous.type)) return '';
  return SET_APART.has(previous.type) || previous.type === 'comma' ? ' ' : gap;
}

/** The further lines of a piece. */
function innerEdits(text: string, pieces: readonly Piece[], index: number): LayoutEdit[] {
  const piece = pieces[index];
  if (!piece) return [];
  if (piece.type === 'block-scalar') return blockScalarEdits(text, piece);
  if (!SCALARS.has(piece.type)) return [];
  return lineStarts(text, piece)
    .slice(1)
    .map((start) => {
      const blanks = blanksAt(text, start);
      const isBlank = /[\r\n]/.test(text.charAt(start + blanks)) && start + blanks < piece.end;
      return { start, end: start + blanks, text: isBlank ? '' : ' '.repeat(piece.column ?? 0) };
    });
}

function blockScalarEdits(text: string, piece: Piece): LayoutEdit[] {
  const lines = lineStarts(text, piece);
  const isFull = (start: number): boolean => /[^\s]/.test(text.slice(start, lineEnd(text, start)));
  const first = lines.find(isFull);
  if (first === undefined) return [];
  const { digit = 0 } = piece;
  const level = piece.levels.at(-1);
  const has = digit === 0 ? blanksAt(text, first) : (level?.has ?? -1) + digit;
  const wants = digit === 0 ? (piece.column ?? 0) : (level?.wants ?? -1) + digit;
  return lines.map((start) => {
    const blanks = Math.min(blanksAt(text, start), has);
    return { start, end: start + blanks, text: blanks < has ? '' : ' '.repeat(wants) };
  });
}

function lineStarts(text: string, { start, end }: TextRange): number[] {
  const starts = [start];
  for (let at = text.indexOf('\n', start); at !== -1 && at + 1 < end; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts;
}

const lineEnd = (text: string, start: number): number => {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
};

const blanksAt = (text: string, start: number): number =>
  /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0].length ?? 0;

/** One line end behind the last piece. A text in lines decides by its own line ends what it means. */
function endEdit(text: string, last: Piece | undefined): LayoutEdit {
  const start = last?.end ?? text.length;
  const rest = text.slice(start);
  const eol = last?.type === 'block-scalar' ? '' : eolOf(text);
  return { start, end: text.length, text: rest === '' && last?.type === 'block-scalar' ? '' : eol };
}
