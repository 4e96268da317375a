/**
 * The state of one connection: the engine's host, what is open, what is on disk, and the settings. Changes come in here
 * and go to the host; what must be shown again afterwards is announced.
 */
import type { CancellationToken, Connection, WorkspaceFolder } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import {
  AnalysisHost,
  fileId,
  kindOfFile,
  type Analysis,
  type Change,
  type FileChange,
  type FileContent,
  type FileId,
} from '../core/index.ts';
import { statusNotification, type StatusParams } from '../protocol/status.ts';
import type { Environment } from './environment.ts';
import { faultText, type FaultSink } from './guard.ts';
import { DEFAULT_SERVER_SETTINGS, type ServerSettings } from './settings.ts';

/** The file of a URI, however the client has written it. */
export const fileOf = (uri: string): FileId => fileId(URI.parse(uri).toString());

export class Session implements FaultSink {
  readonly connection: Connection;
  readonly #environment: Environment;
  readonly #host = new AnalysisHost();
  readonly #open = new Set<FileId>();
  readonly #library = new Map<FileId, FileContent>();
  readonly #faults = new Map<FileId, string>();
  readonly #waiting = new Set<() => void>();
  #settings: ServerSettings = DEFAULT_SERVER_SETTINGS;
  #loading = true;
  #fault: string | undefined;
  /** Called after a change that may alter what other files show. */
  onAcross: () => void = () => undefined;

  constructor(connection: Connection, environment: Environment) {
    this.connection = connection;
    this.#environment = environment;
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
    const files = this.analysis.files().filter((file) => this.analysis.file(file)?.library !== true);
    const encounters = files
      .filter((file) => kindOfFile(file) === 'encounter')
      .reduce((sum, file) => sum + this.analysis.documents(file).length, 0);
    const state: StatusParams['state'] =
      this.#fault !== undefined ? 'error' : this.#loading ? 'starting' : 'ready';
    const message =
      this.#fault ?? (this.#loading ? 'Reading the workspace' : 'Billing lines are computed as you type');
    void this.connection.sendNotification(statusNotification, {
      state,
      message,
      files: files.length,
      encounters,
    } satisfies StatusParams);
  }

  /** Reads the library and the workspace. */
  async load(folders: readonly WorkspaceFolder[], library: string | undefined): Promise<void> {
    if (library !== undefined) await this.#readLibrary(library);
    for (const { uri } of folders) await this.#readFolder(uri);
    this.#loading = false;
    this.#changedAcross();
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
    const files = [...this.#library]
      .filter(([file]) => this.analysis.file(file)?.library !== false)
      .map(([file, content]): FileChange => ({
        file,
        content: this.#settings.library ? content : undefined,
        library: true,
      }));
    this.#update({ files });
  }

  async #readFolder(folder: string): Promise<void> {
    for await (const found of this.#environment.readFolder(folder)) {
      const files = found
        .map(({ uri, content }) => ({ file: fileOf(uri), content }))
        .filter(({ file }) => !this.#open.has(file));
      this.#update({ files });
      await this.#environment.pause();
    }
  }

  /** The editor's text of a file, which counts more than what is on disk. */
  edit(uri: string, text: string): void {
    const file = fileOf(uri);
    this.#open.add(file);
    this.#faults.delete(file);
    this.#apply({ file, content: { text } });
  }

  /** A file that is no longer open is again what is on disk. */
  async close(uri: string): Promise<void> {
    this.#open.delete(fileOf(uri));
    await this.reread(uri);
  }

  /** Reads a file that changed on disk; one that is open stays as it is in the editor. */
  async reread(uri: string): Promise<void> {
    const file = fileOf(uri);
    if (this.#open.has(file)) return;
    const content = await this.#environment.readFile(uri);
    const library = this.#library.get(file);
    if (content || !library) this.#apply({ file, content });
    else this.#apply({ file, content: library, library: true });
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
