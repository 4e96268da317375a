/**
 * Encounters in the Test Explorer: what is listed, what runs and runs again, how a failure is shown, and coverage of clauses.
 * Tests are listed and started as VS Code's own features do it; how they ended is asked of the extension.
 */
import assert from 'node:assert/strict';
import type {} from 'mocha';
import * as vscode from 'vscode';
import type { Api, EndedRun } from '../../../client/api.ts';
import { closeAll, open, rangeOf, typeOver, until } from './editor.ts';

const durations = 'encounters/durations.encounter.yaml';
const specification = 'specs/cpt-96365.spec.yaml';
/** The groups of run profiles, as VS Code numbers them. */
const RUN = 2;
const COVERAGE = 8;

/** The way to each test of a file through the tree, as VS Code has it. */
const pathsIn = async ({ uri }: vscode.TextDocument): Promise<readonly string[][]> =>
  (await vscode.commands.executeCommand<string[][]>('vscode.testing.getTestsInFile', uri)).filter((path) =>
    path.includes(uri.toString()),
  );

const isTest = (path: readonly string[]): boolean => path.at(-2)?.endsWith('.yaml') === true;

/** The tests of an open document, once there are any. */
const testsIn = (document: vscode.TextDocument): Promise<readonly string[][]> =>
  until('tests of the file', async () => {
    const found = (await pathsIn(document)).filter(isTest);
    return found.length > 0 ? found : undefined;
  });

/** Runs one item of the tree and answers with the run's end. */
async function runOf(group: number, path: readonly string[]): Promise<EndedRun> {
  const ended = nextRun();
  await vscode.commands.executeCommand('vscode.runTestsById', group, path.join('\0'));
  return ended();
}

/** Listens for the end of a run that is as wanted, from now on. */
function nextRun(isWanted: (run: EndedRun) => boolean = () => true): () => Promise<EndedRun> {
  const api = vscode.extensions.getExtension<Api>('coding-spec.coding-spec')?.exports;
  assert.ok(api, 'the extension is active');
  let ended: EndedRun | undefined;
  const listening = api.onDidRunTests((run) => {
    if (isWanted(run)) ended ??= run;
  });
  return async () => {
    try {
      return await until('the end of the run', () => ended);
    } finally {
      listening.dispose();
    }
  };
}

const outcomes = ({ tests }: EndedRun): Record<string, string> =>
  Object.fromEntries(tests.map(({ test, outcome }) => [test.id, outcome]));

describe('Coding Spec in the Test Explorer', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('testing.stopContinuousRun');
    await closeAll();
  });

  it('lists the encounters of a file below its folders', async () => {
    const { document } = await open(durations);
    const [path] = await testsIn(document);
    assert.ok(path);
    assert.deepEqual(
      [path.at(0), path.at(-3)?.endsWith('/drug-administration/encounters/'), path.at(-2)],
      ['codingSpec', true, document.uri.toString()],
    );
    assert.match(path.at(-1) ?? '', /^infusion-of-/u);
  });

  it('runs a whole file, and every encounter agrees', async () => {
    const { document } = await open(durations);
    const tests = await testsIn(document);
    const run = await runOf(RUN, tests[0]?.slice(0, -1) ?? []);
    assert.equal(run.tests.length, tests.length);
    assert.deepEqual(new Set(Object.values(outcomes(run))), new Set(['passed']));
    assert.deepEqual(run.coverage, []);
  });

  it('shows the expected and the computed lines of a failure side by side, with the clause behind it', async () => {
    const editor = await open(durations);
    const path = (await testsIn(editor.document)).find((own) => own.at(-1) === 'infusion-of-16-minutes');
    const range = rangeOf(
      editor.document,
      /(?<=encounter: infusion-of-16-minutes[^]*?expect:[^]*?code: ")96365/u,
    );
    await typeOver(editor, /(?<=encounter: infusion-of-16-minutes[^]*?expect:[^]*?code: ")96365/u, '96367');
    const run = await runOf(RUN, path ?? []);
    assert.deepEqual(outcomes(run), { 'infusion-of-16-minutes': 'failed' });
    const message = run.tests[0]?.message;
    assert.ok(message);
    assert.equal(message.expectedOutput, '96367 × 1');
    assert.equal(message.actualOutput, '96365 × 1');
    assert.match(text(message), /96367 is missing/u);
    assert.match(text(message), /Expected: 96367 × 1\nComputed: 96365 × 1$/u);
    assert.equal(message.location?.range.start.line, range.start.line);
    assert.match(message.stackTrace?.[0]?.uri?.path ?? '', /cpt-96367\.spec\.yaml$/u);
  });

  it('lists and runs what is typed, saved or not, and errs on what cannot be read', async () => {
    const editor = await open(durations);
    await testsIn(editor.document);
    await typeOver(editor, /(?<=encounter: )infusion-of-16-minutes/u, 'newly-named');
    const path = await until('the new name', async () =>
      (await pathsIn(editor.document)).find((own) => own.at(-1) === 'newly-named'),
    );
    assert.ok(
      !(await pathsIn(editor.document)).some((own) => own.at(-1) === 'infusion-of-16-minutes'),
      'the old name is gone',
    );
    await typeOver(editor, /(?<=encounter: newly-named\n[^]*?date: ).*/u, '2026-02-30');
    const run = await runOf(RUN, path);
    assert.deepEqual(outcomes(run), { 'newly-named': 'errored' });
    assert.match(text(run.tests[0]?.message), /2026-02-30/u);
  });

  it('runs again when a specification changes, as long as it is asked to', async () => {
    const { document } = await open(durations);
    await testsIn(document);
    const first = nextRun();
    await vscode.commands.executeCommand('testing.startContinuousRun');
    assert.ok((await first()).tests.length > 100, 'it begins with all of them');
    const editor = await open(specification);
    const failing = nextRun((run) => outcomes(run)['infusion-of-16-minutes'] === 'failed');
    await typeOver(editor, /(?<=\bat_least: )16 min/u, '20 min');
    await failing();
  });

  it('shows which clauses a run put to the test, and conditions that were seen one way only', async () => {
    const { document } = await open(durations);
    const path = (await testsIn(document)).find((own) => own.at(-1) === 'infusion-of-16-minutes');
    const run = await runOf(COVERAGE, path ?? []);
    const file = run.coverage.find(({ uri }) => uri.path.endsWith(specification));
    assert.ok(file, run.coverage.map(({ uri }) => uri.path).join(' '));
    assert.ok(
      file.statementCoverage.covered > 0 && file.statementCoverage.covered < file.statementCoverage.total,
    );
    assert.deepEqual([file.declarationCoverage?.covered, file.declarationCoverage?.total], [1, 1]);
    const details = await run.details(file);
    const { document: specText } = await open(specification);
    const { line } = rangeOf(specText, /^time:/mu).start;
    const time = details
      .filter((detail) => detail instanceof vscode.StatementCoverage)
      .find(({ location }) => location instanceof vscode.Range && location.start.line === line);
    assert.equal(time?.executed, 1);
    assert.deepEqual(
      time.branches.map(({ label, executed }) => [label, executed]),
      [
        ['true', 1],
        ['false', 0],
      ],
    );
  });
});

describe('Coding Spec beside the clauses of a specification', () => {
  afterEach(closeAll);

  it('shows how many encounters put them to the test, and what unsaved changes do', async () => {
    const editor = await open(specification);
    const { line } = rangeOf(editor.document, /^time:/mu).start;
    const lens = await until('a count', async () =>
      (await lenses(editor.document)).find(
        ({ range, command }) => range.start.line === line && /^\d+ encounters/u.test(command?.title ?? ''),
      ),
    );
    assert.equal(lens.command?.command, 'codingSpec.showEncounters');
    await vscode.commands.executeCommand(
      lens.command.command,
      ...((lens.command.arguments ?? []) as unknown[]),
    );
    await typeOver(editor, /(?<=\bat_least: )16 min/u, '20 min');
    let seen: (string | undefined)[] = [];
    await until(
      'what changed',
      async () => {
        seen = (await lenses(editor.document)).map(({ command }) => command?.title);
        return seen.find((title) => /^Unsaved changes: \d+ encounters? ha(s|ve) other/u.test(title ?? ''));
      },
      () => seen,
    );
  });
});

const lenses = ({ uri }: vscode.TextDocument): Thenable<vscode.CodeLens[]> =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);

const text = (message: vscode.TestMessage | undefined): string =>
  typeof message?.message === 'string' ? message.message : (message?.message.value ?? '');
