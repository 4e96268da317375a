/** The bundled server as a process: over stdio as any editor starts it, over IPC as VS Code does, and how it ends. */
import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { folder, infusion, root } from '../cli/support.ts';

const PROGRAM = path.join(root, 'dist/server.cjs');

/** Starts the server and speaks to it until it is ready; it is ended after the test whatever happens. */
async function ready(
  t: TestContext,
  child: ChildProcess,
  client: MessageConnection,
  cwd: string,
): Promise<void> {
  t.after(() => {
    client.dispose();
    child.kill();
  });
  const state = new Promise<void>((resolve) => {
    client.onNotification('codingSpec/status', (status: { state: string }) => {
      if (status.state === 'ready') resolve();
    });
  });
  client.listen();
  const folderUri = pathToFileURL(cwd).toString();
  await client.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folderUri,
    workspaceFolders: [{ uri: folderUri, name: 'w' }],
    capabilities: { textDocument: { diagnostic: {} } },
  });
  await client.sendNotification('initialized', {});
  await state;
}

const over = {
  stdio: (): [ChildProcess, MessageConnection] => {
    const child = spawn(process.execPath, [PROGRAM, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: 60_000,
    });
    return [
      child,
      createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin)),
    ];
  },
  ipc: (): [ChildProcess, MessageConnection] => {
    const child = fork(PROGRAM, ['--node-ipc'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      timeout: 60_000,
    });
    return [child, createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child))];
  },
};

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.on('exit', resolve);
  });

describe('the server as a process', { concurrency: true }, () => {
  for (const [transport, start] of Object.entries(over)) {
    it(`computes a workspace on disk with the built-in library, over ${transport}`, async (t) => {
      const cwd = folder(t, { 'e.encounter.yaml': infusion(95) });
      const [child, client] = start();
      await ready(t, child, client, cwd);
      const uri = pathToFileURL(path.join(cwd, 'e.encounter.yaml')).toString();
      const report: { items: Diagnostic[] } = await client.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
      });
      assert.deepEqual(
        report.items.map(({ message }) => message),
        ['Billing lines: 96365 × 1, 96366 × 1', '96365 × 1, 96366 × 1'],
      );
      const end = ended(child);
      await client.sendRequest('shutdown');
      await client.sendNotification('exit');
      assert.equal(await end, 0);
    });

    it(`ends with 1 when it is told to without a shutdown, over ${transport}`, async (t) => {
      const [child, client] = start();
      await ready(t, child, client, folder(t, {}));
      const end = ended(child);
      await client.sendNotification('exit');
      assert.equal(await end, 1);
    });
  }

  it('ends when its client is gone', async (t) => {
    const [child, client] = over.stdio();
    await ready(t, child, client, folder(t, {}));
    const end = ended(child);
    child.stdin?.end();
    assert.equal(await end, 1);
  });
});
