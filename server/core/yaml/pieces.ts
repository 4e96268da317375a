/** The pieces of a document's text with their places in its structure: what a layout is made from. */
import { Parser, type CST } from 'yaml';
import type { TextRange } from '../base/line-index.ts';

/** An open block list or mapping: the column that it has, and the one that it should have. */
export interface Level {
  readonly has: number;
  readonly wants: number;
}

/** A piece of text that no layout changes. */
export interface Piece extends TextRange {
  /** As the `yaml` package calls it. */
  readonly type: string;
  /** Where it stands when it begins a line, and its further lines; undefined for comments, whose place their neighbours decide. */
  readonly column: number | undefined;
  /** The block lists and mappings around it, outermost first. */
  readonly levels: readonly Level[];
  /** The digit in the header of a block scalar, which says how far it is indented. */
  readonly digit?: number;
}

/** Columns from one level to the next. */
export const STEP = 2;

interface Place {
  readonly levels: readonly Level[];
  readonly column: number;
  /** The column to which a closing bracket goes back. */
  readonly base: number;
}

/** The pieces of one document in the order of the text. */
export function piecesOf(text: string): readonly Piece[] {
  const collector = new Collector(text);
  for (const token of new Parser().parse(text)) collector.top(token);
  return collector.pieces;
}

class Collector {
  readonly pieces: Piece[] = [];
  readonly #text: string;
  /** Where the line of the last piece is to begin. */
  #lineColumn = 0;

  constructor(text: string) {
    this.#text = text;
  }

  top(token: CST.Token): void {
    const place: Place = { levels: [], column: 0, base: 0 };
    if (token.type !== 'document') {
      this.#mark(token, place);
      return;
    }
    this.#marks(token.start, place);
    if (token.value) this.#node(token.value, place);
    this.#marks(token.end, place);
  }

  /** `outer` is the column to which the bracket around it goes back. */
  #node(token: CST.Token, place: Place, outer?: number): void {
    switch (token.type) {
      case 'block-map':
      case 'block-seq':
        this.#block(token, place);
        break;
      case 'flow-collection':
        this.#flow(token, place, outer);
        break;
      case 'block-scalar':
        this.#blockScalar(token, place);
        break;
      default:
        this.#mark(token, place);
        if ('end' in token) this.#marks(token.end, place);
    }
  }

  #block(token: CST.BlockMap | CST.BlockSequence, { levels, column }: Place): void {
    const own = [...levels, { has: this.#columnOf(firstOffset(token)), wants: column }];
    const at: Place = { levels: own, column, base: column };
    const below = column + STEP;
    const inside: Place = { levels: own, column: below, base: token.type === 'block-seq' ? below : column };
    for (const { start, key, sep, value } of token.items) {
      this.#marks(start, at);
      if (key) this.#node(key, at);
      this.#marks(sep, inside);
      if (value) this.#node(value, inside);
    }
  }

  #flow(token: CST.FlowCollection, place: Place, outer?: number): void {
    const { levels } = place;
    this.#mark(token.start, place);
    // Several brackets that are opened in one line indent the next by one step.
    const base = outer === undefined ? place.base : Math.max(outer, this.#lineColumn);
    const inside: Place = { levels, column: base + STEP, base: base + STEP };
    const below: Place = { levels, column: base + 2 * STEP, base: base + STEP };
    for (const { start, key, sep, value } of token.items) {
      this.#marks(start, inside, true);
      if (key) this.#node(key, inside, base);
      this.#marks(sep, below, true);
      if (value) this.#node(value, key || sep ? below : inside, base);
    }
    const [bracket, ...rest] = token.end;
    if (bracket) this.#mark(bracket, { levels, column: base, base });
    this.#marks(rest, place);
  }

  #blockScalar(token: CST.BlockScalar, place: Place): void {
    const props = token.props.filter((prop): prop is CST.SourceToken => 'source' in prop);
    this.#marks(props, place);
    const header = props.find(({ type }) => type === 'block-scalar-header')?.source ?? '';
    const last = props.at(-1);
    const start = last ? last.offset + last.source.length : token.offset;
    this.#add({
      type: token.type,
      start,
      source: token.source,
      ...place,
      digit: Number(/\d/.exec(header)?.[0] ?? 0),
    });
  }

  #marks(tokens: readonly CST.SourceToken[] | undefined, place: Place, isFlow = false): void {
    for (const token of tokens ?? []) this.#mark(token, place, isFlow);
  }

  #mark(token: CST.Token, { levels, column }: Place, isFlow = false): void {
    if (!('source' in token) || token.type === 'space' || token.type === 'newline') return;
    const isComment = token.type === 'comment';
    this.#add({
      type: token.type,
      start: token.offset,
      source: isComment ? token.source.trimEnd() : token.source,
      levels,
      column: isComment && !isFlow ? undefined : column,
    });
  }

  #add({ source, ...piece }: Omit<Piece, 'end'> & { readonly source: string }): void {
    if (source === '') return;
    const { type, start, column, levels, digit } = piece;
    const before = this.#text.slice(this.pieces.at(-1)?.end ?? 0, start);
    if (before.includes('\n')) this.#lineColumn = column ?? 0;
    this.pieces.push({ type, start, end: start + source.length, column, levels, ...(digit && { digit }) });
  }

  #columnOf(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1);
  }
}

/** Where a block list or mapping begins: at its first mark, or at its first key. */
function firstOffset({ items, offset }: CST.BlockMap | CST.BlockSequence): number {
  const [first] = items;
  const mark = first?.start.find(({ type }) => type !== 'space' && type !== 'newline' && type !== 'comment');
  return Math.min(mark?.offset ?? offset, offset);
}
