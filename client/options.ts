/** What every client of ours tells its server, however that runs. */
import type { LogOutputChannel } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { showEncountersCommand } from '../server/protocol/clauses.ts';
import { ourDocuments } from './documents.ts';

/** Also the prefix of the settings that the client library reads itself (`codingSpec.trace.server`). */
export const section = 'codingSpec';

/** `library` is the folder of the built-in library: a path or a URI. */
export const clientOptions = (library: string, log: LogOutputChannel): LanguageClientOptions => ({
  documentSelector: ourDocuments(),
  synchronize: { configurationSection: section },
  initializationOptions: { library, commands: [showEncountersCommand], files: true },
  outputChannel: log,
});
