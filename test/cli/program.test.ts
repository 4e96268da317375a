/** The program as a whole: help, colours, pipes, faults of our own, and the language server. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ARTICLE, cli, expectStatus, folder, infusion, program, root } from './support.ts';

describe('the program', { concurrency: 4 }, () => {
  it('tells its version and its commands', async () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    assert.equal((await expectStatus(0, ['--version'])).stdout, `${version}\n`);
    const { stdout, stderr } = await expectStatus(0, ['--help']);
    assert.equal(stderr, '');
    for (const command of ['check', 'bill', 'explain', 'publish', 'lsp']) {
      assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'));
      const help = (await expectStatus(0, [command, '--help'])).stdout;
      assert.match(help, new RegExp(`^Usage: coding-spec ${command} `));
      assert.doesNotMatch(help, /default: (\[\]|\{\})/);
    }
    assert.match((await expectStatus(2, [])).stderr, /^Usage: coding-spec/);
  });

  it('colours its text where colours are wanted, and never with NO_COLOR', async () => {
    const plain = { ...process.env };
    delete plain['NO_COLOR'];
    delete plain['FORCE_COLOR'];
    const coloured = await cli(['bill', ARTICLE], { env: { ...plain, FORCE_COLOR: '1' } });
    assert.ok(coloured.stdout.includes('\u001b['));
    const bare = await cli(['bill', ARTICLE], { env: { ...plain, NO_COLOR: '1' } });
    assert.ok(!bare.stdout.includes('\u001b['));
    // eslint-style stripping of colours leaves the same words.
    assert.equal(coloured.stdout.replaceAll(/\u001b\[\d+m/g, ''), bare.stdout);
  });

  it('does not mind a reader that closes the pipe early', async (t) => {
    const many = Array.from({ length: 400 }, (_, i) => infusion(16 + i)).join('---\n');
    const cwd = folder(t, { 'many.encounter.yaml': many });
    const child = spawn(process.execPath, [program, 'bill', 'many.encounter.yaml', '--format', 'json'], {
      cwd,
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const [status, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      child.on('close', (code, by) => {
        resolve([code, by]);
      });
    });
    assert.equal(stderr, '');
    assert.deepEqual([status, signal], [0, null]);
  });

  it('writes all of a large result into a pipe', async (t) => {
    const many = Array.from({ length: 400 }, (_, i) => infusion(16 + i)).join('---\n');
    const cwd = folder(t, { 'many.encounter.yaml': many });
    const { stdout } = await expectStatus(0, ['bill', 'many.encounter.yaml', '--format', 'json'], { cwd });
    assert.ok(stdout.length > 1_000_000);
    assert.equal((JSON.parse(stdout) as { encounters: unknown[] }).encounters.length, 400);
  });

  it('shows a fault of its own with its stack, and ends with 2', async (t) => {
    const cwd = folder(t, {
      'e.encounter.yaml': infusion(95),
      'fault.cjs': "require('node:path').relative = () => { throw new Error('planted fault'); };",
    });
    const { stdout, stderr } = await expectStatus(2, ['check', 'e.encounter.yaml'], {
      cwd,
      node: ['--require', './fault.cjs'],
    });
    assert.equal(stdout, '');
    assert.match(stderr, /^coding-spec: internal error\. Please report this.*Error: planted fault\n\s+at /s);
  });

  it('serves the language over standard input and output', async () => {
    const message = (content: object): string => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...content });
      return `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
    };
    const talk = [
      message({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }),
      message({ method: 'initialized', params: {} }),
      message({ id: 2, method: 'shutdown' }),
      message({ method: 'exit' }),
    ].join('');
    const { stdout, stderr } = await expectStatus(0, ['lsp'], { input: talk });
    assert.match(stdout, /"id":1,"result":\{"capabilities":\{.*"hoverProvider":true/);
    assert.match(stdout, /"id":2,"result":null/);
    assert.equal(stderr, '');
    assert.equal(
      (await cli(['lsp', '--stdio'], { input: '' })).status,
      1,
      'an end without shutdown is an abnormal one',
    );
  });
});
