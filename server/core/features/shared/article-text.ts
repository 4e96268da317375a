/**
 * Text on its way from a document into an article: where paragraphs end, how alternatives are listed, and which
 * addresses may become links.
 */
import type { Block, Inline, Inlines } from './article-model.ts';
import { text } from './article-model.ts';

/**
 * The paragraphs of a text. A blank line divides them; in a text without one, as YAML's folding leaves it, every line
 * is a paragraph of its own.
 */
export function paragraphsOf(value: string): readonly string[] {
  const normal = value.replace(/\r\n?/g, '\n').trim();
  const parts = /\n[ \t]*\n/.test(normal) ? normal.split(/\n(?:[ \t]*\n)+/) : normal.split('\n');
  return parts.map(oneLine).filter((part) => part !== '');
}

/** The text on one line, without characters that no reader can see and no renderer accepts. */
export const oneLine = (value: string): string =>
  value
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\uFFFD')
    .trim();

/** As `oneLine`, but blank space at the ends stays, for a piece inside a line. */
export function pieceOfLine(value: string): string {
  const inner = oneLine(value);
  if (inner === '') return value === '' ? '' : ' ';
  return `${/^\s/.test(value) ? ' ' : ''}${inner}${/\s$/.test(value) ? ' ' : ''}`;
}

/** A text of any length as paragraphs. */
export const paragraphs = (value: string | undefined): Block[] =>
  paragraphsOf(value ?? '').map((part) => ({ kind: 'paragraph', text: [text(part)] }));

/** A text of any length inside one cell or item; its paragraphs begin on new lines. */
export const inlines = (value: string | undefined): Inlines =>
  paragraphsOf(value ?? '').flatMap((part, i): Inline[] =>
    i === 0 ? [text(part)] : [{ kind: 'break' }, text(part)],
  );

/** Items with words between them: `a`, `a or b`, `a, b or c`. */
export function listed(items: readonly Inlines[], joiner = ' or ', between = ', '): Inlines {
  return items.flatMap((item, i) => {
    if (i === 0) return item;
    return [text(i === items.length - 1 ? joiner : between), ...item];
  });
}

/** The address, if it is one that a reader may follow; undefined for every scheme but http and https. */
export function webAddress(url: string): string | undefined {
  const address = url.trim();
  return /^https?:\/\/[^\s\p{Cc}\p{Cs}]+$/iu.test(address) ? address : undefined;
}
