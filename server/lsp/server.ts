/**
 * The language server: wires a connection to the engine. Transport and files are handed in; everything else is in the
 * handlers, one file for each group of features.
 */
import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocuments,
  type Connection,
  type InitializeParams,
  type ProtocolNotificationType,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { abilitiesOf, serverCapabilities, type ClientAbilities } from './capabilities.ts';
import type { Environment } from './environment.ts';
import { registerActions } from './handlers/actions.ts';
import { pushOpen, registerPull } from './handlers/diagnostics.ts';
import { registerCodes } from './handlers/codes.ts';
import { registerDocuments } from './handlers/documents.ts';
import { registerHierarchy } from './handlers/hierarchy.ts';
import { registerFormat } from './handlers/format.ts';
import { registerLanguage } from './handlers/language.ts';
import { registerLenses } from './handlers/lenses.ts';
import { registerLines } from './handlers/lines.ts';
import { registerNavigation } from './handlers/navigation.ts';
import { registerOutline } from './handlers/outline.ts';
import { registerTests } from './handlers/tests.ts';
import { showEncountersCommand } from '../protocol/clauses.ts';
import { suggestCommand } from '../protocol/completion.ts';
import { registerTokens } from './handlers/tokens.ts';
import { registerViews } from './handlers/views.ts';
import { OpenDocument } from './open-document.ts';
import { Session } from './session.ts';
import { readSettings } from './settings.ts';

const WATCHED = ['**/*.{family,spec,policy,table,encounter}.{yaml,yml}', '**/*.codes.csv'];
const WATCHED_CODES = ['**/.coding-spec/codes/*.codes', '**/.coding-spec/codes/*.table'];
const RELEASE = /[.](?:codes|table)$/;

/** Starts serving a connection. `library` is the folder of the built-in library, when the client names none. */
export function startServer(connection: Connection, environment: Environment, library?: string): void {
  const session = new Session(connection, environment);
  const documents = new TextDocuments(OpenDocument);
  let abilities = abilitiesOf({});
  let start: InitializeParams | undefined;

  connection.onInitialize((params) => {
    start = params;
    abilities = abilitiesOf(params.capabilities);
    environment.clientReadsFiles(optionOf(params, 'files') === true);
    if (abilities.pullsDiagnostics) registerPull(session);
    return { capabilities: serverCapabilities(abilities), serverInfo: { name: 'coding-spec' } };
  });
  connection.onInitialized(() => {
    session.onAcross = refresher(session, abilities);
    watchCodeSets(session, environment);
    session.onCounts = () => {
      if (abilities.refreshesLenses) refreshLenses(session);
    };
    void initialize(session, abilities, start, library).catch((error: unknown) => {
      session.fault('reading the workspace', error);
      session.endWaiting();
    });
  });
  registerLanguage(
    session,
    () => abilities,
    () => commandsOf(start).includes(suggestCommand),
  );
  registerActions(session, () => abilities);
  registerLines(session, () => abilities);
  registerNavigation(session, () => abilities);
  registerOutline(session, () => abilities);
  registerHierarchy(session);
  registerCodes(session);
  registerDocuments(session);
  registerLenses(session, () => commandsOf(start).includes(showEncountersCommand));
  registerTests(session);
  registerFormat(session);
  registerTokens(session);
  registerViews(session);
  listen(session, documents, () => abilities);
  documents.listen(connection);
  connection.listen();
}

async function initialize(
  session: Session,
  abilities: ClientAbilities,
  params: InitializeParams | undefined,
  library: string | undefined,
): Promise<void> {
  session.announce();
  const { connection } = session;
  if (abilities.registersSettings)
    await registered(session, DidChangeConfigurationNotification.type, { section: 'codingSpec' });
  if (abilities.configures) await pullSettings(session, scopeOf(foldersOf(params).map(({ uri }) => uri)));
  if (abilities.watchesFiles) {
    await registered(session, DidChangeWatchedFilesNotification.type, {
      watchers: [...WATCHED, ...WATCHED_CODES].map((globPattern) => ({ globPattern })),
    });
  }
  await session.load(foldersOf(params), libraryOf(params) ?? library);
  if (abilities.hasFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      void session.changeFolders(added, removed).catch((error: unknown) => {
        session.fault('reading the folders of the workspace', error);
      });
    });
  }
}

function foldersOf(params: InitializeParams | undefined): WorkspaceFolder[] {
  if (params?.workspaceFolders) return params.workspaceFolders;
  // Older clients know one folder only, under a name that the protocol has retired.
  const root = (params as { readonly rootUri?: string | null } | undefined)?.rootUri;
  return typeof root === 'string' ? [{ uri: root, name: 'workspace' }] : [];
}

/** What the client says at the start, beside what the protocol has words for. */
function optionOf(params: InitializeParams | undefined, name: 'library' | 'commands' | 'files'): unknown {
  const options: unknown = params?.initializationOptions;
  return typeof options === 'object' && options !== null
    ? (options as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** Commands that the client has and the server may put into its answers. */
function commandsOf(params: InitializeParams | undefined): readonly unknown[] {
  const commands = optionOf(params, 'commands');
  return Array.isArray(commands) ? commands : [];
}

/** The library's folder as the client names it, a path or a URI. */
function libraryOf(params: InitializeParams | undefined): string | undefined {
  const library = optionOf(params, 'library');
  if (typeof library !== 'string' || library === '') return undefined;
  return /^[a-z][a-z+.-]+:/i.test(library) ? library : URI.file(library).toString();
}

/** Asks to be told of something. A client that refuses is served all the same, without being told. */
async function registered<P, RO>(
  { connection }: Session,
  type: ProtocolNotificationType<P, RO>,
  options: NoInfer<RO>,
): Promise<void> {
  try {
    await connection.client.register(type, options);
  } catch {
    // The connection has written to the log that it failed.
  }
}

/** Whose settings they are: Eglot 1.9 fails at a request that does not say so, and several folders are none. */
const scopeOf = (folders: readonly string[]): string | undefined =>
  folders.length === 1 ? folders[0] : undefined;

/** The settings as the client has them; those that were there before where it fails to say. */
async function pullSettings(session: Session, scopeUri: string | undefined): Promise<void> {
  const { connection } = session;
  const warn = (message: string): void => {
    connection.console.warn(message);
  };
  try {
    const item = { section: 'codingSpec', ...(scopeUri !== undefined && { scopeUri }) };
    session.configure(readSettings(await connection.workspace.getConfiguration(item), warn));
  } catch (error) {
    warn(`The client did not say what its settings are: ${String(error)}`);
  }
}

function listen(
  session: Session,
  documents: TextDocuments<OpenDocument>,
  abilities: () => ClientAbilities,
): void {
  const { connection } = session;
  const attempt = (where: string, work: () => Promise<void> | void): void => {
    void (async () => {
      try {
        await work();
      } catch (error) {
        session.fault(where, error);
      }
    })();
  };
  const push = debounced(() => {
    if (!abilities().pullsDiagnostics) void pushOpen(session);
  });
  documents.onDidChangeContent(({ document }) => {
    attempt('an edit', () => {
      session.edit(document.uri, document.content);
      push();
    });
  });
  documents.onDidSave(({ document }) => {
    attempt('saving a file', () => {
      session.save(document.uri);
    });
  });
  documents.onDidClose(({ document }) => {
    attempt('closing a file', async () => {
      await session.close(document.uri);
      if (!abilities().pullsDiagnostics)
        await connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    });
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    attempt('changes on disk', async () => {
      const documents = changes.filter(({ uri }) => !RELEASE.test(uri));
      for (const { uri } of documents) await session.reread(uri);
      if (documents.length < changes.length) await session.codes.reload();
      session.announce();
      push();
    });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    attempt('the settings', async () => {
      if (abilities().configures) return pullSettings(session, scopeOf(session.folders));
      const section: unknown = (settings as { readonly codingSpec?: unknown } | null)?.codingSpec;
      session.configure(
        readSettings(section, (message) => {
          connection.console.warn(message);
        }),
      );
      push();
    });
  });
}

/** Releases outside of the workspace, until the client has gone. */
function watchCodeSets(session: Session, environment: Environment): void {
  const end = environment.watchCodeSets(() => {
    session.reloadCodes();
  });
  session.connection.onExit(end);
}

/** Asks the client to show again what may have changed in files that were not edited. */
function refresher(session: Session, abilities: ClientAbilities): () => void {
  const { connection } = session;
  const failed = (error: unknown): void => {
    connection.console.warn(`A refresh was not possible: ${String(error)}`);
  };
  return debounced(() => {
    if (!abilities.pullsDiagnostics) void pushOpen(session);
    if (abilities.refreshesDiagnostics) connection.languages.diagnostics.refresh().catch(failed);
    if (abilities.refreshesHints) connection.languages.inlayHint.refresh().catch(failed);
    if (abilities.refreshesTokens) connection.languages.semanticTokens.refresh().catch(failed);
    if (abilities.refreshesLenses) refreshLenses(session);
  });
}

function refreshLenses({ connection }: Session): void {
  connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
    connection.console.warn(`A refresh was not possible: ${String(error)}`);
  });
}

/** Runs some work once after a burst of calls. */
function debounced(work: () => void, milliseconds = 30): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      work();
    }, milliseconds);
  };
}
