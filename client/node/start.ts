/**
 * How the language server is run where VS Code runs on Node: as a child process, over IPC.
 *
 * A browser build would run the same server in a worker; only this file would differ.
 */
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import {
  LanguageClient,
  TransportKind,
  type LanguageClientOptions,
  type NodeModule,
  type ServerOptions,
} from 'vscode-languageclient/node';

import { SERVER_NODE_OPTIONS } from '../../server/protocol/start.ts';
import { ourDocuments } from '../documents.ts';
import { showEncountersCommand } from '../../server/protocol/clauses.ts';

/** Also the prefix of the settings that the client library reads itself (`codingSpec.trace.server`). */
const section = 'codingSpec';

/** Creates a client for the bundled server, not yet started: the caller listens first. */
export function createClient(context: ExtensionContext, log: LogOutputChannel): LanguageClient {
  return new LanguageClient(section, log.name, serverOptions(context), clientOptions(context, log));
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const run: NodeModule = {
    module: context.asAbsolutePath('dist/server.cjs'),
    transport: TransportKind.ipc,
    options: { execArgv: [...SERVER_NODE_OPTIONS] },
  };
  return { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } };
}

function clientOptions(context: ExtensionContext, log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: ourDocuments,
    synchronize: { configurationSection: section },
    initializationOptions: {
      library: context.asAbsolutePath('examples/drug-administration'),
      commands: [showEncountersCommand],
    },
    outputChannel: log,
  };
}
