/**
 * Offsets to lines and columns and back in a file of many documents. Lines are kept for each document, and a document that
 * did not change is not read again, so that a position in a large file costs as much as one in a small file.
 */
import { LineIndex, type Position } from '../base/line-index.ts';
import { lastAtMost } from '../base/lists.ts';
import { perInput } from '../base/memo.ts';
import type { SourceDocument, SourceFile } from './stream.ts';

const linesOf = perInput((document: SourceDocument) => new LineIndex(document.text));

export const streamLines = perInput((source: SourceFile) => new StreamLines(source));

class StreamLines {
  readonly #source: SourceFile;
  /** The line of the file on which each document begins. */
  readonly #firstLines: readonly number[];

  constructor(source: SourceFile) {
    this.#source = source;
    let line = 0;
    this.#firstLines = source.documents.map(({ lineEnds }) => {
      const first = line;
      line += lineEnds;
      return first;
    });
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const { documents, offsets } = this.#source;
    const at = lastAtMost(offsets, offset);
    const [document, start = 0] = [documents[at], offsets[at]];
    // Before the first document there is a byte order mark at most.
    if (!document || offset < start) return { line: 0, character: Math.max(0, offset) };
    const { line, character } = linesOf(document).position(offset - start);
    return {
      line: line + (this.#firstLines[at] ?? 0),
      character: line === 0 ? character + this.#columnOf(at) : character,
    };
  }

  /** The offset of a position; positions past the end of a line or of the text are moved to that end. */
  offset({ line, character: wanted }: Position): number {
    const character = Math.max(0, wanted);
    const { documents, offsets } = this.#source;
    let at = lastAtMost(this.#firstLines, line);
    while (at > 0 && this.#firstLines[at] === line && this.#columnOf(at) > character) at--;
    const [document, start = 0] = [documents[at], offsets[at]];
    if (!document) return 0;
    const within = line - (this.#firstLines[at] ?? 0);
    const column = within === 0 ? this.#columnOf(at) : 0;
    if (character < column) return start - column + character;
    return start + linesOf(document).offset({ line: within, character: character - column });
  }

  /** The column on which a document begins: 0, but after a byte order mark, or after a line end that LSP does not count. */
  #columnOf(at: number): number {
    const before = this.#source.documents[at - 1];
    if (!before) return this.#source.offsets[0] ?? 0;
    const { line, character } = linesOf(before).position(before.text.length);
    return line === 0 ? character + this.#columnOf(at - 1) : character;
  }
}
