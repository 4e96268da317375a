/**
 * An immutable snapshot of the workspace. Every question is answered from it alone, on demand, and memoized by the
 * identity of what it is about.
 */
import type { Position, TextRange } from '../base/line-index.ts';
import { lastAtMost } from '../base/lists.ts';
import { lazy, perInput } from '../base/memo.ts';
import type { Exercise } from '../billing/exercise.ts';
import {
  fileOfDocument,
  isInstalled,
  isSpan,
  type DocumentId,
  type FileId,
  type Origin,
  type Span,
} from '../base/origin.ts';
import type { Bill } from '../billing/line.ts';
import type { CodeSetFile, CodeSets } from '../codes/releases.ts';
import type { TableReleases } from '../codes/tables/releases.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { CodeList } from '../rules/code-list.ts';
import type { Mention } from '../names/mention.ts';
import type { Family } from '../rules/family.ts';
import type { Policy } from '../rules/policy.ts';
import type { RuleBook, RuleDocuments, RuleSet } from '../rules/rule-set.ts';
import type { Spec } from '../rules/spec.ts';
import type { Table } from '../rules/table.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { streamLines } from '../yaml/stream-lines.ts';
import type { SourceDocument, SourceFile } from '../yaml/stream.ts';
import type { Settings } from './change.ts';
import { asCodeSet } from './listed-set.ts';
import type { DocumentModel } from './model.ts';
import type { Pipeline } from './pipeline.ts';
import type { SpecNames } from './spec-names.ts';
import type { WrittenCode } from './written-codes.ts';

export interface StoredFile {
  readonly source: SourceFile;
  readonly library: boolean;
  /** What is on disk, where an editor holds the file. */
  readonly disk?: SourceFile;
  /** The same where the editor holds another text. */
  readonly saved?: SourceFile;
  /** Why the file cannot be used, when it cannot. */
  readonly unreadable?: string;
}

export interface WorkspaceState {
  readonly files: ReadonlyMap<FileId, StoredFile>;
  readonly settings: Settings;
  readonly codeSets: readonly CodeSetFile[];
  readonly tables: TableReleases;
}

/** A place in a file, in offsets of the whole file. */
export interface Location extends TextRange {
  readonly file: FileId;
}

/** One document of a file, with where it begins. */
export interface DocumentInFile {
  readonly source: SourceDocument;
  readonly offset: number;
  /** Place in the stream, from 0. */
  readonly index: number;
}

export class Analysis {
  readonly #state: WorkspaceState;
  readonly #pipeline: Pipeline;
  readonly #saved = new Map<FileId, Analysis>();
  #rules: RuleBook | undefined;
  readonly #own = lazy(() => this.#models(false));
  readonly #library = lazy(() => this.#models(true));
  readonly #codes = lazy(() => this.#pipeline.codes(this.#state.codeSets, this.#listedSets()));

  constructor(state: WorkspaceState, pipeline: Pipeline) {
    this.#state = state;
    this.#pipeline = pipeline;
  }

  get settings(): Settings {
    return this.#state.settings;
  }

  /** Releases of code sets that are installed, and the code lists of the workspace. */
  get codes(): CodeSets {
    return this.#codes();
  }

  /** Releases of tables that are installed. */
  get tables(): TableReleases {
    return this.#state.tables;
  }

  /** Every file, those of the library too, in the order of their names. */
  files(): readonly FileId[] {
    return [...this.#state.files.keys()].sort();
  }

  file(id: FileId): StoredFile | undefined {
    return this.#state.files.get(id);
  }

  /** The same workspace with one file as it is on disk; undefined where that is no other text. */
  withSaved(id: FileId): Analysis | undefined {
    const stored = this.file(id);
    if (!stored?.saved) return undefined;
    const known = this.#saved.get(id);
    if (known) return known;
    const { library, saved: source } = stored;
    const files = new Map(this.#state.files).set(id, { library, source });
    const other = new Analysis({ ...this.#state, files }, this.#pipeline);
    this.#saved.set(id, other);
    return other;
  }

  documents(id: FileId): readonly DocumentInFile[] {
    const source = this.file(id)?.source;
    return source ? documentsOf(source).all() : [];
  }

  /** The document at a place in the stream, from 0. */
  documentNumber(file: FileId, index: number): DocumentInFile | undefined {
    const source = this.file(file)?.source;
    return source && documentsOf(source).at(index);
  }

  document(id: DocumentId): DocumentInFile | undefined {
    if (isInstalled(id)) return undefined;
    const file = fileOfDocument(id);
    const source = this.file(file)?.source;
    return source && documentsOf(source).at(placesOf(source.ids).get(id) ?? -1);
  }

  parsed(document: SourceDocument): ParsedDocument {
    return this.#pipeline.parse(document);
  }

  model(document: SourceDocument): DocumentModel {
    return this.#pipeline.model(document);
  }

  /** Every code that a document has, with where it is written. */
  codesIn(document: SourceDocument): readonly WrittenCode[] {
    return this.#pipeline.codesIn(document);
  }

  /** What a specification calls codes and payers. */
  namesIn(document: SourceDocument): SpecNames {
    return this.#pipeline.namesIn(document);
  }

  /** Every mention of a name in a document, in the order of its text. */
  mentions(document: SourceDocument): readonly Mention[] {
    return this.#pipeline.mentions(document);
  }

  /** The rules of the workspace, with those of the library that the workspace does not define itself. */
  rules(): RuleBook {
    this.#rules ??= this.#book();
    return this.#rules;
  }

  rulesOn(encounter: Encounter): RuleSet | undefined {
    return this.rules().for(encounter);
  }

  bill(encounter: Encounter): Bill | undefined {
    const rules = this.rulesOn(encounter);
    return rules && this.#pipeline.bill(rules, encounter);
  }

  /** What an encounter puts to the test; undefined for one without a date. */
  exercise(encounter: Encounter): Exercise | undefined {
    const rules = this.rulesOn(encounter);
    return rules && this.#pipeline.exercise(rules, encounter);
  }

  /** The encounter of a document; undefined for other kinds and for documents that cannot be read. */
  encounter(document: SourceDocument): Encounter | undefined {
    const model = this.model(document);
    return model.kind === 'encounter' ? model.encounter : undefined;
  }

  /** Every encounter of the workspace that can be read, file by file. */
  *encounters(): Generator<Encounter> {
    for (const file of this.files()) {
      if (kindOfFile(file) !== 'encounter') continue;
      for (const { source } of this.documents(file)) {
        const encounter = this.encounter(source);
        if (encounter) yield encounter;
      }
    }
  }

  /** Where something was written. Undefined when its document is gone, and for what an installed release says. */
  locate(at: Origin | Span): Location | undefined {
    const found = this.document(at.document);
    if (!found) return undefined;
    const range = isSpan(at) ? at : this.#pipeline.range(found.source, at);
    return { file: found.source.file, start: found.offset + range.start, end: found.offset + range.end };
  }

  position(file: FileId, offset: number): Position {
    const source = this.file(file)?.source;
    return source ? streamLines(source).position(offset) : { line: 0, character: 0 };
  }

  offset(file: FileId, position: Position): number {
    const source = this.file(file)?.source;
    return source ? streamLines(source).offset(position) : 0;
  }

  /** The document that an offset of a file lies in. */
  documentAt(file: FileId, offset: number): DocumentInFile | undefined {
    const source = this.file(file)?.source;
    return source && documentsOf(source).at(lastAtMost(source.offsets, offset));
  }

  #book(): RuleBook {
    const library = this.#library();
    const official = { releases: this.#state.tables, excerpts: new Set(library.tables) };
    return this.#pipeline.book(this.#ruleDocuments(), official);
  }

  #ruleDocuments(): RuleDocuments {
    const [own, library] = [this.#own(), this.#library()];
    const families = new Set(own.families.map(({ id }) => id.value));
    const codes = new Set(own.specs.map(({ code }) => code));
    const policies = new Set(own.policies.map(({ id }) => id.value));
    const tables = new Set(own.tables.map(({ id }) => id.value));
    const lists = new Set(own.lists.map(({ name }) => name));
    const yields = (family: string | undefined): boolean => family !== undefined && families.has(family);
    return {
      families: [...own.families, ...library.families.filter(({ id }) => !families.has(id.value))],
      specs: [
        ...own.specs,
        ...library.specs.filter(({ code, family }) => !codes.has(code) && !yields(family?.value)),
      ],
      policies: [
        ...own.policies,
        ...library.policies.filter(({ id, family }) => !policies.has(id.value) && !yields(family?.value)),
      ],
      tables: [
        ...own.tables,
        ...library.tables.filter(({ id, family }) => !tables.has(id.value) && !yields(family?.value)),
      ],
      lists: [...own.lists, ...library.lists.filter(({ name }) => !lists.has(name))],
    };
  }

  /** Starter sets, and lists that stand beside every release. Of two of one name the first answers. */
  #listedSets(): readonly CodeSetFile[] {
    return [...this.#own().lists, ...this.#library().lists].map(asCodeSet);
  }

  #models(library: boolean): RuleDocuments {
    const families: Family[] = [];
    const specs: Spec[] = [];
    const policies: Policy[] = [];
    const tables: Table[] = [];
    const lists: CodeList[] = [];
    for (const [id, file] of this.#state.files) {
      if (file.library !== library || kindOfFile(id) === 'encounter') continue;
      for (const document of file.source.documents) {
        const model = this.model(document);
        if (model.kind === 'family' && model.family) families.push(model.family);
        if (model.kind === 'spec' && model.spec) specs.push(model.spec);
        if (model.kind === 'policy' && model.policy) policies.push(model.policy);
        if (model.kind === 'table' && model.table) tables.push(model.table);
        if (model.kind === 'codes' && model.list) lists.push(model.list);
      }
    }
    return { families, specs, policies, tables, lists };
  }
}

/** The documents of one text of a file. A large file has thousands, and an edit asks for some: each is made when it is asked for. */
class FileDocuments {
  readonly #source: SourceFile;
  readonly #known: DocumentInFile[] = [];

  constructor(source: SourceFile) {
    this.#source = source;
  }

  readonly all = lazy((): readonly DocumentInFile[] =>
    this.#source.documents.map((document, index) => this.#at(document, index)),
  );

  at(index: number): DocumentInFile | undefined {
    const document = this.#source.documents[index];
    return document && this.#at(document, index);
  }

  #at(source: SourceDocument, index: number): DocumentInFile {
    return (this.#known[index] ??= { source, offset: this.#source.offsets[index] ?? 0, index });
  }
}

const documentsOf = perInput((source: SourceFile) => new FileDocuments(source));

const placesOf = perInput(
  (ids: readonly DocumentId[]): ReadonlyMap<DocumentId, number> =>
    new Map(ids.map((id, index) => [id, index])),
);
