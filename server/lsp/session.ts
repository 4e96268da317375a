/**
 * The state of one connection: the engine's host, what is open, what is on disk, and the settings. Changes come in here
 * and go to the host; what must be shown again afterwards is announced.
 */
import type { CancellationToken, Connection, WorkspaceFolder } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import {
  AnalysisHost,
  decodedName,
  fileId,
  kindOfFile,
  type Analysis,
  type Change,
  type ContentChanges,
  type Exercised,
  type FileChange,
  type FileContent,
  type FileId,
  type Origin,
  type Problem,
} from '../core/index.ts';
import { InstalledCodes } from './code-sets.ts';
import { Coverage, type WhatIf } from './coverage.ts';
import { statusNotification, type StatusParams } from '../protocol/status.ts';
import type { Environment, FoundFile } from './environment.ts';
import { faultText, type FaultSink } from './guard.ts';
import { Reading } from './reading.ts';
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from './settings.ts';

/** The file of a URI, however the client has written it. */
export const fileOf = (uri: string): FileId => fileId(URI.parse(uri).toString());

/** A folder as the beginning of the names of its files. */
const folderOf = (uri: string): string => `${fileOf(uri).replace(/\/$/, '')}/`;

/** What an editor tells of a file that it holds: its text, or what was changed in it. */
type OpenContent = { readonly text: string } | ContentChanges;

const UNCHANGED: ContentChanges = { changes: [] };

export class Session implements FaultSink {
  readonly connection: Connection;
  readonly #environment: Environment;
  readonly #host: AnalysisHost;
  readonly #open = new Set<FileId>();
  /** The workspace's folders, each with a slash at its end. */
  #folders: readonly string[] = [];
  readonly #library = new Map<FileId, FileContent>();
  readonly #faults = new Map<FileId, string>();
  readonly #waiting = new Set<() => void>();
  readonly #coverage: Coverage;
  readonly codes: InstalledCodes;
  #countsClauses = false;
  #settings: ServerSettings = DEFAULT_SERVER_SETTINGS;
  #loading = true;
  #rulesAreRead: () => void = () => undefined;
  /** Ends when the rules of library and workspace are there: before, every encounter would seem to have no lines. */
  readonly rulesRead = new Promise<void>((resolve) => {
    this.#rulesAreRead = resolve;
  });
  #fault: string | undefined;
  /** So many files had been read when reading was cancelled. */
  #unread: number | undefined;
  /** Called after a change that may alter what other files show. */
  onAcross: () => void = () => undefined;
  /** Called when encounters have been counted anew. */
  onCounts: () => void = () => undefined;
  /** Called after every change of files and settings. */
  onChange: (change: Change) => void = () => undefined;

  constructor(connection: Connection, environment: Environment) {
    this.connection = connection;
    this.#environment = environment;
    this.#host = new AnalysisHost(environment.prepared);
    this.#coverage = new Coverage(environment);
    this.codes = new InstalledCodes(environment, {
      folders: () => this.#folders,
      analysis: () => this.analysis,
      changed: ({ sets, tables }) => {
        this.#update({ codeSets: sets, tables });
        if (!this.#loading) this.#changedAcross();
      },
      warn: (message) => {
        connection.console.warn(message);
      },
    });
  }

  /** The findings about all encounters together, as they were last worked out. */
  get coverage(): readonly Problem[] {
    return this.#coverage.problems;
  }

  get settings(): ServerSettings {
    return this.#settings;
  }

  get analysis(): Analysis {
    return this.#host.snapshot();
  }

  get openFiles(): readonly FileId[] {
    return [...this.#open];
  }

  pause(): Promise<void> {
    return this.#environment.pause();
  }

  /** Ends when anything has changed, or when nobody waits any more. */
  changed(token: CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      token.onCancellationRequested(() => {
        this.#waiting.delete(resolve);
        resolve();
      });
    });
  }

  #update(change: Change): void {
    this.#host.apply(change);
    this.#wake();
    this.onChange(change);
    this.#lookAtAll();
  }

  /** Works out, when nobody types, what is about all encounters together. */
  #lookAtAll(): void {
    this.#coverage.restart({
      current: () => this.analysis,
      counts: () => this.#countsClauses && this.#settings.clauseLenses,
      problemsChanged: () => {
        this.#wake();
        this.onAcross();
      },
      countsChanged: () => {
        this.onCounts();
      },
      failed: (error) => {
        this.fault('looking for clauses that nothing tests', error);
      },
    });
  }

  /** From the first time that somebody looks at clauses, the encounters that put them to the test are counted. */
  countClauses(): void {
    if (this.#countsClauses) return;
    this.#countsClauses = true;
    this.#lookAtAll();
  }

  /** Whether encounters have been counted at all. */
  get isCounted(): boolean {
    return this.#coverage.tally !== undefined;
  }

  /** The encounters that put a clause to the test, as they were last counted. */
  exercised(at: Origin): Exercised | undefined {
    return this.#coverage.tally?.of(at);
  }

  get whatIf(): WhatIf {
    return this.#coverage.whatIf;
  }

  /** Lets those who wait for a change go on. */
  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  fault(where: string, error: unknown): void {
    this.#fault = `Something went wrong in ${where}; what it should show is missing. The log has the details.`;
    this.connection.console.error(faultText(where, error));
    this.announce();
  }

  /** Notes a fault that belongs to one file, so that it is shown there; undefined when the file is fine again. */
  faultOf(file: FileId, where: string, error: unknown): void {
    this.#faults.set(file, error instanceof Error ? error.message : String(error));
    this.fault(where, error);
  }

  /** Tells the client how the server is doing. */
  announce(): void {
    const missing = this.#fault ?? this.#unreadWords();
    const state: StatusParams['state'] =
      missing !== undefined ? 'error' : this.#loading ? 'starting' : 'ready';
    const message =
      missing ?? (this.#loading ? 'Reading the workspace' : 'Billing lines are computed as you type');
    const status: StatusParams = { state, message, ...this.#counts() };
    void this.connection.sendNotification(statusNotification, status);
  }

  #unreadWords(): string | undefined {
    if (this.#unread === undefined) return undefined;
    const files = this.#unread === 1 ? '1 file' : `${String(this.#unread)} files`;
    return `Reading the workspace was cancelled after ${files}, so lines and findings may be missing. When the server is restarted, it reads all of it`;
  }

  /** After the work of a request, which may have been the first that needed a code set. */
  answered(): void {
    if (this.codes.noticeDamaged()) this.announce();
  }

  /** How much there is. A fault that hits this, too, must not keep the status from being told. */
  #counts(): Pick<StatusParams, 'files' | 'encounters' | 'codes'> {
    try {
      const files = this.analysis.files().filter((file) => this.analysis.file(file)?.library !== true);
      const encounters = files
        .filter((file) => kindOfFile(file) === 'encounter')
        .reduce((sum, file) => sum + (this.analysis.file(file)?.source.documents.length ?? 0), 0);
      return { files: files.length, encounters, codes: this.codes.status() };
    } catch (error) {
      this.connection.console.error(faultText('counting the files', error));
      return { files: 0, encounters: 0, codes: { releases: [], damaged: [] } };
    }
  }

  /** Reads the library and the workspace. */
  async load(folders: readonly WorkspaceFolder[], library: string | undefined): Promise<void> {
    this.#folders = folders.map(({ uri }) => folderOf(uri));
    this.reloadCodes();
    await this.#reading(async (reading) => {
      if (library !== undefined) await this.#readLibrary(library);
      const rest: AsyncIterator<readonly FoundFile[]>[] = [];
      for (const { uri } of folders) {
        const files = this.#environment.readFolder(uri)[Symbol.asyncIterator]();
        const hasMore = await this.#take(files, reading, (found) =>
          found.some(({ uri: own }) => kindOfFile(own) === 'encounter'),
        );
        if (hasMore) rest.push(files);
      }
      this.endWaiting();
      for (const files of rest) await this.#take(files, reading, () => false);
    });
    // Whether a file that was open before is one of the workspace could not be told then.
    for (const file of this.#open) await this.#rereadOpen(file);
    this.#loading = false;
    this.#changedAcross();
  }

  /** Nothing waits for releases that have to be fetched first. */
  reloadCodes(): void {
    this.codes.reload().catch((error: unknown) => {
      this.fault('reading the installed code sets', error);
    });
  }

  /** Folders that came to the workspace, and folders that left it. */
  async changeFolders(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): Promise<void> {
    const gone = new Set(removed.map(({ uri }) => folderOf(uri)));
    const left = this.analysis.files().filter((file) => this.#isOwn(file));
    this.#folders = [
      ...this.#folders.filter((folder) => !gone.has(folder)),
      ...added.map(({ uri }) => folderOf(uri)),
    ];
    const files = left.filter((file) => !this.#isOwn(file) && !this.#open.has(file));
    this.#update({ files: files.map((file) => ({ file, content: undefined })) });
    await this.#reading(async (reading) => {
      for (const { uri } of added)
        await this.#take(this.#environment.readFolder(uri)[Symbol.asyncIterator](), reading, () => false);
    });
    this.reloadCodes();
    this.#applyLibrary();
    this.#changedAcross();
  }

  /** How people call a file: by its place below a folder of the workspace, or else by its own folder and name. */
  nameOf(file: string): string {
    const folder = this.#folders.find((name) => file.startsWith(name));
    const name = folder === undefined ? file.split('/').slice(-2).join('/') : file.slice(folder.length);
    return decodedName(name);
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** True for a folder of the workspace, however its URI is written. */
  hasFolder(uri: string): boolean {
    return this.#folders.includes(folderOf(uri));
  }

  async #readLibrary(folder: string): Promise<void> {
    for await (const files of this.#environment.readFolder(folder)) {
      for (const { uri, content } of files)
        if (kindOfFile(uri) !== 'encounter') this.#library.set(fileOf(uri), content);
    }
    this.#applyLibrary();
  }

  /** The library's files where nothing of the workspace stands in their place. */
  #applyLibrary(): void {
    const library = this.#settings.library;
    const files = [...this.#library]
      .filter(([file]) => !this.#isOwn(file))
      .map(([file, disk]): FileChange => {
        const content = this.#open.has(file) ? UNCHANGED : library ? disk : undefined;
        return { file, content, library };
      });
    this.#update({ files });
  }

  /** Lets diagnostics be asked for, also where not all rules could be read: what is missing has been told. */
  endWaiting(): void {
    this.#rulesAreRead();
  }

  /** Reads while the client shows it. What was not read because somebody had enough of it is told until the server starts anew. */
  async #reading(work: (reading: Reading) => Promise<void>): Promise<void> {
    const reading = new Reading(this.connection);
    try {
      await work(reading);
    } finally {
      reading.end();
      if (reading.isCancelled) this.#unread = reading.files;
    }
  }

  /**
   * Takes files over until they end, or until some of them are the last that are wanted for now; true if there are more. Nothing
   * is waited for once it is cancelled.
   */
  async #take(
    found: AsyncIterator<readonly FoundFile[]>,
    reading: Reading,
    isEnough: (files: readonly FoundFile[]) => boolean,
  ): Promise<boolean> {
    while (!reading.isCancelled) {
      const next = await Promise.race([found.next(), reading.cancelled]);
      if (!next || next.done === true) return false;
      const files = next.value
        .map(({ uri, content }) => ({ file: fileOf(uri), content }))
        .filter(({ file }) => !this.#open.has(file));
      if (files.length > 0) this.#update({ files });
      reading.add(next.value.length);
      await this.#environment.pause();
      if (isEnough(next.value)) return true;
    }
    return false;
  }

  /** True for a file that the workspace would find on disk. */
  #isOwn(file: FileId): boolean {
    const folder = this.#folders.find((name) => file.startsWith(name));
    if (folder === undefined) return false;
    const below = file.slice(folder.length).split('/').slice(0, -1);
    return !below.some((name) => this.#environment.ignoredFolders.includes(name));
  }

  /** True for a file of the library in use: looking at it in the editor does not make it the user's own. */
  #isLibrary(file: FileId): boolean {
    return this.#settings.library && this.#library.has(file) && !this.#isOwn(file);
  }

  /** The editor's text of a file, which counts more than what is on disk, or what was changed in it. */
  edit(uri: string, content: OpenContent): void {
    const file = fileOf(uri);
    const isNew = !this.#open.has(file);
    this.#open.add(file);
    this.#faults.delete(file);
    this.#apply({ file, content, library: this.#isLibrary(file) });
    if (!isNew) return;
    this.#rereadOpen(file).catch((error: unknown) => {
      this.fault(`reading ${file}`, error);
    });
  }

  /** What the editor holds stays; what is on disk is another. */
  #openChange(file: FileId, saved: NonNullable<FileChange['saved']>): FileChange {
    return { file, content: UNCHANGED, library: this.#isLibrary(file), saved };
  }

  /** What the editor holds of a file is what is on disk now. */
  save(uri: string): void {
    const file = fileOf(uri);
    if (this.#open.has(file)) this.#apply(this.#openChange(file, 'content'));
  }

  /** A file that is no longer open is again what is on disk. */
  async close(uri: string): Promise<void> {
    this.#open.delete(fileOf(uri));
    await this.reread(uri);
  }

  /**
   * Reads a file that changed on disk; one that is open stays as it is in the editor, and one from outside the workspace
   * is not ours to keep.
   */
  async reread(uri: string): Promise<void> {
    const file = fileOf(uri);
    if (this.#open.has(file)) return this.#rereadOpen(file);
    const library = this.#isLibrary(file);
    const disk = this.#isOwn(file) ? await this.#environment.readFile(uri) : undefined;
    if (this.#open.has(file)) return;
    this.#apply({ file, content: library ? this.#library.get(file) : disk, library });
  }

  /** Of a file that is open the text on disk is what unsaved changes are compared with. */
  async #rereadOpen(file: FileId): Promise<void> {
    const disk = this.#isOwn(file) ? await this.#environment.readFile(file) : undefined;
    const stored = this.#open.has(file) ? this.analysis.file(file) : undefined;
    if (!stored || !disk || !('text' in disk) || stored.disk?.text === disk.text) return;
    const saved = disk.text === stored.source.text ? 'content' : disk;
    // What is shown stays as it is where there is nothing unsaved, and was nothing.
    if (saved === 'content' && !stored.saved) this.#host.apply({ files: [this.#openChange(file, saved)] });
    else this.#apply(this.#openChange(file, saved));
  }

  #apply(change: FileChange): void {
    this.#update({ files: [change] });
    if (kindOfFile(change.file) !== 'encounter') this.#changedAcross();
  }

  configure(settings: ServerSettings): void {
    this.#settings = settings;
    this.#update({ settings: { severity: settings.severity } });
    this.#applyLibrary();
    this.#changedAcross();
  }

  /** What went wrong in a file, in words; shown as a diagnostic of that file. */
  faultIn(file: FileId): string | undefined {
    return this.#faults.get(file);
  }

  #changedAcross(): void {
    this.announce();
    this.onAcross();
  }
}
