/**
 * An article as plain data: sections of paragraphs, lists and tables, with nothing of Markdown or HTML in it. Text is
 * kept as the document has it; escaping it is the business of whoever renders it.
 */

/** A piece of a line. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'code'; readonly text: string }
  /** `url` is not yet trusted: renderers ask `webAddress`. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'break' };

/** Text with a little markup. */
export type Inlines = readonly Inline[];

export interface Column {
  readonly heading: string;
  /** How the cells are set: as codes that must not be broken, as figures, or as text. */
  readonly kind: 'text' | 'code' | 'figure';
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Cells by row; each row has one for each column, and the first one names the row. */
  readonly rows: readonly (readonly Inlines[])[];
}

export interface Definition {
  readonly term: string;
  /** One or several answers. */
  readonly details: readonly Inlines[];
}

/** Something to think about, with the voices that speak on it. */
export interface Point {
  readonly about: string;
  readonly tag: string;
  readonly text: Inlines;
  readonly voices: readonly Inlines[];
}

export type Block =
  | { readonly kind: 'paragraph' | 'note'; readonly text: Inlines }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Inlines[] }
  | { readonly kind: 'definitions'; readonly items: readonly Definition[] }
  | { readonly kind: 'points'; readonly items: readonly Point[] }
  | Table;

export interface Section {
  /** The same in every article and every release, so that links to it last. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export interface Article {
  readonly code: string;
  /** The code set; empty when the document does not name it. */
  readonly codeSystem: string;
  /** What the code stands for. */
  readonly name: string;
  /** All three as one line. */
  readonly title: string;
  readonly facts: readonly Definition[];
  readonly sections: readonly Section[];
}

export const text = (value: string): Inline => ({ kind: 'text', text: value });
export const strong = (value: string): Inline => ({ kind: 'strong', text: value });
export const code = (value: string): Inline => ({ kind: 'code', text: value });

/** A section, or none when it would have nothing in it. */
export function section(
  id: string,
  heading: string,
  blocks: readonly Block[],
  sections: readonly Section[] = [],
): Section[] {
  return blocks.length === 0 && sections.length === 0 ? [] : [{ id, heading, blocks, sections }];
}

/** A list, or none when it would be empty. */
export function list(items: readonly Inlines[], ordered = false): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', ordered, items }];
}

/** Definitions of those terms that have an answer, or none. */
export function definitions(items: readonly Definition[]): Block[] {
  const answered = items.filter(({ details }) => details.some((detail) => detail.length > 0));
  return answered.length === 0 ? [] : [{ kind: 'definitions', items: answered }];
}
