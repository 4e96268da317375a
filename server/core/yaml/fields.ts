/**
 * Reading a tree into a model: each getter gives the value where it has the right shape and undefined where not. The
 * schema has already told the author what is wrong, so readers stay silent and keep what is good.
 */
import { origin, type DocumentId, type Origin } from '../base/origin.ts';
import { entryOf, isNull, type YamlNode } from './node.ts';

/** A value and where it was written. */
export interface Sourced<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** The keys of one mapping. Of anything that is not a mapping: no keys. */
export class Fields {
  readonly #node: YamlNode;
  readonly #document: DocumentId;

  constructor(node: YamlNode, document: DocumentId) {
    this.#node = node;
    this.#document = document;
  }

  /** Where the mapping itself was written. */
  get origin(): Origin {
    return this.#at(this.#node);
  }

  #at(node: YamlNode, part: Origin['part'] = 'value'): Origin {
    return origin(this.#document, node.path, part);
  }

  #value(key: string): YamlNode | undefined {
    const node = entryOf(this.#node, key)?.value;
    return isNull(node) ? undefined : node;
  }

  has(key: string): boolean {
    return entryOf(this.#node, key) !== undefined;
  }

  /** Whether a key stands with a value; the schema asks for one where it has none. */
  says(key: string): boolean {
    return this.#value(key) !== undefined;
  }

  keys(): readonly string[] {
    return this.#node.kind === 'map' ? this.#node.entries.map(({ key }) => key.text) : [];
  }

  /** Where a key is written, whether it has a value or not; the mapping itself when the key is absent. */
  originOf(key: string): Origin {
    const entry = entryOf(this.#node, key);
    return entry ? this.#at(entry.key, 'value') : this.origin;
  }

  /** A scalar, as written. Empty text says nothing, so it counts as absent. */
  text(key: string): Sourced<string> | undefined {
    return this.#scalar(this.#value(key));
  }

  #scalar(node: YamlNode | undefined): Sourced<string> | undefined {
    return node?.kind === 'scalar' && !isNull(node) && node.text !== ''
      ? { value: node.text, origin: this.#at(node) }
      : undefined;
  }

  number(key: string): Sourced<number> | undefined {
    const node = this.#value(key);
    return node?.kind === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value)
      ? { value: node.value, origin: this.#at(node) }
      : undefined;
  }

  boolean(key: string): Sourced<boolean> | undefined {
    const node = this.#value(key);
    return node?.kind === 'scalar' && typeof node.value === 'boolean'
      ? { value: node.value, origin: this.#at(node) }
      : undefined;
  }

  /** The texts of a list, or of a single scalar in place of one. */
  texts(key: string): readonly Sourced<string>[] {
    const node = this.#value(key);
    const nodes = node?.kind === 'seq' ? node.items : node ? [node] : [];
    return nodes.map((item) => this.#scalar(item)).filter((item) => item !== undefined);
  }

  /** A mapping under a key. */
  fields(key: string): Fields | undefined {
    const node = this.#value(key);
    return node?.kind === 'map' ? new Fields(node, this.#document) : undefined;
  }

  /** The items of a list that are mappings. */
  list(key: string): readonly Fields[] {
    const node = this.#value(key);
    const items = node?.kind === 'seq' ? node.items : [];
    return items.filter((item) => item.kind === 'map').map((item) => new Fields(item, this.#document));
  }

  /** The items of a list that holds both scalars and mappings. */
  mixedList(key: string): readonly (Fields | Sourced<string>)[] {
    const node = this.#value(key);
    const items = node?.kind === 'seq' ? node.items : [];
    return items
      .map((item) => (item.kind === 'map' ? new Fields(item, this.#document) : this.#scalar(item)))
      .filter((item) => item !== undefined);
  }
}
