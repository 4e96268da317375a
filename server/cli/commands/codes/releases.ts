/** `coding-spec codes releases`: what is installed, and which files cannot be used. */
import type { Command } from 'commander';
import { listReleases } from '../../../codes/installed.ts';
import { EXIT } from '../../findings.ts';
import { releasesText, type ReleasesReport } from '../../report/codes.ts';
import { writeJson, writeText } from '../../write.ts';
import { foldersToRead, withFolders, withFormat, type FolderOptions, type FormatOption } from './shared.ts';

export function addReleases(codes: Command): void {
  withFormat(withFolders(codes.command('releases')))
    .description('list the releases that are installed')
    .action(async (options: FolderOptions & FormatOption) => {
      const folders = foldersToRead(options);
      const report: ReleasesReport = { folders, ...listReleases(folders) };
      if (options.format === 'json') await writeJson(report);
      else await writeText(releasesText(report));
      process.exitCode = report.damaged.length > 0 ? EXIT.findings : EXIT.fine;
    });
}
