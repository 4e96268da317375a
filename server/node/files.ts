/** Files for the language server where it runs on Node: read from disk, a few at a time. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { isOurFile, type FileContent } from '../core/index.ts';
import { today } from '../codes/days.ts';
import { installedFolders, storedSets } from '../codes/store.ts';
import type { Environment, FoundFile } from '../lsp/environment.ts';
import { decode, MAX_BYTES, tooLarge } from '../files/decode.ts';
import { find } from '../files/find.ts';
import { preparedLibrary } from '../files/prepared.ts';
import { IGNORED_NAMES, OUR_FILES } from '../files/patterns.ts';
import { codeSetTools, pathsOf, watchUserFolder } from './codes.ts';

/** Files read together before the event loop gets a turn. */
const BATCH = 50;

export const nodeEnvironment: Environment = {
  prepared: preparedLibrary(),
  async *readFolder(folderUri) {
    const folder = URI.parse(folderUri);
    if (folder.scheme !== 'file') return;
    const { files: names, failures } = await find(OUR_FILES, {
      cwd: folder.fsPath,
      caseSensitiveMatch: false,
    });
    yield failures
      .filter(({ kind, path: link }) => kind === 'folder' || isOurFile(link))
      .map(({ path: failed, reason }) => ({
        uri: URI.file(path.resolve(failed)).toString(),
        content: { unreadable: reason },
      }));
    // Rules first: with them every encounter is computed once, not again when they arrive.
    const sorted = [...names].sort(
      (a, b) => Number(a.includes('.encounter.')) - Number(b.includes('.encounter.')) || (a < b ? -1 : 1),
    );
    for (let i = 0; i < sorted.length; i += BATCH) {
      const files = sorted.slice(i, i + BATCH).map((name) => path.join(folder.fsPath, name));
      yield (await Promise.all(files.map(readFound))).filter((found) => found !== undefined);
    }
  },
  ignoredFolders: IGNORED_NAMES,
  readCodeSets: (folderUris) => storedSets(installedFolders(pathsOf(folderUris))),
  watchCodeSets: watchUserFolder,
  codes: codeSetTools,
  today,
  readFile: async (uri) => {
    const parsed = URI.parse(uri);
    return parsed.scheme === 'file' ? readContent(parsed.fsPath) : undefined;
  },
  pause: () =>
    new Promise((resolve) => {
      setImmediate(resolve);
    }),
};

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
