/** “New Workspace with Examples…”: copies the small workspace that ships with the extension into a folder, and opens it. */
import { commands, l10n, Uri, window, workspace, type ExtensionContext } from 'vscode';
import { exists, filesBelow, folderUri, namesIn, textOf } from './files.ts';
import { isAsGoodAsEmpty, someOf } from './places.ts';

/** Made in a folder that has something in it already, so that its files stay apart. */
const OWN_FOLDER = 'coding-spec-examples';
/** What is opened first. */
const FIRST = 'encounters/1-first-visit.encounter.yaml';
/** Opening a folder starts the extension anew: this is what it shows then. */
const SHOW = 'codingSpec.show';

/** What a keybinding or a program may say; what it does not say is asked. */
export interface ExamplesGiven {
  /** A path or a URI. */
  readonly folder?: string;
  /** Whether the new workspace is opened; it is, if this is left out. */
  readonly open?: boolean;
}

/** The URI of the new workspace, or why there is none. */
export type ExamplesMade = { readonly folder: string } | { readonly refused: string };

/** Ends with undefined where the user gave up. */
export async function newExamples(
  context: ExtensionContext,
  given: ExamplesGiven | undefined,
): Promise<ExamplesMade | undefined> {
  const place = textOf(given?.folder);
  const chosen = place === undefined ? await askForFolder() : folderUri(place);
  if (!chosen) return undefined;
  const target = isAsGoodAsEmpty(await namesIn(chosen)) ? chosen : Uri.joinPath(chosen, OWN_FOLDER);
  const made = await copyTo(Uri.joinPath(context.extensionUri, 'examples', 'getting-started'), target);
  if ('refused' in made) void window.showErrorMessage(made.refused);
  else if (given?.open !== false) await openFolder(context, target);
  return made;
}

/** Shows what the user came for, in a workspace that {@link newExamples} has opened. */
export async function showFirst(context: ExtensionContext): Promise<void> {
  const wanted = context.globalState.get<string>(SHOW);
  const uri = wanted === undefined ? undefined : Uri.parse(wanted);
  if (!uri || !workspace.getWorkspaceFolder(uri)) return;
  await context.globalState.update(SHOW, undefined);
  if (await exists(uri)) await window.showTextDocument(uri, { preview: false });
}

async function askForFolder(): Promise<Uri | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t('Choose an empty folder, or one in which a folder with examples is made'),
      openLabel: l10n.t('Put Examples Here'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder;
}

async function copyTo(source: Uri, target: Uri): Promise<ExamplesMade> {
  const files = await filesBelow(source);
  const taken: string[] = [];
  for (const file of files) if (await exists(Uri.joinPath(target, file))) taken.push(file);
  if (taken.length > 0)
    return {
      refused: l10n.t(
        'Nothing was written: {0} has {1} already. Choose another folder.',
        target.fsPath,
        someOf(taken),
      ),
    };
  try {
    for (const file of files)
      await workspace.fs.copy(Uri.joinPath(source, file), Uri.joinPath(target, file), { overwrite: false });
  } catch (error) {
    return { refused: l10n.t('The examples could not be written: {0}', String(error)) };
  }
  return { folder: target.toString() };
}

/** In this window where it is empty, so that nobody's work goes away. */
async function openFolder(context: ExtensionContext, folder: Uri): Promise<void> {
  await context.globalState.update(SHOW, Uri.joinPath(folder, FIRST).toString());
  const forceNewWindow = (workspace.workspaceFolders ?? []).length > 0;
  await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}
