/** What a specification calls codes and payers, besides what is computed of it: titles for completion and hovers. */
import { perInput } from '../base/memo.ts';
import { entryOf, textUnder, type YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';

/** Lists whose items name something, and the keys of an item that say what it is called. */
type NamingList = 'related' | 'modifiers' | 'taxonomies' | 'diagnoses' | 'payers';
const FIELDS = ['code', 'title', 'name', 'relation', 'payer', 'plan'] as const;

/** A code that stands alone is an item with a code only. */
export type NamedItem = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

export interface SpecNames {
  readonly title?: string;
  readonly lists: Readonly<Record<NamingList, readonly NamedItem[]>>;
}

export const specNames = perInput(({ root }: ParsedDocument): SpecNames => {
  const list = (key: NamingList): readonly NamedItem[] => {
    const value = entryOf(root, key)?.value;
    return value?.kind === 'seq' ? value.items.map(itemOf) : [];
  };
  const title = textUnder(root, 'title');
  return {
    ...(title !== undefined && { title }),
    lists: {
      related: list('related'),
      modifiers: list('modifiers'),
      taxonomies: list('taxonomies'),
      diagnoses: list('diagnoses'),
      payers: list('payers'),
    },
  };
});

function itemOf(node: YamlNode): NamedItem {
  if (node.kind === 'scalar') return node.text === '' ? {} : { code: node.text };
  return Object.fromEntries(
    FIELDS.flatMap((field): [string, string][] => {
      const text = textUnder(node, field);
      return text === undefined ? [] : [[field, text]];
    }),
  );
}
