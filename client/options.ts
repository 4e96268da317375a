/** What every client of ours tells its server, however that runs. */
import type { LogOutputChannel, Uri } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { showEncountersCommand } from '../server/protocol/clauses.ts';
import { suggestCommand } from '../server/protocol/completion.ts';
import { ourDocuments } from './documents.ts';
import type { RulesPage } from './rules.ts';

/** Also the prefix of the settings that the client library reads itself (`codingSpec.trace.server`). */
export const section = 'codingSpec';

/** `library` is the folder of the built-in library: a path or a URI. */
export const clientOptions = (
  library: string,
  log: LogOutputChannel,
  rules: RulesPage,
): LanguageClientOptions => ({
  uriConverters: {
    code2Protocol: (uri: Uri) => uri.toString(),
    protocol2Code: (value: string) => rules.uri(value),
  },
  documentSelector: ourDocuments(),
  synchronize: { configurationSection: section },
  initializationOptions: { library, commands: [showEncountersCommand, suggestCommand], files: true },
  outputChannel: log,
});
