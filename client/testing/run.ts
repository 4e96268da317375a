/** One run of tests: which they are, asking the server for them in batches, and showing what became of each. */
import {
  Location,
  Position,
  Range,
  TestMessage,
  TestMessageStackFrame,
  Uri,
  type CancellationToken,
  type TestItem,
  type TestRun,
  type TestRunRequest,
} from 'vscode';
import type { TestClue, TestFailure, TestResult, TestsToRun } from '../../server/protocol/tests.ts';
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

export interface Counts {
  agree: number;
  differ: number;
  errored: number;
}

/** Runs what a request asks for, except files that `isWanted` refuses. */
export async function runTests(
  tree: TestTree,
  server: TestServer,
  run: TestRun,
  request: TestRunRequest,
  { token, isWanted = () => true }: { token: CancellationToken; isWanted?: (uri: string) => boolean },
): Promise<void> {
  const counts: Counts = { agree: 0, differ: 0, errored: 0 };
  const excluded = new Set(request.exclude ?? []);
  const selected = selectionsOf(tree, request, excluded).filter(({ file }) => isWanted(file.id));
  for (let at = 0; at < selected.length && !token.isCancellationRequested; at += BATCH) {
    await runBatch(tree, server, run, selected.slice(at, at + BATCH), { token, counts, excluded });
  }
  run.appendOutput(`${summary(counts, token.isCancellationRequested)}\r\n`);
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
  readonly counts: Counts;
  readonly excluded: ReadonlySet<TestItem>;
}

async function runBatch(
  tree: TestTree,
  server: TestServer,
  run: TestRun,
  selected: readonly Selection[],
  { token, counts, excluded }: Batch,
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
      for (const result of results) report(tree, run, result, counts);
    },
    token,
  );
}

function childrenOf(file: TestItem): TestItem[] {
  const children: TestItem[] = [];
  file.children.forEach((child) => children.push(child));
  return children;
}

function report(
  tree: TestTree,
  run: TestRun,
  { uri, id, status, failure }: TestResult,
  counts: Counts,
): void {
  const test = tree.fileOf(uri)?.children.get(id);
  if (!test) return;
  if (status === 'gone') run.skipped(test);
  else if (status === 'agrees' || !failure) {
    counts.agree++;
    run.passed(test);
  } else if (status === 'errored') {
    counts.errored++;
    run.errored(test, messageOf(uri, failure));
  } else {
    counts.differ++;
    run.failed(test, messageOf(uri, failure));
  }
}

/** The sentences, the lines side by side where there are any, and the clauses behind it, one click away. */
function messageOf(uri: string, failure: TestFailure): TestMessage {
  const { messages, expected, computed, range, clues } = failure;
  const text = [...messages, ...clues.map(({ sentence }) => `  ${sentence}`)].join('\n');
  const message =
    expected && computed ? TestMessage.diff(text, rows(expected), rows(computed)) : new TestMessage(text);
  message.location = new Location(Uri.parse(uri), rangeOf(range));
  const frames = clues.flatMap(frameOf);
  if (frames.length > 0) message.stackTrace = frames;
  return message;
}

const rows = (lines: readonly string[]): string => (lines.length === 0 ? 'no lines' : lines.join('\n'));

function frameOf({ sentence, location }: TestClue): TestMessageStackFrame[] {
  if (!location) return [];
  const { line, character } = location.range.start;
  return [new TestMessageStackFrame(sentence, Uri.parse(location.uri), new Position(line, character))];
}

const rangeOf = ({ start, end }: TestFailure['range']): Range =>
  new Range(start.line, start.character, end.line, end.character);

function summary({ agree, differ, errored }: Counts, isCancelled: boolean): string {
  const errors = errored === 0 ? '' : `, ${String(errored)} cannot be read`;
  return `${String(agree)} agree, ${String(differ)} differ${errors}${isCancelled ? '; cancelled' : ''}`;
}
