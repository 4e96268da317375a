/** How the language server is run in a browser: as a worker, which is handed what ships with the extension when it starts. */
import { commands, Uri, workspace, type ExtensionContext } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  State,
} from 'vscode-languageclient/browser';
import type { WorkerStart } from '../../server/protocol/start.ts';
import { clientOptions, section } from '../options.ts';
import type { CreateClient } from '../main.ts';

/** Hides commands that need a place to install releases of code sets in. */
const inBrowser = 'codingSpec.inBrowser';

/** Creates a client for the bundled worker, not yet started: the caller listens first. */
export const createClient: CreateClient = (context, log, rules) => {
  void commands.executeCommand('setContext', inBrowser, true);
  const library = Uri.joinPath(context.extensionUri, 'examples/drug-administration').toString();
  let worker: Worker | undefined;
  const client = new LanguageClient(
    section,
    log.name,
    async () => {
      worker = await startWorker(context, library);
      // A worker of the extension host is not always one by its class, by which the client library would know it.
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    },
    clientOptions(library, log, rules),
  );
  // The client library lets go of a worker without ending it.
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped || newState === State.StartFailed) worker?.terminate();
  });
  return client;
};

async function startWorker({ extensionUri }: ExtensionContext, library: string): Promise<Worker> {
  const [texts, prepared] = await Promise.all([
    read(Uri.joinPath(extensionUri, 'dist/library.json')),
    read(Uri.joinPath(extensionUri, 'dist/library.prepared')),
  ]);
  const worker = new Worker(Uri.joinPath(extensionUri, 'dist/server-browser.js').toString(true));
  const start: WorkerStart = { library, texts, prepared };
  worker.postMessage(start);
  return worker;
}

const read = async (file: Uri): Promise<string> =>
  new TextDecoder().decode(await workspace.fs.readFile(file));
