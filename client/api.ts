/**
 * What the extension hands to other extensions: how runs of encounters ended, and what views show, for which VS Code has no
 * public API.
 */
import type { Event, FileCoverage, FileCoverageDetail, TestItem, TestMessage } from 'vscode';
import type { View, ViewKind } from '../server/protocol/views.ts';

export interface Api {
  /** Fired when a run of tests has ended, with what VS Code was told of it. */
  readonly onDidRunTests: Event<EndedRun>;
  /** What a view beside the text shows; undefined where it is not open. */
  readonly shownView: (kind: ViewKind) => View | undefined;
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
