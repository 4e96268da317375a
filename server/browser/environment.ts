/** What the server needs from a browser, where it runs as a worker: all files come by way of the client. */
import { today } from '../codes/days.ts';
import { nothingPrepared, readPrepared } from '../core/index.ts';
import { IGNORED_NAMES, inReadingOrder } from '../files/patterns.ts';
import type { CodeSetTools, Environment, FoundFile } from '../lsp/environment.ts';
import type { WorkerStart } from '../protocol/start.ts';
import { below, type ClientFiles } from '../virtual/client-files.ts';
import { clientReleases, listClientReleases } from '../virtual/releases.ts';

const NO_PLACE =
  'In a browser no release can be installed or removed: open the workspace in VS Code on the desktop, or in a remote. ' +
  'A release that lies in the folder .coding-spec/codes of the workspace is used here, too.';

export function browserEnvironment(files: ClientFiles, start: WorkerStart): Environment {
  const library = libraryFiles(start);
  return {
    prepared: start.prepared === '' ? nothingPrepared : readPrepared(start.prepared),
    async *readFolder(folder) {
      if (folder === start.library) yield library;
      else yield* files.readFolder(folder);
    },
    ignoredFolders: IGNORED_NAMES,
    readFile: (uri) => files.readFile(uri),
    readCodeSets: (folders) => clientReleases(files, folders),
    // There are none outside of workspace folders.
    watchCodeSets: () => () => undefined,
    codes: codeSetTools(files),
    clientReadsFiles: (offered) => {
      files.isOffered = offered;
    },
    today,
    pause: turnOfTheEventLoop,
  };
}

function libraryFiles({ library, texts }: WorkerStart): readonly FoundFile[] {
  const files = JSON.parse(texts === '' ? '{}' : texts) as Readonly<Record<string, string>>;
  return inReadingOrder(Object.keys(files)).map((path) => ({
    uri: below(library, ...path.split('/')),
    content: { text: files[path] ?? '' },
  }));
}

const codeSetTools = (files: ClientFiles): CodeSetTools => ({
  list: (folders) => listClientReleases(files, folders),
  catalogue: () => ({ entries: [] }),
  install: () => Promise.resolve({ outcome: 'failed', message: NO_PLACE }),
  remove: ({ files: wanted }) => ({
    removed: [],
    failed: wanted.map((file) => ({ file, reason: NO_PLACE })),
  }),
});

/** By a message, since timers wait for some milliseconds when they follow each other. */
function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
