/** What the Test Explorer asks of the language server. */
import type { CancellationToken } from 'vscode';
import { ProgressType, type BaseLanguageClient } from 'vscode-languageclient';
import {
  coverageDetailsRequest,
  coverageRequest,
  listTestsRequest,
  runTestsRequest,
  testFilesRequest,
  type CoverageOfFile,
  type CoverageOfRun,
  type FileCoverage,
  type FileCoverageDetails,
  type ListTests,
  type RunTests,
  type TestFiles,
  type TestResult,
  type TestsOfFile,
  type TestsToRun,
} from '../../server/protocol/tests.ts';

export interface TestServer {
  readonly files: (token?: CancellationToken) => Promise<readonly string[]>;
  readonly list: (files: readonly string[], token?: CancellationToken) => Promise<readonly TestsOfFile[]>;
  /** Calls `report` with results as they come, and ends when there are no more. */
  readonly run: (
    files: readonly TestsToRun[],
    report: (results: readonly TestResult[]) => void,
    token: CancellationToken,
    /** The name under which the run's coverage is measured. */
    coverage?: string,
  ) => Promise<void>;
  readonly coverage: (of: CoverageOfRun, token?: CancellationToken) => Promise<readonly FileCoverage[]>;
  readonly coverageDetails: (of: CoverageOfFile, token?: CancellationToken) => Promise<FileCoverageDetails>;
}

let runs = 0;

export const testServer = (client: BaseLanguageClient): TestServer => ({
  files: async (token) => (await ask<TestFiles>(client, testFilesRequest, {}, token)).files,
  list: (files, token) => {
    if (files.length === 0) return Promise.resolve([]);
    const params: ListTests = { files };
    return ask<TestsOfFile[]>(client, listTestsRequest, params, token);
  },
  coverage: (of, token) => ask<FileCoverage[]>(client, coverageRequest, of, token),
  coverageDetails: (of, token) => ask<FileCoverageDetails>(client, coverageDetailsRequest, of, token),
  run: async (files, report, token, coverage) => {
    const partialResultToken = `codingSpec/tests/run/${String(++runs)}`;
    const listening = client.onProgress(new ProgressType<TestResult[]>(), partialResultToken, report);
    try {
      const params: RunTests = { files, partialResultToken, ...(coverage !== undefined && { coverage }) };
      report(await ask<TestResult[]>(client, runTestsRequest, params, token));
    } finally {
      listening.dispose();
    }
  },
});

/** An undefined token would be taken for a second parameter. */
const ask = <R>(
  client: BaseLanguageClient,
  method: string,
  params: object,
  token: CancellationToken | undefined,
): Promise<R> =>
  token ? client.sendRequest<R>(method, params, token) : client.sendRequest<R>(method, params);
