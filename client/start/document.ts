/**
 * “New Encounter…” and its like: asks for a name and perhaps a folder, makes the file, and begins it with what completion offers there.
 * What the format wants of a name, and what stands in the document, the server says.
 */
import {
  l10n,
  SnippetString,
  ThemeIcon,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type QuickPickItem,
} from 'vscode';
import {
  newDocumentRequest,
  type NewDocumentKind,
  type NewDocumentParams,
  type NewDocumentResult,
} from '../../server/protocol/documents.ts';
import type { Session } from '../session.ts';
import { exists, folderUri, textOf } from './files.ts';
import { foldersToOffer } from './places.ts';

/** What a keybinding or a program may say; what it does not say is asked. */
export interface NewDocumentGiven {
  readonly kind?: NewDocumentKind;
  readonly name?: string;
  /** A path or a URI. With a name and without a folder, it is the one that would be offered first. */
  readonly folder?: string;
}

/** The URI of the new file, or why there is none. */
export type NewDocumentMade = { readonly uri: string } | { readonly refused: string };

/** Ends with undefined where the user gave up. A menu hands over things of its own, which say nothing here. */
export async function newDocument(
  session: Session,
  given: NewDocumentGiven | undefined,
  only?: NewDocumentKind,
): Promise<NewDocumentMade | undefined> {
  const kind = only ?? textOf(given?.kind) ?? (await askForKind());
  if (kind === undefined) return undefined;
  const named = textOf(given?.name);
  const place = textOf(given?.folder);
  const offered = place === undefined ? offeredFolders() : [folderUri(place)];
  const folder = offered[0] ?? (await askForOtherFolder());
  if (!folder) return undefined;
  const asked =
    named === undefined ? await askForName(session, kind, folder, offered) : { name: named, folder };
  if (!asked) return undefined;
  const made = await make(session, asked.folder, { kind, name: asked.name });
  if ('refused' in made) void window.showErrorMessage(made.refused);
  return made;
}

interface KindItem extends QuickPickItem {
  readonly begins: NewDocumentKind;
}

async function askForKind(): Promise<NewDocumentKind | undefined> {
  const items: readonly KindItem[] = [
    {
      begins: 'encounter',
      label: l10n.t('Encounter'),
      description: '.encounter.yaml',
      detail: l10n.t('What happened to a patient on one visit'),
    },
    {
      begins: 'spec',
      label: l10n.t('Specification'),
      description: '.spec.yaml',
      detail: l10n.t('What one procedure code reports'),
    },
    {
      begins: 'policy',
      label: l10n.t('Policy'),
      description: '.policy.yaml',
      detail: l10n.t('What one payer changes'),
    },
    {
      begins: 'table',
      label: l10n.t('Table'),
      description: '.table.yaml',
      detail: l10n.t('Figures that policies look up'),
    },
    {
      begins: 'family',
      label: l10n.t('Family'),
      description: '.family.yaml',
      detail: l10n.t('The words and classes that the codes of a field share'),
    },
    {
      begins: 'codes',
      label: l10n.t('Code List'),
      description: '.codes.csv',
      detail: l10n.t('Codes of a payer or of your own'),
    },
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('New Document'),
    placeHolder: l10n.t('Which kind?'),
    ignoreFocusOut: true,
  });
  return picked?.begins;
}

const offeredFolders = (): readonly Uri[] =>
  foldersToOffer(
    window.activeTextEditor?.document.uri.toString(),
    (workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString()),
  ).map((folder) => Uri.parse(folder));

interface FolderItem extends QuickPickItem {
  readonly folder: () => Promise<Uri | undefined>;
}

async function askForFolder(folders: readonly Uri[]): Promise<Uri | undefined> {
  const items: readonly FolderItem[] = [
    ...folders.map((uri) => ({
      label: `$(folder) ${nameOf(uri)}`,
      description: uri.fsPath,
      folder: () => Promise.resolve(uri),
    })),
    { label: `$(folder-opened) ${l10n.t('Other Folder…')}`, folder: askForOtherFolder },
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('New Document'),
    placeHolder: l10n.t('In which folder?'),
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked?.folder();
}

const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);

async function askForOtherFolder(): Promise<Uri | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t('Choose a folder for the new document'),
      openLabel: l10n.t('Choose'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder;
}

interface Asked {
  readonly name: string;
  readonly folder: Uri;
}

/**
 * One question for both: the folder stands in the title, with a button to choose another one. Two questions in a row would lose
 * the focus to the walkthrough, which takes it back between them.
 */
function askForName(
  session: Session,
  kind: NewDocumentKind,
  first: Uri,
  offered: readonly Uri[],
): Promise<Asked | undefined> {
  const box = window.createInputBox();
  let folder = first;
  let isChoosing = false;
  const title = (): void => {
    box.title = l10n.t('New Document in {0}', nameOf(folder));
  };
  /** Undefined where what is typed is fine, and is still what was asked about. */
  const refused = async (): Promise<string | undefined> => {
    const { value } = box;
    const begun = await begin(session, folder, { kind, name: value });
    if (value !== box.value) return refused();
    return 'refused' in begun ? begun.refused : undefined;
  };
  const check = async (): Promise<boolean> => {
    box.validationMessage = await refused();
    return box.validationMessage === undefined;
  };
  const choose = async (): Promise<void> => {
    isChoosing = true;
    folder = (await askForFolder(offered)) ?? folder;
    isChoosing = false;
    title();
    box.show();
    if (box.value !== '') await check();
  };
  title();
  box.prompt = promptOf(kind);
  box.ignoreFocusOut = true;
  box.buttons = [{ iconPath: new ThemeIcon('folder-opened'), tooltip: l10n.t('Choose Another Folder') }];
  return new Promise<Asked | undefined>((resolve) => {
    box.onDidChangeValue(() => void check());
    box.onDidTriggerButton(() => void choose());
    box.onDidAccept(async () => {
      if (await check()) resolve({ name: box.value, folder });
    });
    box.onDidHide(() => {
      if (!isChoosing) resolve(undefined);
    });
    box.show();
  }).finally(() => {
    box.dispose();
  });
}

function promptOf(kind: NewDocumentKind): string {
  switch (kind) {
    case 'encounter':
      return l10n.t("Name of the encounter; never a patient's name or number");
    case 'spec':
      return l10n.t('Procedure code that the specification is about');
    case 'policy':
      return l10n.t('Name of the policy');
    case 'table':
      return l10n.t('Name of the table, by which policies refer to it');
    case 'family':
      return l10n.t('Name of the family, by which specifications refer to it');
    case 'codes':
      return l10n.t('Name of the code list, by which conditions refer to it');
  }
}

type Begun = { readonly uri: Uri; readonly snippet: string } | { readonly refused: string };

/** What the document would be, or why there cannot be one of that name in the folder. */
async function begin(session: Session, folder: Uri, params: NewDocumentParams): Promise<Begun> {
  const asked: NewDocumentParams = { ...params, today: today() };
  const answer = await session.request<NewDocumentResult>(newDocumentRequest, asked, { isSilent: true });
  if (!answer) return { refused: l10n.t('The server of Coding Spec did not answer. Its log may say why.') };
  if ('refused' in answer) return answer;
  const uri = Uri.joinPath(folder, answer.file);
  return (await exists(uri))
    ? { refused: l10n.t('{0} is in this folder already.', answer.file) }
    : { uri, snippet: answer.snippet };
}

/** Where the user is; the server reads no clock. */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

async function make(session: Session, folder: Uri, params: NewDocumentParams): Promise<NewDocumentMade> {
  const begun = await begin(session, folder, params);
  if ('refused' in begun) return begun;
  const { uri, snippet } = begun;
  const edit = new WorkspaceEdit();
  edit.createFile(uri);
  if (!(await workspace.applyEdit(edit))) return { refused: l10n.t('{0} could not be written.', uri.fsPath) };
  const editor = await window.showTextDocument(uri, { preview: false });
  await editor.insertSnippet(new SnippetString(snippet));
  return { uri: uri.toString() };
}
