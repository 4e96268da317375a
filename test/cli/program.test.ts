/** The program as a whole: help, colours, pipes, faults of our own, and the language server. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
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
    for (const command of ['check', 'bill', 'explain', 'test', 'compare', 'publish', 'lsp']) {
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
    const stripped = coloured.stdout
      .split('\u001b[')
      .map((part, i) => (i === 0 ? part : part.replace(/^\d+m/, '')));
    assert.equal(stripped.join(''), bare.stdout);
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
    assert.equal(await ended(child), 0);
    assert.equal(stderr, '');
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
    const server = spawn(process.execPath, [program, 'lsp']);
    const [stdout, stderr] = [collect(server.stdout), collect(server.stderr)];
    const send = (content: object): void => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...content });
      server.stdin.write(`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
    };
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    assert.match(await stdout.until('"id":1'), /"id":1,"result":\{"capabilities":\{.*"hoverProvider":true/);
    send({ method: 'initialized', params: {} });
    send({ id: 2, method: 'shutdown' });
    await stdout.until('"id":2');
    send({ method: 'exit' });
    assert.equal(await ended(server), 0);
    assert.equal(stderr.text(), '');
  });

  it('passes on that the language server ended without being told to', async () => {
    assert.equal((await cli(['lsp', '--stdio'], { input: '' })).status, 1);
  });
});

/** Collects what a stream says; `until` waits for some words. */
function collect(stream: NodeJS.ReadableStream): {
  text: () => string;
  until: (words: string) => Promise<string>;
} {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    text: () => text,
    until: async (words) => {
      while (!text.includes(words)) await new Promise((resolve) => stream.once('data', resolve));
      return text;
    },
  };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.on('close', resolve);
  });
