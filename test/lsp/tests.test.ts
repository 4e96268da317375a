/** Encounters as tests, asked for as an editor's list of tests asks: files, their tests, runs, and news of changes. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { CancellationTokenSource, ProgressType, type ResponseError } from 'vscode-languageserver/node';
import {
  coverageDetailsRequest,
  coverageRequest,
  listTestsRequest,
  runTestsRequest,
  testFilesRequest,
  testsChangedNotification,
  type FileCoverage,
  type FileCoverageDetails,
  type RunTests,
  type TestFiles,
  type TestResult,
  type TestsChanged,
  type TestsOfFile,
} from '../../server/protocol/tests.ts';
import { drugRules, infusion } from '../cli/support.ts';
import { serve, uriOf, type ServerUnderTest } from '../support/lsp.ts';

const rules = drugRules();
const SPEC = 'specs/cpt-96365.spec.yaml';
const hours = (...codes: string[]): string =>
  `expect:\n${codes.map((code) => `  - {code: "${code}"}\n`).join('')}`;
const CONTESTED =
  'source: {publisher: Alpha, title: An answer}\nstanding: contested\nreading: As it is read here.\n';

/** One that agrees, one that differs, one that says nothing, and one that cannot be read. */
const MIXED = [
  infusion(60, hours('96365')),
  infusion(95, hours('96365') + CONTESTED),
  infusion(30),
  `encounter: torn\ndate: 2026-03-02\nexpect: [`,
].join('---\n');

const started: ServerUnderTest[] = [];
async function start(documents: Readonly<Record<string, string>>): Promise<ServerUnderTest> {
  const server = await serve({ ...rules, ...documents });
  started.push(server);
  return server;
}
after(async () => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const server of started) server.close();
});

const filesOf = async (on: ServerUnderTest): Promise<readonly string[]> =>
  (await on.client.sendRequest<TestFiles>(testFilesRequest, null)).files;
const testsOf = async (on: ServerUnderTest, name: string): Promise<TestsOfFile['tests']> => {
  const [listed] = await on.client.sendRequest<TestsOfFile[]>(listTestsRequest, { files: [uriOf(name)] });
  return listed?.tests ?? assert.fail(`nothing is said of ${name}`);
};
const run = (on: ServerUnderTest, name: string, tests?: string[]): Promise<TestResult[]> =>
  on.client.sendRequest(runTestsRequest, { files: [{ uri: uriOf(name), ...(tests && { tests }) }] });
const statusOf = (results: readonly TestResult[]): Record<string, string> =>
  Object.fromEntries(results.map(({ id, status }) => [id, status]));
const news = (on: ServerUnderTest): TestsChanged[] =>
  on.heard
    .filter(({ method }) => method === testsChangedNotification)
    .map(({ params }) => params as TestsChanged);

describe('the tests of a workspace', () => {
  it('are in the files whose encounters expect something', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED, 'b.encounter.yaml': infusion(60) });
    assert.deepEqual(await filesOf(on), [uriOf('a.encounter.yaml')]);
  });

  it('are called as their encounters are, with who published the answer and how sure it is', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    assert.deepEqual(
      (await testsOf(on, 'a.encounter.yaml')).map(({ id, description, range }) => [
        id,
        description,
        range.start.line,
      ]),
      [
        ['infusion-of-60-minutes', undefined, 0],
        ['infusion-of-95-minutes', 'Alpha, contested', 12],
        ['torn', undefined, 37],
      ],
    );
    assert.deepEqual(await testsOf(on, 'gone.encounter.yaml'), []);
  });

  it('have names of their own where encounters share one', async () => {
    const on = await start({ 'a.encounter.yaml': `${infusion(60, hours())}---\n${infusion(60, hours())}` });
    assert.deepEqual(
      (await testsOf(on, 'a.encounter.yaml')).map(({ id }) => id),
      ['infusion-of-60-minutes', 'infusion-of-60-minutes (2)'],
    );
  });
});

describe('a run', () => {
  it('tells what agrees, what differs with the lines side by side, and what cannot be read', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    const results = await run(on, 'a.encounter.yaml');
    assert.deepEqual(statusOf(results), {
      'infusion-of-60-minutes': 'agrees',
      'infusion-of-95-minutes': 'differs',
      torn: 'errored',
    });
    const [agreeing, differing, torn] = results.map(({ failure }) => failure);
    assert.equal(agreeing, undefined);
    assert.deepEqual(differing?.messages, ['96366 was not expected']);
    assert.deepEqual(differing.expected, ['96365 × 1']);
    assert.deepEqual(differing.computed, ['96365 × 1', '96366 × 1']);
    assert.equal(differing.range.start.line, 21, 'no expected line differs, so it is the key');
    const [clue] = differing.clues;
    assert.match(clue?.sentence ?? '', /96366 reports/);
    assert.equal(clue?.location?.uri, uriOf('specs/cpt-96366.spec.yaml'));
    assert.match(torn?.messages[0] ?? '', /./);
    assert.equal(torn?.expected, undefined);
  });

  it('points to the first expected line that differs, with the reason why it is missing', async () => {
    const on = await start({ 'a.encounter.yaml': infusion(60, hours('96365', '96366')) });
    const [result] = await run(on, 'a.encounter.yaml');
    assert.deepEqual(result?.failure?.messages, ['96366 is missing']);
    assert.equal(result.failure.range.start.line, 11);
    assert.match(result.failure.clues[0]?.sentence ?? '', /96366 not reported for ondansetron/);
  });

  it('shows units that differ, and modifiers only where they are compared', async () => {
    const text = infusion(60, 'expect:\n  - {code: "96365", units: 2, modifiers: ["59"]}\n');
    const on = await start({ 'a.encounter.yaml': text, 'b.encounter.yaml': infusion(60, 'expect: []\n') });
    const [own] = await run(on, 'a.encounter.yaml');
    assert.deepEqual(own?.failure?.expected, ['96365-59 × 2']);
    assert.deepEqual(own.failure.computed, ['96365 × 1']);
    const [none] = await run(on, 'b.encounter.yaml');
    assert.deepEqual(none?.failure?.expected, []);
    assert.deepEqual(none.failure.computed, ['96365 × 1']);
  });

  it('takes some tests of a file, and says of those that are gone that they are', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    assert.deepEqual(statusOf(await run(on, 'a.encounter.yaml', ['infusion-of-60-minutes', 'no-such'])), {
      'infusion-of-60-minutes': 'agrees',
      'no-such': 'gone',
    });
  });

  it('runs what the editor holds, saved or not', async () => {
    const on = await start({ 'a.encounter.yaml': infusion(60, hours('96365')) });
    await on.open('a.encounter.yaml', infusion(60, hours('96366')));
    assert.deepEqual(statusOf(await run(on, 'a.encounter.yaml')), { 'infusion-of-60-minutes': 'differs' });
    await on.open(SPEC, (rules[SPEC] ?? '').replace('at_least: 16 min', 'at_least: 61 min'));
    const [result] = await run(on, 'a.encounter.yaml');
    assert.deepEqual(result?.failure?.computed, []);
  });

  it('sends results as they come, and ends when it is cancelled', async () => {
    const many = Array.from({ length: 400 }, (_, i) =>
      infusion(60 + i, hours('96365')).replace(/^encounter: .*/, `encounter: case-${String(i)}`),
    ).join('---\n');
    const documents = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`many/${String(i)}.encounter.yaml`, many]),
    );
    const on = await start(documents);
    const files = Object.keys(documents).map((name) => ({ uri: uriOf(name) }));
    const cancel = new CancellationTokenSource();
    let came = 0;
    let batches = 0;
    on.client.onProgress(new ProgressType<TestResult[]>(), 'some', (results) => {
      came += results.length;
      batches++;
      cancel.cancel();
    });
    const params: RunTests = { files, partialResultToken: 'some' };
    await assert.rejects(
      on.client.sendRequest(runTestsRequest, params, cancel.token),
      ({ code }: ResponseError) => code === -32800,
    );
    assert.ok(came > 0 && came < 8000, `${String(came)} results came before the end`);
    assert.ok(batches < came, 'they came in batches');
  });

  it('answers with all results where the client does not follow them', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    let came = 0;
    on.client.onProgress(new ProgressType<TestResult[]>(), 'all', (results) => {
      came += results.length;
    });
    const rest = await on.client.sendRequest<TestResult[]>(runTestsRequest, {
      files: [{ uri: uriOf('a.encounter.yaml') }],
      partialResultToken: 'all',
    });
    assert.deepEqual([came, rest.length], [3, 0]);
  });
});

describe('news of tests', () => {
  it('come to a client that has asked for tests, and to no other', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    await on.open('a.encounter.yaml', infusion(60, hours('96365')));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(news(on), []);
    await filesOf(on);
    await on.change('a.encounter.yaml', infusion(61, hours('96365')));
    await on.until('news', () => news(on).length > 0);
    assert.deepEqual(news(on), [
      { files: [{ uri: uriOf('a.encounter.yaml'), hasTests: true }], rules: false },
    ]);
  });

  it('tell of rules, of files that have no tests any more, and of new ones on disk', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    await filesOf(on);
    await on.open(SPEC, (rules[SPEC] ?? '').replace('at_least: 16 min', 'at_least: 20 min'));
    await on.until('news of rules', () => news(on).some((one) => one.rules));
    on.files.delete(uriOf('a.encounter.yaml'));
    on.files.set(uriOf('new.encounter.yaml'), { text: MIXED });
    await on.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: uriOf('a.encounter.yaml'), type: 3 },
        { uri: uriOf('new.encounter.yaml'), type: 1 },
      ],
    });
    await on.until('news of files', () => news(on).some(({ files }) => files.length === 2));
    assert.deepEqual(news(on).at(-1), {
      files: [
        { uri: uriOf('a.encounter.yaml'), hasTests: false },
        { uri: uriOf('new.encounter.yaml'), hasTests: true },
      ],
      rules: false,
    });
  });
});

describe('coverage of a run', () => {
  const cover = async (on: ServerUnderTest, run: string, ...tests: string[]): Promise<FileCoverage[]> => {
    await on.client.sendRequest(runTestsRequest, {
      files: [{ uri: uriOf('a.encounter.yaml'), ...(tests.length > 0 && { tests }) }],
      coverage: run,
    });
    return on.client.sendRequest(coverageRequest, { run });
  };
  const details = (on: ServerUnderTest, run: string, uri: string): Promise<FileCoverageDetails> =>
    on.client.sendRequest(coverageDetailsRequest, { run, uri });

  it('is told by file, and clause by clause on request, with the answers of conditions', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    const files = await cover(on, 'one', 'infusion-of-60-minutes');
    assert.deepEqual(
      files.map(({ uri }) => uri),
      Object.keys(rules).map(uriOf).sort(),
    );
    const spec = files.find(({ uri }) => uri === uriOf(SPEC));
    assert.deepEqual(spec?.documents, { covered: 1, total: 1 });
    assert.ok(spec.clauses.covered > 0 && spec.clauses.covered < spec.clauses.total);
    const { documents, clauses } = await details(on, 'one', uriOf(SPEC));
    assert.deepEqual(
      documents.map(({ name, encounters }) => [name, encounters]),
      [['96365', 1]],
    );
    const line = (rules[SPEC] ?? '').split('\n').findIndex((text) => text.startsWith('time:'));
    const time = clauses.find(({ range }) => range.start.line === line);
    assert.deepEqual([time?.encounters, time?.answers], [1, { yes: 1, no: 0, unknown: 0 }]);
    assert.equal(clauses.length, spec.clauses.total);
  });

  it('adds up requests of one name, and keeps runs apart', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    await cover(on, 'two', 'infusion-of-60-minutes');
    await cover(on, 'two', 'infusion-of-95-minutes');
    await cover(on, 'three', 'infusion-of-95-minutes');
    const documents = async (run: string): Promise<unknown> =>
      (await details(on, run, uriOf(SPEC))).documents.map(({ encounters }) => encounters);
    assert.deepEqual([await documents('two'), await documents('three')], [[2], [1]]);
  });

  it('is of the text as it was run, and is forgotten after some more runs', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    await cover(on, 'first');
    const before = await details(on, 'first', uriOf(SPEC));
    await on.open(SPEC, `# one line more\n${rules[SPEC] ?? ''}`);
    assert.deepEqual(await details(on, 'first', uriOf(SPEC)), before);
    for (const run of ['b', 'c', 'd', 'e', 'f']) await cover(on, run);
    assert.deepEqual(await details(on, 'first', uriOf(SPEC)), { documents: [], clauses: [] });
    assert.deepEqual(await on.client.sendRequest(coverageRequest, { run: 'first' }), []);
  });

  it('is not measured where nobody asks for it', async () => {
    const on = await start({ 'a.encounter.yaml': MIXED });
    await run(on, 'a.encounter.yaml');
    assert.deepEqual(await on.client.sendRequest(coverageRequest, { run: '' }), []);
  });
});
