/** How the language server is run where VS Code runs on Node: as a child process, over IPC. */
import {
  LanguageClient,
  TransportKind,
  type NodeModule,
  type ServerOptions,
} from 'vscode-languageclient/node';
import type { ExtensionContext } from 'vscode';
import { SERVER_NODE_OPTIONS } from '../../server/protocol/start.ts';
import { clientOptions, section } from '../options.ts';
import type { CreateClient } from '../main.ts';

/** Creates a client for the bundled server, not yet started: the caller listens first. */
export const createClient: CreateClient = (context, log, rules) =>
  new LanguageClient(
    section,
    log.name,
    serverOptions(context),
    clientOptions(context.asAbsolutePath('examples/drug-administration'), log, rules),
  );

function serverOptions(context: ExtensionContext): ServerOptions {
  const run: NodeModule = {
    module: context.asAbsolutePath('dist/server.cjs'),
    transport: TransportKind.ipc,
    options: { execArgv: [...SERVER_NODE_OPTIONS] },
  };
  return { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } } };
}
