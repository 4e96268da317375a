/**
 * Files for the language server where it runs on Node: read from disk, a few at a time, or by the client where their folder is
 * on no disk.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { isOurFile, type FileContent } from '../core/index.ts';
import { today } from '../codes/days.ts';
import { installedFolders, storedSets } from '../codes/store.ts';
import type { Environment, FoundFile, StoredCodeSets } from '../lsp/environment.ts';
import { decode, MAX_BYTES, tooLarge } from '../files/decode.ts';
import { find } from '../files/find.ts';
import { preparedLibrary } from '../files/prepared.ts';
import { IGNORED_NAMES, inReadingOrder, OUR_FILES } from '../files/patterns.ts';
import type { ClientFiles } from '../virtual/client-files.ts';
import { clientReleases } from '../virtual/releases.ts';
import { codeSetTools, isOnDisk, notOnDisk, pathsOf, watchUserFolder } from './codes.ts';

/** Files read together before the event loop gets a turn. */
const BATCH = 50;

export const nodeEnvironment = (client: ClientFiles): Environment => ({
  prepared: preparedLibrary(),
  readFolder: (folder) => (isOnDisk(folder) ? readFolder(folder) : client.readFolder(folder)),
  ignoredFolders: IGNORED_NAMES,
  readCodeSets: (folders) => readCodeSets(client, folders),
  watchCodeSets: watchUserFolder,
  codes: codeSetTools(client),
  clientReadsFiles: (offered) => {
    client.isOffered = offered;
  },
  today,
  readFile: (uri) => (isOnDisk(uri) ? readContent(URI.parse(uri).fsPath) : client.readFile(uri)),
  pause: () =>
    new Promise((resolve) => {
      setImmediate(resolve);
    }),
});

async function* readFolder(folderUri: string): AsyncGenerator<readonly FoundFile[]> {
  const folder = URI.parse(folderUri).fsPath;
  const { files: names, failures } = await find(OUR_FILES, { cwd: folder, caseSensitiveMatch: false });
  yield failures
    .filter(({ kind, path: link }) => kind === 'folder' || isOurFile(link))
    .map(({ path: failed, reason }) => ({
      uri: URI.file(path.resolve(failed)).toString(),
      content: { unreadable: reason },
    }));
  const sorted = inReadingOrder(names);
  for (let i = 0; i < sorted.length; i += BATCH) {
    const files = sorted.slice(i, i + BATCH).map((name) => path.join(folder, name));
    yield (await Promise.all(files.map(readFound))).filter((found) => found !== undefined);
  }
}

/** Those of folders that the client reads stand before those of the user, as those of other folders do. */
function readCodeSets(
  client: ClientFiles,
  folders: readonly string[],
): StoredCodeSets | Promise<StoredCodeSets> {
  const own = storedSets(installedFolders(pathsOf(folders)));
  const others = notOnDisk(folders);
  if (others.length === 0 || !client.isOffered) return own;
  return clientReleases(client, others).then(({ sets, tables, refused, stamp }) => ({
    sets: [...sets, ...own.sets],
    tables: [...tables, ...own.tables],
    refused: [...refused, ...own.refused],
    stamp: `${stamp}\n${own.stamp}`,
  }));
}

async function readFound(file: string): Promise<FoundFile | undefined> {
  const content = await readContent(file);
  return content && { uri: URI.file(file).toString(), content };
}

async function readContent(file: string): Promise<FileContent | undefined> {
  try {
    const { size } = await stat(file);
    return size > MAX_BYTES ? tooLarge(size) : decode(await readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return {
      unreadable: `The file cannot be read (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}
