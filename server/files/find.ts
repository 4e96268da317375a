/** Looking for files below a folder. What cannot be looked into is told, never skipped in silence. */
import { readdir, readdirSync, realpath, realpathSync } from 'node:fs';
import { glob, globSync, type FileSystemAdapter, type GlobOptions } from 'tinyglobby';
import { IGNORED_FOLDERS } from './patterns.ts';

export interface Found {
  readonly files: readonly string[];
  /** Folders that cannot be read, and links that lead nowhere. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly path: string;
  readonly kind: 'folder' | 'link';
  /** Half a sentence for people. */
  readonly reason: string;
}

export function findSync(pattern: string | readonly string[], options: GlobOptions): Found {
  const failures: Failure[] = [];
  return { files: globSync(pattern, { ...common(failures), ...options }), failures };
}

export async function find(pattern: string | readonly string[], options: GlobOptions): Promise<Found> {
  const failures: Failure[] = [];
  return { files: await glob(pattern, { ...common(failures), ...options }), failures };
}

const common = (failures: Failure[]): GlobOptions => ({
  ignore: IGNORED_FOLDERS,
  expandDirectories: false,
  fs: telling((kind, path, error) => {
    const message = error instanceof Error ? error.message : String(error);
    failures.push({ path, kind, reason: `The ${kind} cannot be read (${message})` });
  }),
});

type Tell = (kind: Failure['kind'], path: string, error: unknown) => void;
type Done = (error: unknown, result: unknown) => void;

/** The file system as the search uses it, with an ear for what it would pass over. */
function telling(tell: Tell): FileSystemAdapter {
  const watched = <T>(kind: Failure['kind'], path: string, look: () => T): T => {
    try {
      return look();
    } catch (error) {
      tell(kind, path, error);
      throw error;
    }
  };
  const watchedLater =
    (kind: Failure['kind'], path: string, done: Done): Done =>
    (error, result) => {
      if (error) tell(kind, path, error);
      done(error, result);
    };
  return {
    readdirSync: ((path: string, options: { withFileTypes: true }) =>
      watched('folder', path, () => readdirSync(path, options))) as typeof readdirSync,
    realpathSync: ((path: string) => watched('link', path, () => realpathSync(path))) as typeof realpathSync,
    readdir: ((path: string, options: { withFileTypes: true }, done: Done) => {
      readdir(path, options, watchedLater('folder', path, done));
    }) as typeof readdir,
    realpath: ((path: string, done: Done) => {
      realpath(path, watchedLater('link', path, done));
    }) as typeof realpath,
  };
}
