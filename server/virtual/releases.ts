/**
 * Installed releases in folders that the client reads. Releases are searched in place, and their bytes are asked for at once, so
 * each is fetched whole when it is found: a year of ICD-10-CM has some 9 MB.
 */
import { HEADER_BYTES, readHeader, readTableHeader } from '../core/index.ts';
import {
  bySetAndDay,
  openInstalled,
  releaseEntry,
  SUFFIX,
  TABLE_SUFFIX,
  WORKSPACE_STEPS,
} from '../codes/entry.ts';
import type { StoredCodeSets } from '../lsp/environment.ts';
import type { ReleasesResult } from '../protocol/codes.ts';
import { below, type BytesRead, type ClientFiles } from './client-files.ts';

const releasesFolder = (folder: string): string => below(folder, ...WORKSPACE_STEPS);

/** The releases in workspace folders. A folder that is not there has none. */
export async function clientReleases(
  files: ClientFiles,
  folders: readonly string[],
): Promise<StoredCodeSets> {
  const names = await releaseFiles(files, folders.map(releasesFolder));
  const read = names.length === 0 ? [] : await files.read(names);
  const refused: { readonly name: string; readonly reason: string }[] = [];
  const stamps: string[] = [];
  const stored = <Header extends object>(
    suffix: string,
    headerOf: (beginning: Uint8Array) => Header | { readonly refused: string },
  ): readonly { readonly header: Header; readonly name: string; readonly read: () => Uint8Array }[] =>
    names.flatMap((name, i) => {
      if (!name.endsWith(suffix)) return [];
      const found: BytesRead = read[i] ?? { unreadable: 'it is gone' };
      if ('unreadable' in found) {
        refused.push({ name, reason: `It cannot be read: ${found.unreadable}.` });
        stamps.push(`${name} ${found.unreadable}`);
        return [];
      }
      const { bytes } = found;
      const beginning = bytes.subarray(0, HEADER_BYTES);
      // The beginning has a checksum of all that follows.
      stamps.push(`${name} ${String(bytes.length)} ${beginning.subarray(0, 16).join(' ')}`);
      const header = headerOf(beginning);
      if (!('refused' in header)) return [{ header, name, read: () => bytes }];
      refused.push({ name, reason: header.refused });
      return [];
    });
  const [sets, tables] = [stored(SUFFIX, readHeader), stored(TABLE_SUFFIX, readTableHeader)];
  return { sets, tables, refused, stamp: stamps.join('\n') };
}

async function releaseFiles(files: ClientFiles, folders: readonly string[]): Promise<readonly string[]> {
  if (!files.isOffered || folders.length === 0) return [];
  const listed = await files.list(folders);
  return folders.flatMap((folder, i) => {
    const answer = listed[i];
    if (!answer || !('entries' in answer)) return [];
    return answer.entries
      .filter(({ name, kind }) => kind === 'file' && (name.endsWith(SUFFIX) || name.endsWith(TABLE_SUFFIX)))
      .map(({ name }) => below(folder, name))
      .sort();
  });
}

/** The same as a list. Every file is opened: the header alone does not tell that the rest of it is damaged. */
export async function listClientReleases(
  files: ClientFiles,
  folders: readonly string[],
): Promise<ReleasesResult> {
  const place = 'workspace' as const;
  const { sets, tables, refused } = await clientReleases(files, folders);
  const opened = [...sets, ...tables].map((file) => ({ file, result: openInstalled(file) }));
  const seen = new Set<string>();
  const isFirst = (key: string): boolean => !seen.has(key) && seen.add(key).has(key);
  return {
    folders: folders.map((folder) => ({ folder: releasesFolder(folder), place })),
    releases: opened
      .filter(({ result }) => !('refused' in result))
      .map(({ file }) => releaseEntry(file.header, file.name, file.read().length))
      .map((entry) => ({ ...entry, place, used: isFirst(`${entry.set} ${entry.release}`) }))
      .sort(bySetAndDay),
    damaged: [
      ...refused.map(({ name, reason }) => ({ file: name, reason, place })),
      ...opened.flatMap(({ file, result }) =>
        'refused' in result ? [{ file: file.name, reason: result.refused, place }] : [],
      ),
    ],
  };
}
