/**
 * The memoized steps from a document's text to its model and from rules to bills, with a count of the work done. One
 * pipeline lives as long as its host; what it remembers is keyed by the identity of immutable inputs.
 */
import { deepEqual, perInput, perPair, sameList } from '../base/memo.ts';
import { evaluate } from '../billing/evaluate.ts';
import type { Bill } from '../billing/line.ts';
import { CodeSets, type CodeSetFile } from '../codes/releases.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { Mention } from '../names/mention.ts';
import { readMentions } from '../names/read.ts';
import type { Official } from '../rules/official.ts';
import { membersOf, RuleBook, sortRules, type RuleDocuments, type RuleSet } from '../rules/rule-set.ts';
import { parse, type ParsedDocument } from '../yaml/parse.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import { isCodeListFile } from './read-code-list.ts';
import { kindOfDocument, lowerDocument, type DocumentModel } from './model.ts';

/** How often each step ran, for tests that count work. */
export interface Work {
  parsed: number;
  lowered: number;
  compiled: number;
  evaluated: number;
  indexed: number;
}

export class Pipeline {
  readonly work: Work = { parsed: 0, lowered: 0, compiled: 0, evaluated: 0, indexed: 0 };
  /** The document that stood in a document's place before, until the newer one is lowered. */
  readonly #before = new WeakMap<SourceDocument, SourceDocument>();
  readonly #lowered = new WeakSet<SourceDocument>();
  #book: { readonly key: readonly object[]; readonly book: RuleBook } | undefined;

  #codes: { readonly key: readonly CodeSetFile[]; readonly sets: CodeSets } | undefined;

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
    this.work.lowered++;
    const fresh = lowerDocument(this.parse(document));
    const before = this.#before.get(document);
    this.#before.delete(document);
    this.#lowered.add(document);
    const previous = before && this.model(before);
    return previous && deepEqual(previous, fresh) ? previous : fresh;
  });

  /** What a document names. */
  readonly mentions: (document: SourceDocument) => readonly Mention[] = perInput((document) => {
    this.work.indexed++;
    const parsed = this.parse(document);
    const model = this.model(document);
    const encounter = model.kind === 'encounter' ? model.encounter : undefined;
    return readMentions(parsed, kindOfDocument(document.file, parsed.root), encounter);
  });

  /** Notes that a document took the place of another. */
  succeed(document: SourceDocument, previous: SourceDocument): void {
    const before = this.#lowered.has(previous) ? previous : this.#before.get(previous);
    if (before) this.#before.set(document, before);
  }

  /** The rule book of some documents and installed tables; the same book as before when they are the same. */
  book(documents: RuleDocuments, official: Official): RuleBook {
    const own = sortRules(documents);
    // The same lists keep the codes that were put into documents.
    const sorted = { ...own, lists: sameList(this.#book?.book.documents.lists, own.lists) };
    const key = [...membersOf(sorted), ...official.excerpts, ...official.releases.releases];
    if (this.#book && sameList(this.#book.key, key) === this.#book.key) return this.#book.book;
    const book = new RuleBook(sorted, official, () => this.work.compiled++, this.#book?.book);
    this.#book = { key, book };
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
}
