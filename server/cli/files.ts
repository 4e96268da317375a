/**
 * Files for the engine: what the arguments name, what stands around it as rules, and the built-in library. Everything
 * that cannot be read is reported, never skipped in silence.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import {
  AnalysisHost,
  fileId,
  kindOfFile,
  type FileChange,
  type FileId,
  type Settings,
} from '../core/index.ts';
import { IGNORED_FOLDERS, libraryFolder, OUR_FILES, RULE_FILES } from '../files/patterns.ts';
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
  const host = new AnalysisHost();
  host.apply({ files: [...changes, ...(library ? libraryFiles(own) : [])], settings });
  return { host, asked: [...asked, ...(paths.includes('-') ? [STDIN] : [])].map(fileId) };
}

/** The files of one argument. An argument that names nothing is a mistake, not an empty result. */
function expand(name: string): string[] {
  if (existsSync(name)) {
    if (!statSync(name).isDirectory()) return [normal(name)];
    const found = filesIn(name, OUR_FILES);
    if (found.length === 0)
      throw new UsageError(
        `${name}: no file here ends in .family.yaml, .spec.yaml, .policy.yaml or .encounter.yaml.`,
      );
    return found;
  }
  if (!isDynamicPattern(name)) throw new UsageError(`${name}: there is no such file or folder.`);
  const found = globSync(name, { ignore: IGNORED_FOLDERS, expandDirectories: false }).map(normal);
  if (found.length === 0) throw new UsageError(`${name}: no file matches.`);
  return found;
}

function expandRules(name: string): string[] {
  if (!existsSync(name)) throw new UsageError(`${name}: there is no such file or folder.`);
  return statSync(name).isDirectory() ? filesIn(name, RULE_FILES) : [normal(name)];
}

/** Rules below the working folder, and below the folders of files from elsewhere. */
function defaultRules(asked: readonly string[]): string[] {
  const outside = asked
    .filter((file) => path.isAbsolute(file) || file.startsWith('..'))
    .map((file) => path.dirname(file));
  return [...new Set(['.', ...outside])].flatMap((folder) => filesIn(folder, RULE_FILES));
}

function filesIn(folder: string, pattern: string): string[] {
  const found = globSync(pattern, {
    cwd: folder,
    ignore: IGNORED_FOLDERS,
    caseSensitiveMatch: false,
    onlyFiles: true,
  });
  return found.map((file) => normal(path.join(folder, file)));
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
    .filter((file) => !own.has(file))
    .map((file) => ({ file: fileId(file), content: readContent(file), library: true }));
}
