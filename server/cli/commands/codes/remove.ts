/** `coding-spec codes remove`: takes a release away again. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { removeRelease, shownPath } from '../../../codes/installed.ts';
import { storedSets } from '../../../codes/store.ts';
import { fileName } from '../../../codes/write.ts';
import { removeText, type RemoveReport } from '../../report/codes.ts';
import { UsageError } from '../../usage-error.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  foldersToChange,
  notInstalled,
  withFolders,
  withFormat,
  type FolderOptions,
  type FormatOption,
} from './shared.ts';

export function addRemove(codes: Command): void {
  withFormat(withFolders(codes.command('remove')))
    .description('remove an installed release')
    .argument('<set>')
    .argument('<release>')
    .action(async (set: string, release: string, options: FolderOptions & FormatOption) => {
      const file = fileToRemove(set, release, foldersToChange(options));
      const failed = removeRelease(file);
      if (failed) throw new UsageError(failed.failure);
      const report: RemoveReport = { removed: shownPath(file) };
      if (options.format === 'json') await writeJson(report);
      else await writeText(removeText(report));
    });
}

/** By what the file says of itself, or, where it is damaged, by its name. */
function fileToRemove(set: string, release: string, folders: readonly string[]): string {
  const { sets, tables } = storedSets(folders);
  const all = [...sets, ...tables];
  const wanted = (name: string): boolean => name.toLowerCase() === release.toLowerCase();
  const byHeader = all.filter(({ header }) => header.set === set && wanted(header.release));
  const byName = folders
    .flatMap((folder) => [true, false].map((isTable) => path.join(folder, fileName(set, release, isTable))))
    .filter((file) => existsSync(file));
  const files = [...new Set([...byHeader.map(({ name }) => name), ...byName])];
  const [only, second] = files;
  if (only === undefined) throw new UsageError(notInstalled(all, set, release));
  if (second !== undefined)
    throw new UsageError(
      `${set} ${release} is installed in several files (${files.join(', ')}): say which with --folder or --workspace.`,
    );
  return only;
}
