/**
 * The server as a worker in a browser, spoken to over LSP by a client that has all files in memory. It proves that the bundle
 * runs where there is no Node; VS Code has no part in it.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Page } from 'playwright-core';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionList,
  type Diagnostic,
  type Hover,
  type Message,
  type MessageConnection,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { codesRequests, type InstallResult, type ReleasesResult } from '../../../server/protocol/codes.ts';
import {
  filesRequests,
  type FolderEntry,
  type ListedFolder,
  type ListFolders,
  type ReadFile,
  type ReadFiles,
} from '../../../server/protocol/files.ts';
import { statusNotification, type StatusParams } from '../../../server/protocol/status.ts';
import { DIAGNOSES, info } from '../../support/code-sets.ts';
import { writeCodeSet } from '../../../server/core/index.ts';

const FOLDER = 'memfs:/work';
const LIBRARY = 'https://program.example/examples/drug-administration';
const article = `${FOLDER}/encounters/article.encounter.yaml`;
const other = `${FOLDER}/encounters/deep/er/durations.encounter.yaml`;
const release = `${FOLDER}/.coding-spec/codes/icd-10-cm.FY2026.codes`;
const damaged = `${FOLDER}/.coding-spec/codes/cut.FY2025.codes`;

interface WorkerUnderTest {
  readonly client: MessageConnection;
  /** Whether a file was asked for. */
  readonly wasRead: (uri: string) => boolean;
  readonly text: string;
}

export type Check = (server: WorkerUnderTest) => Promise<void>;

export const checks: Readonly<Record<string, Check>> = {
  'computes the lines of an encounter by the rules of the library': async ({ client }) => {
    const { items } = await client.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri: article },
    });
    const messages = items.map(({ message }) => JSON.stringify(message));
    for (const line of ['96365 × 1', '96366 × 1'])
      assert.ok(
        messages.some((message) => message.includes(line)),
        messages.join('\n'),
      );
  },

  'finds the files of the workspace through its client': async ({ client, wasRead }) => {
    const report = await client.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    assert.ok(
      report.items.some(({ uri }) => uri === other),
      JSON.stringify(report.items.map(({ uri }) => uri)),
    );
    assert.ok(!wasRead(`${FOLDER}/node_modules/a.encounter.yaml`), 'what is ignored on disk is not read');
    assert.ok(!wasRead(`${FOLDER}/readme.md`), 'what is not ours is not read');
  },

  'explains an administration on hover': async ({ client, text }) => {
    const hover = await client.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri: article },
      position: positionOf(text, 'substance'),
    });
    assert.match(JSON.stringify(hover.contents), /96365/);
  },

  'completes a diagnosis from a release in the workspace, by its words': async ({ client, text }) => {
    const typed = text.replace('[E86.0, R11.2]', '[E86.0, hypokal]');
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri: article, version: 2 },
      contentChanges: [{ text: typed }],
    });
    const { line, character } = positionOf(typed, 'hypokal');
    const list = await client.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri: article },
      position: { line, character: character + 'hypokal'.length },
    });
    const labels = list.items.map(({ label }) => label);
    assert.ok(
      labels.some((label) => label.includes('E87.6')),
      labels.join('\n'),
    );
  },

  'lists releases, damaged ones too, and says that none is installed in a browser': async ({ client }) => {
    const listed = await client.sendRequest<ReleasesResult>(codesRequests.releases);
    assert.deepEqual(
      listed.releases.map(({ file, place, used }) => ({ file, place, used })),
      [{ file: release, place: 'workspace', used: true }],
    );
    assert.deepEqual(
      listed.damaged.map(({ file }) => file),
      [damaged],
    );
    const result = await client.sendRequest<InstallResult>(codesRequests.install, {
      source: 'icd-10-cm-fy2027',
    });
    assert.ok(result.outcome === 'failed');
    assert.match(result.message, /^In a browser no release can be installed/);
  },
};

/** Starts the worker in a page, and speaks to it until it has read the workspace. */
export async function startWorker(page: Page, address: string, root: string): Promise<WorkerUnderTest> {
  const [toClient, toServer] = [new PassThrough(), new PassThrough()];
  const fromWorker = new StreamMessageWriter(toClient);
  await page.exposeFunction('heard', (message: string) => fromWorker.write(JSON.parse(message) as Message));
  await page.goto(`${address}/web/worker.html`);
  await page.evaluate(`begin(${JSON.stringify(LIBRARY)})`);
  new StreamMessageReader(toServer).listen(
    (message) => void page.evaluate(`send(${JSON.stringify(message)})`),
  );
  const client = createMessageConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const files = await filesOf(root);
  const read = serveFiles(client, files);
  const ready = new Promise<void>((resolve, reject) => {
    client.onNotification('failed', ({ message }: { message: string }) => {
      reject(new Error(message));
    });
    client.onNotification(statusNotification, ({ state, codes }: StatusParams) => {
      if (state === 'ready' && codes.releases.length > 0) resolve();
    });
  });
  client.listen();
  const text = new TextDecoder().decode(files.get(article));
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: FOLDER,
    workspaceFolders: [{ uri: FOLDER, name: 'work' }],
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { files: true },
  });
  await client.sendNotification('initialized', {});
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri: article, languageId: 'yaml', version: 1, text },
  });
  await ready;
  return { client, text, wasRead: (uri) => read.has(uri) };
}

/** The workspace: two encounters of the examples, a release, a damaged one, and what must not be read. */
async function filesOf(root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const example = (name: string): Promise<Uint8Array> =>
    readFile(path.join(root, 'examples/drug-administration/encounters', name));
  const bytes = writeCodeSet(info(), DIAGNOSES);
  const cut = writeCodeSet(info({ release: 'FY2025' }), DIAGNOSES).slice(0, -10);
  return new Map([
    [article, await example('article.encounter.yaml')],
    [other, await example('durations.encounter.yaml')],
    [`${FOLDER}/node_modules/a.encounter.yaml`, await example('article.encounter.yaml')],
    [`${FOLDER}/readme.md`, new TextEncoder().encode('# Nothing')],
    [release, bytes],
    [damaged, cut],
  ]);
}

/** Answers as the client in VS Code does; what was read is in the set that is returned. */
function serveFiles(client: MessageConnection, files: ReadonlyMap<string, Uint8Array>): ReadonlySet<string> {
  const read = new Set<string>();
  client.onRequest(filesRequests.list, ({ folders }: ListFolders): ListedFolder[] =>
    folders.map((folder) => {
      const below = [...files.keys()].filter((uri) => uri.startsWith(`${folder}/`));
      const steps = below.map((uri) => uri.slice(folder.length + 1).split('/'));
      const kinds = new Map<string, FolderEntry['kind']>(
        steps.map(([name = '', ...rest]) => [name, rest.length === 0 ? 'file' : 'folder']),
      );
      return kinds.size === 0
        ? { missing: true }
        : { entries: [...kinds].map(([name, kind]) => ({ name, kind })) };
    }),
  );
  client.onRequest(filesRequests.read, ({ files: wanted }: ReadFiles): ReadFile[] =>
    wanted.map((uri) => {
      read.add(uri);
      const bytes = files.get(uri);
      return bytes ? { base64: Buffer.from(bytes).toString('base64') } : { missing: true };
    }),
  );
  return read;
}

function positionOf(text: string, word: string): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
