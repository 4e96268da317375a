/**
 * Completion: keys in the order in which an author wants them, values of the schema, and the codes, classes, facts and
 * values that the documents at hand know. Works on the lines around the cursor, so broken YAML does not stop it.
 */
import type { IsoDate } from '../base/clock.ts';
import { uniqueBy } from '../base/lists.ts';
import type { TextRange } from '../base/line-index.ts';
import { pathSteps, ROOT_PATH, type DocumentId, type FileId } from '../base/origin.ts';
import { isSuppressible, PROBLEM_CODES, PROBLEM_RULES } from '../base/problem.ts';
import { firstSentence, spaced } from '../base/words.ts';
import { plainCode } from '../codes/code-set.ts';
import { searchSets } from '../codes/search.ts';
import { wordsOf } from '../codes/terms.ts';
import { ruleNameAt } from '../diagnostics/shared/suppression.ts';
import { schemaAtPath, type DocumentKind, type JsonSchema, type SchemaAt } from '../schema/schema.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import { factAt, formatAt } from '../workspace/places.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { CodeThere } from './shared/code-about.ts';
import { cursorContext, type CursorContext } from './shared/cursor.ts';
import { engineFacts, namesOfFormat, valuesOfFact, type KnownName } from './shared/vocabulary.ts';
import { relatedNames } from './shared/related-names.ts';
import { listedAt } from './shared/listed-values.ts';
import { snippetsAt } from './shared/snippets.ts';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'code' | 'snippet';
  readonly detail: string;
  /** Markdown; empty where `code` is looked up for it. */
  readonly documentation: string;
  /** A code of a set: what is to be said of it is asked for when it is looked at, with `codeMarkdown`. */
  readonly code?: CodeThere;
  readonly insertText: string;
  /** The same with blanks to jump to, as the protocol writes them, for editors that know them. */
  readonly snippet?: string;
  /** What the editor filters by: the label and words of the title. */
  readonly filterText: string;
  readonly sortText: string;
  /** What is replaced, in offsets of the file. */
  readonly range: TextRange;
}

/** Codes shown at once; more make a list that nobody reads. */
const MAX_ITEMS = 50;

export interface Completion {
  readonly items: readonly CompletionItem[];
  /** True when more would fit and typing on narrows them. */
  readonly incomplete: boolean;
}

export function completion(analysis: Analysis, file: FileId, offset: number): Completion {
  const document = analysis.documentAt(file, offset);
  if (!document) return { items: [], incomplete: false };
  const rules = ruleItems(document, offset);
  if (rules) return { items: rules, incomplete: false };
  const root = analysis.parsed(document.source).root;
  const kind = kindOfDocument(file, root);
  if (!kind) return { items: [], incomplete: false };
  // The cursor may stand before a byte order mark, which belongs to no document.
  const cursor = cursorContext(document.source.text, Math.max(0, offset - document.offset));
  const range = { start: document.offset + cursor.start, end: document.offset + cursor.end };
  const items =
    cursor.part === 'key'
      ? keyItems(analysis, kind, cursor, nodeAtPath(analysis.parsed(document.source), cursor.path), range)
      : [];
  const encounter = analysis.encounter(document.source);
  const ids = relatedNames(encounter?.activities ?? [], cursor.path);
  const date = encounter?.date?.value;
  const place = { ...cursor, begins: beginsList(kind, cursor) };
  const isValue = cursor.part === 'value' || items.length === 0;
  const values = isValue ? valueItems(analysis, document, kind, place, range, ids) : [];
  const codes = isValue ? codeItems(analysis, kind, place, range, date, values) : undefined;
  if (codes) return codes;
  const pieces = cursor.part === 'key' ? snippetItems(analysis, document, kind, cursor, range) : [];
  // Sorted here as the editor sorts, so that what the cap leaves out is the least wanted.
  const all = [...pieces, ...items, ...values].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
  const tooMany = all.length > MAX_ITEMS;
  const wanted = tooMany ? all.filter(({ filterText }) => hasInOrder(filterText, cursor.word)) : all;
  return { items: wanted.slice(0, MAX_ITEMS), incomplete: tooMany };
}

/** Rule ids in a comment that silences findings; undefined anywhere else. */
function ruleItems({ source, offset: start }: DocumentInFile, offset: number): CompletionItem[] | undefined {
  const named = ruleNameAt(source, Math.max(0, offset - start));
  if (!named) return undefined;
  return PROBLEM_CODES.filter((rule) => isSuppressible(rule) && !named.others.includes(rule)).map(
    (rule, i) => ({
      label: rule,
      kind: 'value',
      detail: PROBLEM_RULES[rule][0],
      documentation: PROBLEM_RULES[rule][1],
      insertText: rule,
      filterText: rule,
      sortText: String(i).padStart(3, '0'),
      range: { start: start + named.start, end: start + named.end },
    }),
  );
}

/** Whether a text has the signs of a word in their order, as editors match what is typed. */
function hasInOrder(text: string, word: string): boolean {
  const rest = text.toLowerCase();
  let from = 0;
  for (const sign of word.toLowerCase()) {
    const at = rest.indexOf(sign, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

function keyItems(
  analysis: Analysis,
  kind: DocumentKind,
  cursor: CursorContext,
  node: YamlNode | undefined,
  range: TextRange,
): CompletionItem[] {
  const schema = schemaAtPath(kind, cursor.path);
  if (!schema) return [];
  const present = new Set([...cursor.siblings, ...keysOf(node).filter((key) => key !== cursor.word)]);
  const required = schema.schema.required ?? [];
  const keys = schema.keys().filter((key) => !present.has(key));
  const items = keys.map((key, i) => keyItem(schema, key, required.includes(key), i, range, cursor));
  return [...items, ...factKeys(analysis, schema, present, range, cursor)];
}

/** Whole pieces, where nothing is written yet but the word at the cursor. */
function snippetItems(
  analysis: Analysis,
  { source }: DocumentInFile,
  kind: DocumentKind,
  { path, siblings, start, end, quote, needsSpace }: CursorContext,
  range: TextRange,
): CompletionItem[] {
  const { text } = source;
  const before = needsSpace ? ' ' : '';
  const { root } = analysis.parsed(source);
  const isBegun =
    siblings.length > 0 ||
    quote !== '' ||
    (path === ROOT_PATH && root !== undefined && root.kind !== 'scalar');
  const rest = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  if (isBegun || rest.trim() !== '') return [];
  const column = start - (text.lastIndexOf('\n', start - 1) + 1) + before.length;
  const listed = (at: string): readonly string[] => listedAt(analysis, at);
  return snippetsAt(kind, path, column, { listed }).map(({ label, detail, plain, snippet }, i) => ({
    label,
    kind: 'snippet',
    detail,
    documentation: `\`\`\`yaml\n${plain}\n\`\`\``,
    insertText: before + plain,
    snippet: before + snippet,
    filterText: label,
    sortText: `00${String(i)}`,
    range,
  }));
}

const keysOf = (node: YamlNode | undefined): string[] =>
  node?.kind === 'map' ? node.entries.map(({ key }) => key.text) : [];

function keyItem(
  schema: SchemaAt,
  key: string,
  required: boolean,
  index: number,
  range: TextRange,
  cursor: CursorContext,
): CompletionItem {
  const property = schema.property(key);
  const own = property?.schema;
  return {
    label: key,
    kind: 'key',
    detail: [saysOfKey(key, own), ...(required ? ['(needed)'] : [])].join(' ').trim(),
    documentation: [own?.description ?? '', ...examplesOf(own?.examples)].join('\n\n'),
    insertText: keyText(
      key,
      cursor,
      property?.allows('string') === true || property?.allows('integer') === true,
    ),
    filterText: key,
    sortText: `${required ? '0' : '1'}${String(index).padStart(3, '0')}`,
    range,
  };
}

/** In brackets a value follows in the same line, whatever it is. */
const keyText = (key: string, { needsSpace, isFlow }: CursorContext, hasValue: boolean): string =>
  `${needsSpace ? ' ' : ''}${key}:${hasValue || isFlow ? ' ' : ''}`;

/** What a key is, in a few words: its title, unless that only repeats it, else what its description begins with. */
function saysOfKey(key: string, schema: JsonSchema | undefined): string {
  const { title = '', description = '' } = schema ?? {};
  if (title.toLowerCase() !== spaced(key).toLowerCase()) return title;
  const sentence = firstSentence(description).replace(/\.$/, '');
  return sentence.length <= LONGEST_DETAIL ? sentence : '';
}

/** In signs; more has no room beside a key. */
const LONGEST_DETAIL = 72;

const examplesOf = (examples: readonly unknown[] | undefined): string[] =>
  examples && examples.length > 0 ? [`For example: \`${JSON.stringify(examples[0])}\``] : [];

/** Facts as keys, where a condition may ask for any fact. */
function factKeys(
  analysis: Analysis,
  schema: SchemaAt,
  present: ReadonlySet<string>,
  range: TextRange,
  cursor: CursorContext,
): CompletionItem[] {
  if (typeof schema.schema.additionalProperties !== 'object' || !schema.schema.properties?.['any']) return [];
  return uniqueBy([...namesOfFormat(analysis, 'fact-ref'), ...engineFacts()], ({ name }) => name)
    .filter(({ name }) => !present.has(name))
    .map(({ name, about, from }, i) => ({
      label: name,
      kind: 'key',
      detail: `fact of ${from}`,
      documentation: about,
      insertText: keyText(name, cursor, true),
      filterText: name,
      sortText: `2${String(i).padStart(3, '0')}`,
      range,
    }));
}

function valueItems(
  analysis: Analysis,
  { source }: DocumentInFile,
  kind: DocumentKind,
  cursor: ValuePlace,
  range: TextRange,
  ids: readonly string[],
): CompletionItem[] {
  const at = schemaAtPath(kind, cursor.path);
  const place = at?.allows('array') === true && !at.allows('string') ? at.item() : at;
  const schema = place?.schema;
  const item = at?.allows('array') === true ? at.item()?.schema : undefined;
  const fixed = [
    ...(schema?.enum ?? []),
    ...(item?.enum ?? []),
    ...(place?.allows('boolean') === true && schema?.type !== undefined ? ['true', 'false'] : []),
  ];
  const words = [...new Set(fixed)].map((name): KnownName => ({ name, about: '', from: '' }));
  const fact = factAt(kind, pathSteps(cursor.path));
  const format = formatAt(kind, cursor.path);
  const known = (but?: DocumentId): KnownName[] =>
    uniqueBy(
      [
        ...(fact === undefined ? [] : valuesOfFact(analysis, fact, but)),
        ...(format === undefined ? [] : namesOfFormat(analysis, format, but)),
      ],
      ({ name }) => name,
    );
  const written = source.text.slice(cursor.start, cursor.end);
  const names = [
    ...words,
    ...withoutWritten(written, known, source.id),
    ...ids.map((name): KnownName => ({ name, about: 'another administration of this encounter', from: '' })),
  ];
  return names.map((known, i) => valueItem(known, format, cursor, i, range));
}

/** What is being written is known by being written there, which is no reason to offer it. */
function withoutWritten(
  written: string,
  known: (but?: DocumentId) => KnownName[],
  document: DocumentId,
): KnownName[] {
  const isWritten = ({ name }: KnownName): boolean => name === written;
  const all = known();
  return !all.some(isWritten) || known(document).some(isWritten) ? all : all.filter((own) => !isWritten(own));
}

/**
 * Codes of the sets at hand that fit what was typed, by code or by words; those whose title was typed come first, then
 * those that documents name. Undefined where no set answers for what stands here.
 */
function codeItems(
  analysis: Analysis,
  kind: DocumentKind,
  cursor: ValuePlace,
  range: TextRange,
  date: IsoDate | undefined,
  known: readonly CompletionItem[],
): Completion | undefined {
  const format = formatAt(kind, cursor.path);
  if (format === undefined) return undefined;
  const sets = analysis.codes.answering(format, date).map(({ set }) => set);
  if (sets.length === 0) return undefined;
  const own = new Map(
    known.filter((item) => item.kind === 'code').map((item) => [plainCode(item.label), item]),
  );
  const preferred = new Set(own.keys());
  const found = searchSets(sets, cursor.word, { limit: MAX_ITEMS, date, preferred });
  const hits = uniqueBy(found.hits, ({ set, row }) => set.codeAt(row));
  const listed = hits.map(({ set, row }, i) => {
    const name = set.displayAt(row);
    const about = `${set.titleAt(row)}${set.isBillable(row) ? '' : ' (groups others, not billable)'}`;
    const named = set.header.starter === true ? own.get(set.codeAt(row)) : undefined;
    const item =
      named !== undefined && named.detail !== ''
        ? named
        : valueItem({ name, about, from: '' }, format, cursor, i, range);
    return {
      ...keptByFilter(item, cursor),
      ...(item !== named && { code: { format, code: name, date } }),
    };
  });
  const unlisted = [...own].flatMap(([code, item]) =>
    sets.some((set) => set.rowOf(code) !== undefined) || !fits(code, item, cursor.word)
      ? []
      : [keptByFilter(item, cursor)],
  );
  // A code whose title was typed is meant, whatever else documents name.
  const meant = hits.filter(({ whole }) => whole).length;
  const items = [...listed.slice(0, meant), ...unlisted, ...listed.slice(meant)].slice(0, MAX_ITEMS);
  return {
    items: items.map((item, i) => ({ ...item, sortText: `6${String(i).padStart(3, '0')}` })),
    incomplete: found.total > found.hits.length || cursor.word !== '',
  };
}

/** What was typed goes first, so that an editor that filters keeps what was found by other words. */
const keptByFilter = (item: CompletionItem, { word }: CursorContext): CompletionItem => ({
  ...item,
  filterText: `${word} ${item.filterText}`,
});

/** Whether a code that documents name is meant by what was typed: its beginning, or beginnings of words of its title. */
function fits(code: string, { detail }: CompletionItem, typed: string): boolean {
  if (code.startsWith(plainCode(typed))) return true;
  const words = wordsOf(detail);
  return wordsOf(typed).every((begun) => words.some((word) => word.startsWith(begun)));
}

/** Where a value is written, and how it becomes an entry of a list, where nothing of the list stands there yet. */
interface ValuePlace extends CursorContext {
  readonly begins: 'brackets' | 'hyphen' | undefined;
}

/** A list that takes no value alone is begun behind the colon of its key, or on a line of its own. */
function beginsList(kind: DocumentKind, { path, part, quote }: CursorContext): ValuePlace['begins'] {
  const at = schemaAtPath(kind, path);
  if (quote !== '' || at?.schema.items === undefined || at.allows('string')) return undefined;
  return part === 'value' ? 'brackets' : 'hyphen';
}

/** Codes that YAML would change are inserted with their quotes. */
const needsQuotes = (text: string): boolean => /^[\d.+-]|^(?:true|false|null|yes|no|on|off|~)$/i.test(text);

function valueItem(
  { name, about, from }: KnownName,
  format: string | undefined,
  place: ValuePlace,
  index: number,
  range: TextRange,
): CompletionItem {
  const isCode = format !== undefined && format.length > 0;
  const quoted = needsQuotes(name) && isCode ? `"${name}"` : name;
  const written = place.quote === '' ? quoted : name;
  const text = place.isClosed ? written : `${written}${place.quote}`;
  const entry = place.begins === undefined ? text : place.begins === 'brackets' ? `[${text}]` : `- ${text}`;
  return {
    label: name,
    kind: isCode ? 'code' : 'value',
    detail: about,
    documentation: from === '' ? '' : `From ${from}.`,
    insertText: place.needsSpace ? ` ${entry}` : entry,
    filterText: `${written} ${about}`,
    sortText: `${isCode ? '5' : '4'}${String(index).padStart(3, '0')}`,
    range,
  };
}
