/** The pieces that the text of a document is made of, comments among them; of broken text, too. */
import { CST, Lexer } from 'yaml';
import type { TextRange } from '../base/line-index.ts';
import { perInput } from '../base/memo.ts';
import type { SourceDocument } from './stream.ts';

/** A piece of text. Blanks and line ends between pieces are none. */
export interface Lexeme extends TextRange {
  readonly kind: 'comment' | 'content' | 'marker';
}

export interface Comment extends TextRange {
  /** From its `#` to the end of the line, without blanks at the end. */
  readonly text: string;
  /** Whether nothing stands before it on its line. */
  readonly alone: boolean;
  /** Whether no content of the document stands before it. */
  readonly atHead: boolean;
}

/** What the lexer writes before a scalar. */
const SCALAR_MARK = '\u001f';
const BLANK: ReadonlySet<string | null> = new Set(['space', 'newline', 'byte-order-mark']);
const MARKERS: ReadonlySet<string | null> = new Set(['doc-start', 'doc-end', 'directive-line']);

export const lexemesOf: (source: SourceDocument) => readonly Lexeme[] = perInput(({ text }) => {
  const lexemes: Lexeme[] = [];
  let at = 0;
  let isScalar = false;
  for (const piece of new Lexer().lex(text)) {
    const type = isScalar ? 'scalar' : CST.tokenType(piece);
    isScalar = !isScalar && piece === SCALAR_MARK;
    if (isScalar || type === 'doc-mode' || type === 'flow-error-end') continue;
    if (!BLANK.has(type) && piece.length > 0)
      lexemes.push({ kind: kindOf(type), start: at, end: at + piece.length });
    at += piece.length;
  }
  return lexemes;
});

const kindOf = (type: string | null): Lexeme['kind'] =>
  type === 'comment' ? 'comment' : MARKERS.has(type) ? 'marker' : 'content';

export const commentsOf: (source: SourceDocument) => readonly Comment[] = perInput((source) => {
  const lexemes = lexemesOf(source);
  const head = lexemes.findIndex(({ kind }) => kind === 'content');
  return lexemes.flatMap(({ kind, start, end }, index): Comment[] => {
    if (kind !== 'comment') return [];
    const lineStart = source.text.lastIndexOf('\n', start - 1) + 1;
    const text = source.text.slice(start, end).trimEnd();
    const alone = /^\uFEFF?[ \t]*$/.test(source.text.slice(lineStart, start));
    return [{ start, end: start + text.length, text, alone, atHead: head === -1 || index < head }];
  });
});

/** Whether an offset lies within a piece of content, such as a text of several lines. */
export const isInsideContent = (source: SourceDocument, offset: number): boolean =>
  lexemesOf(source).some(({ kind, start, end }) => kind === 'content' && start < offset && offset < end);
