/** Installing, listing and removing releases with the bundled server, its thread and real folders. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
  type ResponseError,
} from 'vscode-languageserver/node';
import { writeCodeSet } from '../../server/core/codes/write.ts';
import {
  codesRequests,
  type Installed,
  type InstallParams,
  type InstallResult,
  type ReleasesResult,
  type RemoveResult,
} from '../../server/protocol/codes.ts';
import type { StatusParams } from '../../server/protocol/status.ts';
import { cli, folder, root } from '../cli/support.ts';
import { columns } from '../codes/importers/support.ts';
import { date as day, DIAGNOSES, info } from '../support/code-sets.ts';

const ROWS = [
  ['E86', '0', 'Volume depletion'],
  ['E860', '1', 'Dehydration'],
].map(([code = '', billable = '', title = ''], i) =>
  columns([1, `0000${String(i + 1)}`], [7, code], [15, billable], [17, title], [78, `${title}\r\n`]),
);
const ORDER = ROWS.join('');

interface Running {
  readonly client: MessageConnection;
  /** What the server last said of itself. */
  readonly status: () => StatusParams | undefined;
  readonly workspace: string;
  readonly user: string;
  readonly install: (params: InstallParams) => Promise<InstallResult>;
  readonly releases: () => Promise<ReleasesResult>;
}

/** A server on an empty workspace, which is ended after the test whatever happens. */
async function running(t: TestContext, dist = path.join(root, 'dist')): Promise<Running> {
  const own = folder(t, { 'order/icd10cm_order_2027.txt': ORDER, 'w/x.txt': '' });
  const [workspace, user] = [path.join(own, 'w'), path.join(own, 'user', 'codes')];
  const child = spawn(process.execPath, [path.join(dist, 'server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
    env: { ...process.env, CODING_SPEC_CODES: user },
  });
  const client = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  t.after(() => end(child, client));
  let status: StatusParams | undefined;
  client.onNotification('codingSpec/status', (told: StatusParams) => {
    status = told;
  });
  client.onUnhandledProgress(() => undefined);
  client.listen();
  const folderUri = pathToFileURL(workspace).toString();
  await client.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folderUri,
    workspaceFolders: [{ uri: folderUri, name: 'w' }],
    capabilities: {},
  });
  await client.sendNotification('initialized', {});
  await until('a server that is ready', () => status?.state === 'ready');
  return {
    client,
    status: () => status,
    workspace,
    user,
    install: (params) => client.sendRequest(codesRequests.install, params),
    releases: async () => {
      const all: ReleasesResult = await client.sendRequest(codesRequests.releases);
      return { ...all, releases: all.releases.filter(({ starter }) => !starter) };
    },
  };
}

function end(child: ChildProcess, client: MessageConnection): Promise<void> {
  return new Promise((resolve) => {
    child.on('exit', () => {
      resolve();
    });
    client.dispose();
    child.kill();
  });
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) assert.fail(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const orderOf = ({ workspace }: Running): string => path.join(workspace, '../order/icd10cm_order_2027.txt');

/** Without starter sets, which may ship with the program. */
const inUse = (on: Running): string[] =>
  (on.status()?.codes.releases ?? [])
    .filter(({ starter }) => !starter)
    .map(({ title, release }) => `${title} ${release}`);

function installed(result: InstallResult): Installed {
  assert.ok(result.outcome === 'installed', JSON.stringify(result));
  return result;
}

function failed(result: InstallResult): Exclude<InstallResult, Installed> {
  assert.ok(result.outcome === 'failed', 'it was installed');
  return result;
}

describe('installing with the server', { concurrency: 2 }, () => {
  it('puts a release where the user wants it, uses it, lists it and takes it away', async (t) => {
    const on = await running(t);
    const result = installed(await on.install({ source: orderOf(on) }));
    const [release] = result.releases;
    assert.deepEqual(
      [release?.set, release?.release, release?.rows, release?.replaced, result.read, result.refused],
      ['icd-10-cm', 'FY2027', 2, false, 2, []],
    );
    assert.deepEqual(readdirSync(on.user), ['icd-10-cm.FY2027.codes']);
    assert.deepEqual(inUse(on), ['ICD-10-CM FY2027']);

    const folderUri = pathToFileURL(on.workspace).toString();
    const again = { source: pathToFileURL(orderOf(on)).toString(), folder: folderUri };
    assert.equal(installed(await on.install(again)).releases[0]?.replaced, false);
    assert.equal(installed(await on.install(again)).releases[0]?.replaced, true);
    const { folders, releases } = await on.releases();
    assert.deepEqual(
      folders.map(({ place }) => place).filter((place) => place !== 'program'),
      ['workspace', 'user'],
    );
    assert.deepEqual(
      releases.map(({ place, used, from, to }) => [place, used, from, to]),
      [
        ['workspace', true, '2026-10-01', '2027-09-30'],
        ['user', false, '2026-10-01', '2027-09-30'],
      ],
    );

    const files = [...releases.map(({ file }) => file), orderOf(on)];
    const removed: RemoveResult = await on.client.sendRequest(codesRequests.remove, { files });
    assert.deepEqual(removed, {
      removed: files.slice(0, 2),
      failed: [{ file: orderOf(on), reason: 'This is no installed release.' }],
    });
    assert.ok(existsSync(orderOf(on)));
    assert.deepEqual(readdirSync(on.user), []);
    assert.deepEqual(inUse(on), []);
  });

  it('says what the file does not tell, and takes it from the user', async (t) => {
    const on = await running(t);
    const source = path.join(on.workspace, 'codes.txt');
    writeFileSync(source, ORDER);
    const { message, missing } = failed(await on.install({ source }));
    assert.equal(
      message,
      'codes.txt: the file does not tell which release of the ICD-10-CM order file it is.',
    );
    assert.deepEqual(missing, ['release', 'from']);
    for (const [more, sentence] of [
      [{ release: '../x', from: '2026-10-01' }, /^A release is named by/],
      [{ release: 'x', from: '2026-13-01' }, /^A date is written YYYY-MM-DD\.$/],
      [{ release: 'x', from: '2026-10-01', set: 'a/b' }, /^A set is named by/],
      [{ release: 'x', from: '2026-10-01', sha256: 'a' }, /^sha256: It has 64/],
      [{ release: 'x', from: '2026-10-01', to: '2026-01-01' }, /before it begins/],
    ] as const)
      assert.match(failed(await on.install({ source, ...more })).message, sentence);
    assert.equal(existsSync(on.user), false);
    const wanted = { source, release: 'x', from: '2026-10-01' };
    assert.equal(installed(await on.install(wanted)).releases[0]?.from, '2026-10-01');
  });

  it('refuses in one sentence what cannot be installed, and leaves nothing', async (t) => {
    const on = await running(t);
    writeFileSync(path.join(on.workspace, 'letter.txt'), 'Dear Sir or Madam\n');
    writeFileSync(path.join(on.workspace, 'icd10cm_order_2026.txt'), ORDER.trimEnd());
    for (const [source, sentence] of [
      [
        'order.txt',
        /^order\.txt: give the full path of the file, its address, or a name of the catalogue\.$/,
      ],
      [path.join(on.workspace, 'none.txt'), /none\.txt: there is no such file/],
      [on.workspace, /this is a folder/],
      [path.join(on.workspace, 'letter.txt'), /is of no layout that is known/],
      ['icd-10-cm-fy2027', /^The address of icd-10-cm-fy2027 is not certain/],
      ['ftp://x/y.txt', /only https:\/\/ and http:\/\/ can be downloaded/],
      ['http://127.0.0.1:1/icd10cm_order_2027.txt', /refuses the connection|cannot be downloaded/],
    ] as const)
      assert.match(failed(await on.install({ source })).message, sentence, source);
    const cut = path.join(on.workspace, 'icd10cm_order_2026.txt');
    const { message, doubted } = failed(await on.install({ source: cut }));
    assert.match(message, /it may have been cut off\.$/);
    assert.match(doubted ?? '', /^[0-9a-f]{64}$/);
    assert.equal(existsSync(on.user), false);
    assert.equal(
      installed(await on.install({ source: cut, ...(doubted !== undefined && { sha256: doubted }) })).read,
      2,
    );
  });

  it('gives refused rows with their line and the reason', async (t) => {
    const on = await running(t);
    const source = path.join(on.workspace, 'icd10cm_order_2026.txt');
    writeFileSync(source, `${ORDER}nonsense\r\n`);
    const { refused, read } = installed(await on.install({ source }));
    assert.equal(read, 3);
    assert.deepEqual(
      refused.map(({ line }) => line),
      [3],
    );
    assert.ok((refused[0]?.reason ?? '').length > 10);
  });

  it('installs a table from its files, uses it, lists it and takes it away', async (t) => {
    const on = await running(t);
    const row = (codes: string): string => `${codes}\t\t20200101\t*\t1\tA reason\r\n`;
    const files = [1, 2, 3, 4].map((part) => {
      const file = path.join(on.workspace, `ccipra-v321r0-f${String(part)}.txt`);
      const heading =
        'Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n';
      writeFileSync(
        file,
        heading +
          row(`9636${String(part)}\t96372`) +
          (part === 3 ? row('96365\t96372') + row('x\t96372') : ''),
      );
      return file;
    });
    const [source = '', ...parts] = files;
    assert.match(failed(await on.install({ source })).message, /-f2, -f3, -f4 is missing/);
    assert.match(
      failed(await on.install({ source, parts: ['here.txt'] })).message,
      /^here\.txt: give the full path/,
    );
    const uris = parts.map((file) => pathToFileURL(file).toString());
    const result = installed(await on.install({ source, parts: uris }));
    const [release] = result.releases;
    assert.deepEqual(
      [release?.set, release?.release, release?.kind, release?.rows, release?.billable, result.read],
      ['ncci-practitioner', '2026q2', 'pairs', 5, undefined, 6],
    );
    assert.deepEqual(
      result.refused.map(({ file, line }) => [file, line]),
      [['ccipra-v321r0-f3.txt', 4]],
    );
    assert.deepEqual(readdirSync(on.user), ['ncci-practitioner.2026q2.table']);
    assert.deepEqual(inUse(on), ['NCCI procedure-to-procedure edits, practitioner 2026q2']);
    const { releases } = await on.releases();
    assert.deepEqual(
      releases.map(({ sources, place, used }) => [sources?.map(({ name }) => name), place, used]),
      [[files.map((file) => path.basename(file)), 'user', true]],
    );
    const removed: RemoveResult = await on.client.sendRequest(codesRequests.remove, {
      files: releases.map(({ file }) => file),
    });
    assert.deepEqual(removed.failed, []);
    assert.deepEqual([readdirSync(on.user), inUse(on)], [[], []]);
  });

  it('asks for what a table does not tell, and doubts one that may be cut off', async (t) => {
    const on = await running(t);
    const source = path.join(on.workspace, 'limits.csv');
    const text =
      'HCPCS/ CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n96365,1,3 Date of Service Edit: Clinical,Clinical: Data';
    writeFileSync(source, text);
    const days = { release: '2026q2', from: '2026-04-01', to: '2026-06-30' };
    const { message, doubted } = failed(await on.install({ source, ...days }));
    assert.match(message, /it may have been cut off\.$/);
    assert.match(doubted ?? '', /^[0-9a-f]{64}$/);
    const vouched = { source, ...(doubted !== undefined && { sha256: doubted }) };
    assert.deepEqual(failed(await on.install(vouched)).missing, ['release', 'from']);
    assert.equal(installed(await on.install({ ...vouched, ...days })).releases[0]?.set, 'mue-practitioner');
  });

  it('downloads with progress in bytes, answers meanwhile, and installs nothing when it is cancelled', async (t) => {
    let release: (() => void) | undefined;
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': ORDER.length });
      response.write(ORDER.slice(0, 100));
      release = () => response.end(ORDER.slice(100));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const source = `http://127.0.0.1:${String(port)}/icd10cm_order_2027.txt`;
    const on = await running(t);
    const told: { kind: string; message?: string; percentage?: number }[] = [];
    on.client.onUnhandledProgress(({ value }) => {
      told.push(value as (typeof told)[number]);
    });
    const downloading = (): boolean =>
      told.some(({ message }) => message?.startsWith('Downloading') === true);

    const stop = new CancellationTokenSource();
    const cancelled = on.client.sendRequest(
      codesRequests.install,
      { source, workDoneToken: 'one' },
      stop.token,
    );
    await until('the first bytes', downloading);
    assert.deepEqual((await on.releases()).releases, []);
    stop.cancel();
    await assert.rejects(cancelled, (error: ResponseError) => error.code === -32800);
    assert.equal(existsSync(on.user), false);

    told.length = 0;
    const whole = on.install({ source, workDoneToken: 'two' });
    await until('the first bytes', downloading);
    release?.();
    installed(await whole);
    const percentage = Math.floor((100 / ORDER.length) * 100);
    assert.deepEqual(
      told.map(({ kind }) => kind).filter((kind, i, all) => kind !== all[i - 1]),
      ['begin', 'report', 'end'],
    );
    assert.ok(
      told.some((one) => one.percentage === percentage),
      JSON.stringify(told),
    );
    assert.equal(told.at(-2)?.message, 'Reading icd10cm_order_2027.txt');
  });

  it('notices what the command line installs and removes in the folder of the user', async (t) => {
    const on = await running(t);
    const env = { ...process.env, CODING_SPEC_CODES: on.user };
    await cli(['codes', 'install', orderOf(on)], { env });
    await until('the release', () => inUse(on).includes('ICD-10-CM FY2027'));
    await cli(['codes', 'remove', 'icd-10-cm', 'FY2027'], { env });
    await until('nothing', () => inUse(on).length === 0);
  });

  it('uses what ships beside the program last, and does not remove it', async (t) => {
    const dist = path.join(folder(t, { x: '' }), 'dist');
    mkdirSync(path.join(dist, 'codes'), { recursive: true });
    for (const name of ['server.cjs', 'installer.cjs', 'cli.cjs'])
      cpSync(path.join(root, 'dist', name), path.join(dist, name));
    const shipped = path.join(dist, 'codes', 'icd-10-cm.FY2027.codes');
    writeFileSync(
      shipped,
      writeCodeSet(
        info({ release: 'FY2027', effective: { from: day('2026-10-01'), to: day('2027-09-30') } }),
        DIAGNOSES,
      ),
    );
    const on = await running(t, dist);
    assert.deepEqual(inUse(on), ['ICD-10-CM FY2027']);
    installed(await on.install({ source: orderOf(on) }));
    const { releases } = await on.releases();
    assert.deepEqual(
      releases.map(({ place, used, rows }) => [place, used, rows]),
      [
        ['user', true, 2],
        ['program', false, DIAGNOSES.length],
      ],
    );
    const { failed: kept }: RemoveResult = await on.client.sendRequest(codesRequests.remove, {
      files: [shipped],
    });
    assert.deepEqual(kept, [{ file: shipped, reason: 'It ships with the program and stays.' }]);

    const run = (...args: readonly string[]): ReturnType<typeof cli> =>
      cli(args, {
        cwd: on.workspace,
        program: path.join(dist, 'cli.cjs'),
        env: { ...process.env, CODING_SPEC_CODES: on.user },
      });
    const shown = await run('codes', 'show', 'R11.2', '--date', '2026-11-02');
    assert.equal(shown.status, 1, 'the release of the user answers, which lacks it');
    assert.equal((await run('codes', 'remove', 'icd-10-cm', 'FY2027')).status, 0);
    assert.equal((await run('codes', 'show', 'R11.2', '--date', '2026-11-02')).status, 0);
    assert.equal((await run('codes', 'remove', 'icd-10-cm', 'FY2027')).status, 2);
    assert.ok(existsSync(shipped));
  });

  it('says so when its thread is missing', async (t) => {
    const dist = path.join(folder(t, { x: '' }), 'dist');
    mkdirSync(dist);
    cpSync(path.join(root, 'dist/server.cjs'), path.join(dist, 'server.cjs'));
    const on = await running(t, dist);
    assert.match(
      failed(await on.install({ source: orderOf(on) })).message,
      /^Something went wrong in the program/,
    );
    assert.equal(on.status()?.state, 'error');
  });
});
