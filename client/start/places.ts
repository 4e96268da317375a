/** Where new files may go. Knows nothing of VS Code: places are URIs as text. */

/** The folders to offer for a new document, the likeliest first: that of the file in the editor, then those of the workspace. */
export function foldersToOffer(
  activeFile: string | undefined,
  workspaceFolders: readonly string[],
): readonly string[] {
  const beside = activeFile?.startsWith('file:') === true ? [parentOf(activeFile)] : [];
  return [...new Set([...beside, ...workspaceFolders.map(withoutSlash)])];
}

const parentOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/'));

const withoutSlash = (uri: string): string => uri.replace(/\/$/, '');

/** What tools leave in a folder in which nobody has written anything yet. */
const LEFT_BY_TOOLS = new Set([
  '.git',
  '.gitignore',
  '.gitattributes',
  '.vscode',
  '.coding-spec',
  '.DS_Store',
]);

/** Whether a folder with these names in it counts as empty. Other hidden files do not: one's home may have nothing else. */
export const isAsGoodAsEmpty = (names: readonly string[]): boolean =>
  names.every((name) => LEFT_BY_TOOLS.has(name));

/** Some names for a sentence: all of a few, or how many more there are. */
export function someOf(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  return rest.length === 0 ? first : `${first} (+${String(rest.length)})`;
}
