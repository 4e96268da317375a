/** `coding-spec codes install`: an official file, from a path or the web, as a release that is searched in place. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Day } from '../../../codes/days.ts';
import type { Prepared } from '../../../codes/install.ts';
import { storeReleases } from '../../../codes/installed.ts';
import { isReleaseName, isSetName, isSha256, RELEASE_NAME, SET_NAME, SHA256 } from '../../../codes/names.ts';
import { obtain } from '../../../codes/obtain.ts';
import { megabytes, type Failure } from '../../../codes/original.ts';
import { EXIT } from '../../findings.ts';
import { installText } from '../../report/codes.ts';
import { UsageError } from '../../usage-error.ts';
import { writeJson, writeText } from '../../write.ts';
import {
  folderToWrite,
  readDay,
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

async function install(sources: readonly string[], options: InstallOptions): Promise<void> {
  const prepared = orUsageError(await obtained(sources, options));
  const report = orUsageError(storeReleases(prepared, folderToWrite(options)));
  if (options.format === 'json') await writeJson(report);
  else await writeText(installText(report));
  process.exitCode = report.refused.length + report.doubts.length > 0 ? EXIT.findings : EXIT.fine;
}

function orUsageError<Result extends object>(result: Result | Failure): Result {
  if (!('failure' in result)) return result;
  throw new UsageError(result.advice === undefined ? result.failure : `${result.failure} ${result.advice}`);
}

/** Shows how far a download is, on one line of a terminal, and nothing where nobody looks. */
async function obtained(sources: readonly string[], options: InstallOptions): Promise<Prepared | Failure> {
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
    const reading = (): void => {
      show('');
    };
    return await obtain({ ...options, sources }, { patience: options.timeout * 1000, progress, reading });
  } finally {
    show('');
  }
}

function readSet(text: string): string {
  if (!isSetName(text)) throw new InvalidArgumentError(SET_NAME);
  return text;
}

function readRelease(text: string): string {
  if (!isReleaseName(text)) throw new InvalidArgumentError(RELEASE_NAME);
  return text;
}

function readSha256(text: string): string {
  if (!isSha256(text)) throw new InvalidArgumentError(SHA256);
  return text;
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('Give seconds, up to 3600.');
  return seconds;
}
