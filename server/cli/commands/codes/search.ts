/** `coding-spec codes search`: codes by words of their titles, or by how they begin. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Day } from '../../../codes/days.ts';
import { searchCodes } from '../../../core/index.ts';
import { EXIT } from '../../findings.ts';
import { searchText, type SearchReport } from '../../report/codes.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  answering,
  dateOf,
  releasesAtHand,
  withDate,
  withFolders,
  withFormat,
  type FolderOptions,
  type FormatOption,
} from './shared.ts';

interface SearchOptions extends FolderOptions, FormatOption {
  readonly set?: string;
  readonly date?: Day;
  readonly limit: number;
}

export function addSearch(codes: Command): void {
  withDate(withFormat(withFolders(codes.command('search'))))
    .description('find codes by words in any order, begun or misspelt, or by how the code begins')
    .argument('<words...>')
    .option('--set <set>', 'only this set')
    .addOption(new Option('--limit <count>', 'the most codes of a set').argParser(readLimit).default(20))
    .action(async (words: string[], options: SearchOptions) => {
      const date = dateOf(options);
      const query = words.join(' ');
      const report: SearchReport = {
        query,
        date,
        sets: answering(releasesAtHand(options), options.set, date).map(({ set, forDate }) => {
          const { rows, total } = searchCodes(set, query, { limit: options.limit, date });
          return {
            set: set.header.set,
            release: set.header.release,
            forDate,
            total,
            found: rows.map((row) => ({
              code: set.displayAt(row),
              title: set.titleAt(row),
              billable: set.isBillable(row),
            })),
          };
        }),
      };
      if (options.format === 'json') await writeJson(report);
      else await writeText(searchText(report));
      process.exitCode = report.sets.some(({ total }) => total > 0) ? EXIT.fine : EXIT.findings;
    });
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
  return limit;
}
