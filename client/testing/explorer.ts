/** Encounters in VS Code's Test Explorer: they run on demand, or whenever an encounter or a rule changes. */
import {
  EventEmitter,
  l10n,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  workspace,
  type CancellationToken,
  type Disposable,
  type LogOutputChannel,
  type TestRunProfile,
} from 'vscode';
import { State, type BaseLanguageClient } from 'vscode-languageclient';
import { testsChangedNotification, type TestsChanged } from '../../server/protocol/tests.ts';
import type { Api, EndedRun } from '../api.ts';
import { loadDetails } from './coverage.ts';
import { runTests, type RunOptions } from './run.ts';
import { testServer, type TestServer } from './server.ts';
import { createTree } from './tree.ts';

/** Names runs, so that the coverage of each is kept apart. */
let runs = 0;

export interface Explorer extends Disposable, Pick<Api, 'onDidRunTests'> {
  /** Shows the tests that the server behind `client` knows, from now on. */
  follow(client: BaseLanguageClient): void;
}

export function createExplorer(log: LogOutputChannel): Explorer {
  const controller = tests.createTestController('codingSpec', 'Coding Spec');
  let server: TestServer | undefined;
  const changes = new EventEmitter<TestsChanged>();
  const ended = new EventEmitter<EndedRun>();
  const tree = createTree(controller, () => server);
  const attempt = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      log.warn('The tests could not be brought up to date', String(error));
    });
  };
  controller.resolveHandler = (item) => (item ? tree.resolve(item) : tree.refresh());
  controller.refreshHandler = (token) => tree.refresh(token);

  const once = async (request: TestRunRequest, options: RunOptions): Promise<void> => {
    const run = controller.createTestRun(request);
    try {
      if (server) ended.fire(await runTests(tree, server, run, request, options));
    } catch (error) {
      if (options.token.isCancellationRequested) return;
      log.error('The tests could not be run', String(error));
      throw error;
    } finally {
      run.end();
    }
  };
  const runProfile = controller.createRunProfile(
    l10n.t('Run'),
    TestRunProfileKind.Run,
    (request, token) =>
      request.continuous === true
        ? keepRunning(request, token, { profile: runProfile, once, changes, log })
        : once(request, { token }),
    true,
    undefined,
    true,
  );
  const covering = controller.createRunProfile(
    l10n.t('Run with Coverage'),
    TestRunProfileKind.Coverage,
    (request, token) => once(request, { token, coverage: `coverage ${String(++runs)}` }),
  );
  covering.loadDetailedCoverage = loadDetails;

  const opening = workspace.onDidOpenTextDocument(({ uri }) => {
    attempt(tree.opened(uri));
  });
  return {
    onDidRunTests: ended.event,
    follow: (client) => {
      client.onNotification(testsChangedNotification, (news: TestsChanged) => {
        attempt(
          tree.changed(news).then(() => {
            changes.fire(news);
          }),
        );
      });
      client.onDidChangeState(({ newState }) => {
        server = newState === State.Running ? testServer(client) : undefined;
        if (server) attempt(tree.refresh());
      });
    },
    dispose: () => {
      opening.dispose();
      changes.dispose();
      ended.dispose();
      controller.dispose();
    },
  };
}

interface Keeping {
  readonly profile: TestRunProfile;
  readonly once: (request: TestRunRequest, options: RunOptions) => Promise<void>;
  readonly changes: EventEmitter<TestsChanged>;
  readonly log: LogOutputChannel;
}

/**
 * Runs what was asked for now, and again what a change may have altered: the encounters of a file, or all of them when
 * rules change. What changes during a run waits until it ends.
 */
function keepRunning(
  { include, exclude }: TestRunRequest,
  token: CancellationToken,
  { profile, once, changes, log }: Keeping,
): Promise<void> {
  let all = true;
  let files = new Set<string>();
  let isRunning = false;
  const next = async (): Promise<void> => {
    while ((all || files.size > 0) && !token.isCancellationRequested) {
      const [whole, some] = [all, files];
      [all, files] = [false, new Set()];
      const request = new TestRunRequest(include, exclude, profile, true);
      await once(request, { token, ...(!whole && { isWanted: (uri: string) => some.has(uri) }) });
    }
  };
  const start = (): void => {
    if (isRunning) return;
    isRunning = true;
    next()
      .catch((error: unknown) => {
        log.warn('The tests could not be run again', String(error));
      })
      .finally(() => {
        isRunning = false;
      });
  };
  const listening = changes.event((news) => {
    all ||= news.rules;
    for (const { uri } of news.files) files.add(uri);
    start();
  });
  start();
  return new Promise((resolve) => {
    token.onCancellationRequested(() => {
      listening.dispose();
      resolve();
    });
  });
}
