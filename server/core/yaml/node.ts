/**
 * The tree of one YAML document: plain immutable data with offsets relative to the document's own text. Aliases are
 * already followed and merge keys unfolded, so readers see what the document says; a shared node keeps the place
 * where it was written.
 */
import type { YamlPath } from '../base/origin.ts';

interface NodeBase {
  readonly path: YamlPath;
  /** Offsets into the document's text, end exclusive; trailing blank space left out. */
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  /** The text as written, without quotes and block indentation. `01` stays `01`. */
  readonly text: string;
  /** What YAML's core schema makes of it. */
  readonly value: string | number | boolean | null;
  readonly plain: boolean;
}

export interface SeqNode extends NodeBase {
  readonly kind: 'seq';
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: YamlNode;
  /** True where the entry came in through a merge key. */
  readonly merged: boolean;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly flow: boolean;
}

export type YamlNode = ScalarNode | SeqNode | MapNode;

/** The value under a key, or undefined. The first of duplicate keys counts. */
export const entryOf = (node: YamlNode | undefined, key: string): Entry | undefined =>
  node?.kind === 'map' ? node.entries.find((entry) => entry.key.text === key) : undefined;

/** The text of a scalar under a key; undefined where there is none, or an empty one. */
export function textUnder(node: YamlNode | undefined, key: string): string | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' && value.text !== '' ? value.text : undefined;
}

export const isNull = (node: YamlNode | undefined): boolean =>
  node?.kind === 'scalar' && node.value === null && node.plain;
