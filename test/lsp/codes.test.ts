/** Code sets between client and server: requests and commands, releases that come and go, files that are damaged. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import {
  CancellationTokenSource,
  ProgressType,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type ResponseError,
} from 'vscode-languageserver/node';
import type { CodeSetFile } from '../../server/core/codes/releases.ts';
import type { StoredCodeSets } from '../../server/lsp/environment.ts';
import { codesCommands, codesRequests, type AnsweringRelease } from '../../server/protocol/codes.ts';
import type { StatusParams } from '../../server/protocol/status.ts';
import { date, DIAGNOSES, fileOf, rowsOf } from '../support/code-sets.ts';
import { relation, tableFile } from '../support/tables.ts';
import { serve, uriOf, type CodesUnderTest, type ServerUnderTest } from '../support/lsp.ts';
import { infusion } from '../cli/support.ts';

const started: ServerUnderTest[] = [];
async function start(
  codes: CodesUnderTest,
  text = ENCOUNTER,
  rules: Readonly<Record<string, string>> = {},
): Promise<ServerUnderTest> {
  const server = await serve({ ...rules, 'e.encounter.yaml': text }, { codes });
  started.push(server);
  return server;
}
after(async () => {
  // What servers put off for a moment is sent before they are closed.
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const server of started) server.close();
});

/** Its date is 2026-03-02, and E86.5 exists in no release of these tests. */
const ENCOUNTER = infusion(95).replace('E86.0', 'E86.5');

let stamps = 0;
const stored = (
  sets: readonly CodeSetFile[],
  refused: StoredCodeSets['refused'] = [],
  tables: StoredCodeSets['tables'] = [],
): StoredCodeSets => ({
  sets,
  tables,
  refused,
  stamp: String(++stamps),
});

const statuses = (on: ServerUnderTest): StatusParams[] =>
  on.heard.filter(({ method }) => method === 'codingSpec/status').map(({ params }) => params as StatusParams);
const logged = (on: ServerUnderTest): string[] =>
  on.heard
    .filter(({ method }) => method === 'window/logMessage')
    .map(({ params }) => (params as { message: string }).message);
const unknownCodes = async (on: ServerUnderTest): Promise<Diagnostic[]> =>
  (await on.diagnostics('e.encounter.yaml')).filter(({ code }) => code === 'not-in-code-set');
const refreshes = (on: ServerUnderTest): number =>
  on.heard.filter(({ method }) => method === 'workspace/diagnostic/refresh').length;

const FY2026 = {
  set: 'icd-10-cm',
  title: 'ICD-10-CM',
  release: 'FY2026',
  from: '2025-10-01',
  to: '2026-09-30',
  starter: false,
};
/** With its last byte changed: its header is as it was, and its checksum tells. */
function damaged(): CodeSetFile {
  const whole = fileOf();
  const bytes = whole.read().slice();
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return { ...whole, name: 'damaged.codes', read: () => bytes };
}

describe('releases that come and go', () => {
  it('are taken over when a file of the workspace changes, and everything is shown again', async () => {
    const codes: CodesUnderTest = { stored: stored([]) };
    const on = await start(codes);
    assert.deepEqual(await unknownCodes(on), []);
    const before = refreshes(on);
    codes.stored = stored([fileOf()]);
    await on.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('.coding-spec/codes/icd-10-cm.FY2026.codes'), type: 1 }],
    });
    await on.until('a refresh', () => refreshes(on) > before);
    assert.match(JSON.stringify((await unknownCodes(on))[0]?.message), /E86\.5 is not in ICD-10-CM FY2026/);
    assert.deepEqual(statuses(on).at(-1)?.codes, { releases: [FY2026], damaged: [] });
  });

  it('are asked for where the client can watch files', async () => {
    const on = await start({ stored: stored([]) });
    const globs = on.heard
      .filter(({ method }) => method === 'client/registerCapability')
      .flatMap(({ params }) => (params as { registrations: { registerOptions?: unknown }[] }).registrations)
      .map(({ registerOptions }) => JSON.stringify(registerOptions));
    for (const kind of ['codes', 'table'])
      assert.ok(
        globs.some((text) => text.includes(`**/.coding-spec/codes/*.${kind}`)),
        kind,
      );
  });

  it('are taken over when the environment says so, and nothing happens where nothing has changed', async () => {
    const codes: CodesUnderTest = { stored: stored([fileOf()]) };
    const on = await start(codes);
    assert.equal((await unknownCodes(on)).length, 1);
    const told = statuses(on).length;
    codes.changed?.();
    assert.equal(statuses(on).length, told);
    codes.stored = stored([]);
    codes.changed?.();
    await on.until('the status', () => statuses(on).at(-1)?.codes.releases.length === 0);
    assert.deepEqual(await unknownCodes(on), []);
  });

  it('are told once where the same one lies in two folders', async () => {
    const on = await start({ stored: stored([fileOf(), { ...fileOf(), name: 'again.codes' }]) });
    assert.deepEqual(statuses(on).at(-1)?.codes.releases, [FY2026]);
  });
});

describe('completion of a code', () => {
  it('says more of the one that is looked at, and sends nothing of it before', async () => {
    const on = await start({ stored: stored([fileOf()]) });
    const text = ENCOUNTER.replace('E86.5', 'E86');
    await on.open('f.encounter.yaml', text);
    const before = text.slice(0, text.indexOf('E86') + 3).split('\n');
    const { items }: CompletionList = await on.client.sendRequest('textDocument/completion', {
      textDocument: { uri: uriOf('f.encounter.yaml') },
      position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    });
    const item = items.find(({ label }) => label === 'E86');
    assert.equal(item?.documentation, undefined);
    const whole: CompletionItem = await on.client.sendRequest('completionItem/resolve', item);
    assert.deepEqual(whole, { ...item, documentation: whole.documentation });
    const { value } = whole.documentation as { value: string };
    assert.match(value, /Volume depletion.*\(ICD-10-CM FY2026\)/);
    assert.match(value, /groups other codes/);
    // An item of nobody knows what comes back as it was.
    const other = { label: 'x', data: { format: 4 } };
    assert.deepEqual(await on.client.sendRequest('completionItem/resolve', other), other);
  });
});

/** A payer whose policy limits welds, as an installed table has them. */
const GUILD: Readonly<Record<string, string>> = {
  'repairs.family.yaml': `family: repairs
title: Repairs
classes:
  - {class: weld, title: Welding, when: {service: weld}}
`,
  'w.spec.yaml': `spec: W0001
title: Welding
family: repairs
effective: {from: 2020-01-01}
reports: {class: weld, as: each}
`,
  'guild.policy.yaml': `policy: guild
payer: Guild
title: The guild
effective: {from: 2020-01-01}
tables: [{table: figures}]
`,
  'figures.table.yaml': `table: figures
title: Figures
release: every one that is installed
effective: {from: 2020-01-01}
indicators:
  d: {says: the whole day counts, excess: deny, bypass: never}
`,
};
const WELDS = `encounter: welds
date: 2026-03-02
payer: Guild
claim: professional
services:
  - {service: weld}
  - {service: weld}
`;

describe('tables', () => {
  const YEAR = { from: date('2026-01-01'), to: date('2026-12-31') };
  const limits = (change?: Parameters<typeof tableFile>[2]): StoredCodeSets['tables'] => [
    tableFile([relation('limits', 'W0001 | 1 | d | Data')], { set: 'figures', effective: YEAR }, change),
  ];
  const isLimited = async (on: ServerUnderTest): Promise<boolean> =>
    JSON.stringify(await on.diagnostics('e.encounter.yaml')).includes('figures 2026q2 (installed)');

  it('come and go like code sets, and are in the status', async () => {
    const codes: CodesUnderTest = { stored: stored([fileOf()]) };
    const on = await start(codes, WELDS, GUILD);
    assert.equal(await isLimited(on), false);
    codes.stored = stored([fileOf()], [], limits());
    await on.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('.coding-spec/codes/figures.2026q2.table'), type: 1 }],
    });
    await on.until('the table', () => (statuses(on).at(-1)?.codes.releases.length ?? 0) > 1);
    assert.deepEqual(statuses(on).at(-1)?.codes.releases, [
      FY2026,
      { set: 'figures', title: 'Limits', release: '2026q2', ...YEAR, kind: 'limits' },
    ]);
    assert.equal(await isLimited(on), true);
    codes.stored = stored([fileOf()]);
    codes.changed?.();
    assert.equal(await isLimited(on), false);
  });

  it('that turn out damaged are in the status and the log', async () => {
    const cut = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, -1);
    const on = await start({ stored: stored([], [], limits(cut)) }, WELDS, GUILD);
    assert.equal(await isLimited(on), false);
    await on.until('the status', () => statuses(on).at(-1)?.codes.damaged.length === 1);
    const told = statuses(on).at(-1)?.codes;
    assert.deepEqual([told?.damaged[0]?.file, told?.releases], ['figures.2026q2.table', []]);
    assert.equal(logged(on).filter((text) => text.startsWith('figures.2026q2.table: ')).length, 1);
  });
});

describe('damaged files', () => {
  it('are in the status and the log from the beginning where their header tells', async () => {
    const on = await start({
      stored: stored([fileOf()], [{ name: 'x.codes', reason: 'The file is no code set.' }]),
    });
    assert.deepEqual(statuses(on).at(-1)?.codes.damaged, [
      { file: 'x.codes', reason: 'The file is no code set.' },
    ]);
    assert.ok(logged(on).includes('x.codes: The file is no code set.'));
  });

  it('are told when a request finds out, once, and are no release in use any more', async () => {
    const on = await start({ stored: stored([damaged()]) });
    assert.deepEqual(statuses(on).at(-1)?.codes, { releases: [FY2026], damaged: [] });
    await unknownCodes(on);
    await on.until('the status', () => statuses(on).at(-1)?.codes.damaged.length === 1);
    const [file] = statuses(on).at(-1)?.codes.damaged ?? [];
    assert.equal(file?.file, 'damaged.codes');
    assert.match(file.reason, /^The file is damaged/);
    assert.deepEqual(statuses(on).at(-1)?.codes.releases, []);
    await unknownCodes(on);
    await on.client.sendRequest('codingSpec/codes/catalogue');
    assert.equal(logged(on).filter((line) => line.startsWith('damaged.codes')).length, 1);
  });
});

describe('the requests for code sets', () => {
  const ENTRY = {
    ...FY2026,
    publisher: 'CDC',
    rows: 4,
    billable: 3,
    file: '/codes/icd-10-cm.FY2026.codes',
    bytes: 100,
  };

  it('and the commands of the same name answer alike', async () => {
    const list = { folders: [], releases: [{ ...ENTRY, place: 'user', used: true } as const], damaged: [] };
    const on = await start({ stored: stored([]), tools: { list: () => list } });
    assert.deepEqual(await on.client.sendRequest(codesRequests.releases), list);
    const command = { command: codesCommands.releases, arguments: [] };
    assert.deepEqual(await on.client.sendRequest('workspace/executeCommand', command), list);
    const { executeCommandProvider } = on.initialized.capabilities;
    assert.deepEqual(executeCommandProvider?.commands, Object.values(codesCommands));
    assert.equal(await on.client.sendRequest('workspace/executeCommand', { command: 'other' }), null);
  });

  it('install with progress, and what is installed answers at once', async () => {
    const codes: CodesUnderTest = {
      stored: stored([]),
      tools: {
        install: ({ source, folder, release }, progress) => {
          assert.deepEqual(
            { source, folder, release },
            { source: '/x/order.txt', folder: uriOf(''), release: 'FY2026' },
          );
          progress({ message: 'Downloading: 1 MB of 2 MB', percentage: 50 });
          progress({ message: 'Reading order.txt' });
          codes.stored = stored([fileOf()]);
          const releases = [{ ...ENTRY, replaced: false }];
          return Promise.resolve({ outcome: 'installed', releases, read: 4, refused: [], doubts: [] });
        },
      },
    };
    const on = await start(codes);
    for (const [i, ask] of [
      (params: object) => on.client.sendRequest(codesRequests.install, { ...params, workDoneToken: 't0' }),
      (params: object) =>
        on.client.sendRequest('workspace/executeCommand', {
          command: codesCommands.install,
          arguments: [params],
          workDoneToken: 't1',
        }),
    ].entries()) {
      codes.stored = stored([]);
      codes.changed?.();
      const progress: { kind: string; percentage?: number; message?: string }[] = [];
      on.client.onProgress(new ProgressType<(typeof progress)[number]>(), `t${String(i)}`, (report) => {
        progress.push(report);
      });
      const result = await ask({ source: ' /x/order.txt', folder: uriOf(''), release: 'FY2026', set: '' });
      assert.equal((result as { outcome: string }).outcome, 'installed');
      assert.deepEqual(
        progress.map(({ kind, percentage, message }) => [kind, percentage, message]),
        [
          ['begin', 0, undefined],
          ['report', 50, 'Downloading: 1 MB of 2 MB'],
          ['report', undefined, 'Reading order.txt'],
          ['end', undefined, undefined],
        ],
      );
      assert.equal((await unknownCodes(on)).length, 1);
    }
  });

  it('answer with a sentence to what makes no sense', async () => {
    const on = await start({ stored: stored([]) });
    for (const [params, sentence] of [
      [{}, /Say what to install/],
      [[], /Say what to install/],
      [{ source: 5 }, /Say what to install/],
      [{ source: '/x', from: 2026 }, /`from` must be text/],
      [{ source: '/x', folder: 'file:///elsewhere' }, /file:\/\/\/elsewhere is no folder of the workspace/],
      [{ source: '/x' }, /Nothing is installed in this test/],
    ] as const) {
      const result = await on.client.sendRequest('workspace/executeCommand', {
        command: codesCommands.install,
        arguments: [params],
      });
      assert.equal((result as { outcome: string }).outcome, 'failed');
      assert.match((result as { message: string }).message, sentence);
    }
    const removed = await on.client.sendRequest(codesRequests.remove, { files: [1] });
    assert.match((removed as { failed: { reason: string }[] }).failed[0]?.reason ?? '', /Say what to remove/);
  });

  it('remove, and what is removed answers no more', async () => {
    const codes: CodesUnderTest = {
      stored: stored([fileOf()]),
      tools: {
        remove: ({ files }) => {
          codes.stored = stored([]);
          return { removed: files, failed: [] };
        },
      },
    };
    const on = await start(codes);
    assert.equal((await unknownCodes(on)).length, 1);
    assert.deepEqual(await on.client.sendRequest(codesRequests.remove, { files: ['a'] }), {
      removed: ['a'],
      failed: [],
    });
    assert.deepEqual(await unknownCodes(on), []);
  });

  it('can be cancelled while they install', async () => {
    const on = await start({
      stored: stored([]),
      tools: {
        install: (_, _progress, token) =>
          new Promise((resolve) => {
            token.onCancellationRequested(() => {
              resolve({ outcome: 'failed', message: 'cancelled' });
            });
          }),
      },
    });
    const source = new CancellationTokenSource();
    const asked = on.client.sendRequest(codesRequests.install, { source: '/x' }, source.token);
    source.cancel();
    await assert.rejects(asked, (error: ResponseError) => error.code === -32800);
  });

  it('answer with a sentence, a status and a log entry after a fault of ours', async () => {
    const on = await start({
      stored: stored([]),
      tools: { install: () => Promise.reject(new Error('planted')) },
    });
    const result = await on.client.sendRequest(codesRequests.install, { source: '/x' });
    assert.match((result as { message: string }).message, /^Something went wrong in the program/);
    assert.ok(logged(on).some((line) => line.includes('planted')));
    assert.equal(statuses(on).at(-1)?.state, 'error');
  });
});

describe('the releases that answer for a file', () => {
  const next = { release: 'FY2027', effective: { from: date('2026-10-01'), to: date('2027-09-30') } };
  const sets = [
    fileOf(),
    fileOf(DIAGNOSES, next),
    fileOf(rowsOf('J0120 Injection'), { set: 'hcpcs', title: 'HCPCS', release: 's', starter: true }),
  ];
  it('are those of its dates of service, or of today where it has none', async () => {
    const on = await start({ stored: stored(sets) });
    const later = ENCOUNTER.replace('2026-03-02', '2026-11-02');
    const answers = {
      'e.encounter.yaml': [ENCOUNTER, ['ICD-10-CM FY2026']],
      'later.encounter.yaml': [later, ['ICD-10-CM FY2027']],
      'both.encounter.yaml': [`${ENCOUNTER}---\n${later}`, ['ICD-10-CM FY2026', 'ICD-10-CM FY2027']],
      'beyond.encounter.yaml': [
        ENCOUNTER.replace('2026-03-02', '2028-01-01'),
        ['ICD-10-CM FY2027 other days'],
      ],
      'x.policy.yaml': ['policy: x', ['ICD-10-CM FY2026']],
    } as const;
    for (const [name, [text, expected]] of Object.entries(answers)) {
      await on.open(name, text);
      const { releases }: { releases: AnsweringRelease[] } = await on.client.sendRequest(
        codesRequests.answering,
        { textDocument: { uri: uriOf(name) } },
      );
      assert.deepEqual(
        releases.map(
          ({ title, release, starter, forDate }) =>
            `${title} ${release}${starter ? ' starter' : ''}${forDate ? '' : ' other days'}`,
        ),
        ['HCPCS s starter', ...expected],
        name,
      );
    }
  });
});
