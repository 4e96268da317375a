/**
 * A language server as a child process over stdio, spoken to as an editor does: ours, and the peer that it is measured
 * against. Both are asked through the same code; what differs is how each of them gives its diagnostics.
 */
import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CompletionList,
  type Diagnostic,
  type MessageConnection,
  type Position,
  type Range,
} from 'vscode-languageserver/node';
import { SERVER_NODE_OPTIONS } from '../../../server/protocol/start.ts';
import { root } from '../../checks/support.ts';

export interface Edit {
  readonly range: Range;
  readonly text: string;
}

export interface ServerUnderBench {
  readonly name: string;
  /** Opens a file; ends when diagnostics are there that one waits for: its first ones, unless more is said of them. */
  readonly open: (uri: string, text: string, isWanted?: IsWanted) => Promise<readonly Diagnostic[]>;
  /** Closes a file, so that the next one stands alone. */
  readonly close: (uri: string) => Promise<void>;
  /** Sends one edit and waits for nothing. */
  readonly edit: (uri: string, edit: Edit) => Promise<void>;
  /** Sends one edit; ends when the diagnostics of the text with it are there. */
  readonly editAndCheck: (uri: string, edit: Edit) => Promise<readonly Diagnostic[]>;
  readonly complete: (uri: string, position: Position) => Promise<CompletionList>;
  /** What the server has sent so far, in bytes. */
  readonly bytesSent: () => number;
  /** Resident set of the process, in bytes. */
  readonly resident: () => number;
  readonly stop: () => Promise<void>;
}

export type IsWanted = (diagnostics: readonly Diagnostic[]) => boolean;

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Options of Node for our server, such as `--cpu-prof`, for those who look for what takes its time. */
const OPTIONS = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== '');
const OURS = path.join(root, 'dist/server.cjs');
/** Longer than any answer that is worth waiting for. */
const PATIENCE = 300_000;

/** How the peer is told of its schema: the file of it, for every encounter. Nothing is fetched. */
const peerSettings = (schema: string): Readonly<Record<string, unknown>> => ({
  yaml: {
    schemas: { [pathToFileURL(schema).toString()]: '*.encounter.yaml' },
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
    validate: true,
    completion: true,
  },
});

const CAPABILITIES: ClientCapabilities = {
  textDocument: {
    synchronization: { didSave: true },
    completion: {
      contextSupport: true,
      completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] },
    },
    publishDiagnostics: { relatedInformation: true },
  },
  workspace: { configuration: true, workspaceFolders: true },
};

/** Our server with installed code sets, started and asked as by VS Code, which pulls diagnostics after an edit. */
export async function startOurs(folder: string, codeSets: string): Promise<ServerUnderBench> {
  const child = spawn(process.execPath, [...SERVER_NODE_OPTIONS, ...OPTIONS, OURS, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, CODING_SPEC_CODES: codeSets },
  });
  const capabilities = { ...CAPABILITIES, textDocument: { ...CAPABILITIES.textDocument, diagnostic: {} } };
  const client = await connect(child, folder, capabilities, {});
  const pull = async (uri: string): Promise<readonly Diagnostic[]> => {
    const report: { items: Diagnostic[] } = await client.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return report.items;
  };
  return serverOf('coding-spec', child, client, async (uri, change, isWanted) => {
    await change();
    const diagnostics = await pull(uri);
    if (!isWanted(diagnostics)) throw new Error('coding-spec does not say what it should');
    return diagnostics;
  });
}

/** yaml-language-server with a schema for encounters. It sends diagnostics when it has them. */
export async function startPeer(folder: string, schema: string): Promise<ServerUnderBench> {
  const program = fileURLToPath(import.meta.resolve('yaml-language-server/bin/yaml-language-server'));
  const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const client = await connect(child, folder, CAPABILITIES, peerSettings(schema));
  const waiting = new Map<string, IsWanted>();
  client.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
      waiting.get(uri)?.(diagnostics);
    },
  );
  return serverOf('yaml-language-server', child, client, (uri, change, isWanted) => {
    // Until it has read its settings and the schema, it says that there is nothing.
    const checked = new Promise<readonly Diagnostic[]>((resolve) => {
      waiting.set(uri, (diagnostics) => {
        if (!isWanted(diagnostics)) return false;
        waiting.delete(uri);
        resolve(diagnostics);
        return true;
      });
    });
    return change().then(() => checked);
  });
}

async function connect(
  child: Child,
  folder: string,
  capabilities: ClientCapabilities,
  settings: Readonly<Record<string, unknown>>,
): Promise<MessageConnection> {
  const client = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  client.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => settings[section ?? ''] ?? null),
  );
  client.onRequest(() => null);
  client.listen();
  const uri = pathToFileURL(folder).toString();
  await client.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'bench' }],
    capabilities,
  });
  await client.sendNotification('initialized', {});
  return client;
}

type Checked = (
  uri: string,
  change: () => Promise<void>,
  isWanted: IsWanted,
) => Promise<readonly Diagnostic[]>;
const anything: IsWanted = () => true;

function serverOf(name: string, child: Child, client: MessageConnection, checked: Checked): ServerUnderBench {
  let sent = 0;
  let version = 1;
  child.stdout.on('data', (part: Buffer) => {
    sent += part.length;
  });
  const edit: ServerUnderBench['edit'] = (uri, { range, text }) =>
    client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [{ range, text }],
    });
  return {
    name,
    open: (uri, text, isWanted = anything) =>
      patiently(
        `${name} to open a file`,
        checked(
          uri,
          () =>
            client.sendNotification('textDocument/didOpen', {
              textDocument: { uri, languageId: 'yaml', version: ++version, text },
            }),
          isWanted,
        ),
      ),
    close: (uri) => client.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    edit,
    editAndCheck: (uri, change) =>
      patiently(
        `${name} to check an edit`,
        checked(uri, () => edit(uri, change), anything),
      ),
    complete: async (uri, position) => {
      const answer: CompletionList | null = await patiently(
        `${name} to complete`,
        client.sendRequest('textDocument/completion', { textDocument: { uri }, position }),
      );
      return answer ?? { isIncomplete: false, items: [] };
    },
    bytesSent: () => sent,
    resident: () => residentSet(child.pid),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await client.sendRequest('shutdown');
      await client.sendNotification('exit');
      // The peer ends with its input only.
      child.stdin.end();
      await patiently(`${name} to end`, ended);
      client.dispose();
    },
  };
}

async function patiently<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`waited in vain for ${what}`));
    }, PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** In bytes; from /proc where there is one, else from `ps`. */
function residentSet(pid: number | undefined): number {
  if (pid === undefined) throw new Error('the process was not started');
  const kilobytes =
    process.platform === 'linux'
      ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]
      : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return Number(kilobytes) * 1024;
}
