/**
 * Files for the engine: what the arguments name, what stands around it as rules, and the built-in library. Everything
 * that cannot be read is reported, never skipped in silence.
 */
import { lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import {
  AnalysisHost,
  fileId,
  isOurFile,
  kindOfFile,
  type FileChange,
  type FileId,
  type Settings,
} from '../core/index.ts';
import { installedFolders, storedSets, type Stored } from '../codes/store.ts';
import { findSync, type Failure } from '../files/find.ts';
import { preparedLibrary } from '../files/prepared.ts';
import { libraryFolder } from '../files/library.ts';
import { OUR_FILES, RULE_FILES } from '../files/patterns.ts';
import { UsageError } from './usage-error.ts';
import { readContent, readStandardInput } from './read.ts';

/** The name of standard input: its kind is what its documents say. */
export const STDIN = '<stdin>';

export interface WorkspaceOptions {
  /** Files, folders and globs; `-` is standard input. */
  readonly paths: readonly string[];
  /** Folders or files with rules; empty for the folder that the command runs in. */
  readonly rules: readonly string[];
  readonly library: boolean;
  readonly settings: Settings;
}

export interface LoadedWorkspace {
  readonly host: AnalysisHost;
  /** The files that the arguments name, in the order of their names. */
  readonly asked: readonly FileId[];
}

export async function loadWorkspace({
  paths,
  rules,
  library,
  settings,
}: WorkspaceOptions): Promise<LoadedWorkspace> {
  const asked = [...new Set(paths.filter((name) => name !== '-').flatMap(expand))].sort();
  const around = rules.length > 0 ? rules.flatMap(expandRules) : defaultRules(asked);
  const own = new Set([...asked, ...around.filter((file) => kindOfFile(file) !== 'encounter')]);
  const changes: FileChange[] = [...own].map((file) => ({ file: fileId(file), content: readContent(file) }));
  if (paths.includes('-')) changes.push({ file: fileId(STDIN), content: await readStandardInput() });
  const host = new AnalysisHost(library ? preparedLibrary() : undefined);
  const { sets, tables, refused } = storedSets(installedFolders());
  refused.forEach(mentionRelease);
  // Files are opened when their codes are needed, so what is damaged further on is known when all is done.
  process.once('beforeExit', () => {
    const { codes, tables } = host.snapshot();
    [...codes.refused, ...tables.refused].forEach(mentionRelease);
  });
  host.apply({
    files: [...changes, ...(library ? libraryFiles(own) : [])],
    settings,
    codeSets: sets,
    tables,
  });
  return { host, asked: [...asked, ...(paths.includes('-') ? [STDIN] : [])].map(fileId) };
}

/** The files of one argument. An argument that names nothing is a mistake, not an empty result. */
function expand(name: string): string[] {
  const kind = kindOfPath(name);
  if (kind === 'file') return [normal(name)];
  if (kind === 'folder')
    return filesOf(
      name,
      OUR_FILES,
      '.family.yaml, .spec.yaml, .policy.yaml, .table.yaml, .encounter.yaml or .codes.csv',
    );
  if (!isDynamicPattern(name)) throw new UsageError(`${name}: there is no such file or folder.`);
  const { files, failures } = findSync(name, {});
  failures.filter(({ kind }) => kind === 'folder').forEach(refuse);
  failures.forEach(mention);
  if (files.length === 0) throw new UsageError(`${name}: no file matches.`);
  return files.map(normal);
}

function expandRules(name: string): string[] {
  const kind = kindOfPath(name);
  if (kind === undefined) throw new UsageError(`${name}: there is no such file or folder.`);
  return kind === 'file'
    ? [normal(name)]
    : filesOf(name, RULE_FILES, '.family.yaml, .spec.yaml, .policy.yaml, .table.yaml or .codes.csv');
}

/** What a path is; undefined where there is nothing. */
function kindOfPath(name: string): 'file' | 'folder' | undefined {
  try {
    return statSync(name).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return undefined;
    if (code !== 'ENOENT') throw new UsageError(`${name}: cannot be read (${message}).`);
    if (lstatSync(name, { throwIfNoEntry: false })) throw new UsageError(`${name}: the link leads nowhere.`);
    return undefined;
  }
}

/** The files of a folder that was asked for; that there are none is said with the suffixes that are looked for. */
function filesOf(folder: string, pattern: readonly string[], suffixes: string): string[] {
  const { files, failures } = filesIn(folder, pattern);
  failures.forEach(refuse);
  if (files.length === 0) throw new UsageError(`${folder}: no file here ends in ${suffixes}.`);
  return files;
}

/** Rules below the working folder, and below the folders of files from elsewhere. */
function defaultRules(asked: readonly string[]): string[] {
  const outside = asked
    .filter((file) => path.isAbsolute(file) || file.startsWith('..'))
    .map((file) => path.dirname(file));
  const found = [...new Set(['.', ...outside])].map((folder) => filesIn(folder, RULE_FILES));
  found.flatMap(({ failures }) => failures).forEach(mention);
  return found.flatMap(({ files }) => files);
}

/** Files below a folder. Links that lead nowhere are among them, and are reported when they are read. */
function filesIn(folder: string, pattern: readonly string[]): { files: string[]; failures: Failure[] } {
  const { files, failures } = findSync(pattern, { cwd: folder, caseSensitiveMatch: false });
  const links = failures.filter(({ kind, path: link }) => kind === 'link' && isOurFile(link));
  return {
    files: [...files.map((file) => path.join(folder, file)), ...links.map((link) => link.path)].map(normal),
    failures: failures.filter(({ kind }) => kind === 'folder'),
  };
}

function mentionRelease({ name, reason }: Stored['refused'][number]): void {
  console.error(`coding-spec: ${name}: ${reason}`);
}

/** Says what was passed over, where the command can do without it. */
function mention({ path: passed, reason }: Failure): void {
  console.error(`coding-spec: ${normal(passed)}: ${reason}. It is passed over.`);
}

function refuse({ path: failed, reason }: Failure): void {
  throw new UsageError(`${normal(failed)}: ${reason}.`);
}

/** A path as people read it: relative where it lies below the working folder, with forward slashes. */
function normal(file: string): string {
  const relative = path.relative('.', file);
  const shown = relative.startsWith('..') ? path.resolve(file) : relative;
  return shown.split(path.sep).join('/');
}

/** The documents that ship with the program, unless they are the workspace's own. */
function libraryFiles(own: ReadonlySet<string>): FileChange[] {
  const folder = libraryFolder();
  if (folder === undefined) return [];
  return filesIn(folder, RULE_FILES)
    .files.filter((file) => !own.has(file))
    .map((file) => ({ file: fileId(file), content: readContent(file), library: true }));
}
