/**
 * Encounters as tests: which there are, running them, and news of changes. LSP has no words for tests.
 *
 * Types and constants only. Requests are open to every client; news are sent to a client that has asked for the files once.
 */
import type { Location, Range } from './place.ts';

/** Request without parameters: the files that may have tests. Answered with {@link TestFiles}. */
export const testFilesRequest = 'codingSpec/tests/files';
/** Request for the tests of some files: {@link ListTests}, answered with {@link TestsOfFile}[]. */
export const listTestsRequest = 'codingSpec/tests/list';
/** Request to run tests: {@link RunTests}, answered with {@link TestResult}[]. May be cancelled at any time. */
export const runTestsRequest = 'codingSpec/tests/run';
/** Request for the coverage of a run, by file: {@link CoverageOfRun}, answered with {@link FileCoverage}[]. */
export const coverageRequest = 'codingSpec/tests/coverage';
/** Request for the clauses of one of its files: {@link CoverageOfFile}, answered with {@link FileCoverageDetails}. */
export const coverageDetailsRequest = 'codingSpec/tests/coverageDetails';
/** Notification that tests may be others, or end otherwise: {@link TestsChanged}. */
export const testsChangedNotification = 'codingSpec/tests/changed';

export interface TestFiles {
  /** URIs. */
  readonly files: readonly string[];
}

export interface ListTests {
  readonly files: readonly string[];
}

export interface TestsOfFile {
  readonly uri: string;
  /** In the order of the documents; empty for a file that is gone. */
  readonly tests: readonly ListedTest[];
}

export interface ListedTest {
  /** One of a kind in its file, and the same after edits elsewhere in it. */
  readonly id: string;
  readonly label: string;
  /** Who published the expected answer and how sure it is; absent for an encounter of one's own. */
  readonly description?: string;
  readonly range: Range;
}

export interface RunTests {
  readonly files: readonly TestsToRun[];
  /** With it, results are sent as `$/progress` while more are worked out, and the answer is empty. */
  readonly partialResultToken?: string | number;
  /** Measures which clauses are put to the test, under this name: requests of one name are one run. */
  readonly coverage?: string;
}

export interface TestsToRun {
  readonly uri: string;
  /** Ids of tests; absent for all of the file. */
  readonly tests?: readonly string[];
}

export interface TestResult {
  readonly uri: string;
  readonly id: string;
  /** `errored`: the encounter cannot be read, or not whole. `gone`: there is no such test any more. */
  readonly status: 'agrees' | 'differs' | 'errored' | 'gone';
  /** Of one that does not agree. */
  readonly failure?: TestFailure;
}

export interface TestFailure {
  /** One sentence for each difference, or the first problem. */
  readonly messages: readonly string[];
  /** Rows of lines, equal where the two agree; both absent where nothing could be compared. */
  readonly expected?: readonly string[];
  readonly computed?: readonly string[];
  /** In the file of the test. */
  readonly range: Range;
  /** Why: clauses that kept a line away or made one. */
  readonly clues: readonly TestClue[];
}

export interface TestClue {
  readonly sentence: string;
  /** Absent where the clause is in no file any more. */
  readonly location?: Location;
}

export interface TestsChanged {
  /** Files whose tests may be others; those that have none any more among them. */
  readonly files: readonly { readonly uri: string; readonly hasTests: boolean }[];
  /** Whether a family, specification, policy or table changed, so that every test may end otherwise. */
  readonly rules: boolean;
}

export interface CoverageOfRun {
  /** As {@link RunTests.coverage} named it. A server remembers the last few runs. */
  readonly run: string;
}

export interface CoverageOfFile extends CoverageOfRun {
  readonly uri: string;
}

export interface Share {
  readonly covered: number;
  readonly total: number;
}

/** Of a file with families, specifications or policies. */
export interface FileCoverage {
  readonly uri: string;
  readonly documents: Share;
  readonly clauses: Share;
  /** Two for each condition: true, and false. */
  readonly ways: Share;
}

export interface FileCoverageDetails {
  readonly documents: readonly {
    /** Its code or id. */
    readonly name: string;
    readonly range: Range;
    /** Encounters that put any of its clauses to the test. */
    readonly encounters: number;
  }[];
  readonly clauses: readonly {
    readonly range: Range;
    readonly encounters: number;
    /** Absent for a clause without a condition. */
    readonly answers?: { readonly yes: number; readonly no: number; readonly unknown: number };
  }[];
}
