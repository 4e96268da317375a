/** Between places in the text and paths in the tree, both ways. */
import type { TextRange } from '../base/line-index.ts';
import { perInput } from '../base/memo.ts';
import { childPath, pathSteps, ROOT_PATH, type Origin, type YamlPath } from '../base/origin.ts';
import { entryOf, type Entry, type YamlNode } from './node.ts';
import type { ParsedDocument } from './parse.ts';

/** The node at a path. Follows merged entries and aliases as readers see them. */
export function nodeAtPath(document: ParsedDocument, path: YamlPath): YamlNode | undefined {
  let node = document.root;
  for (const step of pathSteps(path)) {
    node = node?.kind === 'seq' ? node.items[Number(step)] : entryOf(node, step)?.value;
    if (!node) return undefined;
  }
  return node;
}

/** The entry (key and value) that a path ends in, when its parent is a mapping. */
export function entryAtPath(document: ParsedDocument, path: YamlPath): Entry | undefined {
  const step = pathSteps(path).at(-1);
  if (step === undefined) return undefined;
  const parent = path.slice(0, path.lastIndexOf('/')) as YamlPath;
  return entryOf(nodeAtPath(document, parent), step);
}

type Place = Pick<Origin, 'path' | 'part'>;

/** What tells places of one document apart. */
export const rangeKey = ({ part, path }: Place): string => `${part} ${path}`;

/** Places that were asked for: what an editor shows is mostly what it showed before. */
const knownRanges = perInput((_document: ParsedDocument) => new Map<string, TextRange>());

/**
 * The range of an origin in the document's text: a scalar value, the key of a mapping or list, the first key of an item
 * or of the whole document (so that nothing is underlined over many lines), or for a path that is not there the nearest
 * thing above it that is.
 */
export function rangeInDocument(document: ParsedDocument, at: Place): TextRange {
  const known = knownRanges(document);
  const key = rangeKey(at);
  const range = known.get(key) ?? findRange(document, at);
  known.set(key, range);
  return range;
}

function findRange(document: ParsedDocument, at: Place): TextRange {
  const entry = entryAtPath(document, at.path);
  const container = entry !== undefined && entry.value.kind !== 'scalar' && !entry.merged;
  if (entry && (at.part === 'key' || container || isEmptyValue(entry))) return entry.key;
  const node = entry?.value ?? nodeAtPath(document, at.path);
  if (node) return headOf(node);
  if (at.path === ROOT_PATH) return { start: 0, end: 0 };
  const parent = at.path.slice(0, at.path.lastIndexOf('/')) as YamlPath;
  return findRange(document, { path: parent, part: 'key' });
}

const isEmptyValue = (entry: Entry): boolean => entry.value.start === entry.value.end;

/** The first key and value of a mapping; anything else whole. */
function headOf(node: YamlNode): TextRange {
  const first = node.kind === 'map' ? node.entries.find((entry) => !entry.merged) : undefined;
  if (!first) return { start: node.start, end: node.end };
  const scalar = first.value.kind === 'scalar' && first.value.end > first.value.start;
  return { start: first.key.start, end: scalar ? first.value.end : first.key.end };
}

export interface NodeAt {
  readonly path: YamlPath;
  readonly part: 'key' | 'value';
  readonly node: YamlNode;
}

/** The deepest key or value that an offset lies in or touches. */
export function nodeAtOffset(document: ParsedDocument, offset: number): NodeAt | undefined {
  let found: NodeAt | undefined;
  const visit = (node: YamlNode, path: YamlPath): void => {
    if (offset < node.start || offset > node.end) return;
    found = { path, part: 'value', node };
    if (node.kind === 'seq')
      node.items.forEach((item, i) => {
        visit(item, childPath(path, i));
      });
    if (node.kind === 'map') {
      for (const { key, value, merged } of node.entries) {
        if (merged) continue;
        const below = childPath(path, key.text);
        if (offset >= key.start && offset <= key.end) found = { path: below, part: 'key', node: key };
        visit(value, below);
      }
    }
  };
  if (document.root) visit(document.root, ROOT_PATH);
  return found;
}
