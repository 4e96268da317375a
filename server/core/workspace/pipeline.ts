/**
 * The memoized steps from a document's text to its model and from rules to bills, with a count of the work done. One
 * pipeline lives as long as its host; what it remembers is keyed by the identity of immutable inputs.
 */
import { deepEqual, perInput, perPair, sameList } from '../base/memo.ts';
import type { TextRange } from '../base/line-index.ts';
import type { Origin } from '../base/origin.ts';
import { evaluate } from '../billing/evaluate.ts';
import { exercise, type Exercise } from '../billing/exercise.ts';
import type { Bill } from '../billing/line.ts';
import { CodeSets, type CodeSetFile } from '../codes/releases.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { Mention } from '../names/mention.ts';
import { codeListMention, readMentions } from '../names/read.ts';
import type { Official } from '../rules/official.ts';
import { membersOf, RuleBook, sortRules, type RuleDocuments, type RuleSet } from '../rules/rule-set.ts';
import { rangeInDocument, rangeKey } from '../yaml/locate.ts';
import { parse, type ParsedDocument } from '../yaml/parse.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import { isCodeListFile } from './read-code-list.ts';
import { nothingPrepared, type Prepared } from './prepared.ts';
import { specNames, type SpecNames } from './spec-names.ts';
import { writtenCodes, type WrittenCode } from './written-codes.ts';
import { kindOfDocument, lowerDocument, type DocumentModel } from './model.ts';

/** How often each step ran, for tests that count work. */
export interface Work {
  parsed: number;
  lowered: number;
  compiled: number;
  evaluated: number;
  indexed: number;
}

/** Books kept: of the rules as they are, and of those that they are compared with. */
const MAX_BOOKS = 4;

export class Pipeline {
  readonly work: Work = { parsed: 0, lowered: 0, compiled: 0, evaluated: 0, indexed: 0 };
  /** The document that stood in a document's place before, until the newer one is lowered. */
  readonly #before = new WeakMap<SourceDocument, SourceDocument>();
  readonly #lowered = new WeakSet<SourceDocument>();
  readonly #prepared: Prepared;

  constructor(prepared: Prepared = nothingPrepared) {
    this.#prepared = prepared;
  }

  #codes: { readonly key: readonly CodeSetFile[]; readonly sets: CodeSets } | undefined;
  /** The latest last. */
  #books: readonly { readonly key: readonly object[]; readonly book: RuleBook }[] = [];

  readonly parse: (document: SourceDocument) => ParsedDocument = perInput((document) => {
    this.work.parsed++;
    // A code list is no YAML: it is read where its model is made.
    return isCodeListFile(document.file)
      ? { source: document, root: undefined, problems: [], anchors: [] }
      : parse(document);
  });

  /**
   * The model of a document. When an edit changed only comments or layout, it is the very model of the text before, so
   * that everything derived from it stays valid.
   */
  readonly model: (document: SourceDocument) => DocumentModel = perInput((document) => {
    const fresh = this.#prepared(document)?.model ?? this.#lower(document);
    const before = this.#before.get(document);
    this.#before.delete(document);
    this.#lowered.add(document);
    const previous = before && this.model(before);
    return previous && deepEqual(previous, fresh) ? previous : fresh;
  });

  #lower(document: SourceDocument): DocumentModel {
    this.work.lowered++;
    return lowerDocument(this.parse(document));
  }

  codesIn(document: SourceDocument): readonly WrittenCode[] {
    return this.#prepared(document)?.codes ?? writtenCodes(this.parse(document));
  }

  namesIn(document: SourceDocument): SpecNames {
    return this.#prepared(document)?.names ?? specNames(this.parse(document));
  }

  /** Where something stands in a document's text. */
  range(document: SourceDocument, at: Origin): TextRange {
    return this.#prepared(document)?.ranges.get(rangeKey(at)) ?? rangeInDocument(this.parse(document), at);
  }

  /** What a document names. */
  readonly mentions: (document: SourceDocument) => readonly Mention[] = perInput((document) => {
    this.work.indexed++;
    const parsed = this.parse(document);
    const model = this.model(document);
    if (model.kind === 'codes') return model.list ? [codeListMention(model.list.name, document.text)] : [];
    const encounter = model.kind === 'encounter' ? model.encounter : undefined;
    return readMentions(parsed, kindOfDocument(document.file, parsed.root), encounter);
  });

  /** Notes that a document took the place of another. */
  succeed(document: SourceDocument, previous: SourceDocument): void {
    const before = this.#lowered.has(previous) ? previous : this.#before.get(previous);
    if (before) this.#before.set(document, before);
  }

  /** The rule book of some documents and installed tables; the same book as before when they are the same, also for those of what is saved. */
  book(documents: RuleDocuments, official: Official): RuleBook {
    const own = sortRules(documents);
    // The same lists keep the codes that were put into documents.
    const lists = this.#books.map(({ book }) => book.documents.lists);
    const sorted = { ...own, lists: lists.find((one) => sameList(one, own.lists) === one) ?? own.lists };
    const key = [...membersOf(sorted), ...official.excerpts, ...official.releases.releases];
    const known = this.#books.find((own) => sameList(own.key, key) === own.key);
    if (known) return known.book;
    const book = new RuleBook(sorted, official, () => this.work.compiled++, this.#books.at(-1)?.book);
    this.#books = [...this.#books.slice(1 - MAX_BOOKS), { key, book }];
    return book;
  }

  /** The installed code sets with the lists of the workspace; the same as before when all are the same. */
  codes(files: readonly CodeSetFile[], lists: readonly CodeSetFile[]): CodeSets {
    const key = [...files, ...lists];
    if (this.#codes && sameList(this.#codes.key, key) === this.#codes.key) return this.#codes.sets;
    const sets = new CodeSets(key);
    this.#codes = { key, sets };
    return sets;
  }

  readonly bill: (rules: RuleSet, encounter: Encounter) => Bill = perPair((rules, encounter) => {
    this.work.evaluated++;
    return evaluate(rules, encounter);
  });

  readonly exercise: (rules: RuleSet, encounter: Encounter) => Exercise = perPair((rules, encounter) =>
    exercise(rules, encounter, this.bill(rules, encounter)),
  );
}
