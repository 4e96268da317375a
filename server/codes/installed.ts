/** Installed releases as data: listing them, adding what was prepared, and taking them away. */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { openCodeSetFile, type CodeSetFile, type RefusedRow } from '../core/index.ts';
import type { Prepared } from './install.ts';
import type { Failure } from './original.ts';
import { storedSets } from './store.ts';
import { writeFiles } from './write.ts';

export interface ReleaseEntry {
  readonly set: string;
  readonly release: string;
  readonly title: string;
  readonly publisher: string;
  readonly from: string;
  readonly to?: string;
  readonly rows: number;
  readonly billable: number;
  readonly starter: boolean;
  /** The official file. */
  readonly source?: { readonly name: string; readonly sha256: string };
  readonly file: string;
  readonly bytes: number;
}

export interface InstallReport {
  readonly releases: readonly (ReleaseEntry & { readonly replaced: boolean })[];
  /** Rows that the official file holds. */
  readonly read: number;
  readonly refused: readonly RefusedRow[];
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

function releaseEntry({ header, name }: Pick<CodeSetFile, 'header' | 'name'>): ReleaseEntry {
  const { set, release, title, publisher, effective, rows, billable, starter, source } = header;
  return {
    set,
    release,
    title,
    publisher,
    from: effective.from,
    ...(effective.to !== undefined && { to: effective.to }),
    rows,
    billable,
    starter: starter === true,
    ...(source && { source }),
    file: shownPath(name),
    bytes: statSync(name).size,
  };
}

/** Every file is opened: the header alone does not tell that the rest of it is damaged. */
export function listReleases(folders: readonly string[]): ReleaseList {
  const { sets, refused } = storedSets(folders);
  const damaged = refused.map(({ name, reason }) => ({ file: shownPath(name), reason }));
  const whole = sets.filter((file) => {
    const opened = openCodeSetFile(file);
    if (!('refused' in opened)) return true;
    damaged.push({ file: shownPath(file.name), reason: opened.refused });
    return false;
  });
  return { releases: whole.map(releaseEntry).sort(bySetAndDay), damaged };
}

const bySetAndDay = (a: ReleaseEntry, b: ReleaseEntry): number =>
  a.set === b.set ? (a.from === b.from ? 0 : a.from < b.from ? 1 : -1) : a.set < b.set ? -1 : 1;

/** Writes what was prepared, all of it or nothing. */
export function storeReleases(
  { releases, read, refused, noted, doubts }: Prepared,
  folder: string,
): InstallReport | Failure {
  const written = writeFiles(
    folder,
    releases.map(({ header, bytes }) => ({ set: header.set, release: header.release, bytes })),
  );
  if ('failure' in written) return written;
  return {
    releases: releases.flatMap(({ header }, i) => {
      const at = written[i];
      return at ? [{ ...releaseEntry({ header, name: at.file }), replaced: at.replaced }] : [];
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
