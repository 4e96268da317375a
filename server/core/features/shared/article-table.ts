/** Tables and citations made from lists of a document: one row for each item, and no column that nobody filled. */
import type { Fields } from '../../yaml/fields.ts';
import { code, text, type Block, type Column, type Inline, type Inlines } from './article-model.ts';
import { inlines, oneLine } from './article-text.ts';

interface Filler<T> extends Column {
  readonly cell: (item: T) => Inlines;
}

/** A column, its heading and what stands in it. */
export const column = <T>(
  heading: string,
  cell: (item: T) => Inlines,
  kind: Column['kind'] = 'text',
): Filler<T> => ({
  heading,
  cell,
  kind,
});

/** A table with the columns that have something in them; none for no rows. */
export function tableOf<T>(caption: string, items: readonly T[], columns: readonly Filler<T>[]): Block[] {
  const filled = columns
    .map((one) => ({ ...one, cells: items.map(one.cell) }))
    .filter(({ cells }) => cells.some((cell) => cell.length > 0));
  if (items.length === 0 || filled.length === 0) return [];
  return [
    {
      kind: 'table',
      caption,
      columns: filled.map(({ heading, kind }) => ({ heading, kind })),
      rows: items.map((_, row) => filled.map(({ cells }) => cells[row] ?? [])),
    },
  ];
}

/** A column of text under a key. */
export const textColumn = (heading: string, key: string, kind: Column['kind'] = 'text'): Filler<Fields> =>
  column(heading, (item) => inlines(item.text(key)?.value), kind);

/** A column of codes under a key: one, or a list of them. */
export const codeColumn = (heading: string, key: string): Filler<Fields> =>
  column(heading, (item) => codes(item.texts(key).map(({ value }) => value)), 'code');

/** Codes one after the other. */
export const codes = (values: readonly string[]): Inlines =>
  values.flatMap((value, i): Inline[] => (i === 0 ? [code(value)] : [text(', '), code(value)]));

/** A column of what was read where. */
export const sourceColumn: Filler<Fields> = column('Source', (item) => citation(item.fields('source')));

/** A source: its title, linked where it has an address, and then where in it, in which edition, and when it was read. */
export function citation(source: Fields | undefined): Inlines {
  if (!source) return [];
  const said = (key: string): string => oneLine(source.text(key)?.value ?? '');
  const [title = '', url, retrieved, quote] = ['title', 'url', 'retrieved', 'quote'].map(said);
  const parts: Inlines[] = [];
  if (url) parts.push([{ kind: 'link', text: title || url, url }]);
  else if (title) parts.push([text(title)]);
  // Who published it, where the title does not say so already.
  const publisher = said('publisher');
  if (publisher !== '' && !title.includes(publisher)) parts.push([text(publisher)]);
  parts.push(
    ...['section', 'revision']
      .map(said)
      .filter((part) => part !== '')
      .map((part) => [text(part)]),
  );
  if (retrieved) parts.push([text(`retrieved ${retrieved}`)]);
  if (quote) parts.push([text(`“${quote}”`)]);
  return parts.flatMap((part, i) => (i === 0 ? part : [text(' · '), ...part]));
}
