/** `coding-spec codes diff`: what changed from one installed release to another. */
import type { Command } from 'commander';
import { changesBetween } from '../../../codes/diff.ts';
import { displayCode } from '../../../core/index.ts';
import { diffText, type DiffReport } from '../../report/codes.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  openRelease,
  releasesAtHand,
  withFolders,
  withFormat,
  type FolderOptions,
  type FormatOption,
} from './shared.ts';

export function addDiff(codes: Command): void {
  withFormat(withFolders(codes.command('diff')))
    .description('list the codes that a release added, deleted and revised')
    .argument('<set>')
    .argument('<before>', 'a release')
    .argument('<after>', 'another release of the set')
    .action(async (set: string, before: string, after: string, options: FolderOptions & FormatOption) => {
      const { sets } = releasesAtHand(options);
      const [old, own] = [openRelease(sets, set, before), openRelease(sets, set, after)];
      const changes = changesBetween(old, own).map((change) => ({
        ...change,
        code: displayCode(change.code, own.header.pointAfter),
      }));
      const count = (kind: (typeof changes)[number]['kind']): number =>
        changes.filter((change) => change.kind === kind).length;
      const report: DiffReport = {
        set,
        before: old.header.release,
        after: own.header.release,
        added: count('added'),
        deleted: count('deleted'),
        revised: count('revised'),
        changes,
      };
      if (options.format === 'json') await writeJson(report);
      else await writeText(diffText(report));
    });
}
