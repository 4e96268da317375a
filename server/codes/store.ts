/** Where installed releases lie: one file each, in a folder of the user and in folders of the workspace. */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Dirent,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  HEADER_BYTES,
  readHeader,
  readTableHeader,
  type CodeSetFile,
  type TableFile,
} from '../core/index.ts';
import { SUFFIX, TABLE_SUFFIX, WORKSPACE_STEPS } from './entry.ts';

/** A folder for releases below a workspace folder. */
export const WORKSPACE_FOLDER = path.join(...WORKSPACE_STEPS);

/**
 * The user's folder for installed releases: `CODING_SPEC_CODES` if it is set, else where programs of the platform keep
 * their data (XDG Base Directory Specification on Linux).
 */
export function userFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): string {
  const own = environment['CODING_SPEC_CODES'];
  if (own !== undefined && own !== '') return path.resolve(own);
  return path.join(dataFolder(environment, platform), 'coding-spec', 'codes');
}

function dataFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = os.homedir();
  if (platform === 'win32') return environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  const xdg = environment['XDG_DATA_HOME'];
  // The specification has relative paths ignored.
  return xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'share');
}

/** Releases that ship with the program, in `codes` beside its bundle; undefined where none do. */
export function programFolder(): string | undefined {
  const folder = path.join(import.meta.dirname, 'codes');
  return existsSync(folder) ? folder : undefined;
}

/** Where releases are installed and removed: in workspace folders, by default the working folder, and in the user's own. */
export const ownFolders = (workspaces: readonly string[] = ['']): readonly string[] => [
  ...workspaces.map((folder) => path.join(folder, WORKSPACE_FOLDER)),
  userFolder(),
];

/** Where releases are looked for. Of the same release in several folders, the first one answers. */
export function installedFolders(workspaces?: readonly string[]): readonly string[] {
  const shipped = programFolder();
  return [...ownFolders(workspaces), ...(shipped === undefined ? [] : [shipped])];
}

export interface Stored {
  readonly sets: readonly CodeSetFile[];
  readonly tables: readonly TableFile[];
  /** Files that are no release, or not any more, with a sentence why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
  /** Differs when a file came, went or was written anew. */
  readonly stamp: string;
}

/** The releases in some folders. A folder that is not there has none. Of each file only the header is read. */
export function storedSets(folders: readonly string[]): Stored {
  const refused: { readonly name: string; readonly reason: string }[] = [];
  const stamps: string[] = [];
  const stored = <Header extends object>(
    suffix: string,
    headerOf: (beginning: Uint8Array) => Header | { readonly refused: string },
  ): readonly { readonly header: Header; readonly name: string; readonly read: () => Uint8Array }[] =>
    folders
      .flatMap((folder) => filesIn(folder, suffix))
      .flatMap((name) => {
        try {
          const { beginning, stamp } = lookInto(name);
          stamps.push(`${name} ${stamp}`);
          const header = headerOf(beginning);
          if (!('refused' in header)) return [{ header, name, read: () => readFileSync(name) }];
          refused.push({ name, reason: header.refused });
        } catch (error) {
          const reason = `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
          refused.push({ name, reason });
          stamps.push(`${name} ${reason}`);
        }
        return [];
      });
  const [sets, tables] = [stored(SUFFIX, readHeader), stored(TABLE_SUFFIX, readTableHeader)];
  return { sets, tables, refused, stamp: stamps.join('\n') };
}

function filesIn(folder: string, suffix: string): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(suffix))
    .map(({ name }) => path.join(folder, name))
    .sort();
}

function lookInto(file: string): { readonly beginning: Uint8Array; readonly stamp: string } {
  const handle = openSync(file, 'r');
  try {
    const { size, mtimeMs, ino } = fstatSync(handle);
    const bytes = new Uint8Array(HEADER_BYTES);
    const beginning = bytes.subarray(0, readSync(handle, bytes, 0, HEADER_BYTES, 0));
    return { beginning, stamp: [size, mtimeMs, ino].join(' ') };
  } finally {
    closeSync(handle);
  }
}
