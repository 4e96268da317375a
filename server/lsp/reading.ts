/**
 * Shows that the workspace is being read, once that takes a while, and lets it be cancelled. Reading goes on in slices meanwhile,
 * and everything that is asked is answered from what is there.
 */
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';

/** So long nothing is shown, in milliseconds: most workspaces are read by then. */
const PATIENCE = 500;
/** So often the number of files is told, in milliseconds. */
const PAUSE = 100;

export class Reading {
  readonly #connection: Connection;
  readonly #timer: ReturnType<typeof setTimeout>;
  #shown: WorkDoneProgressServerReporter | undefined;
  #files = 0;
  #told = 0;
  #isOver = false;
  #cancel: () => void = () => undefined;
  #isCancelled = false;
  /** Ends when nobody wants to wait any longer; never where nobody says so. */
  readonly cancelled = new Promise<undefined>((resolve) => {
    this.#cancel = () => {
      this.#isCancelled = true;
      resolve(undefined);
    };
  });

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#timer = setTimeout(() => {
      this.#show().catch((error: unknown) => {
        connection.console.warn(`The progress of reading could not be shown: ${String(error)}`);
      });
    }, PATIENCE);
  }

  get files(): number {
    return this.#files;
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** A client that shows no progress is asked nothing. */
  async #show(): Promise<void> {
    const shown = await this.#connection.window.createWorkDoneProgress();
    if (this.#isOver) {
      shown.done();
      return;
    }
    shown.token.onCancellationRequested(this.#cancel);
    shown.begin('Reading the workspace', undefined, this.#words(), true);
    this.#shown = shown;
  }

  /** So many files more. */
  add(files: number): void {
    this.#files += files;
    const now = Date.now();
    if (!this.#shown || now - this.#told < PAUSE) return;
    this.#told = now;
    this.#shown.report(this.#words());
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#shown?.done();
  }

  #words(): string {
    return `${String(this.#files)} ${this.#files === 1 ? 'file' : 'files'}`;
  }
}
