/**
 * Entry of the extension: starts the language server and adds what only VS Code has.
 *
 * Everything about files, rules and lines is in the server, so that other editors get the same.
 */
import {
  commands,
  window,
  workspace,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { createLanguageStatus } from './codes/language-status.ts';
import { installRelease } from './codes/install.ts';
import { removeReleases } from './codes/remove.ts';
import { createReleasesDocument } from './codes/show.ts';
import type { Api } from './api.ts';
import { createLenses } from './lenses.ts';
import { ourSchemes } from './documents.ts';
import { fileReader } from './files.ts';
import type { InstallParams, RemoveParams } from '../server/protocol/codes.ts';
import { RulesPage } from './rules.ts';
import { Session, type Follower } from './session.ts';
import { newDocument, type NewDocumentGiven } from './start/document.ts';
import { newExamples, showFirst, type ExamplesGiven } from './start/examples.ts';
import { createStatus } from './status.ts';
import { createExplorer } from './testing/explorer.ts';
import { createViews } from './views/views.ts';

const showLogCommand = 'codingSpec.showLog';
const restartServerCommand = 'codingSpec.restartServer';
const installCommand = 'codingSpec.installCodeSet';
const removeCommand = 'codingSpec.removeCodeSet';
const showCodesCommand = 'codingSpec.showCodeSets';
const newDocumentCommands = {
  'codingSpec.newDocument': undefined,
  'codingSpec.newEncounter': 'encounter',
  'codingSpec.newSpecification': 'spec',
  'codingSpec.newPolicy': 'policy',
} as const;
const newExamplesCommand = 'codingSpec.newExampleWorkspace';
const walkthroughCommand = 'codingSpec.openWalkthrough';
/** The name of our walkthrough in package.json. */
const WALKTHROUGH = 'start';

/** How the server is run: as a process, or as a worker. */
export type CreateClient = (
  context: ExtensionContext,
  log: LogOutputChannel,
  rules: RulesPage,
) => BaseLanguageClient;

interface Extension {
  /** Called by VS Code once, when the first of our files (or a folder that has some) is opened. */
  readonly activate: (context: ExtensionContext) => Promise<Api>;
  /** Called by VS Code when the extension is disabled or the window closes. */
  readonly deactivate: () => Promise<void>;
}

export function createExtension(createClient: CreateClient): Extension {
  let session: Session | undefined;
  return {
    activate: async (context) => {
      const log = window.createOutputChannel('Coding Spec', { log: true });
      const rules = new RulesPage(context);
      // Meanwhile the server starts, which takes longer.
      rules.read().catch((error: unknown) => {
        log.warn('The page of the rules cannot be read', String(error));
      });
      const started = begin(context, log, (followers) => {
        session = new Session(() => createClient(context, log, rules), followers, log);
        return session;
      });
      await session?.start();
      await showFirst(context);
      return started;
    },
    deactivate: async () => session?.stop(),
  };
}

/** Adds all that VS Code shows and offers; the server is not started yet. */
function begin(
  context: ExtensionContext,
  log: LogOutputChannel,
  createSession: (followers: readonly Follower[]) => Session,
): Api {
  const status = createStatus(showLogCommand, (codes) => {
    languageStatus.told(codes);
    releases.refresh();
  });
  const explorer = createExplorer(log);
  const lenses = createLenses();
  const running = createSession([status, explorer, lenses, fileReader]);
  const languageStatus = createLanguageStatus(running, showCodesCommand);
  const releases = createReleasesDocument(running);
  const views = createViews(running);
  context.subscriptions.push(
    log,
    status,
    languageStatus,
    releases,
    explorer,
    lenses,
    views,
    restartForSchemes(running),
    commands.registerCommand(showLogCommand, () => {
      log.show(true);
    }),
    commands.registerCommand(restartServerCommand, () => running.restart()),
    // What a person runs has no argument, or that of a menu; what a program hands over has a source, or files.
    commands.registerCommand(installCommand, (given?: Partial<InstallParams>) =>
      installRelease(running, typeof given?.source === 'string' ? (given as InstallParams) : undefined),
    ),
    commands.registerCommand(removeCommand, (given?: Partial<RemoveParams>) =>
      removeReleases(running, Array.isArray(given?.files) ? (given as RemoveParams) : undefined),
    ),
    commands.registerCommand(showCodesCommand, releases.show),
    ...Object.entries(newDocumentCommands).map(([command, kind]) =>
      commands.registerCommand(command, (given?: NewDocumentGiven) => newDocument(running, given, kind)),
    ),
    commands.registerCommand(newExamplesCommand, (given?: ExamplesGiven) => newExamples(context, given)),
    commands.registerCommand(walkthroughCommand, () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#${WALKTHROUGH}`),
    ),
  );
  return { onDidRunTests: explorer.onDidRunTests, shownView: views.shown };
}

/** A client tells its server of documents of the schemes that it was made for. */
function restartForSchemes(session: Session): Disposable {
  let schemes = ourSchemes();
  return workspace.onDidChangeWorkspaceFolders(() => {
    const now = ourSchemes();
    const isNew = now.some((scheme) => !schemes.includes(scheme));
    schemes = now;
    if (isNew) void session.restart();
  });
}
