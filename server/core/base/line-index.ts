/** Offsets to lines and columns and back. Lines and columns count from 0; columns count UTF-16 units, as LSP does. */

import { lastAtMost } from './lists.ts';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = [0, ...lineEnds(text)];
    this.#length = text.length;
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const wanted = Math.max(0, Math.min(offset, this.#length));
    const line = lastAtMost(this.#starts, wanted);
    return { line, character: wanted - (this.#starts[line] ?? 0) };
  }

  /** The offset of a position; positions past the end of a line or of the text are moved to that end. */
  offset(position: Position): number {
    const start = this.#starts[position.line];
    if (start === undefined) return this.#length;
    const next = this.#starts[position.line + 1] ?? this.#length + 1;
    return Math.min(start + Math.max(0, position.character), next - 1);
  }
}

/** Where each line ends, behind `\n`, `\r\n` or `\r`: the line ends that LSP knows. */
export function lineEnds(text: string): readonly number[] {
  const ends: number[] = [];
  // Almost no text has the others, and to look for this one alone is several times faster.
  if (text.includes('\r'))
    for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) ends.push(index + end.length);
  else for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) ends.push(at + 1);
  return ends;
}
