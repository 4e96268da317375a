/** Installed releases of code sets and tables as data: listing them, adding what was prepared, and taking them away. */
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  openCodeSetFile,
  openTableFile,
  type CodeSetFile,
  type TableFile,
  type TableKind,
} from '../core/index.ts';
import type { Prepared, RefusedIn } from './install.ts';
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
  /** Of a code set. */
  readonly billable?: number;
  readonly starter?: boolean;
  /** The official file. */
  readonly source?: { readonly name: string; readonly sha256: string };
  /** Of a table: what its rows are, and the official files. */
  readonly kind?: TableKind;
  readonly sources?: readonly { readonly name: string; readonly sha256: string }[];
  /** Of fees: how many localities have indices. */
  readonly localities?: number;
  readonly file: string;
  readonly bytes: number;
}

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

/** A file of either kind. */
export type Installed = CodeSetFile | TableFile;

const isTableFile = (file: Installed): file is TableFile => 'kind' in file.header;

/** Opens a release of either kind, for looking at all of it. */
export const openInstalled = (
  file: Installed,
): ReturnType<typeof openCodeSetFile> | ReturnType<typeof openTableFile> =>
  isTableFile(file) ? openTableFile(file) : openCodeSetFile(file);

function releaseEntry({
  header,
  name,
}: Pick<Installed, 'name'> & { readonly header: Installed['header'] }): ReleaseEntry {
  const { set, release, title, publisher, effective, rows } = header;
  return {
    set,
    release,
    title,
    publisher,
    from: effective.from,
    ...(effective.to !== undefined && { to: effective.to }),
    rows,
    ...('kind' in header ? tableEntry(header) : setEntry(header)),
    file: shownPath(name),
    bytes: statSync(name).size,
  };
}

const setEntry = ({
  billable,
  starter,
  source,
}: CodeSetFile['header']): Pick<ReleaseEntry, 'billable' | 'starter' | 'source'> => ({
  billable,
  starter: starter === true,
  ...(source && { source }),
});

const tableEntry = ({
  kind,
  sources,
  relations,
}: TableFile['header']): Pick<ReleaseEntry, 'kind' | 'sources' | 'localities'> => ({
  kind,
  sources,
  ...(kind === 'fees' && { localities: relations.localities?.rows ?? 0 }),
});

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
