/**
 * One running language server at a time, and a way to get a fresh one.
 *
 * A client whose server failed to start can be neither stopped nor started again
 * (vscode-languageclient 11), so every start makes a new client.
 */
import { l10n, window, type CancellationToken, type LogOutputChannel } from 'vscode';
import {
  WorkDoneProgress,
  type BaseLanguageClient,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageclient';

/** Shows something of what a server says, from the moment before it starts. */
export interface Follower {
  follow(client: BaseLanguageClient): void;
}

export interface RequestOptions {
  readonly token?: CancellationToken;
  /** Is told how far it is. */
  readonly progress?: (report: WorkDoneProgressBegin | WorkDoneProgressReport) => void;
  /** Where nobody waits for the answer, a failure is only logged. */
  readonly isSilent?: boolean;
}

/** Starts, stops and restarts the server. None of it throws: failures are logged and shown. */
export class Session {
  readonly #create: () => BaseLanguageClient;
  readonly #followers: readonly Follower[];
  readonly #log: LogOutputChannel;
  #client: BaseLanguageClient | undefined;
  #requests = 0;

  constructor(create: () => BaseLanguageClient, followers: readonly Follower[], log: LogOutputChannel) {
    this.#create = create;
    this.#followers = followers;
    this.#log = log;
  }

  async start(): Promise<void> {
    this.#client = this.#create();
    for (const follower of this.#followers) follower.follow(this.#client);
    try {
      await this.#client.start();
    } catch (error) {
      // The client has told the user; the status item goes on telling.
      this.#log.error('The server did not start', String(error));
    }
  }

  /** Asks the server something of our own. Undefined where it was cancelled or failed, of which the user is told. */
  async request<Result>(
    method: string,
    params: object = {},
    { token, progress, isSilent = false }: RequestOptions = {},
  ): Promise<Result | undefined> {
    const client = this.#client;
    const workDoneToken = `${method}/${String(++this.#requests)}`;
    const listening =
      progress &&
      client?.onProgress(WorkDoneProgress.type, workDoneToken, (report) => {
        if (!isEnd(report)) progress(report);
      });
    try {
      if (!client) throw new Error('it is not running');
      const asked = progress ? { ...params, workDoneToken } : params;
      // An absent token would become a parameter.
      return await (token
        ? client.sendRequest<Result>(method, asked, token)
        : client.sendRequest<Result>(method, asked));
    } catch (error) {
      if (token?.isCancellationRequested === true) return undefined;
      this.#log.error(`The server did not answer ${method}`, String(error));
      if (!isSilent)
        void window.showErrorMessage(
          l10n.t('The server of Coding Spec did not answer. Its log may say why.'),
        );
      return undefined;
    } finally {
      listening?.dispose();
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client?.needsStop() !== true) return;
    try {
      await client.stop();
    } catch (error) {
      this.#log.error('The server did not stop in good order', String(error));
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}

const isEnd = (report: { readonly kind: string }): report is WorkDoneProgressEnd => report.kind === 'end';
