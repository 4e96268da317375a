/**
 * The outline of a file: the documents of its stream, with their administrations and computed lines, or with their
 * clauses.
 */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import type { Bill } from '../billing/line.ts';
import type { DocumentKind } from '../schema/schema.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import { entryOf, textUnder, type Entry, type MapNode, type YamlNode } from '../yaml/node.ts';
import { labelOfLines } from './shared/labels.ts';

export type OutlineKind =
  DocumentKind | 'entry' | 'line' | 'section' | 'class' | 'fact' | 'value' | 'rule' | 'item';

export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: OutlineKind;
  /** All of it, and its name; in offsets of the file. */
  readonly whole: TextRange;
  readonly selection: TextRange;
  readonly children: readonly OutlineSymbol[];
}

/**
 * A symbol whose range holds its name and what is below it, as editors demand: an empty value lies behind the end of
 * its mapping.
 */
function enclosing(symbol: OutlineSymbol): OutlineSymbol {
  const parts = [symbol.whole, symbol.selection, ...symbol.children.map(({ whole }) => whole)];
  const start = Math.min(...parts.map((part) => part.start));
  const end = Math.max(...parts.map((part) => part.end));
  return { ...symbol, whole: { start, end } };
}

/** So many documents are listed at most. What is beyond is told in a last entry. */
const MAX_DOCUMENTS = 10_000;
/** In files of more documents than this, the outline has no more than their names: what is in them would drown them. */
const MAX_DETAILED = 2_000;
/** How deep clauses are shown inside clauses. */
const MAX_DEPTH = 4;

/** The symbols, one list for each document, so that whoever asks can stop in between. */
export function* documentSymbols(analysis: Analysis, file: FileId): Generator<readonly OutlineSymbol[]> {
  const documents = analysis.documents(file);
  const isDetailed = documents.length <= MAX_DETAILED;
  for (const document of documents.slice(0, MAX_DOCUMENTS)) yield symbolsOf(analysis, document, isDetailed);
  const next = documents[MAX_DOCUMENTS];
  if (!next) return;
  const rest = documents.length - MAX_DOCUMENTS;
  const at = { start: next.offset, end: next.offset };
  const name = `… and ${String(rest)} more documents`;
  yield [{ name, detail: '', kind: 'section', whole: at, selection: at, children: [] }];
}

function symbolsOf(analysis: Analysis, document: DocumentInFile, isDetailed: boolean): OutlineSymbol[] {
  const { root } = analysis.parsed(document.source);
  const kind = kindOfDocument(document.source.file, root);
  if (!kind || root?.kind !== 'map') return [];
  const named = entryOf(root, kind);
  const isEncounter = kind === 'encounter';
  const bill = isDetailed && isEncounter ? billOf(analysis, document) : undefined;
  const reader = new OutlineReader(document, bill);
  return [
    enclosing({
      name: textUnder(root, kind) ?? kind,
      detail: isEncounter ? linesOf(bill) : shortened(textUnder(root, 'title') ?? ''),
      kind,
      whole: reader.range(root),
      selection: reader.range(named?.value.kind === 'scalar' ? named.value : (named?.key ?? firstOf(root))),
      children: isDetailed ? childrenOf(reader, root, isEncounter) : [],
    }),
  ];
}

const childrenOf = (reader: OutlineReader, root: MapNode, isEncounter: boolean): OutlineSymbol[] =>
  isEncounter ? reader.encounter(root) : reader.clauses(root, 1);

const firstOf = (node: MapNode): TextRange => node.entries[0]?.key ?? { start: node.start, end: node.start };

function billOf(analysis: Analysis, { source }: DocumentInFile): Bill | undefined {
  const encounter = analysis.encounter(source);
  return encounter && encounter.activities.length > 0 ? analysis.bill(encounter) : undefined;
}

const linesOf = (bill: Bill | undefined): string =>
  bill ? labelOfLines(bill.lines, 'nothing is billed') : '';

/** Keys that say what an item is called, the surest first. */
const NAMES = ['id', 'class', 'code', 'spec', 'family', 'table', 'payer', 'title', 'about'];
/** Keys that say in words what an item is. */
const WORDS = ['title', 'name', 'use', 'relation', 'definition', 'reason', 'says', 'coverage', 'change'];
/** What the items of a list, or the entries of a mapping, are. */
const KINDS_BELOW: Readonly<Record<string, OutlineKind | undefined>> = {
  classes: 'class',
  facts: 'fact',
  values: 'value',
  rules: 'rule',
};

const MAX_DETAIL = 80;
const shortened = (text: string): string =>
  text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL - 1).trimEnd()}…` : text;

const isContainer = ({ value, merged }: Entry): boolean => !merged && value.kind !== 'scalar';

/** Reads the outline of one document. */
class OutlineReader {
  readonly #offset: number;
  readonly #bill: Bill | undefined;

  constructor({ offset }: DocumentInFile, bill: Bill | undefined) {
    this.#offset = offset;
    this.#bill = bill;
  }

  range({ start, end }: TextRange): TextRange {
    return { start: this.#offset + start, end: this.#offset + end };
  }

  /** Administrations and services, then what is expected. */
  encounter(root: MapNode): OutlineSymbol[] {
    const entries = ['administrations', 'services'].flatMap((list) =>
      itemsUnder(root, list).map((item, i) =>
        this.#entry(item, `${list.replace(/s$/, '')} ${String(i + 1)}`),
      ),
    );
    const expected = ['expect', 'expect_includes'].flatMap((key) => {
      const entry = entryOf(root, key);
      if (entry?.value.kind !== 'seq') return [];
      return [this.#symbol(entry, 'section', this.#expected(entry.value.items))];
    });
    return [...entries, ...expected];
  }

  #entry(item: MapNode, otherwise: string): OutlineSymbol {
    const named = ['substance', 'service', 'code', 'id'].find((key) => textUnder(item, key) !== undefined);
    const isHere = ({ path }: { readonly path: string }): boolean => path === item.path;
    const lines = this.#bill?.lines.filter(({ administrations }) => administrations.some(isHere));
    return enclosing({
      name: textUnder(item, named ?? '') ?? otherwise,
      detail: lines ? labelOfLines(lines, 'not billed') : '',
      kind: 'entry',
      whole: this.range(item),
      selection: this.range(entryOf(item, named ?? '')?.value ?? firstOf(item)),
      children: [],
    });
  }

  #expected(items: readonly YamlNode[]): OutlineSymbol[] {
    return items.flatMap((item): OutlineSymbol[] => {
      const code = entryOf(item, 'code')?.value;
      if (code?.kind !== 'scalar' || code.text === '') return [];
      const units = textUnder(item, 'units') ?? '1';
      return [
        enclosing({
          name: code.text,
          detail: `× ${units}`,
          kind: 'line',
          whole: this.range(item),
          selection: this.range(code),
          children: [],
        }),
      ];
    });
  }

  /** The clauses of a rule document, and what is named in them. Below the first level, those that name something. */
  clauses(node: MapNode, depth: number): OutlineSymbol[] {
    return node.entries
      .filter(
        (entry) => isContainer(entry) && entry.key.text !== 'when' && entry.value.path === entry.key.path,
      )
      .map((entry) => this.#symbol(entry, 'section', this.#below(entry, depth)))
      .filter(({ children }) => depth === 1 || children.length > 0);
  }

  #below({ key, value }: Entry, depth: number): OutlineSymbol[] {
    if (depth >= MAX_DEPTH || value.kind === 'scalar') return [];
    const kind = KINDS_BELOW[key.text] ?? 'item';
    if (value.kind === 'seq') return value.items.flatMap((item) => this.#item(item, kind, depth + 1));
    if (KINDS_BELOW[key.text] === undefined) return this.clauses(value, depth + 1);
    return value.entries
      .filter(isContainer)
      .map((entry) => this.#symbol(entry, kind, this.#inside(entry.value, depth + 1)));
  }

  #inside = (node: YamlNode, depth: number): OutlineSymbol[] =>
    node.kind === 'map' && depth < MAX_DEPTH ? this.clauses(node, depth) : [];

  #item(item: YamlNode, kind: OutlineKind, depth: number): OutlineSymbol[] {
    if (item.kind !== 'map') return [];
    const key = NAMES.find((name) => textUnder(item, name) !== undefined);
    const first = item.entries.find(({ merged }) => !merged);
    const named = key === undefined ? first?.key : entryOf(item, key)?.value;
    if (!named || named.kind !== 'scalar' || named.text === '') return [];
    const detail = WORDS.filter((word) => word !== key).map((word) => textUnder(item, word));
    return [
      enclosing({
        name: shortened(named.text),
        detail: shortened(detail.find((text) => text !== undefined) ?? ''),
        kind,
        whole: this.range(item),
        selection: this.range(named),
        children: this.#inside(item, depth),
      }),
    ];
  }

  #symbol({ key, value }: Entry, kind: OutlineKind, children: readonly OutlineSymbol[]): OutlineSymbol {
    const detail = WORDS.map((word) => textUnder(value, word)).find((text) => text !== undefined);
    return enclosing({
      name: key.text === '' ? '""' : key.text,
      detail: kind === 'section' ? '' : shortened(detail ?? ''),
      kind,
      whole: this.range({ start: key.start, end: Math.max(key.end, value.end) }),
      selection: this.range(key),
      children,
    });
  }
}

function itemsUnder(root: MapNode, key: string): MapNode[] {
  const list = entryOf(root, key)?.value;
  return list?.kind === 'seq' ? list.items.filter((item) => item.kind === 'map') : [];
}
