/** Our Markdown as the client can show it: some show text as it is, with all its stars and backslashes. */
import { MarkupKind, type MarkupContent } from 'vscode-languageserver';

export const toMarkup = (markdown: string, readsMarkdown: boolean): MarkupContent =>
  readsMarkdown
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plainText(markdown) };

/** An escaped character, a piece of code, a link, or the marks of bold and slanted text. */
const MARKS = /\\([!-/:-@[-`{-~])|`([^`]*)`|\[((?:\\.|[^\]\\])*)\]\([^)]*\)|\*+|_(?=\()|(?<=\))_/g;

/** The words alone. A link keeps its label, which names the clause. */
function plainText(markdown: string): string {
  return markdown.replace(
    MARKS,
    (_mark, escaped: string | undefined, code: string | undefined, label: string | undefined) =>
      escaped ?? code ?? (label === undefined ? '' : plainText(label)),
  );
}
