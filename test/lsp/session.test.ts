/** What happens between client and server: abilities, edits, files, folders, settings, cancellation and faults. */
import assert from 'node:assert/strict';
import { after, describe, it, type TestContext } from 'node:test';
import {
  CancellationTokenSource,
  type Diagnostic,
  type Hover,
  type ResponseError,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { Analysis } from '../../server/core/workspace/analysis.ts';
import { drugAdministration } from '../support/examples.ts';
import { serve, uriOf, type ServerUnderTest } from '../support/lsp.ts';
import { infusion } from '../cli/support.ts';
import type { StatusParams } from '../../server/protocol/status.ts';

const FAMILY = 'drug-administration.family.yaml';
const SPEC = 'specs/cpt-96365.spec.yaml';
const rules: Readonly<Record<string, string>> = Object.fromEntries(
  drugAdministration.map(({ path, text }) => [path.replace('examples/drug-administration/', ''), text]),
);
const textOf = (name: string): string => rules[name] ?? assert.fail(name);
const inLibrary = Object.fromEntries(Object.entries(rules).map(([name, text]) => [`library/${name}`, text]));

const started: ServerUnderTest[] = [];
async function start(...args: Parameters<typeof serve>): Promise<ServerUnderTest> {
  const server = await serve(...args);
  started.push(server);
  return server;
}
after(async () => {
  // What servers put off for a moment is sent before they are closed.
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const server of started) server.close();
});

const codesOf = (found: readonly Diagnostic[]): unknown[] =>
  found.map(({ code }) => code).filter((code) => code !== 'billing-lines');
const messageOf = (found: Diagnostic | undefined): string =>
  typeof found?.message === 'string' ? found.message : '';
const totalOf = (found: readonly Diagnostic[]): string =>
  found
    .map(messageOf)
    .find((message) => message.startsWith('Billing lines: '))
    ?.replace('Billing lines: ', '') ?? '';
const watched = (on: ServerUnderTest, ...uris: string[]): Promise<void> =>
  on.client.sendNotification('workspace/didChangeWatchedFiles', {
    changes: uris.map((uri) => ({ uri, type: 2 })),
  });
const close = (on: ServerUnderTest, uri: string): Promise<void> =>
  on.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
const count = (on: ServerUnderTest, method: string): number =>
  on.heard.filter((one) => one.method === method).length;
const statuses = (on: ServerUnderTest): StatusParams[] =>
  on.heard.filter(({ method }) => method === 'codingSpec/status').map(({ params }) => params as never);
/** Without what is only worth knowing. */
const mistakesIn = (found: readonly Diagnostic[]): unknown[] =>
  codesOf(found.filter(({ severity }) => (severity ?? 0) <= 2));

describe('initialize', () => {
  it('offers to be asked for diagnostics to clients that ask, and pushes to the others', async () => {
    const pulling = await start({});
    assert.deepEqual(pulling.initialized.capabilities.diagnosticProvider, {
      identifier: 'coding-spec',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    const pushing = await start({}, { capabilities: {} });
    const { capabilities, serverInfo } = pushing.initialized;
    assert.equal(capabilities.diagnosticProvider, undefined);
    assert.equal(serverInfo?.name, 'coding-spec');
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: true });
    assert.deepEqual(
      [
        capabilities.hoverProvider,
        Boolean(capabilities.completionProvider),
        Boolean(capabilities.inlayHintProvider),
        Boolean(capabilities.codeLensProvider),
        Boolean(capabilities.codeActionProvider),
      ],
      [true, true, true, true, true],
    );
  });

  it('asks for the settings and for news of files only where the client can', async () => {
    const able = await start({});
    const registered = able.heard
      .filter(({ method }) => method === 'client/registerCapability')
      .flatMap(({ params }) =>
        (params as { registrations: { method: string }[] }).registrations.map(({ method }) => method),
      );
    assert.deepEqual(registered.toSorted(), [
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
    assert.equal(count(able, 'workspace/configuration'), 1);
    const plain = await start({}, { capabilities: {} });
    assert.deepEqual(
      plain.heard.filter(
        ({ method }) => !['codingSpec/status', 'textDocument/publishDiagnostics'].includes(method),
      ),
      [],
    );
  });

  it('tells how it is doing, with the number of files and encounters', async () => {
    const on = await start({
      ...rules,
      ...inLibrary,
      'e.encounter.yaml': `${infusion(16)}---\n${infusion(95)}`,
    });
    assert.equal(statuses(on)[0]?.state, 'starting');
    const { codes, ...rest } = statuses(on).at(-1) ?? assert.fail();
    assert.deepEqual(rest, {
      state: 'ready',
      message: 'Billing lines are computed as you type',
      files: Object.keys(rules).length + 1,
      encounters: 2,
    });
    assert.deepEqual(codes.damaged, []);
    assert.ok(
      codes.releases.some(
        ({ title, starter, from }) => title === 'ICD-10-CM' && starter && from === undefined,
      ),
    );
  });
});

describe('edits', () => {
  it('stay in step over hundreds of changes of ranges, in CRLF and outside ASCII', async () => {
    const on = await start(rules);
    const name = 'e.encounter.yaml';
    let text = infusion(16).replace('ondansetron', '💊 Kochsalzlösung 生').replaceAll('\n', '\r\n');
    await on.open(name, text);
    const mirror = await start(rules);
    let version = 1000;
    for (let round = 0; round < 200; round++) {
      const length = [...'0123'].length + (round % 5);
      const from = (round * 7919) % Math.max(1, text.length - length);
      const insert = round % 3 === 0 ? '' : ['é\r\n', '💊', '  - {', 'x: y', '\r\n---\r\n'][round % 5];
      const range = { start: positionOf(text, from), end: positionOf(text, from + length) };
      // Positions inside a surrogate pair or a line end are nobody's to send.
      if (splits(text, from) || splits(text, from + length)) continue;
      text = text.slice(0, from) + (insert ?? '') + text.slice(from + length);
      await on.client.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(name), version: version++ },
        contentChanges: [{ range, text: insert ?? '' }],
      });
      if (round % 20 !== 0) continue;
      await mirror.open(name, text);
      assert.deepEqual(
        await on.diagnostics(name),
        await mirror.diagnostics(name),
        `after ${String(round)} edits`,
      );
      await close(mirror, uriOf(name));
    }
  });

  it('take several changes of one notification in their order', async () => {
    const on = await start(rules);
    await on.open('e.encounter.yaml', infusion(16));
    const at = (line: number, from: number, to: number) => ({
      start: { line, character: from },
      end: { line, character: to },
    });
    const line = infusion(16).split('\n')[8] ?? '';
    const minutes = line.indexOf('16');
    await on.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf('e.encounter.yaml'), version: 9 },
      contentChanges: [
        { range: at(0, 0, 0), text: '# a line before\n' },
        { range: at(9, minutes, minutes + 2), text: '9' },
        { range: at(9, minutes + 1, minutes + 1), text: '5' },
      ],
    });
    assert.equal(totalOf(await on.diagnostics('e.encounter.yaml')), '96365 × 1, 96366 × 1');
  });

  it('win over what is on disk until the file is closed', async () => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(16) });
    await on.open('e.encounter.yaml', infusion(95));
    on.files.set(uriOf('e.encounter.yaml'), { text: infusion(160) });
    await watched(on, uriOf('e.encounter.yaml'));
    assert.equal(totalOf(await on.diagnostics('e.encounter.yaml')), '96365 × 1, 96366 × 1');
    on.files.delete(uriOf('e.encounter.yaml'));
    await watched(on, uriOf('e.encounter.yaml'));
    assert.equal(
      totalOf(await on.diagnostics('e.encounter.yaml')),
      '96365 × 1, 96366 × 1',
      'deleted on disk, open in the editor',
    );
    on.files.set(uriOf('e.encounter.yaml'), { text: infusion(160) });
    await close(on, uriOf('e.encounter.yaml'));
    await on.until(
      'what is on disk',
      async () => totalOf(await on.diagnostics('e.encounter.yaml')) === '96365 × 1, 96366 × 2',
    );
  });

  it('of a comment ask nobody to look again at an encounter, and those of a rule do once', async () => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(16) });
    await on.open('e.encounter.yaml', infusion(16));
    await on.open(SPEC, textOf(SPEC));
    await on.until('the refresh', () => count(on, 'workspace/diagnostic/refresh') > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = count(on, 'workspace/diagnostic/refresh');
    for (const minutes of [17, 18, 19]) await on.change('e.encounter.yaml', infusion(minutes));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(count(on, 'workspace/diagnostic/refresh'), before, 'an encounter changes nothing elsewhere');
    const edits = Array.from({ length: 12 }, (_, i) =>
      textOf(SPEC).replace('16 min', `${String(17 + i)} min`),
    );
    await Promise.all(edits.map((text) => on.change(SPEC, text)));
    await on.until('the refresh', () => count(on, 'workspace/diagnostic/refresh') > before);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(
      count(on, 'workspace/diagnostic/refresh') < before + edits.length / 2,
      'a burst of edits is not a burst of refreshes',
    );
    assert.deepEqual(
      ['workspace/inlayHint/refresh', 'workspace/codeLens/refresh'].map((method) => count(on, method) > 0),
      [true, true],
    );
  });

  it('empty what a client without pull shows when a file is closed', async () => {
    const on = await start(rules, { capabilities: {} });
    await on.open('e.encounter.yaml', infusion(16));
    const pushed = () =>
      on.heard
        .filter(({ method }) => method === 'textDocument/publishDiagnostics')
        .map(({ params }) => (params as { diagnostics: unknown[] }).diagnostics.length);
    await on.until('diagnostics', () => (pushed().at(-1) ?? 0) > 0);
    await close(on, uriOf('e.encounter.yaml'));
    await on.until('none', () => pushed().at(-1) === 0);
  });
});

describe('files and folders', () => {
  it('that cannot be read are a diagnostic', async () => {
    const on = await start({ 'e.encounter.yaml': infusion(16) });
    on.files.set(uriOf('e.encounter.yaml'), { unreadable: 'The file is not UTF-8 text' });
    await watched(on, uriOf('e.encounter.yaml'));
    await on.until('the diagnostic', async () =>
      codesOf(await on.diagnostics('e.encounter.yaml')).includes('not-text'),
    );
  });

  it('that nobody knows have no diagnostics, no hover and no completion', async () => {
    const on = await start(rules);
    const at = { textDocument: { uri: uriOf('nowhere.spec.yaml') }, position: { line: 3, character: 3 } };
    assert.deepEqual(await on.diagnostics('nowhere.spec.yaml'), []);
    assert.equal(await on.client.sendRequest('textDocument/hover', at), null);
    assert.deepEqual(await on.client.sendRequest('textDocument/completion', at), {
      isIncomplete: false,
      items: [],
    });
    assert.equal(statuses(on).at(-1)?.state, 'ready');
  });

  it('that change in a folder which is not searched stay out of the workspace', async () => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(16) });
    const stray = uriOf('node_modules/package/cpt-96365.spec.yaml');
    on.files.set(stray, { text: textOf(SPEC) });
    await watched(on, stray, uriOf('e.encounter.yaml'));
    assert.deepEqual(mistakesIn(await on.diagnostics(SPEC)), [], 'no second version of the code');
    assert.equal(statuses(on).at(-1)?.files, Object.keys(rules).length + 1);
  });

  it('from outside the workspace are forgotten when they are closed', async () => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(16) });
    const elsewhere = 'file:///elsewhere/other.spec.yaml';
    on.files.set(elsewhere, { text: textOf(SPEC) });
    const open = { uri: elsewhere, languageId: 'yaml', version: 1, text: textOf(SPEC) };
    await on.client.sendNotification('textDocument/didOpen', { textDocument: open });
    assert.deepEqual(mistakesIn(await on.diagnostics(SPEC)), ['overlapping-versions']);
    await close(on, elsewhere);
    await on.until('peace', async () => mistakesIn(await on.diagnostics(SPEC)).length === 0);
  });

  it('are looked at together while nobody types, for clauses that no encounter tests', async () => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(95) });
    const isRemarked = async (): Promise<boolean> =>
      codesOf(await on.diagnostics(SPEC)).includes('not-exercised');
    await on.until('the remark', isRemarked);
    on.files.set(uriOf('e.encounter.yaml'), { text: 'encounter: [' });
    await watched(on, uriOf('e.encounter.yaml'));
    await on.until('no code that is billed', async () => !(await isRemarked()));
  });

  it('come and go with the folders of the workspace', async () => {
    const on = await start({ ...rules });
    on.files.set('file:///second/e.encounter.yaml', { text: infusion(95) });
    const change = (added: string[], removed: string[]) =>
      on.client.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: {
          added: added.map((uri) => ({ uri, name: uri })),
          removed: removed.map((uri) => ({ uri, name: uri })),
        },
      });
    await change(['file:///second'], []);
    await on.until('the second folder', () => statuses(on).at(-1)?.encounters === 1);
    await change([], ['file:///second']);
    await on.until('the first alone', () => statuses(on).at(-1)?.encounters === 0);
    assert.equal(statuses(on).at(-1)?.files, Object.keys(rules).length);
  });

  it('are of several folders from the beginning, whose rules count for all of them', async () => {
    const on = await start(rules, {
      folders: ['file:///second', 'memfs:///third'],
      others: {
        'file:///second/e.encounter.yaml': infusion(95),
        'memfs:///third/e.encounter.yaml': infusion(95),
      },
    });
    assert.equal(statuses(on).at(-1)?.encounters, 2);
    for (const uri of ['file:///second/e.encounter.yaml', 'memfs:///third/e.encounter.yaml']) {
      const { items }: { items: Diagnostic[] } = await on.client.sendRequest('textDocument/diagnostic', {
        textDocument: { uri },
      });
      assert.equal(totalOf(items), '96365 × 1, 96366 × 1');
    }
  });

  it('are all reported when asked for the workspace, and as empty when they are gone', async () => {
    const on = await start({
      ...rules,
      'e.encounter.yaml': infusion(16),
      'gone.encounter.yaml': 'encounter: [',
    });
    const ask = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> =>
      on.client.sendRequest('workspace/diagnostic', { previousResultIds });
    const first = await ask([]);
    assert.equal(first.items.length, Object.keys(rules).length + 2);
    assert.ok(first.items.every(({ kind }) => kind === 'full'));
    const previous = first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    on.files.delete(uriOf('gone.encounter.yaml'));
    await watched(on, uriOf('gone.encounter.yaml'));
    const second = await ask(previous);
    const kinds = new Map(
      second.items.map((item) => [item.uri, item.kind === 'full' ? item.items.length : item.kind]),
    );
    assert.equal(kinds.get(uriOf('gone.encounter.yaml')), 0);
    assert.equal(kinds.get(uriOf('e.encounter.yaml')), 'unchanged');
  });
});

describe('a workspace that takes long to read', () => {
  const capabilities = { window: { workDoneProgress: true }, textDocument: { diagnostic: {} } };
  const files = { 'a.encounter.yaml': infusion(95), 'b.encounter.yaml': infusion(16) };
  const CREATE = 'window/workDoneProgress/create';
  type Shown = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

  async function held(
    options: Parameters<typeof serve>[1] = { capabilities },
  ): Promise<{ on: ServerUnderTest; shown: Shown[]; release: () => void }> {
    let release: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    const on = await start(files, { ...options, held: waiting });
    const shown: Shown[] = [];
    on.client.onUnhandledProgress(({ value }) => shown.push(value as Shown));
    return { on, shown, release };
  }

  it('says so, with the number of files, until it is read', async () => {
    const { on, shown, release } = await held();
    await on.until('the progress', () => shown.length > 0);
    assert.deepEqual(shown[0], {
      kind: 'begin',
      title: 'Reading the workspace',
      message: '1 file',
      cancellable: true,
    });
    release();
    await on.until('its end', () => shown.at(-1)?.kind === 'end');
    await on.until('the workspace', () => statuses(on).at(-1)?.state === 'ready');
    assert.equal(statuses(on).at(-1)?.encounters, 2);
  });

  it('may be cancelled; the status says what was read, and what is there is answered', async () => {
    const { on, shown } = await held();
    await on.until('the progress', () => shown.length > 0);
    const { params } = on.heard.find(({ method }) => method === CREATE) ?? assert.fail('no progress');
    await on.client.sendNotification('window/workDoneProgress/cancel', params as object);
    await on.until('the end', () => statuses(on).at(-1)?.state === 'error');
    const { message, encounters } = statuses(on).at(-1) ?? assert.fail('no status');
    assert.match(message, /^Reading the workspace was cancelled after 1 file, so /);
    assert.equal(encounters, 1);
    await on.until('the end of the progress', () => shown.at(-1)?.kind === 'end');
    assert.ok((await on.diagnostics('a.encounter.yaml')).length > 0);
    assert.deepEqual(await on.diagnostics('b.encounter.yaml'), []);
  });

  it('is read without a word to a client that shows no progress', async () => {
    const { on, release } = await held({ capabilities: { textDocument: { diagnostic: {} } } });
    await new Promise((resolve) => setTimeout(resolve, 600));
    release();
    await on.until('the workspace', () => statuses(on).at(-1)?.state === 'ready');
    assert.equal(count(on, CREATE), 0);
  });
});

describe('the library', () => {
  it('stays the library when one of its files is opened, looked at and closed', async () => {
    const on = await start({ ...inLibrary, 'e.encounter.yaml': infusion(95) });
    const lines = async (): Promise<string> => totalOf(await on.diagnostics('e.encounter.yaml'));
    assert.equal(await lines(), '96365 × 1, 96366 × 1');
    const uri = `file:///library/${FAMILY}`;
    await on.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text: textOf(FAMILY) },
    });
    assert.equal(await lines(), '96365 × 1, 96366 × 1', 'its family is open');
    await close(on, uri);
    assert.equal(await lines(), '96365 × 1, 96366 × 1', 'its family is closed again');
    assert.equal(statuses(on).at(-1)?.files, 1, 'the library is not counted as the workspace');
  });

  it('comes and goes with its setting', async () => {
    const on = await start({ ...inLibrary, 'e.encounter.yaml': infusion(95) });
    const set = async (enabled: boolean): Promise<void> => {
      Object.assign(on.settings, { library: { enabled } });
      await on.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    };
    await set(false);
    await on.until('no library', async () =>
      codesOf(await on.diagnostics('e.encounter.yaml')).includes('not-covered'),
    );
    await set(true);
    await on.until(
      'the library',
      async () => totalOf(await on.diagnostics('e.encounter.yaml')) === '96365 × 1, 96366 × 1',
    );
  });
});

describe('settings', () => {
  it('change severities and how lines are shown while the server runs', async () => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(16, 'expect: []\n') });
    const severities = async (): Promise<string[]> =>
      (await on.diagnostics('e.encounter.yaml')).map(
        ({ code, severity }) => `${String(code)} ${String(severity)}`,
      );
    assert.deepEqual(await severities(), ['expectation-mismatch 1', 'billing-lines 3', 'billing-lines 3']);
    Object.assign(on.settings, {
      rules: { severity: { 'expectation-mismatch': 'hint' } },
      lines: { show: 'off' },
    });
    await on.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await on.until('a hint alone', async () => (await severities()).join() === 'expectation-mismatch 4');
  });

  it('come with the notification from clients that cannot be asked', async () => {
    const on = await start({ ...rules }, { capabilities: { textDocument: { diagnostic: {} } } });
    await on.open('e.encounter.yaml', infusion(16));
    await on.client.sendNotification('workspace/didChangeConfiguration', {
      settings: { codingSpec: { lines: { show: 'off' } } },
    });
    await on.until('no lines', async () => (await on.diagnostics('e.encounter.yaml')).length === 0);
  });

  it('that make no sense are logged and left out', async () => {
    const on = await start(
      { ...rules },
      {
        settings: {
          lines: { show: 'neon' },
          rules: { severity: { 'no-such-rule': 'off', 'unknown-key': 'loud' } },
          library: 7,
        },
      },
    );
    const logged = on.heard
      .filter(({ method }) => method === 'window/logMessage')
      .map(({ params }) => (params as { message: string }).message);
    for (const words of ['"neon"', 'no-such-rule', 'loud'])
      assert.ok(
        logged.some((message) => message.includes(words)),
        `${words} in\n${logged.join('\n')}`,
      );
    assert.equal(statuses(on).at(-1)?.state, 'ready');
  });
});

describe('cancellation', () => {
  const cancelled = (error: ResponseError<void>): boolean => error.code === -32800;

  it('answers that the request was cancelled, while it waits for news', async () => {
    const on = await start({ ...rules });
    await on.client.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    const source = new CancellationTokenSource();
    const waiting: Promise<unknown> = on.client.sendRequest(
      'workspace/diagnostic',
      { previousResultIds: [] },
      source.token,
    );
    setTimeout(() => {
      source.cancel();
    }, 50);
    await assert.rejects(waiting, cancelled);
  });

  it('answers so in the middle of a long answer, and goes on serving', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`e${String(i)}.encounter.yaml`, infusion(16 + i)]),
    );
    const on = await start({ ...rules, ...many });
    const source = new CancellationTokenSource();
    const long: Promise<unknown> = on.client.sendRequest(
      'workspace/diagnostic',
      { previousResultIds: [] },
      source.token,
    );
    setTimeout(() => {
      source.cancel();
    }, 5);
    await assert.rejects(long, cancelled);
    assert.equal(totalOf(await on.diagnostics('e79.encounter.yaml')), '96365 × 1, 96366 × 1');
    assert.equal(statuses(on).at(-1)?.state, 'ready', 'a cancellation is no fault');
  });

  it('is not needed for an answer while a large file is checked, and what is typed meanwhile counts', async () => {
    const others = Array.from({ length: 1_500 }, (_, i) => infusion(16 + (i % 10)));
    const textWith = (minutes: number): string => [infusion(minutes), ...others].join('---\n');
    const on = await start({ ...rules });
    const name = 'big.encounter.yaml';
    await on.open(name, textWith(16));
    const answered: string[] = [];
    const checked = on.diagnostics(name).finally(() => answered.push('diagnostics'));
    const hover: Promise<unknown> = on.client.sendRequest('textDocument/hover', {
      textDocument: { uri: uriOf(SPEC) },
      position: { line: 0, character: 8 },
    });
    await hover.finally(() => answered.push('hover'));
    await on.change(name, textWith(95));
    const total = totalOf(await checked);
    assert.deepEqual(
      { answered, total },
      { answered: ['hover', 'diagnostics'], total: '96365 × 1, 96366 × 1' },
    );
  });

  it('answers so before the work', async () => {
    const on = await start({ ...rules });
    const answers = Array.from({ length: 5 }, async () => {
      const source = new CancellationTokenSource();
      const asked: Promise<unknown> = on.client.sendRequest(
        'textDocument/hover',
        { textDocument: { uri: uriOf(SPEC) }, position: { line: 0, character: 8 } },
        source.token,
      );
      source.cancel();
      return asked.then(
        () => 'answered',
        (error: unknown) => (error as ResponseError<void>).code,
      );
    });
    for (const answer of await Promise.all(answers)) assert.equal(answer, -32800);
  });
});

describe('faults of ours', () => {
  const plant = (t: TestContext, method: 'rules' | 'documentAt'): { restore: () => void } =>
    t.mock.method(Analysis.prototype, method, () => {
      throw new Error('planted fault');
    }).mock;
  const logged = (on: ServerUnderTest): string =>
    on.heard
      .filter(({ method }) => method === 'window/logMessage')
      .map(({ params }) => (params as { message: string }).message)
      .join('\n');

  it('in diagnostics are a diagnostic of the file, a status and a log entry with the stack', async (t) => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(16) });
    const planted = plant(t, 'rules');
    const found = await on.diagnostics('e.encounter.yaml').finally(() => {
      planted.restore();
    });
    assert.deepEqual(
      found.map(({ code, severity }) => [code, severity]),
      [['internal-error', 1]],
    );
    assert.match(messageOf(found[0]), /planted fault/);
    await on.until('the log', () =>
      /Internal error in the diagnostics of .*e\.encounter\.yaml.*planted fault.*\n\s+at /s.test(logged(on)),
    );
    await on.until('the status', () => statuses(on).at(-1)?.state === 'error');
    assert.deepEqual(
      codesOf(await on.diagnostics('e.encounter.yaml')),
      [],
      'afterwards the file is checked again',
    );
  });

  it('in a request are answered with nothing, a status and a log entry, and the server lives on', async (t) => {
    const on = await start({ ...rules, 'e.encounter.yaml': infusion(16) });
    const planted = plant(t, 'documentAt');
    const ask = (): Promise<Hover | null> =>
      on.client.sendRequest('textDocument/hover', {
        textDocument: { uri: uriOf('e.encounter.yaml') },
        position: { line: 0, character: 2 },
      });
    assert.equal(await ask(), null);
    planted.restore();
    await on.until('the log', () => /Internal error in hover: Error: planted fault\n\s+at /.test(logged(on)));
    await on.until('the status', () => statuses(on).at(-1)?.state === 'error');
    assert.notEqual(await ask(), null);
  });
});

function positionOf(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function splits(text: string, offset: number): boolean {
  const [before = '', after = ''] = [text[offset - 1], text[offset]];
  return (
    (before === '\r' && after === '\n') || (/[\uD800-\uDBFF]/.test(before) && /[\uDC00-\uDFFF]/.test(after))
  );
}

describe('while the rules are read', () => {
  it('waits with diagnostics, so that no encounter seems to have no lines', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const text = `${infusion(95)}expect:\n  - {code: "96365"}\n  - {code: "96366"}\n`;
    const server = await start({ ...rules, 'a.encounter.yaml': text }, { held });
    await server.open('a.encounter.yaml', text);
    const asked = server.diagnostics('a.encounter.yaml');
    const first = await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 50, 'waits'))]);
    assert.equal(first, 'waits');
    release();
    assert.deepEqual(codesOf(await asked), []);
  });
});
