/** What the commands that make files share. */
import { FileType, Uri, workspace } from 'vscode';

/** What a command was given, where it is text: from outside anything may come. */
export const textOf = <Text extends string>(given: Text | undefined): Text | undefined =>
  typeof given === 'string' ? given : undefined;

/** A folder as a person writes it in a keybinding, a path, or as a program hands it over, a URI. */
export const folderUri = (folder: string): Uri =>
  /^[a-z][a-z+.-]+:/i.test(folder) ? Uri.parse(folder) : Uri.file(folder);

export async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    // The one thing that it can mean here: what cannot be looked at cannot be written over either.
    return false;
  }
}

/** The names in a folder; none where there is no such folder. */
export async function namesIn(folder: Uri): Promise<readonly string[]> {
  if (!(await exists(folder))) return [];
  return (await workspace.fs.readDirectory(folder)).map(([name]) => name);
}

/** The files below a folder, by their way from it. */
export async function filesBelow(folder: Uri): Promise<readonly string[]> {
  const entries = await workspace.fs.readDirectory(folder);
  const found = await Promise.all(
    entries.map(async ([name, type]) =>
      type === FileType.Directory
        ? (await filesBelow(Uri.joinPath(folder, name))).map((file) => `${name}/${file}`)
        : [name],
    ),
  );
  return found.flat().sort();
}
