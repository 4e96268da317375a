/** What `codes` answers: the shapes that are written as JSON, and their text for people. */
import pc from 'picocolors';
import type { ReleaseEntry } from '../../codes/entry.ts';
import type { InstallReport, ReleaseList } from '../../codes/installed.ts';
import type { CodeChange, CodeNotes, TableKind } from '../../core/index.ts';
import { tableText, type ShownTable } from './shared/table-text.ts';
import { counted, daysText, grouped, listOf } from './shared/words.ts';

export interface ReleasesReport extends ReleaseList {
  readonly folders: readonly string[];
}

/** Codes are written as people write them, with their point. */
export interface RowEntry {
  readonly code: string;
  readonly title: string;
  readonly billable: boolean;
}

/** Instructions that stand at a code: of the one that is shown, or above it. */
export interface NotesEntry extends CodeNotes {
  readonly at: string;
}

export interface ShownCode extends RowEntry {
  readonly set: string;
  readonly release: string;
  readonly setTitle: string;
  readonly releaseFrom: string;
  readonly releaseTo?: string;
  /** Whether the release is for the date at all. */
  readonly forDate: boolean;
  /** Whether the release is, and the code is in force in it. */
  readonly inForce: boolean;
  /** Days of the code itself, where it has any. */
  readonly from?: string;
  readonly to?: string;
  /** Headers above, the nearest first. */
  readonly under: readonly RowEntry[];
  readonly children: readonly RowEntry[];
  readonly notes: readonly NotesEntry[];
}

export interface ShowReport {
  readonly code: string;
  readonly date: string;
  readonly found: readonly ShownCode[];
  /** Tables that are for the date and have the code. */
  readonly tables: readonly ShownTable[];
  /** Releases that do not have it; `complete` ones would if it existed on the date. */
  readonly notIn: readonly { readonly set: string; readonly release: string; readonly complete: boolean }[];
}

export interface SearchReport {
  readonly query: string;
  readonly date: string;
  readonly sets: readonly {
    readonly set: string;
    readonly release: string;
    readonly forDate: boolean;
    /** Codes that fit, listed or not. */
    readonly total: number;
    readonly found: readonly RowEntry[];
  }[];
}

export interface DiffReport {
  readonly set: string;
  readonly before: string;
  readonly after: string;
  readonly added: number;
  readonly deleted: number;
  readonly revised: number;
  /** Of a table, `code` is what rows are looked up by, and `title` what the row says. */
  readonly changes: readonly (CodeChange & { readonly billable?: boolean })[];
}

export interface RemoveReport {
  readonly removed: string;
}

export interface VerifyReport {
  readonly files: readonly {
    readonly file: string;
    readonly set?: string;
    readonly release?: string;
    readonly rows?: number;
    readonly faults: readonly string[];
  }[];
}

/** Of rows that are refused: a file of another kind has thousands of them, and they are all alike. */
const MOST_REFUSED = 20;

export function installText({ releases, read, refused, noted, doubts }: InstallReport): string {
  return [
    ...releases.flatMap((entry) => [
      `${headOf(entry)}  ${pc.dim(entry.replaced ? 'installed again' : 'installed')}`,
      `  in force  ${daysText(entry)}`,
      `  holds     ${rowsText(entry)}`,
      ...sourceLine(entry),
      `  file      ${entry.file}, ${sizeText(entry.bytes)}`,
    ]),
    `${counted(read, 'row')} read, ${refused.length === 0 ? 'none' : grouped(refused.length)} refused${
      noted === undefined ? '' : `; ${counted(noted, 'code')} with instructions`
    }.`,
    ...refused.slice(0, MOST_REFUSED).map(({ file, line, reason }) => {
      const where = `${file === undefined ? '' : `${file}, `}line ${String(line)}`;
      return `  ${pc.yellow(where)}: ${reason}`;
    }),
    ...(refused.length > MOST_REFUSED ? [`  … and ${grouped(refused.length - MOST_REFUSED)} more.`] : []),
    ...doubts.map((doubt) => pc.yellow(doubt)),
  ].join('\n');
}

export function releasesText({ folders, releases, damaged }: ReleasesReport): string {
  const none = `No release of a code set is installed in ${folders.join(' or ')}.`;
  return [
    ...(releases.length + damaged.length === 0 ? [none] : []),
    ...releases.flatMap((entry) => [
      headOf(entry),
      `  in force  ${daysText(entry)}`,
      `  holds     ${rowsText(entry)}`,
      ...sourceLine(entry),
      `  file      ${entry.file}, ${sizeText(entry.bytes)}`,
    ]),
    ...damaged.map(({ file, reason }) => `${pc.red('damaged')}  ${file}: ${reason}`),
  ].join('\n');
}

export function showText({ code, date, found, tables, notIn }: ShowReport): string {
  const names = notIn.map(({ set, release }) => `${set} ${release}`).join(', ');
  if (found.length + tables.length > 0)
    return [
      ...found.map((shown) => shownText(shown, date)),
      ...tables.map((table) => tableText(code, table)),
    ].join('\n\n');
  const open = notIn.every(({ complete }) => !complete)
    ? ` None of them lists all codes of ${date}, so it may exist.`
    : '';
  return `${code} is not in ${names}.${open}`;
}

function shownText(shown: ShownCode, date: string): string {
  const { setTitle, release, releaseFrom, releaseTo, forDate, inForce, from, to, under, children, notes } =
    shown;
  const days = daysText({ from: releaseFrom, ...(releaseTo !== undefined && { to: releaseTo }) });
  const own = [...(from === undefined ? [] : [`from ${from}`]), ...(to === undefined ? [] : [`to ${to}`])];
  return [
    `${pc.bold(shown.code)}  ${shown.title}`,
    `  release   ${setTitle} ${release}, in force ${days}`,
    ...(forDate ? [] : [pc.yellow(`            none is installed for ${date}`)]),
    `  billable  ${shown.billable ? 'yes' : 'no, a header'}`,
    ...(own.length > 0 ? [`  in force  ${own.join(' ')}`] : []),
    ...(forDate && !inForce ? [pc.yellow(`            not in force on ${date}`)] : []),
    ...listOf('under', under.map(rowText)),
    ...listOf('below', children.map(rowText)),
    ...notes.flatMap((entry) => notesLines(entry, shown.code)),
  ].join('\n');
}

const NOTES = [
  ['excludes1', 'excludes1 (never billed together)'],
  ['excludes2', 'excludes2 (may stand beside it)'],
  ['codeFirst', 'code first'],
  ['useAdditional', 'use additional code'],
] as const;

function notesLines(entry: NotesEntry, shown: string): readonly string[] {
  const at = entry.at === shown ? '' : `, as all of ${entry.at}`;
  return [
    ...(entry.includes ? [`  includes${at}: ${entry.includes.join('; ')}`] : []),
    ...NOTES.flatMap(([kind, words]) => {
      const codes = entry[kind] ?? [];
      return codes.length > 0 ? [`  ${words}${at}: ${codes.join(', ')}`] : [];
    }),
  ];
}

export function searchText({ query, date, sets }: SearchReport): string {
  const found = sets.filter(({ total }) => total > 0);
  if (found.length === 0) {
    const names = sets.map(({ set, release }) => `${set} ${release}`).join(', ');
    return `Nothing is like “${query}” in ${names}.`;
  }
  return found
    .map((own) => {
      const width = Math.max(...own.found.map(({ code }) => code.length));
      const all = own.total === own.found.length;
      return [
        `${pc.bold(`${own.set} ${own.release}`)}  ${pc.dim(all ? counted(own.total, 'code') : `${grouped(own.found.length)} of ${counted(own.total, 'code')}`)}`,
        ...(own.forDate ? [] : [pc.yellow(`  none is installed for ${date}`)]),
        ...own.found.map((row) => `  ${rowText({ ...row, code: row.code.padEnd(width) })}`),
      ].join('\n');
    })
    .join('\n\n');
}

const SIGNS = { added: pc.green('+'), deleted: pc.red('-'), revised: pc.yellow('~') } as const;

export function diffText({ set, before, after, added, deleted, revised, changes }: DiffReport): string {
  const width = Math.max(0, ...changes.map(({ code }) => code.length));
  return [
    `${pc.bold(`${set} ${before} → ${after}`)}  ${grouped(added)} added, ${grouped(deleted)} deleted, ${grouped(revised)} revised`,
    ...changes.flatMap((change) => [
      `${SIGNS[change.kind]} ${rowText({ ...change, code: change.code.padEnd(width) })}`,
      ...(change.before === undefined
        ? []
        : [`  ${' '.repeat(width)}  ${pc.dim(`before: ${change.before}`)}`]),
    ]),
  ].join('\n');
}

export const removeText = ({ removed }: RemoveReport): string => `Removed ${removed}.`;

export function verifyText({ files }: VerifyReport): string {
  const bad = files.filter(({ faults }) => faults.length > 0).length;
  return [
    ...files.flatMap(({ file, set, release, rows, faults }) => [
      `${faults.length === 0 ? pc.green('fine   ') : pc.red('damaged')}  ${
        set === undefined ? file : `${set} ${release ?? ''}, ${counted(rows ?? 0, 'row')}  ${pc.dim(file)}`
      }`,
      ...faults.map((fault) => `         ${fault}`),
    ]),
    `${counted(files.length, 'release')} checked, ${bad === 0 ? 'all fine' : `${grouped(bad)} damaged`}.`,
  ].join('\n');
}

const headOf = ({ set, release, title, starter }: ReleaseEntry): string =>
  `${pc.bold(`${set} ${release}`)}  ${title}${starter ? `, ${pc.yellow('starter: knows only some codes')}` : ''}`;

function sourceLine({ source, sources, publisher }: ReleaseEntry): readonly string[] {
  const files = sources ?? (source ? [source] : []);
  const lines = files.map(({ name, sha256 }) => `${name}, sha256 ${sha256}`);
  return [...listOf('source', lines.length > 0 ? lines : ['unknown']), ...listOf('', [publisher])];
}

const ROWS: Readonly<Record<TableKind, string>> = { limits: 'limit', pairs: 'pair', fees: 'fee' };

function rowsText({ rows, billable, kind, localities }: ReleaseEntry): string {
  if (kind !== undefined)
    return `${counted(rows, ROWS[kind])}${localities === undefined ? '' : `, indices of ${grouped(localities)} localities`}`;
  return `${counted(rows, 'code')}${billable === undefined || rows === billable ? '' : `, ${grouped(billable)} of them billable`}`;
}

const rowText = ({
  code,
  title,
  billable,
}: Omit<RowEntry, 'billable'> & { readonly billable?: boolean }): string =>
  `${code}  ${title}${billable === false ? pc.dim('  (header)') : ''}`;

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${String(Math.ceil(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
