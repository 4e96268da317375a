/**
 * A language server in this process, spoken to over real JSON-RPC, with files that are only in memory.
 */
import { PassThrough } from 'node:stream';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import {
  createMessageConnection,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { nothingPrepared, type FileContent } from '../../server/core/index.ts';
import type { CodeSetTools, Environment, StoredCodeSets } from '../../server/lsp/environment.ts';
import { startServer } from '../../server/lsp/server.ts';

const ROOT = 'file:///work';
const LIBRARY = 'file:///library';
export const uriOf = (name: string): string => `${ROOT}/${name}`;

/** Releases as a server finds them; what stands here is asked anew each time. */
export interface CodesUnderTest {
  stored: StoredCodeSets;
  /** What the server does when told that something may have changed, until it watches no more. */
  changed?: (() => void) | undefined;
  readonly tools?: Partial<CodeSetTools>;
}

export interface ServerUnderTest {
  readonly client: MessageConnection;
  /** What the server said of itself. */
  readonly initialized: InitializeResult;
  /** Files on disk, by URI. */
  readonly files: Map<string, FileContent>;
  /** Every notification and request that the server sent, by method. */
  readonly heard: { readonly method: string; readonly params: unknown }[];
  readonly diagnostics: (name: string) => Promise<Diagnostic[]>;
  readonly open: (name: string, text: string) => Promise<void>;
  readonly change: (name: string, text: string) => Promise<void>;
  /** Waits until a condition holds; fails after half a minute, which only a busy machine needs. */
  readonly until: (what: string, holds: () => boolean | Promise<boolean>) => Promise<void>;
  readonly settings: Record<string, unknown>;
  readonly close: () => void;
}

const PULL: ClientCapabilities = {
  textDocument: { diagnostic: {} },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

/** Starts a server on files by name; names that begin with `library/` are the built-in library. */
export async function serve(
  documents: Readonly<Record<string, string>>,
  {
    capabilities = PULL,
    settings = {},
    commands = [],
    fails = [],
    folders = [],
    others = {},
    held,
    codes = { stored: { sets: [], tables: [], refused: [], stamp: '' } },
  }: {
    capabilities?: ClientCapabilities;
    settings?: Record<string, unknown>;
    /** Commands that the client has. */
    commands?: readonly string[];
    /** Requests that the client answers with an error. */
    fails?: readonly string[];
    /** Folders of the workspace beside the first, and files by their URI. */
    folders?: readonly string[];
    others?: Readonly<Record<string, string>>;
    /** Until it ends, a folder of the workspace has shown its first file only, and `serve` does not wait for the others. */
    held?: Promise<void>;
    codes?: CodesUnderTest;
  } = {},
): Promise<ServerUnderTest> {
  const files = new Map<string, FileContent>([
    ...Object.entries(documents).map(([name, text]): [string, FileContent] => [
      name.startsWith('library/') ? `file:///${name}` : uriOf(name),
      { text },
    ]),
    ...Object.entries(others).map(([uri, text]): [string, FileContent] => [uri, { text }]),
  ]);
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, environmentOf(files, held, codes), LIBRARY);
  const client = createMessageConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const heard: { method: string; params: unknown }[] = [];
  client.onNotification((method, params) => {
    heard.push({ method, params });
  });
  client.onRequest((method, params) => {
    heard.push({ method, params });
    if (fails.includes(method)) throw new Error('The client knows nothing of this.');
    return method === 'workspace/configuration' ? [settings] : null;
  });
  client.listen();
  const initialized: InitializeResult = await client.sendRequest('initialize', {
    processId: null,
    rootUri: ROOT,
    workspaceFolders: [ROOT, ...folders].map((uri) => ({ uri, name: uri })),
    capabilities,
    ...(commands.length > 0 && { initializationOptions: { commands } }),
  });
  await client.sendNotification('initialized', {});
  const until: ServerUnderTest['until'] = async (what, holds) => {
    const deadline = Date.now() + 30_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const isReady = (): boolean =>
    heard.some(({ params }) => (params as { state?: string } | null)?.state === 'ready');
  if (!held) await until('the workspace', isReady);
  let version = 1;
  return {
    client,
    initialized,
    files,
    heard,
    until,
    settings,
    diagnostics: async (name) => {
      const report: { items: Diagnostic[] } = await client.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: uriOf(name) },
      });
      return report.items;
    },
    open: (name, text) =>
      client.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uriOf(name), languageId: 'yaml', version: version++, text },
      }),
    change: (name, text) =>
      client.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(name), version: version++ },
        contentChanges: [{ text }],
      }),
    close: () => {
      client.dispose();
      server.dispose();
    },
  };
}

function environmentOf(
  files: ReadonlyMap<string, FileContent>,
  held: Promise<void> | undefined,
  codes: CodesUnderTest,
): Environment {
  return {
    prepared: nothingPrepared,
    async *readFolder(folder) {
      const found = [...files].filter(([uri]) => uri.startsWith(`${folder}/`));
      const all = found.map(([uri, content]) => ({ uri, content }));
      const isHeld = held !== undefined && folder !== LIBRARY;
      yield await Promise.resolve(isHeld ? all.slice(0, 1) : all);
      if (!isHeld) return;
      await held;
      yield all.slice(1);
    },
    ignoredFolders: ['node_modules'],
    readCodeSets: () => codes.stored,
    watchCodeSets: (changed) => {
      codes.changed = changed;
      return () => {
        codes.changed = undefined;
      };
    },
    codes: {
      list: () => ({ folders: [], releases: [], damaged: [] }),
      catalogue: () => ({ entries: [] }),
      install: () => Promise.resolve({ outcome: 'failed', message: 'Nothing is installed in this test.' }),
      remove: () => ({ removed: [], failed: [] }),
      ...codes.tools,
    },
    clientReadsFiles: () => undefined,
    today: () => '2026-03-02',
    readFile: (uri) => Promise.resolve(files.get(uri)),
    pause: () =>
      new Promise((resolve) => {
        setImmediate(resolve);
      }),
  };
}
