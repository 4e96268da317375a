/** Every code that a document has, with where it is written: by the formats of the schemas, whatever the place. */
import { perInput } from '../base/memo.ts';
import { origin, type Origin } from '../base/origin.ts';
import { CODE_FORMATS, isWrittenAs } from '../schema/code-formats.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { kindOfDocument } from './model.ts';
import { formatAt } from './places.ts';

export interface WrittenCode {
  readonly format: string;
  readonly value: string;
  readonly origin: Origin;
}

/** What is not written as its format wants is left to the schema. */
export const writtenCodes = perInput(({ root, source }: ParsedDocument): readonly WrittenCode[] => {
  const kind = kindOfDocument(source.file, root);
  if (!root || !kind) return [];
  const found: WrittenCode[] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'seq') node.items.forEach(visit);
    if (node.kind === 'map') for (const { value } of node.entries) visit(value);
    if (node.kind !== 'scalar') return;
    const format = formatAt(kind, node.path);
    if (format !== undefined && CODE_FORMATS.has(format) && isWrittenAs(format, node.text))
      found.push({ format, value: node.text, origin: origin(source.id, node.path) });
  };
  visit(root);
  return found;
});
