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

/** Whether a folder with these names in it counts as empty: what tools keep in hidden ones is in nobody's way. */
export const isAsGoodAsEmpty = (names: readonly string[]): boolean =>
  names.every((name) => name.startsWith('.'));

/** Some names for a sentence: all of a few, or how many more there are. */
export function someOf(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  return rest.length === 0 ? first : `${first} (+${String(rest.length)})`;
}
