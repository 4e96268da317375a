/** One run of tests: which they are, asking the server for them in batches, and showing what became of each. */
import {
  l10n,
  Location,
  Position,
  TestMessage,
  TestMessageStackFrame,
  Uri,
  type CancellationToken,
  type FileCoverage,
  type TestItem,
  type TestRun,
  type TestRunRequest,
} from 'vscode';
import type { TestClue, TestFailure, TestResult, TestsToRun } from '../../server/protocol/tests.ts';
import type { EndedRun, EndedTest } from '../api.ts';
import { addCoverage, loadDetails } from './coverage.ts';
import { toRange } from '../places.ts';
import { differingRows, type Sides } from './differing.ts';
import type { TestServer } from './server.ts';
import type { TestTree } from './tree.ts';

/** Files of one request: results come soon, and few requests are needed for thousands of files. */
const BATCH = 100;
/** So many tests are marked as waiting before their results come: for more, that alone would take seconds. */
const MARKED = 1_000;

/** What is to be run of a file: these items, or all of it. */
interface Selection {
  readonly file: TestItem;
  readonly tests: readonly TestItem[] | undefined;
}

export interface RunOptions {
  readonly token: CancellationToken;
  /** The name under which coverage is measured. */
  readonly coverage?: string;
  readonly isWanted?: (uri: string) => boolean;
}

/** Runs what a request asks for, except files that `isWanted` refuses. */
export async function runTests(
  tree: TestTree,
  server: TestServer,
  run: TestRun,
  request: TestRunRequest,
  { token, coverage, isWanted = () => true }: RunOptions,
): Promise<EndedRun> {
  const ended: EndedTest[] = [];
  const excluded = new Set(request.exclude ?? []);
  const selected = selectionsOf(tree, request, excluded).filter(({ file }) => isWanted(file.id));
  for (let at = 0; at < selected.length && !token.isCancellationRequested; at += BATCH) {
    await runBatch(tree, server, run, selected.slice(at, at + BATCH), { token, ended, excluded, coverage });
  }
  const covered: FileCoverage[] = [];
  if (coverage !== undefined && !token.isCancellationRequested)
    covered.push(...(await addCoverage(run, server, coverage, token)));
  run.appendOutput(`${summary(ended, token.isCancellationRequested)}\r\n`);
  return { tests: ended, coverage: covered, details: (file) => loadDetails(run, file, token) };
}

function selectionsOf(
  tree: TestTree,
  { include }: TestRunRequest,
  excluded: ReadonlySet<TestItem>,
): readonly Selection[] {
  const chosen = new Map<TestItem, TestItem[] | undefined>();
  for (const item of include ?? tree.files()) {
    if (item.parent && tree.isFile(item.parent)) {
      if (chosen.has(item.parent) && chosen.get(item.parent) === undefined) continue;
      chosen.set(item.parent, [...(chosen.get(item.parent) ?? []), item]);
    } else {
      for (const file of tree.filesBelow(item)) chosen.set(file, undefined);
    }
  }
  return [...chosen]
    .filter(([file]) => !isExcluded(file, excluded))
    .map(([file, tests]) => ({ file, tests: tests?.filter((test) => !excluded.has(test)) }));
}

function isExcluded(item: TestItem | undefined, excluded: ReadonlySet<TestItem>): boolean {
  return item !== undefined && (excluded.has(item) || isExcluded(item.parent, excluded));
}

interface Batch {
  readonly token: CancellationToken;
  readonly ended: EndedTest[];
  readonly excluded: ReadonlySet<TestItem>;
  readonly coverage: string | undefined;
}

async function runBatch(
  tree: TestTree,
  server: TestServer,
  run: TestRun,
  selected: readonly Selection[],
  { token, ended, excluded, coverage }: Batch,
): Promise<void> {
  await tree.list(
    selected.map(({ file }) => file),
    token,
  );
  const wanted = selected.map(({ file, tests }) => ({
    file,
    tests: tests ?? childrenOf(file).filter((test) => !excluded.has(test)),
    isWhole: tests === undefined && !childrenOf(file).some((test) => excluded.has(test)),
  }));
  const all = wanted.flatMap(({ tests }) => tests);
  if (all.length <= MARKED) for (const test of all) run.started(test);
  const files: TestsToRun[] = wanted.map(({ file, tests, isWhole }) => ({
    uri: file.id,
    ...(!isWhole && { tests: tests.map(({ id }) => id) }),
  }));
  await server.run(
    files,
    (results) => {
      for (const result of results) {
        const test = tree.fileOf(result.uri)?.children.get(result.id);
        if (test) ended.push(report(run, test, result));
      }
    },
    token,
    coverage,
  );
}

function childrenOf(file: TestItem): TestItem[] {
  const children: TestItem[] = [];
  file.children.forEach((child) => children.push(child));
  return children;
}

function report(run: TestRun, test: TestItem, { uri, status, failure }: TestResult): EndedTest {
  if (status === 'gone') {
    run.skipped(test);
    return { test, outcome: 'skipped' };
  }
  if (!failure) {
    run.passed(test);
    return { test, outcome: 'passed' };
  }
  const message = messageOf(uri, failure);
  if (status === 'errored') run.errored(test, message);
  else run.failed(test, message);
  return { test, outcome: status === 'errored' ? 'errored' : 'failed', message };
}

/** The sentences, the lines that differ side by side, all of them in words, and the clauses behind it, one click away. */
function messageOf(uri: string, failure: TestFailure): TestMessage {
  const { messages, expected, computed, range, clues } = failure;
  const sentences = [...messages, ...clues.map(({ sentence }) => `  ${sentence}`)];
  const sides = expected && computed && { expected, computed };
  const message = sides ? differenceOf(sentences, sides) : new TestMessage(sentences.join('\n'));
  message.location = new Location(Uri.parse(uri), toRange(range));
  const frames = clues.flatMap(frameOf);
  if (frames.length > 0) message.stackTrace = frames;
  return message;
}

function differenceOf(sentences: readonly string[], sides: Sides): TestMessage {
  const { expected, computed } = differingRows(sides);
  const text = [
    ...sentences,
    l10n.t('Expected: {0}', allOf(sides.expected)),
    l10n.t('Computed: {0}', allOf(sides.computed)),
  ].join('\n');
  return TestMessage.diff(text, rows(expected, sides.expected), rows(computed, sides.computed));
}

const allOf = (lines: readonly string[]): string =>
  lines.length === 0 ? l10n.t('no lines') : lines.join(', ');

/** The rows of one side that the other does not have, of all its rows. */
function rows(differing: readonly string[], all: readonly string[]): string {
  if (differing.length > 0) return differing.join('\n');
  return all.length === 0 ? l10n.t('no lines') : l10n.t('no such line');
}

function frameOf({ sentence, location }: TestClue): TestMessageStackFrame[] {
  if (!location) return [];
  const { line, character } = location.range.start;
  return [new TestMessageStackFrame(sentence, Uri.parse(location.uri), new Position(line, character))];
}

function summary(ended: readonly EndedTest[], isCancelled: boolean): string {
  const count = (outcome: EndedTest['outcome']): number =>
    ended.filter((test) => test.outcome === outcome).length;
  const parts = [
    l10n.t('{0} agree', count('passed')),
    l10n.t('{0} differ', count('failed')),
    ...(count('errored') === 0 ? [] : [l10n.t('{0} cannot be read', count('errored'))]),
  ];
  return `${parts.join(', ')}${isCancelled ? `; ${l10n.t('cancelled')}` : ''}`;
}
