/** `coding-spec codes install`: an official file, from a path or the web, as a release that is searched in place. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CATALOGUE, catalogued, type CatalogueEntry } from '../../../codes/catalogue.ts';
import type { Day } from '../../../codes/days.ts';
import { download } from '../../../codes/download.ts';
import { prepareFiles } from '../../../codes/install-files.ts';
import type { Prepared } from '../../../codes/install.ts';
import { megabytes, MOST_BYTES, type Failure, type OriginalFile } from '../../../codes/original.ts';
import { writeFiles } from '../../../codes/write.ts';
import { EXIT } from '../../findings.ts';
import { installText, type InstallReport } from '../../report/codes.ts';
import { UsageError } from '../../usage-error.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  folderToWrite,
  readDay,
  releaseEntry,
  withFolders,
  withFormat,
  type FolderOptions,
  type FormatOption,
} from './shared.ts';

interface InstallOptions extends FolderOptions, FormatOption {
  readonly set?: string;
  readonly release?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly sha256?: string;
  readonly notes?: string;
  readonly addenda?: string;
  /** In seconds. */
  readonly timeout: number;
}

export function addInstall(codes: Command): void {
  withFormat(withFolders(codes.command('install')))
    .description('install a release from its official file, or from its parts')
    .argument(
      '<files...>',
      'a path, an address that begins with https://, or a name of the catalogue; several are the parts of one table',
    )
    .addOption(new Option('--set <set>', 'the name of the set').argParser(readSet))
    .addOption(new Option('--release <name>', 'the name of the release').argParser(readRelease))
    .addOption(new Option('--from <date>', 'its first day, YYYY-MM-DD').argParser(readDay))
    .addOption(new Option('--to <date>', 'its last day, YYYY-MM-DD').argParser(readDay))
    .addOption(new Option('--sha256 <digits>', 'what the file must have').argParser(readSha256))
    .option('--notes <file>', 'the tabular list of the same release, for its instructions')
    .option('--addenda <file>', 'the addenda of the same release, to check changes and counts')
    .addOption(
      new Option('--timeout <seconds>', 'how long a server may send nothing')
        .argParser(readSeconds)
        .default(30),
    )
    .action(install);
}

async function install(given: readonly string[], options: InstallOptions): Promise<void> {
  const entry = given.length === 1 ? catalogued(given[0] ?? '') : undefined;
  const files: OriginalFile[] = [];
  for (const what of given) files.push(await originalFile(what, options, catalogued(what)));
  const notes = options.notes === undefined ? undefined : await originalFile(options.notes, options);
  const addenda = options.addenda === undefined ? undefined : await originalFile(options.addenda, options);
  const sha256 = options.sha256 ?? entry?.sha256;
  const prepared = orUsageError(prepareFiles(files, { ...options, sha256, notes, addenda }));
  const report = store(prepared, folderToWrite(options));
  if (options.format === 'json') await writeJson(report);
  else await writeText(installText(report));
  process.exitCode = report.refused.length + report.doubts.length > 0 ? EXIT.findings : EXIT.fine;
}

function store({ releases, read, refused, noted, doubts }: Prepared, folder: string): InstallReport {
  const written = orUsageError(
    writeFiles(
      folder,
      releases.map(({ header, bytes }) => ({
        set: header.set,
        release: header.release,
        isTable: 'kind' in header,
        bytes,
      })),
    ),
  );
  return {
    releases: releases.flatMap(({ header }, i) => {
      const at = written[i];
      return at ? [{ ...releaseEntry({ header, name: at.file }), replaced: at.replaced }] : [];
    }),
    read,
    refused,
    ...(noted !== undefined && { noted }),
    doubts,
  };
}

function orUsageError<Result extends object>(result: Result | Failure): Result {
  if ('failure' in result) throw new UsageError(result.failure);
  return result;
}

async function originalFile(
  what: string,
  { timeout }: InstallOptions,
  entry?: CatalogueEntry,
): Promise<OriginalFile> {
  const address = entry?.url ?? what;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return downloaded(address, timeout);
  if (entry) throw new UsageError(whereToGet(entry));
  return readOriginal(what);
}

const whereToGet = ({ name, file, publishedAt }: CatalogueEntry): string =>
  `The address of ${name} is not certain, so it is not downloaded: get ${file} from ${publishedAt}, and give its path. Its release and its checksum are known here.`;

/** How far a download is, on one line of a terminal, and nothing where nobody looks. */
async function downloaded(address: string, seconds: number): Promise<OriginalFile> {
  const shows = process.stderr.isTTY;
  let shown = '';
  const show = (text: string): void => {
    if (!shows || text === shown) return;
    shown = text;
    process.stderr.write(`\r\u001B[K${text}`);
  };
  const progress = (received: number, expected: number | undefined): void => {
    const share = expected ? `, ${String(Math.floor((received / expected) * 100))} %` : '';
    show(`Downloading: ${megabytes(received)}${share}`);
  };
  try {
    return orUsageError(await download(address, { patience: seconds * 1000, most: MOST_BYTES, progress }));
  } finally {
    show('');
  }
}

function readOriginal(file: string): OriginalFile {
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw new UsageError(`${file}: this is a folder, and not an official file.`);
    if (found.size > MOST_BYTES)
      throw new UsageError(
        `${file}: the file is larger than ${megabytes(MOST_BYTES)}, which no code set is.`,
      );
    return { name: path.basename(file), bytes: readFileSync(file) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
      throw new UsageError(`${file}: cannot be read (${error.message}).`);
    const names = CATALOGUE.map(({ name }) => name).join(', ');
    throw new UsageError(`${file}: there is no such file, and the catalogue has only ${names}.`);
  }
}

/** What becomes part of a file's name. */
function readSet(text: string): string {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text))
    throw new InvalidArgumentError('A set is named by lower-case letters, digits, and hyphens between them.');
  return text;
}

function readRelease(text: string): string {
  if (!/^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/.test(text))
    throw new InvalidArgumentError(
      'A release is named by letters, digits, and points or hyphens between them.',
    );
  return text;
}

function readSha256(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new InvalidArgumentError('It has 64 hexadecimal digits.');
  return text;
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('Give seconds, up to 3600.');
  return seconds;
}
