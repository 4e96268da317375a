/** Writing a further entry into a mapping, in the style and with the indentation that it has. */
import type { MapNode } from '../../yaml/node.ts';
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
