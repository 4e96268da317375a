/**
 * A YAML tree to plain data, reading each scalar as its place in the schema wants it: as source text where the schema
 * says text (codes, dates, clock times), as YAML's value elsewhere.
 */
import { problem, type Problem } from '../base/problem.ts';
import type { DocumentId } from '../base/origin.ts';
import { isNull, type MapNode, type ScalarNode, type YamlNode } from '../yaml/node.ts';
import { CODE_FORMATS } from './code-formats.ts';
import type { SchemaAt } from './schema.ts';

/** Data that ajv validates. `problems` are about how scalars are written, not about what they mean. */
export function readPlain(
  root: YamlNode,
  schema: SchemaAt,
  document: DocumentId,
): { readonly data: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const read = (node: YamlNode, at: SchemaAt | undefined): unknown => {
    if (node.kind === 'seq') return node.items.map((item) => read(item, at?.item()));
    if (node.kind === 'map') return readMap(node, at);
    const changed = at && changedCode(node, at, document);
    if (changed) problems.push(changed);
    return scalarValue(node, at);
  };
  const readMap = (node: MapNode, at: SchemaAt | undefined): Record<string, unknown> => {
    // Without a prototype, so that a key such as `__proto__` is a key like any other.
    const result = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of node.entries) result[key.text] = read(value, at?.property(key.text));
    return result;
  };
  return { data: read(root, schema), problems };
}

function scalarValue(node: ScalarNode, at: SchemaAt | undefined): unknown {
  if (isNull(node)) return null;
  return at?.isText() ? node.text : node.value;
}

/** The problem of a code that other YAML readers turn into something else, such as `01`, `1E5` and `0x1F`. */
function changedCode(node: ScalarNode, at: SchemaAt, document: DocumentId): Problem | undefined {
  if (!at.isText() || !CODE_FORMATS.has(at.schema.format ?? '')) return undefined;
  if (!node.plain || typeof node.value === 'string' || node.value === null) return undefined;
  const read = String(node.value);
  if (read === node.text) return undefined;
  const message = `Other YAML readers take ${node.text} for ${read}. Put the code in quotes: "${node.text}".`;
  return problem('unquoted-code', { document, path: node.path, part: 'value' }, message, {
    fix: { kind: 'quote' },
  });
}
