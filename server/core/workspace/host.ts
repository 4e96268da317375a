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
import type { Prepared } from './prepared.ts';
import { isCodeListFile } from './read-code-list.ts';

export class AnalysisHost {
  readonly #pipeline: Pipeline;
  #files: ReadonlyMap<FileId, StoredFile> = new Map();
  #settings: Settings = DEFAULT_SETTINGS;
  #codeSets: readonly CodeSetFile[] = [];
  #tables = new TableReleases();
  #snapshot: Analysis | undefined;

  /** `prepared` knows some documents beforehand. */
  constructor(prepared?: Prepared) {
    this.#pipeline = new Pipeline(prepared);
  }

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

  #store(files: Map<FileId, StoredFile>, { file, content, library = false, saved }: FileChange): void {
    if (!content) {
      files.delete(file);
      return;
    }
    const text = 'text' in content ? content.text : '';
    const stored = files.get(file);
    const previous = stored?.source;
    const split = isCodeListFile(file) ? wholeFile : splitStream;
    const source = split(file, text, previous);
    this.#linkPredecessors(source, previous);
    const unreadable = 'unreadable' in content ? { unreadable: content.unreadable } : {};
    // Documents that were not changed are the same objects in both.
    const onDisk = saved === undefined ? undefined : split(file, saved, stored?.saved ?? previous);
    files.set(file, {
      source,
      library,
      ...unreadable,
      ...(onDisk && saved !== text && { saved: onDisk }),
    });
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
