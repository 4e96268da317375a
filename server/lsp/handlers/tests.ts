/** Encounters as tests: listing and running them for a client that shows tests, a slice at a time. */
import { ProgressType, type CancellationToken } from 'vscode-languageserver';
import {
  kindOfFile,
  mayHaveTests,
  testDocument,
  testFiles,
  testsOf,
  type Analysis,
  type Change,
  type CoverageTally,
  type FileId,
  type TestDocument,
} from '../../core/index.ts';
import {
  listTestsRequest,
  runTestsRequest,
  testFilesRequest,
  testsChangedNotification,
  type ListedTest,
  type ListTests,
  type RunTests,
  type TestFailure,
  type TestFiles,
  type TestResult,
  type TestsChanged,
  type TestsOfFile,
  type TestsToRun,
} from '../../protocol/tests.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { turns } from '../slices.ts';
import { toLocation, toRange } from '../to-proto.ts';
import { registerTestCoverage, type TallyOfRun } from './test-coverage.ts';

/** News of changes are told so long after the last of them, in milliseconds, while somebody types. */
const REST = 200;
/** And at least so often, in milliseconds, while a large workspace is read. */
const PATIENCE = 1_000;

export function registerTests(session: Session): void {
  const { connection } = session;
  let isFollowed = false;
  connection.onRequest(
    testFilesRequest,
    guarded<unknown, TestFiles>(session, 'the files with tests', { files: [] }, async () => {
      isFollowed = true;
      await session.rulesRead;
      return { files: testFiles(session.analysis) };
    }),
  );
  connection.onRequest(
    listTestsRequest,
    guarded<ListTests, TestsOfFile[]>(session, 'the tests of files', [], (params, token) =>
      listTests(session, params, token),
    ),
  );
  const tallyOf = registerTestCoverage(session);
  connection.onRequest(
    runTestsRequest,
    guarded<RunTests, TestResult[]>(session, 'running tests', [], (params, token) =>
      runTests(session, params, token, tallyOf),
    ),
  );
  const news = newsOfTests(session);
  session.onChange = (change) => {
    if (isFollowed) news(change);
  };
}

async function listTests(
  session: Session,
  { files }: ListTests,
  token: CancellationToken,
): Promise<TestsOfFile[]> {
  const turn = turns(session, token);
  const listed: TestsOfFile[] = [];
  for (const uri of files) {
    await turn();
    const { analysis } = session;
    const file = fileOf(uri);
    listed.push({ uri, tests: testsOf(analysis, file).map((test) => listedTest(analysis, file, test)) });
  }
  return listed;
}

function listedTest(analysis: Analysis, file: FileId, test: TestDocument): ListedTest {
  const { id, label, publisher, standing, at } = test;
  const place = analysis.locate(at);
  const description =
    publisher === undefined ? undefined : [publisher, ...(standing ? [standing] : [])].join(', ');
  return {
    id,
    label,
    ...(description !== undefined && { description }),
    range: toRange(analysis, file, place ?? { start: test.document.offset, end: test.document.offset }),
  };
}

/** A change while tests run is no reason to stop: those that come after it are run as they are then. */
async function runTests(
  session: Session,
  { files, partialResultToken, coverage }: RunTests,
  token: CancellationToken,
  tallyOf: TallyOfRun,
): Promise<TestResult[]> {
  await session.rulesRead;
  const tally = coverage === undefined ? undefined : tallyOf(coverage);
  const sent = new ProgressType<TestResult[]>();
  let results: TestResult[] = [];
  const flush = async (): Promise<void> => {
    if (partialResultToken === undefined || results.length === 0) return;
    const ready = results;
    results = [];
    await session.connection.sendProgress(sent, partialResultToken, ready);
  };
  const turn = turns(session, token, flush);
  for (const wanted of files) {
    for (const step of stepsOf(session, wanted, tally)) {
      await turn();
      results.push(step());
    }
  }
  await flush();
  return results;
}

/** One step for each test of a file that is wanted. */
function stepsOf(
  session: Session,
  { uri, tests: wanted }: TestsToRun,
  tally: CoverageTally | undefined,
): (() => TestResult)[] {
  const file = fileOf(uri);
  const { analysis } = session;
  const all = testsOf(analysis, file);
  const known = new Map(all.map((test) => [test.id, test]));
  return (wanted ?? all.map(({ id }) => id)).map((id) => () => {
    const test = known.get(id);
    if (!test) return { uri, id, status: 'gone' };
    const encounter = tally && analysis.encounter(test.document.source);
    if (encounter?.expect) tally?.add(encounter);
    return resultOf(analysis, uri, test);
  });
}

function resultOf(analysis: Analysis, uri: string, { id, document }: TestDocument): TestResult {
  const { status, messages, expected, computed, at, clues } = testDocument(analysis, document);
  if (status === 'agrees') return { uri, id, status };
  const place = analysis.locate(at) ?? { start: document.offset, end: document.offset };
  const failure: TestFailure = {
    messages,
    ...(expected.length + computed.length > 0 && { expected, computed }),
    range: toRange(analysis, document.source.file, place),
    clues: clues.map(({ sentence, clause }) => {
      const location = toLocation(analysis, clause);
      return { sentence, ...(location && { location }) };
    }),
  };
  return { uri, id, status, failure };
}

/** Tells the client what changed, once for a burst of changes. */
function newsOfTests(session: Session): (change: Change) => void {
  let files = new Set<FileId>();
  let rules = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const tell = (): void => {
    timer = undefined;
    const { analysis } = session;
    const news: TestsChanged = {
      files: [...files].map((file) => ({ uri: file, hasTests: mayHaveTests(analysis, file) })),
      rules,
    };
    files = new Set();
    rules = false;
    void session.connection.sendNotification(testsChangedNotification, news);
  };
  return (change) => {
    for (const { file, library } of change.files ?? []) {
      if (kindOfFile(file) !== 'encounter') rules = true;
      else if (library !== true) files.add(file);
    }
    rules ||= change.settings !== undefined || change.codeSets !== undefined;
    if (files.size === 0 && !rules) return;
    if (timer === undefined) since = Date.now();
    else if (Date.now() - since > PATIENCE) return;
    clearTimeout(timer);
    timer = setTimeout(tell, REST);
  };
}
