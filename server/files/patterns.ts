/** Which files are ours and where the library is: the same answer for the command line and the language server. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Globs below a folder. */
export const OUR_FILES = ['**/*.{family,spec,policy,table,encounter}.{yaml,yml}', '**/*.codes.csv'];
export const RULE_FILES = ['**/*.{family,spec,policy,table}.{yaml,yml}', '**/*.codes.csv'];
/** Names of folders that are not searched. */
export const IGNORED_NAMES: readonly string[] = ['node_modules', '.git', 'dist', 'out', '.cache'];
export const IGNORED_FOLDERS: readonly string[] = IGNORED_NAMES.map((name) => `**/${name}/**`);

/** The documents that ship with the program, which lies in dist/, beside examples/. Undefined when they are missing. */
export function libraryFolder(): string | undefined {
  const folder = path.resolve(import.meta.dirname, '../examples/drug-administration');
  return existsSync(folder) ? folder : undefined;
}
