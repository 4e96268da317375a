/** Which files are ours: the same answer for the command line and the language server, wherever it runs. */

/** Globs below a folder. */
export const OUR_FILES = ['**/*.{family,spec,policy,table,encounter}.{yaml,yml}', '**/*.codes.csv'];
export const RULE_FILES = ['**/*.{family,spec,policy,table}.{yaml,yml}', '**/*.codes.csv'];
/** Names of folders that are not searched. */
export const IGNORED_NAMES: readonly string[] = ['node_modules', '.git', 'dist', 'out', '.cache'];
export const IGNORED_FOLDERS: readonly string[] = IGNORED_NAMES.map((name) => `**/${name}/**`);

/** Rules first: with them every encounter is computed once, not again when they arrive. */
export const inReadingOrder = (files: readonly string[]): readonly string[] =>
  [...files].sort((a, b) => Number(isEncounter(a)) - Number(isEncounter(b)) || (a < b ? -1 : 1));

const isEncounter = (file: string): boolean => file.includes('.encounter.');
