/** The language server as a Node process: over stdio or IPC, whichever the client asks for on the command line. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { libraryFolder } from '../files/library.ts';
import { startServer } from '../lsp/server.ts';
import { ClientFiles } from '../virtual/client-files.ts';
import { nodeEnvironment } from './files.ts';

const connection = createConnection(ProposedFeatures.all);
// A fault that escapes every guard: the client shows that the server has stopped, and its log says why.
process.on('uncaughtException', (error) => {
  connection.console.error(`Internal error, the server stops: ${error.stack ?? error.message}`);
  setTimeout(() => process.exit(1), 100);
});

const library = libraryFolder();
startServer(
  connection,
  nodeEnvironment(new ClientFiles(connection)),
  library === undefined ? undefined : URI.file(library).toString(),
);
