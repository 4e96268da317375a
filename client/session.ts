/**
 * One running language server at a time, and a way to get a fresh one.
 *
 * A client whose server failed to start can be neither stopped nor started again
 * (vscode-languageclient 11), so every start makes a new client.
 */
import type { LogOutputChannel } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Shows something of what a server says, from the moment before it starts. */
export interface Follower {
  follow(client: BaseLanguageClient): void;
}

/** Starts, stops and restarts the server. None of it throws: failures are logged and shown. */
export class Session {
  readonly #create: () => BaseLanguageClient;
  readonly #followers: readonly Follower[];
  readonly #log: LogOutputChannel;
  #client: BaseLanguageClient | undefined;

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
