/** `coding-spec codes releases`: what is installed, and which files cannot be used. */
import type { Command } from 'commander';
import { storedSets } from '../../../codes/store.ts';
import { EXIT } from '../../findings.ts';
import { releasesText, type ReleasesReport } from '../../report/codes.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  foldersToRead,
  openInstalled,
  releaseEntry,
  shownPath,
  withFolders,
  withFormat,
  type FolderOptions,
  type FormatOption,
} from './shared.ts';

export function addReleases(codes: Command): void {
  withFormat(withFolders(codes.command('releases')))
    .description('list the releases that are installed')
    .action(async (options: FolderOptions & FormatOption) => {
      const folders = foldersToRead(options);
      const { sets, tables, refused } = storedSets(folders);
      const damaged = [...refused];
      const whole = [...sets, ...tables].filter((file) => {
        // The header alone does not tell that the rest of a file is damaged.
        const opened = openInstalled(file);
        if (!('refused' in opened)) return true;
        damaged.push({ name: file.name, reason: opened.refused });
        return false;
      });
      const report: ReleasesReport = {
        folders,
        releases: whole
          .map(releaseEntry)
          .sort((a, b) => (a.set === b.set ? (a.from < b.from ? 1 : -1) : a.set < b.set ? -1 : 1)),
        damaged: damaged.map(({ name, reason }) => ({ file: shownPath(name), reason })),
      };
      if (options.format === 'json') await writeJson(report);
      else await writeText(releasesText(report));
      process.exitCode = damaged.length > 0 ? EXIT.findings : EXIT.fine;
    });
}
