/** The language server as a worker in a browser. Its first message is what ships with it; all others are LSP. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from '../lsp/server.ts';
import type { WorkerStart } from '../protocol/start.ts';
import { ClientFiles } from '../virtual/client-files.ts';
import { browserEnvironment } from './environment.ts';

// The reader takes the place of this handler, so messages that follow at once are not lost.
globalThis.onmessage = ({ data }: MessageEvent<WorkerStart>): void => {
  const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
  const connection = createConnection(
    ProposedFeatures.all,
    new BrowserMessageReader(worker),
    new BrowserMessageWriter(worker),
  );
  startServer(connection, browserEnvironment(new ClientFiles(connection), data), data.library);
};
