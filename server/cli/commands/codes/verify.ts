/** `coding-spec codes verify`: whether the installed releases are whole and what they say they are. */
import type { Command } from 'commander';
import { openInstalled, type Installed } from '../../../codes/entry.ts';
import { shownPath } from '../../../codes/installed.ts';
import { storedSets } from '../../../codes/store.ts';
import { faultsOf } from '../../../codes/verify.ts';
import { faultsOfTable } from '../../../codes/verify-table.ts';
import { CodeSet } from '../../../core/index.ts';
import { EXIT } from '../../findings.ts';
import { verifyText, type VerifyReport } from '../../report/codes.ts';
import { UsageError } from '../../usage-error.ts';
import { writeJson, writeText } from '../../write.ts';
import { foldersToRead, withFolders, withFormat, type FolderOptions, type FormatOption } from './shared.ts';

export function addVerify(codes: Command): void {
  withFormat(withFolders(codes.command('verify')))
    .description('check every installed release: its checksum, its counts, looking codes up')
    .action(async (options: FolderOptions & FormatOption) => {
      const folders = foldersToRead(options);
      const { sets, tables, refused } = storedSets(folders);
      if (sets.length + tables.length + refused.length === 0)
        throw new UsageError(`No release of a code set is installed in ${folders.join(' or ')}.`);
      const report: VerifyReport = {
        files: [
          ...[...sets, ...tables].map((file) => ({
            file: shownPath(file.name),
            set: file.header.set,
            release: file.header.release,
            rows: file.header.rows,
            faults: faults(file),
          })),
          ...refused.map(({ name, reason }) => ({ file: shownPath(name), faults: [reason] })),
        ],
      };
      if (options.format === 'json') await writeJson(report);
      else await writeText(verifyText(report));
      process.exitCode = report.files.some((file) => file.faults.length > 0) ? EXIT.findings : EXIT.fine;
    });
}

function faults(file: Installed): readonly string[] {
  const opened = openInstalled(file);
  if ('refused' in opened) return [opened.refused];
  return opened instanceof CodeSet ? faultsOf(opened) : faultsOfTable(opened);
}
