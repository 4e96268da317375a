/**
 * What the extension hands to other extensions: how runs of encounters ended, for which VS Code has no public API.
 */
import type { Event, FileCoverage, FileCoverageDetail, TestItem, TestMessage } from 'vscode';

export interface Api {
  /** Fired when a run of tests has ended, with what VS Code was told of it. */
  readonly onDidRunTests: Event<EndedRun>;
}

export interface EndedRun {
  readonly tests: readonly EndedTest[];
  /** Empty where coverage was not asked for. */
  readonly coverage: readonly FileCoverage[];
  readonly details: (coverage: FileCoverage) => Promise<readonly FileCoverageDetail[]>;
}

export interface EndedTest {
  readonly test: TestItem;
  readonly outcome: 'passed' | 'failed' | 'errored' | 'skipped';
  readonly message?: TestMessage;
}
