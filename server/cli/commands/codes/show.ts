/** `coding-spec codes show`: what the release in force says of a code. */
import type { Command } from 'commander';
import type { Day } from '../../../codes/days.ts';
import type { Stored } from '../../../codes/store.ts';
import { rowsAbout, type TableRows } from '../../../codes/table-rows.ts';
import {
  displayCode,
  type Answering,
  type CodeNotes,
  type CodeSet,
  type TableRelease,
} from '../../../core/index.ts';
import { EXIT } from '../../findings.ts';
import {
  showText,
  type NotesEntry,
  type RowEntry,
  type ShownCode,
  type ShowReport,
} from '../../report/codes.ts';
import type { ShownTable } from '../../report/shared/table-text.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  answering,
  dateOf,
  releasesAtHand,
  tablesOn,
  withDate,
  withFolders,
  withFormat,
  type FolderOptions,
  type FormatOption,
} from './shared.ts';

interface ShowOptions extends FolderOptions, FormatOption {
  readonly set?: string;
  readonly date?: Day;
}

export function addShow(codes: Command): void {
  withDate(withFormat(withFolders(codes.command('show'))))
    .description('show a code: its title, its place, its days, its instructions, and what tables say of it')
    .argument('<code>', 'with its point or without')
    .option('--set <set>', 'only this set')
    .action(async (code: string, options: ShowOptions) => {
      const date = dateOf(options);
      const stored = releasesAtHand(options);
      const answers = hasSets(stored, options.set) ? answering(stored, options.set, date) : [];
      const tables = tablesOn(stored, options.set, date).map((release) => ({
        ...headOf(release),
        ...rowsAbout(release, code, date),
      }));
      const has = ({ limits, pairs, fees }: TableRows): boolean =>
        limits.length + pairs.length + fees.length > 0;
      const found = answers.flatMap((answer) => {
        const row = answer.set.rowOf(code);
        return row === undefined ? [] : [shownCode(answer, row, date)];
      });
      const others = answers.filter(({ set }) => set.rowOf(code) === undefined);
      const report: ShowReport = {
        code,
        date,
        found,
        tables: tables.filter(has),
        notIn: [
          ...others.map(({ set: { header }, complete }) => ({
            set: header.set,
            release: header.release,
            complete,
          })),
          ...tables
            .filter((table) => !has(table))
            .map(({ set, release }) => ({ set, release, complete: false })),
        ],
      };
      if (options.format === 'json') await writeJson(report);
      else await writeText(showText(report));
      process.exitCode = found.length + report.tables.length > 0 ? EXIT.fine : EXIT.findings;
    });
}

/** False where only tables are at hand, or the one that is wanted is a table. */
const hasSets = ({ sets, tables }: Stored, set: string | undefined): boolean =>
  set === undefined ? sets.length > 0 : !tables.some(({ header }) => header.set === set);

function headOf({ header }: TableRelease): Omit<ShownTable, keyof TableRows> {
  const { set, release, title, effective } = header;
  return {
    set,
    release,
    setTitle: title,
    releaseFrom: effective.from,
    ...(effective.to !== undefined && { releaseTo: effective.to }),
  };
}

function shownCode({ set, forDate }: Answering, row: number, date: Day): ShownCode {
  const { header } = set;
  const { from, to } = set.daysAt(row);
  return {
    ...rowEntry(set, row),
    set: header.set,
    release: header.release,
    setTitle: header.title,
    releaseFrom: header.effective.from,
    ...(header.effective.to !== undefined && { releaseTo: header.effective.to }),
    forDate,
    inForce: forDate && set.isInForce(row, date),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    under: rowsAbove(set, row).map((above) => rowEntry(set, above)),
    children: childrenOf(set, row).map((child) => rowEntry(set, child)),
    notes: [row, ...rowsAbove(set, row)].flatMap((at) => {
      const notes = set.notesAt(at);
      return notes ? [notesEntry(set, at, notes)] : [];
    }),
  };
}

const rowEntry = (set: CodeSet, row: number): RowEntry => ({
  code: set.displayAt(row),
  title: set.titleAt(row),
  billable: set.isBillable(row),
});

/** The headers that a code is below, the nearest first. */
function rowsAbove(set: CodeSet, row: number): readonly number[] {
  const code = set.codeAt(row);
  const above: number[] = [];
  for (let length = code.length - 1; length > 0; length--) {
    const found = set.rowOf(code.slice(0, length));
    if (found !== undefined) above.push(found);
  }
  return above;
}

/** Those directly below; sets without headers have no hierarchy. */
function childrenOf(set: CodeSet, row: number): readonly number[] {
  const children: number[] = [];
  const { to } = set.rowsBelow(set.codeAt(row));
  let last: string | undefined;
  for (let at = row + 1; at < to; at++) {
    const code = set.codeAt(at);
    if (last !== undefined && code.startsWith(last)) continue;
    last = code;
    children.push(at);
  }
  return children;
}

function notesEntry(set: CodeSet, row: number, { includes, ...lists }: CodeNotes): NotesEntry {
  const written = Object.entries(lists).map(([kind, codes]) => [
    kind,
    codes.map((code) =>
      code
        .split('-')
        .map((end) => displayCode(end, set.header.pointAfter))
        .join('-'),
    ),
  ]);
  return {
    at: set.displayAt(row),
    ...(includes && { includes }),
    ...(Object.fromEntries(written) as Omit<CodeNotes, 'includes'>),
  };
}
