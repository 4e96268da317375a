/** `coding-spec codes diff`: what changed from one installed release to another. */
import type { Command } from 'commander';
import { changesBetween } from '../../../codes/diff.ts';
import { changesBetweenTables } from '../../../codes/diff-table.ts';
import type { Installed } from '../../../codes/entry.ts';
import {
  displayCode,
  openCodeSetFile,
  openTableFile,
  type CodeChange,
  type CodeSetFile,
  type TableFile,
} from '../../../core/index.ts';
import { diffText, type DiffReport } from '../../report/codes.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  findRelease,
  orUnreadable,
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
      const { sets, tables } = releasesAtHand(options);
      const report = tables.some(({ header }) => header.set === set)
        ? reportOf(findRelease(tables, set, before), findRelease(tables, set, after), changesOfTables)
        : reportOf(findRelease(sets, set, before), findRelease(sets, set, after), changesOfSets);
      if (options.format === 'json') await writeJson(report);
      else await writeText(diffText(report));
    });
}

function reportOf<File extends Installed>(
  before: File,
  after: File,
  changesOf: (before: File, after: File) => DiffReport['changes'],
): DiffReport {
  const changes = changesOf(before, after);
  const count = (kind: CodeChange['kind']): number => changes.filter((change) => change.kind === kind).length;
  return {
    set: after.header.set,
    before: before.header.release,
    after: after.header.release,
    added: count('added'),
    deleted: count('deleted'),
    revised: count('revised'),
    changes,
  };
}

function changesOfSets(before: CodeSetFile, after: CodeSetFile): DiffReport['changes'] {
  const old = orUnreadable(openCodeSetFile(before), before);
  const own = orUnreadable(openCodeSetFile(after), after);
  return changesBetween(old, own).map((change) => ({
    ...change,
    code: displayCode(change.code, own.header.pointAfter),
  }));
}

const changesOfTables = (before: TableFile, after: TableFile): DiffReport['changes'] =>
  changesBetweenTables(
    orUnreadable(openTableFile(before), before),
    orUnreadable(openTableFile(after), after),
  );
