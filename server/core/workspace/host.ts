/**
 * The one place where state changes. `apply` stores what shells report and computes nothing; a snapshot answers
 * questions about one state and never changes.
 */
import { endsAlike } from '../base/lists.ts';
import type { FileId } from '../base/origin.ts';
import type { CodeSetFile } from '../codes/releases.ts';
import { TableReleases } from '../codes/tables/releases.ts';
import { editStream, editWhole } from '../yaml/edit-stream.ts';
import { splitStream, textOf, wholeFile, type SourceFile } from '../yaml/stream.ts';
import { Analysis, type StoredFile, type WorkspaceState } from './analysis.ts';
import {
  DEFAULT_SETTINGS,
  type Change,
  type ContentChanges,
  type FileChange,
  type FileContent,
  type Settings,
} from './change.ts';
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

  #store(files: Map<FileId, StoredFile>, change: FileChange): void {
    const { file, content, library = false } = change;
    if (!content) {
      files.delete(file);
      return;
    }
    const stored = files.get(file);
    const previous = stored?.source;
    const source = readContent(file, content, previous);
    this.#linkPredecessors(source, previous);
    const unreadable = 'unreadable' in content ? { unreadable: content.unreadable } : {};
    const disk = diskOf(change, stored, source);
    files.set(file, {
      source,
      library,
      ...unreadable,
      ...(disk && { disk }),
      ...(disk && !isSameText(disk, source) && { saved: disk }),
    });
  }

  #linkPredecessors(source: SourceFile, previous: SourceFile | undefined): void {
    if (!previous || previous === source) return;
    const [fresh, gone] = differing(source.documents, previous.documents);
    const old = new Map(gone.map((document) => [document.id, document]));
    for (const document of fresh) {
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

/** A file cut into its documents; what stood there before says which of them are the same. */
function readContent(
  file: FileId,
  content: FileContent | ContentChanges,
  previous: SourceFile | undefined,
): SourceFile {
  const isList = isCodeListFile(file);
  if ('changes' in content) {
    if (!previous) throw new Error(`${file} was edited and never read`);
    return (isList ? editWhole : editStream)(previous, content.changes);
  }
  const text = 'text' in content ? content.text : '';
  return (isList ? wholeFile : splitStream)(file, text, previous);
}

/** What is on disk of a file that an editor holds. Documents that were not changed are the same objects in both. */
function diskOf(
  { file, content, saved }: FileChange,
  stored: StoredFile | undefined,
  source: SourceFile,
): SourceFile | undefined {
  if (saved === 'content') return source;
  if (saved) return readContent(file, saved, stored?.disk ?? stored?.source);
  return content && 'changes' in content ? stored?.disk : undefined;
}

/** The documents of two lists without those that both begin and end with. */
function differing<T>(one: readonly T[], other: readonly T[]): readonly [readonly T[], readonly T[]] {
  const { head, tail } = endsAlike(one, other, Object.is);
  return [one.slice(head, one.length - tail), other.slice(head, other.length - tail)];
}

/** Whether two files have the same text, without putting it together. */
function isSameText(one: SourceFile, other: SourceFile): boolean {
  const [fresh, old] = differing(one.documents, other.documents);
  return one.offsets[0] === other.offsets[0] && textOf(fresh) === textOf(old);
}
