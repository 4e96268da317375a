/** What a fix writes behind a key that it adds. */
import type { SchemaAt } from '../../schema/schema.ts';

/**
 * The first of the allowed values, or an example of the schema. Behind the key of a free text stands nothing: the cursor is then
 * where the text goes, and no text of an example is taken for one that somebody meant.
 */
export function valueToBegin(at: SchemaAt | undefined): string {
  const schema = at?.schema;
  const [first] = schema?.enum ?? [];
  if (first !== undefined) return first;
  if (!at || at.allows('string')) return '';
  if (at.allows('object')) return schema?.required ? inBraces(schema.examples?.[0]) : '{}';
  if (at.allows('array')) return '[]';
  const example = schema?.examples?.[0];
  return typeof example === 'number' || typeof example === 'boolean' ? String(example) : '';
}

/** An example of one level, as those of needed mappings are. */
function inBraces(example: unknown): string {
  const entries = typeof example === 'object' && example !== null ? Object.entries(example) : [];
  return `{${entries.map(([key, value]) => `${key}: ${String(value)}`).join(', ')}}`;
}
