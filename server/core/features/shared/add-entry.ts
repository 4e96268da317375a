/** Writing entries of a mapping: a further one in the style and with the indentation that it has, or another value. */
import type { TextRange } from '../../base/line-index.ts';
import type { Entry, MapNode } from '../../yaml/node.ts';
import type { TextEdit } from './edit.ts';

/** Behind its last entry; undefined for a mapping that has none of its own. In offsets of the document's text. */
export function addEntry(text: string, node: MapNode, key: string, value: string): TextEdit | undefined {
  const last = node.entries.filter(({ merged }) => !merged).at(-1);
  if (!last) return undefined;
  const first = node.entries[0]?.key.start ?? 0;
  const indent = ' '.repeat(first - (text.lastIndexOf('\n', first - 1) + 1));
  const end = Math.max(last.key.end + 1, last.value.end);
  return { start: end, end, text: node.flow ? `, ${key}: ${value}` : `\n${indent}${key}: ${value}` };
}

/** What stands behind the colon of an entry, up to the end of its value; nothing where it has none, or an alias. */
export function behindColon(text: string, { key, value }: Entry): TextRange {
  const start = text.indexOf(':', key.end) + 1;
  return { start, end: Math.max(start, value.start >= key.end ? value.end : start) };
}
