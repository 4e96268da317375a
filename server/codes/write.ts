/** Releases on disk: each is a file of its own, which is there as a whole or not at all. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Failure } from './original.ts';
import { SUFFIX, TABLE_SUFFIX } from './entry.ts';

export interface NamedBytes {
  readonly set: string;
  readonly release: string;
  /** Of a code set if absent. */
  readonly isTable?: boolean;
  readonly bytes: Uint8Array;
}

export interface WrittenFile {
  readonly file: string;
  /** Whether a file of the same set and release was there before. */
  readonly replaced: boolean;
}

const TEMPORARY = /^[.].*[.](\d+)[.]tmp$/;

export const fileName = (set: string, release: string, isTable = false): string =>
  `${set}.${release}${isTable ? TABLE_SUFFIX : SUFFIX}`;

/**
 * Writes each under another name in the same folder and, when all are written, gives them their names, so that nobody ever
 * sees half a file. The folder is made where it is missing.
 */
export function writeFiles(folder: string, files: readonly NamedBytes[]): readonly WrittenFile[] | Failure {
  const named = files.map(({ set, release, isTable, bytes }) => {
    const name = fileName(set, release, isTable);
    return {
      file: path.join(folder, name),
      temporary: path.join(folder, `.${name}.${String(process.pid)}.tmp`),
      bytes,
    };
  });
  try {
    mkdirSync(folder, { recursive: true });
    removeLeftovers(folder);
    for (const { temporary, bytes } of named) writeWhole(temporary, bytes);
    return named.map(({ file, temporary }) => {
      const replaced = existsSync(file);
      renameSync(temporary, file);
      return { file, replaced };
    });
  } catch (error) {
    for (const { temporary } of named) discard(temporary);
    const reason = error instanceof Error ? error.message : String(error);
    return { failure: `${folder}: the release cannot be written there (${reason}).` };
  }
}

function writeWhole(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, 'w');
  try {
    writeFileSync(handle, bytes);
    // The name must not reach the disk before the bytes do.
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What cannot be removed either, such as on a disk that is gone, is removed with the next release that is written. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    return;
  }
}

/** Temporary files of processes that were killed while they wrote. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, id] = TEMPORARY.exec(name) ?? [];
    if (id !== undefined && !isRunning(Number(id))) discard(path.join(folder, name));
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
