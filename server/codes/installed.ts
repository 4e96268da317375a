/** Installed releases of code sets and tables as data: listing them, adding what was prepared, and taking them away. */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { bySetAndDay, openInstalled, releaseEntry, type Installed, type ReleaseEntry } from './entry.ts';
import type { Prepared, RefusedIn } from './install.ts';
import type { Failure } from './original.ts';
import { storedSets } from './store.ts';
import { writeFiles } from './write.ts';

export interface InstallReport {
  readonly releases: readonly (ReleaseEntry & { readonly replaced: boolean })[];
  /** Rows that the official file holds. */
  readonly read: number;
  readonly refused: readonly RefusedIn[];
  /** Codes to which the tabular list adds instructions. */
  readonly noted?: number;
  readonly doubts: readonly string[];
}

export interface ReleaseList {
  /** By set, of each the latest first. */
  readonly releases: readonly ReleaseEntry[];
  readonly damaged: readonly { readonly file: string; readonly reason: string }[];
}

/** With forward slashes, as everything that the program prints. */
export const shownPath = (file: string): string => file.split(path.sep).join('/');

const entryOnDisk = ({
  header,
  name,
}: {
  readonly header: Installed['header'];
  readonly name: string;
}): ReleaseEntry => releaseEntry(header, shownPath(name), statSync(name).size);

/** Every file is opened: the header alone does not tell that the rest of it is damaged. */
export function listReleases(folders: readonly string[]): ReleaseList {
  const { sets, tables, refused } = storedSets(folders);
  const damaged = refused.map(({ name, reason }) => ({ file: shownPath(name), reason }));
  const whole = [...sets, ...tables].filter((file) => {
    const opened = openInstalled(file);
    if (!('refused' in opened)) return true;
    damaged.push({ file: shownPath(file.name), reason: opened.refused });
    return false;
  });
  return { releases: whole.map(entryOnDisk).sort(bySetAndDay), damaged };
}

/** Writes what was prepared, all of it or nothing. */
export function storeReleases(
  { releases, read, refused, noted, doubts }: Prepared,
  folder: string,
): InstallReport | Failure {
  const written = writeFiles(
    folder,
    releases.map(({ header, bytes }) => ({
      set: header.set,
      release: header.release,
      isTable: 'kind' in header,
      bytes,
    })),
  );
  if ('failure' in written) return written;
  return {
    releases: releases.flatMap(({ header }, i) => {
      const at = written[i];
      return at ? [{ ...entryOnDisk({ header, name: at.file }), replaced: at.replaced }] : [];
    }),
    read,
    refused,
    ...(noted !== undefined && { noted }),
    doubts,
  };
}

/** Takes one file away; a failure says why not. */
export function removeRelease(file: string): Failure | undefined {
  try {
    rmSync(file);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { failure: `${file}: cannot be removed (${reason}).` };
  }
}
