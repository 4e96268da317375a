/**
 * Text of one document to a tree, with every mistake as a problem and as much of the tree as can be read.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type YAMLError,
  type Alias,
  type Document,
  type Node as LibraryNode,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { TextRange } from '../base/line-index.ts';
import { perInput } from '../base/memo.ts';
import { childPath, ROOT_PATH, type Span, type YamlPath } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { interned } from '../base/text.ts';
import type { Entry, MapNode, ScalarNode, SeqNode, YamlNode } from './node.ts';
import { tabProblem } from './tabs.ts';
import type { SourceDocument } from './stream.ts';

export interface ParsedDocument {
  readonly source: SourceDocument;
  /** Undefined for a document that holds nothing but comments. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly Problem[];
  /** In the order in which they are written. */
  readonly anchors: readonly Anchor[];
}

/** An anchor with the aliases that repeat it. Offsets are of the bare name, without `&` and `*`. */
export interface Anchor extends TextRange {
  readonly name: string;
  readonly aliases: readonly TextRange[];
}

/** An anchor while its document is read; the node is open as long as its end has not been reached. */
interface ReadAnchor {
  node: YamlNode | 'open';
  readonly aliases: TextRange[];
}

/** How deep mappings and lists may nest. Far more than any document of ours, far less than the stack holds. */
const MAX_DEPTH = 100;
/** How many nodes the aliases of one document may add. */
const MAX_ALIAS_NODES = 20_000;

/** How long one document may be, in characters: hundreds of times the longest of ours. A file may hold many. */
const MAX_DOCUMENT_LENGTH = 2_000_000;

const NO_ANCHORS: readonly Anchor[] = [];

/** Parses a document once. */
export const parse: (source: SourceDocument) => ParsedDocument = perInput((source) =>
  new Reader(source).read(),
);

/** Reads the library's tree into ours. Lives for one document. */
class Reader {
  readonly #source: SourceDocument;
  readonly #problems: Problem[] = [];
  readonly #open = new Map<string, ReadAnchor>();
  readonly #anchors: Anchor[] = [];
  readonly #sizes = new WeakMap<YamlNode, number>();
  #aliasNodes = 0;

  constructor(source: SourceDocument) {
    this.#source = source;
  }

  read(): ParsedDocument {
    const length = this.#source.text.length;
    if (length > MAX_DOCUMENT_LENGTH) {
      const message = `This document has ${String(length)} characters; at most ${String(MAX_DOCUMENT_LENGTH)} are read. Divide it with \`---\` lines.`;
      this.#problems.push(problem('too-large', this.#span(0, Math.min(length, 80)), message));
      return { source: this.#source, root: undefined, problems: this.#problems, anchors: [] };
    }
    const document = this.#parse();
    const { contents } = document;
    const root = contents === null ? undefined : this.#node(contents, ROOT_PATH, 0);
    const empty = root?.kind === 'scalar' && root.plain && root.text === '';
    const anchors = this.#anchors.length === 0 ? NO_ANCHORS : this.#anchors;
    return { source: this.#source, root: empty ? undefined : root, problems: this.#problems, anchors };
  }

  #parse(): Pick<Document, 'contents'> {
    const text = this.#source.text;
    const document = parseDocument(text, {
      prettyErrors: false,
      logLevel: 'silent',
      uniqueKeys: false,
      version: '1.2',
      stringKeys: false,
    });
    const errors = [...document.errors, ...document.warnings];
    // Where the library gives up depends on the machine; that the document nests too deep is told in any case.
    const end = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')?.pos[0] ?? Infinity;
    for (const error of errors.filter(({ pos }) => pos[0] < end)) {
      const span = this.#span(...error.pos);
      const found = tabProblem(text, span) ?? problem('yaml-syntax', span, syntaxSentence(error));
      if (!this.#problems.some((known) => isSame(known, found))) this.#problems.push(found);
    }
    return document;
  }

  #span(start: number, end: number): Span {
    const length = this.#source.text.length;
    const from = Math.max(0, Math.min(start, length));
    return { document: this.#source.id, start: from, end: Math.min(Math.max(end, from), length) };
  }

  #node(node: LibraryNode | null, path: YamlPath, depth: number, at = 0): YamlNode {
    if (node === null)
      return { kind: 'scalar', path, start: at, end: at, text: '', value: null, plain: true };
    if (depth > MAX_DEPTH) {
      const start = node.range?.[0] ?? 0;
      const message = `The document nests deeper than ${String(MAX_DEPTH)} levels; the rest is not read.`;
      this.#problems.push(problem('yaml-syntax', this.#span(start, start + 1), message));
      return this.#node(null, path, 0, start);
    }
    if (isAlias(node)) return this.#alias(node, path);
    const anchor = node.anchor;
    const named = anchor === undefined ? undefined : this.#anchor(anchor, node.range?.[0] ?? at);
    const result = this.#content(node, path, depth);
    if (named) named.node = result;
    return result;
  }

  /** Notes an anchor; the library says what it is called, and where its node begins. */
  #anchor(name: string, before: number): ReadAnchor {
    const { text } = this.#source;
    const named: ReadAnchor = { node: 'open', aliases: [] };
    this.#open.set(name, named);
    const start = anchorStart(text, name, before);
    if (start !== undefined)
      this.#anchors.push({ name, start, end: start + name.length, aliases: named.aliases });
    return named;
  }

  #content(node: LibraryNode, path: YamlPath, depth: number): YamlNode {
    if (isMap(node)) return this.#map(node, path, depth);
    if (isSeq(node)) return this.#seq(node, path, depth);
    return this.#scalar(node, path);
  }

  #map(node: YAMLMap, path: YamlPath, depth: number): MapNode {
    const entries: Entry[] = [];
    const merged: Entry[] = [];
    for (const pair of node.items as Pair<LibraryNode | null, LibraryNode | null>[]) {
      const key = this.#key(pair.key, path);
      const keyEnd = key.end;
      if (key.text === '<<' && key.plain)
        merged.push(...this.#merge(pair.value, childPath(path, '<<'), depth));
      else if (entries.some((entry) => entry.key.text === key.text)) {
        this.#problems.push(
          problem(
            'duplicate-key',
            this.#span(key.start, key.end),
            `The key "${key.text}" stands twice; only the first one counts.`,
          ),
        );
      } else entries.push({ key, value: this.#node(pair.value, key.path, depth + 1, keyEnd), merged: false });
    }
    for (const entry of merged) {
      if (!entries.some((own) => own.key.text === entry.key.text)) entries.push(entry);
    }
    const { start, end } = this.#range(node);
    // A list that was filled one by one has room for more than it holds.
    return { kind: 'map', path, start, end, entries: entries.slice(), flow: node.flow === true };
  }

  #key(node: LibraryNode | null, parent: YamlPath): ScalarNode {
    const start = node?.range?.[0] ?? 0;
    const end = node?.range?.[1] ?? start;
    if (isScalar(node)) {
      const text = interned(scalarText(node));
      return {
        kind: 'scalar',
        path: childPath(parent, text),
        start,
        end,
        text,
        value: text,
        plain: isPlain(node),
      };
    }
    if (node !== null) this.#complain('yaml-syntax', node, 'A key must be a single word or text.');
    const text = this.#source.text.slice(start, end);
    return { kind: 'scalar', path: childPath(parent, text), start, end, text, value: text, plain: false };
  }

  #merge(value: LibraryNode | null, path: YamlPath, depth: number): Entry[] {
    const node = this.#node(value, path, depth + 1);
    const sources = node.kind === 'seq' ? node.items : [node];
    const entries = sources.flatMap((source) => (source.kind === 'map' ? source.entries : []));
    if (value && (entries.length === 0 || sources.some((source) => source.kind !== 'map'))) {
      this.#complain(
        'yaml-syntax',
        value,
        'A merge key (`<<`) takes an alias to a mapping, or a list of them.',
      );
    }
    return entries.map((entry) => ({ ...entry, merged: true }));
  }

  #seq(node: YAMLSeq, path: YamlPath, depth: number): SeqNode {
    const { start, end } = this.#range(node);
    const items = (node.items as (LibraryNode | null)[]).map((item, i) =>
      this.#node(item, childPath(path, i), depth + 1, end),
    );
    return { kind: 'seq', path, start, end, items, flow: node.flow === true };
  }

  #scalar(node: LibraryNode, path: YamlPath): ScalarNode {
    // Written out, since an object that is put together of others takes a third more room, and these are most of all.
    const { start, end } = this.#range(node);
    if (!isScalar(node)) return { kind: 'scalar', path, start, end, text: '', value: null, plain: true };
    const text = interned(scalarText(node));
    return { kind: 'scalar', path, start, end, text, value: valueOf(node, text), plain: isPlain(node) };
  }

  #alias(node: Alias, path: YamlPath): YamlNode {
    const named = this.#open.get(node.source);
    const target = named?.node;
    const start = node.range?.[0] ?? 0;
    named?.aliases.push({ start: start + 1, end: start + 1 + node.source.length });
    if (target === undefined || target === 'open') {
      const message =
        target === undefined
          ? `The alias *${node.source} has no anchor &${node.source} before it.`
          : `The alias *${node.source} stands inside what it repeats.`;
      this.#complain('unresolved-alias', node, message);
      return this.#node(null, path, 0, start);
    }
    this.#aliasNodes += this.#size(target);
    if (this.#aliasNodes <= MAX_ALIAS_NODES) return target;
    if (!this.#problems.some(({ code }) => code === 'too-many-aliases')) {
      this.#complain(
        'too-many-aliases',
        node,
        'The aliases of this document repeat too much; the rest of them is not read.',
      );
    }
    return this.#node(null, path, 0, start);
  }

  /** Nodes under a node, aliases counted as often as they are repeated. */
  #size(node: YamlNode): number {
    const known = this.#sizes.get(node);
    if (known !== undefined) return known;
    const below =
      node.kind === 'map' ? node.entries.map(({ value }) => value) : node.kind === 'seq' ? node.items : [];
    const size = below.reduce((sum, child) => sum + this.#size(child), 1);
    this.#sizes.set(node, size);
    return size;
  }

  #range(node: LibraryNode): { start: number; end: number } {
    const { start, end } = this.#span(node.range?.[0] ?? 0, node.range?.[1] ?? 0);
    const text = this.#source.text;
    let last = end;
    while (last > start && /\s/.test(text[last - 1] ?? '')) last--;
    return { start, end: last };
  }

  #complain(
    code: 'yaml-syntax' | 'unresolved-alias' | 'too-many-aliases',
    node: LibraryNode,
    message: string,
  ): void {
    this.#problems.push(problem(code, this.#span(node.range?.[0] ?? 0, node.range?.[1] ?? 0), message));
  }
}

/** Where the name of an anchor stands: the last of that name before its node. */
function anchorStart(text: string, name: string, before: number): number | undefined {
  const mark = `&${name}`;
  let at = text.lastIndexOf(mark, before);
  while (at !== -1) {
    const end = at + mark.length;
    if (/^[\s,[\]{}]?$/.test(text.slice(end, end + 1))) return at + 1;
    at = at === 0 ? -1 : text.lastIndexOf(mark, at - 1);
  }
  return undefined;
}

/** What stands between the quotes or, for a plain scalar, in the source: never a number's canonical form. */
function scalarText(node: Scalar): string {
  if (typeof node.value === 'string') return node.value;
  return node.source ?? '';
}

/** A text's value is the very text that was interned. */
function valueOf({ value }: Scalar, text: string): ScalarNode['value'] {
  if (typeof value === 'string') return text;
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

const isPlain = (node: Scalar): boolean => node.type === undefined || node.type === Scalar.PLAIN;

/** One mistake of the author is often several to the library. */
const isSame = (a: Problem, b: Problem): boolean =>
  a.message === b.message && 'start' in a.at && 'start' in b.at && a.at.start === b.at.start;

/** The library's words made into a sentence; where they speak to programmers, ours. */
function syntaxSentence(error: YAMLError): string {
  const text = error.message.trim();
  if (error.code === 'MULTIPLE_DOCS')
    return 'Nothing may follow the end of a document; begin the next one with a `---` line.';
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' || error.code === 'MULTILINE_IMPLICIT_KEY')
    return 'A key cannot begin here: put a value that has a colon in quotes, and indent keys of one mapping alike.';
  const open = /^Flow (?:sequence|map)\b.* end with a (\S)$/.exec(text)?.[1];
  if (open !== undefined) return `The list or mapping before this is not closed: "${open}" is missing.`;
  const quote = /^Missing closing (["'])quote$/.exec(text)?.[1];
  if (quote !== undefined) return `The text before this is not closed: ${quote} is missing.`;
  // The library quotes what it met as a program would, line ends and all.
  const line = text.replace(/(?:\\n|\s)+/g, ' ');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
