/**
 * The report a suite leaves behind.
 *
 * VS Code counts an extension host that dies as success, so its exit status proves nothing:
 * the harness believes only this file, which is written when every test has run.
 */

/** A test that did not pass, or an error outside any test. */
export interface Failure {
  readonly title: string;
  readonly message: string;
}

/** What happened, written as JSON. */
export interface Report {
  readonly passes: readonly string[];
  readonly failures: readonly Failure[];
  readonly pending: readonly string[];
}
