/**
 * Entry of the extension: starts the language server and adds what only VS Code has.
 *
 * Everything about files, rules and lines is in the server, so that other editors get the same.
 */
import { commands, window, type ExtensionContext } from 'vscode';
import type { Api } from './api.ts';
import { createLenses } from './lenses.ts';
import { createClient } from './node/start.ts';
import { Session } from './session.ts';
import { createStatus } from './status.ts';
import { createExplorer } from './testing/explorer.ts';

const showLogCommand = 'codingSpec.showLog';
const restartServerCommand = 'codingSpec.restartServer';

let session: Session | undefined;

/** Called by VS Code once, when the first of our files (or a folder that has some) is opened. */
export async function activate(context: ExtensionContext): Promise<Api> {
  const log = window.createOutputChannel('Coding Spec', { log: true });
  const status = createStatus(showLogCommand);
  const explorer = createExplorer(log);
  const lenses = createLenses();
  const running = new Session(() => createClient(context, log), [status, explorer, lenses], log);
  session = running;
  context.subscriptions.push(
    log,
    status,
    explorer,
    lenses,
    commands.registerCommand(showLogCommand, () => {
      log.show(true);
    }),
    commands.registerCommand(restartServerCommand, () => running.restart()),
  );
  await running.start();
  return { onDidRunTests: explorer.onDidRunTests };
}

/** Called by VS Code when the extension is disabled or the window closes. */
export async function deactivate(): Promise<void> {
  await session?.stop();
}
