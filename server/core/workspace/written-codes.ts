/** Every code that a document has, with where it is written: by the formats of the schemas, whatever the place. */
import { perInput } from '../base/memo.ts';
import { origin, type Origin } from '../base/origin.ts';
import { plainCode } from '../codes/code-set.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { CODE_FORMATS, isWrittenAs } from '../schema/code-formats.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import type { Analysis } from './analysis.ts';
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

/** Codes by format, without points, that the rule documents name: nobody needs to look those up. */
export type NamedCodes = ReadonlyMap<string, ReadonlySet<string>>;

/** Worked out once for each set of rules. */
export function codesNamedByRules(analysis: Analysis): NamedCodes {
  const { documents } = analysis.rules();
  const known = NAMED.get(documents);
  if (known) return known;
  const named = new Map<string, Set<string>>();
  const add = (format: string, code: string): void => {
    const own = named.get(format);
    if (own) own.add(plainCode(code));
    else named.set(format, new Set([plainCode(code)]));
  };
  const { families, specs, policies, tables } = documents;
  for (const { document } of [...families, ...specs, ...policies, ...tables]) {
    const found = analysis.document(document);
    if (found)
      for (const { format, value } of writtenCodes(analysis.parsed(found.source))) add(format, value);
  }
  // Keys of a table are codes, too.
  for (const { dosageUnits } of tables) for (const code of dosageUnits.keys()) add('procedure-code', code);
  NAMED.set(documents, named);
  return named;
}

const NAMED = new WeakMap<RuleDocuments, NamedCodes>();
