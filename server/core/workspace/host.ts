/**
 * The one place where state changes. `apply` stores what shells report and computes nothing; a snapshot answers
 * questions about one state and never changes.
 */
import type { FileId } from '../base/origin.ts';
import type { CodeSetFile } from '../codes/releases.ts';
import { TableReleases } from '../codes/tables/releases.ts';
import { splitStream, wholeFile, type SourceFile } from '../yaml/stream.ts';
import { Analysis, type StoredFile, type WorkspaceState } from './analysis.ts';
import { DEFAULT_SETTINGS, type Change, type FileChange, type Settings } from './change.ts';
import { Pipeline, type Work } from './pipeline.ts';
import { isCodeListFile } from './read-code-list.ts';

export class AnalysisHost {
  readonly #pipeline = new Pipeline();
  #files: ReadonlyMap<FileId, StoredFile> = new Map();
  #settings: Settings = DEFAULT_SETTINGS;
  #codeSets: readonly CodeSetFile[] = [];
  #tables = new TableReleases();
  #snapshot: Analysis | undefined;

  /** How much was computed since the host was made. */
  get work(): Readonly<Work> {
    return { ...this.#pipeline.work };
  }

  apply(change: Change): void {
    if (change.files && change.files.length > 0) {
      const files = new Map(this.#files);
      for (const file of change.files) this.#store(files, file);
      this.#files = files;
    }
    this.#settings = change.settings ?? this.#settings;
    this.#codeSets = change.codeSets ?? this.#codeSets;
    if (change.tables) this.#tables = new TableReleases(change.tables, this.#tables);
    this.#snapshot = undefined;
  }

  #store(files: Map<FileId, StoredFile>, { file, content, library = false }: FileChange): void {
    if (!content) {
      files.delete(file);
      return;
    }
    const text = 'text' in content ? content.text : '';
    const previous = files.get(file)?.source;
    const source = isCodeListFile(file) ? wholeFile(file, text, previous) : splitStream(file, text, previous);
    this.#linkPredecessors(source, previous);
    const unreadable = 'unreadable' in content ? { unreadable: content.unreadable } : {};
    files.set(file, { source, library, ...unreadable });
  }

  #linkPredecessors(source: SourceFile, previous: SourceFile | undefined): void {
    if (!previous || previous === source) return;
    const old = new Map(previous.documents.map((document) => [document.id, document]));
    for (const document of source.documents) {
      const before = old.get(document.id);
      if (before && before !== document) this.#pipeline.succeed(document, before);
    }
  }

  snapshot(): Analysis {
    const state: WorkspaceState = {
      files: this.#files,
      settings: this.#settings,
      codeSets: this.#codeSets,
      tables: this.#tables,
    };
    this.#snapshot ??= new Analysis(state, this.#pipeline);
    return this.#snapshot;
  }
}
