/** The server on Node with a folder that is on no disk: its client reads the files, here from memory. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import {
  createConnection,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type MessageConnection,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { writeCodeSet } from '../../server/core/codes/write.ts';
import { startServer } from '../../server/lsp/server.ts';
import { nodeEnvironment } from '../../server/node/files.ts';
import { codesRequests, type ReleasesResult, type RemoveResult } from '../../server/protocol/codes.ts';
import { filesRequests, type ListFolders, type ReadFiles } from '../../server/protocol/files.ts';
import type { StatusParams } from '../../server/protocol/status.ts';
import { ClientFiles } from '../../server/virtual/client-files.ts';
import { infusion } from '../cli/support.ts';
import { DIAGNOSES, info, setOf } from '../support/code-sets.ts';

const FOLDER = 'vscode-vfs://github/owner/repository';
const RELEASE = `${FOLDER}/.coding-spec/codes/icd-10-cm.FY2026.codes`;

interface Served {
  readonly client: MessageConnection;
  readonly asked: readonly string[];
}

async function serve(t: TestContext, initializationOptions: object): Promise<Served> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const client = createMessageConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  t.after(() => {
    client.dispose();
    server.dispose();
  });
  const asked: string[] = [];
  const files = new Map<string, Uint8Array>([
    [`${FOLDER}/a b/e.encounter.yaml`, Buffer.from(infusion(95))],
    [`${FOLDER}/latin.spec.yaml`, Uint8Array.of(0x23, 0xe9)],
    [RELEASE, writeCodeSet(info(), DIAGNOSES)],
  ]);
  client.onRequest(filesRequests.list, ({ folders }: ListFolders) =>
    folders.map((folder) => {
      asked.push(folder);
      switch (folder.slice(FOLDER.length)) {
        case '':
          return {
            entries: [
              { name: 'a b', kind: 'folder' },
              { name: 'closed', kind: 'folder' },
              { name: 'node_modules', kind: 'folder' },
              { name: 'latin.spec.yaml', kind: 'file' },
              { name: 'circle', kind: 'link' },
            ],
          };
        case '/a%20b':
          return { entries: [{ name: 'e.encounter.yaml', kind: 'file' }] };
        case '/.coding-spec/codes':
          return { entries: [{ name: 'icd-10-cm.FY2026.codes', kind: 'file' }] };
        case '/closed':
          return { unreadable: 'no permission' };
        default:
          return { missing: true };
      }
    }),
  );
  client.onRequest(filesRequests.read, ({ files: wanted }: ReadFiles) =>
    wanted.map((uri) => {
      asked.push(uri);
      const bytes = files.get(decodeURIComponent(uri));
      return bytes ? { base64: Buffer.from(bytes).toString('base64') } : { missing: true };
    }),
  );
  startServer(server, nodeEnvironment(new ClientFiles(server)));
  const ready = new Promise<void>((resolve) => {
    client.onNotification('codingSpec/status', ({ state }: StatusParams) => {
      if (state === 'ready') resolve();
    });
  });
  client.listen();
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: FOLDER,
    workspaceFolders: [{ uri: FOLDER, name: 'repository' }],
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions,
  });
  await client.sendNotification('initialized', {});
  await ready;
  return { client, asked };
}

const problemsOf = async ({ client }: Served): Promise<readonly (readonly [string, readonly string[]])[]> => {
  const report: WorkspaceDiagnosticReport = await client.sendRequest('workspace/diagnostic', {
    previousResultIds: [],
  });
  return report.items.map(({ uri, ...item }) => [
    uri.slice(FOLDER.length),
    item.kind === 'full' ? item.items.map(({ message }: Diagnostic) => JSON.stringify(message)) : [],
  ]);
};

describe('a folder that is on no disk', () => {
  it('is read by the client, by the rules that hold on disk', async (t) => {
    const on = await serve(t, { files: true });
    const problems = new Map(await problemsOf(on));
    assert.deepEqual([...problems.keys()].sort(), ['/a%20b/e.encounter.yaml', '/closed', '/latin.spec.yaml']);
    assert.match(String(problems.get('/closed')), /The folder cannot be read \(no permission\)/);
    assert.match(String(problems.get('/latin.spec.yaml')), /The file is not UTF-8 text/);
    const ignored = on.asked.filter((uri) => /node_modules|circle/.test(uri));
    assert.deepEqual(ignored, []);
  });

  it('has releases of code sets, which are listed first and removed elsewhere', async (t) => {
    const on = await serve(t, { files: true });
    const listed = await on.client.sendRequest<ReleasesResult>(codesRequests.releases);
    const ours = listed.releases.filter(({ file }) => file === RELEASE);
    assert.deepEqual(
      ours.map(({ place, used, rows }) => ({ place, used, rows })),
      [{ place: 'workspace', used: true, rows: setOf().header.rows }],
    );
    const { removed, failed } = await on.client.sendRequest<RemoveResult>(codesRequests.remove, {
      files: [RELEASE],
    });
    assert.deepEqual(removed, []);
    assert.match(failed[0]?.reason ?? '', /on no disk/);
  });

  it('is left alone where the client does not read files', async (t) => {
    const on = await serve(t, {});
    assert.deepEqual([await problemsOf(on), on.asked], [[], []]);
  });
});
