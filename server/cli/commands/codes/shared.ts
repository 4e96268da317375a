/** What the subcommands of `codes` share: folders, options, and releases as data. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseDay, today, type Day } from '../../../codes/days.ts';
import {
  installedFolders,
  ownFolders,
  storedSets,
  userFolder,
  WORKSPACE_FOLDER,
  type Stored,
} from '../../../codes/store.ts';
import {
  CodeSets,
  openCodeSetFile,
  type Answering,
  type CodeSet,
  type CodeSetFile,
} from '../../../core/index.ts';
import { UsageError } from '../../usage-error.ts';

export interface FolderOptions {
  readonly folder?: string;
  readonly workspace?: boolean;
}

export interface FormatOption {
  readonly format: 'text' | 'json';
}

export function withFolders(command: Command): Command {
  return command
    .addOption(new Option('--folder <folder>', 'the folder of the releases').conflicts('workspace'))
    .option('--workspace', `the folder ${WORKSPACE_FOLDER} of the working folder`);
}

export const withFormat = (command: Command): Command =>
  command.addOption(
    new Option('--format <format>', 'how to write the result').choices(['text', 'json']).default('text'),
  );

export const withDate = (command: Command): Command =>
  command.addOption(
    new Option('--date <date>', 'the date of service, YYYY-MM-DD')
      .argParser(readDay)
      .default(undefined, 'today'),
  );

export function readDay(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new InvalidArgumentError('A date is written YYYY-MM-DD.');
  return day;
}

export const dateOf = ({ date }: { readonly date?: Day }): Day => date ?? today();

/** The folder that was chosen; else all, that of the workspace first. */
export const foldersToRead = (options: FolderOptions): readonly string[] =>
  isChosen(options) ? [folderToWrite(options)] : installedFolders();

/** The same without what ships with the program. */
export const foldersToChange = (options: FolderOptions): readonly string[] =>
  isChosen(options) ? [folderToWrite(options)] : ownFolders();

const isChosen = ({ folder, workspace }: FolderOptions): boolean =>
  folder !== undefined || workspace === true;

export const folderToWrite = ({ folder, workspace }: FolderOptions): string =>
  folder ?? (workspace === true ? WORKSPACE_FOLDER : userFolder());

/** The releases at hand; what is damaged is said, and the others answer. None at all is a mistake in the call. */
export function releasesAtHand(options: FolderOptions): Stored {
  const folders = foldersToRead(options);
  const stored = storedSets(folders);
  stored.refused.forEach(mention);
  if (stored.sets.length > 0) return stored;
  throw new UsageError(
    `No release of a code set is installed in ${folders.join(' or ')}; install one with: coding-spec codes install.`,
  );
}

function mention({ name, reason }: Stored['refused'][number]): void {
  console.error(`coding-spec: ${name}: ${reason}`);
}

/** What answers for a date: of one set, or of every set at hand. */
export function answering(
  options: FolderOptions & { readonly set?: string | undefined },
  date: Day,
): readonly Answering[] {
  const { sets } = releasesAtHand(options);
  const own = new CodeSets(sets);
  const names = namesOf(sets);
  if (options.set !== undefined && !names.includes(options.set))
    throw new UsageError(`The set ${options.set} is not installed; there are ${names.join(', ')}.`);
  const found = names
    .filter((name) => options.set === undefined || name === options.set)
    .flatMap((name) => own.at(name, date) ?? []);
  own.refused.forEach(mention);
  if (found.length === 0) throw new UsageError('No release can be read: install it again.');
  return found;
}

const namesOf = (sets: readonly CodeSetFile[]): readonly string[] =>
  [...new Set(sets.map(({ header }) => header.set))].sort();

/** One release by its name; a mistake in the call where there is none, or none that can be read. */
export function openRelease(sets: readonly CodeSetFile[], set: string, release: string): CodeSet {
  const own = sets.filter(({ header }) => header.set === set);
  const file = own.find(({ header }) => header.release.toLowerCase() === release.toLowerCase());
  if (!file) throw new UsageError(notInstalled(sets, set, release));
  const opened = openCodeSetFile(file);
  if ('refused' in opened) throw new UsageError(`${file.name}: ${opened.refused}`);
  return opened;
}

export function notInstalled(sets: readonly CodeSetFile[], set: string, release: string): string {
  const own = sets.filter(({ header }) => header.set === set).map(({ header }) => header.release);
  return own.length > 0
    ? `${set} ${release} is not installed; there are ${own.join(', ')}.`
    : `The set ${set} is not installed; there are ${namesOf(sets).join(', ') || 'no others'}.`;
}
