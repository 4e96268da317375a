/** What the Test Explorer asks of the language server. */
import type { CancellationToken } from 'vscode';
import { ProgressType, type BaseLanguageClient } from 'vscode-languageclient';
import {
  listTestsRequest,
  runTestsRequest,
  testFilesRequest,
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
  ) => Promise<void>;
}

let runs = 0;

export const testServer = (client: BaseLanguageClient): TestServer => ({
  files: async (token) => (await client.sendRequest<TestFiles>(testFilesRequest, null, token)).files,
  list: (files, token) => {
    if (files.length === 0) return Promise.resolve([]);
    const params: ListTests = { files };
    return client.sendRequest<TestsOfFile[]>(listTestsRequest, params, token);
  },
  run: async (files, report, token) => {
    const partialResultToken = `codingSpec/tests/run/${String(++runs)}`;
    const listening = client.onProgress(new ProgressType<TestResult[]>(), partialResultToken, report);
    try {
      const params: RunTests = { files, partialResultToken };
      report(await client.sendRequest<TestResult[]>(runTestsRequest, params, token));
    } finally {
      listening.dispose();
    }
  },
});
