/** “Install Code Set Release…”: from the catalogue, a file or an address, with progress and questions where they are needed. */
import {
  commands,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
  type CancellationToken,
  type QuickPickItem,
} from 'vscode';
import {
  codesRequests,
  type CatalogueResult,
  type Installed,
  type InstallParams,
  type InstallResult,
} from '../../server/protocol/codes.ts';
import type { Session } from '../session.ts';
import { installWithQuestions, whyNoAddress, whyNoAnswer, type Missing } from './answers.ts';
import { baseName, catalogueWords, daysWords, installedWords, nameOf, refusedText } from './words.ts';

/** With `given` nothing is asked, and what came of it is the command's result. */
export async function installRelease(
  session: Session,
  given?: InstallParams,
): Promise<InstallResult | undefined> {
  const params = given ?? (await askForParams(session));
  if (!params) return undefined;
  const send = (wanted: InstallParams): Promise<InstallResult | undefined> => installing(session, wanted);
  const result = given
    ? await send(params)
    : await installWithQuestions(params, { send, ask: askFor, vouch: askToVouch });
  if (result) void tell(result);
  return result;
}

async function askForParams(session: Session): Promise<InstallParams | undefined> {
  const source = await askForSource(session);
  if (source === undefined) return undefined;
  const folder = await askForFolder();
  return folder && { ...source, ...folder };
}

type ChosenSource = Pick<InstallParams, 'source' | 'parts'>;

interface SourceItem extends QuickPickItem {
  readonly source: () => Promise<ChosenSource | undefined>;
}

async function askForSource(session: Session): Promise<ChosenSource | undefined> {
  const catalogue = await session.request<CatalogueResult>(codesRequests.catalogue);
  if (!catalogue) return undefined;
  const items: SourceItem[] = [
    ...catalogue.entries.map((entry) => ({
      label: `$(library) ${nameOf(entry)}`,
      description: daysWords(entry),
      detail: catalogueWords(entry),
      source: () =>
        entry.hasAddress
          ? Promise.resolve({ source: entry.name })
          : askForFiles(l10n.t('Choose {0}', entry.file), false),
    })),
    {
      label: `$(file-zip) ${l10n.t('From a File…')}`,
      detail: l10n.t(
        'An official file as it was published, a zip or what is in it; of a table in several files, all of them',
      ),
      source: () =>
        askForFiles(l10n.t('Choose the official file of a code set, or all files of a table'), true),
    },
    {
      label: `$(cloud-download) ${l10n.t('From an Address…')}`,
      detail: l10n.t('Downloads an official file'),
      source: askForAddress,
    },
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Install a Code Set Release'),
    placeHolder: l10n.t('Which official file?'),
  });
  return picked?.source();
}

async function askForFiles(title: string, canSelectMany: boolean): Promise<ChosenSource | undefined> {
  const files = (await window.showOpenDialog({ title, openLabel: l10n.t('Install'), canSelectMany })) ?? [];
  const [source, ...parts] = files.map((file) => file.toString());
  return source === undefined ? undefined : { source, ...(parts.length > 0 && { parts }) };
}

async function askForAddress(): Promise<ChosenSource | undefined> {
  const address = await window.showInputBox({
    title: l10n.t('Install a Code Set Release'),
    prompt: l10n.t('Address of the official file'),
    placeHolder: 'https://',
    ignoreFocusOut: true,
    validateInput: whyNoAddress,
  });
  return address === undefined ? undefined : { source: address.trim() };
}

/** Asked only where there is a choice; undefined where the user gave up. */
async function askForFolder(): Promise<Pick<InstallParams, 'folder'> | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) return {};
  const items = [
    { label: `$(account) ${l10n.t('For You')}`, detail: l10n.t('In every workspace'), params: {} },
    ...folders.map(({ name, uri }) => ({
      label: `$(folder) ${l10n.t('For the Folder {0}', name)}`,
      detail: Uri.joinPath(uri, '.coding-spec', 'codes').fsPath,
      params: { folder: uri.toString() },
    })),
  ];
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Install a Code Set Release'),
    placeHolder: l10n.t('Where?'),
  });
  return picked?.params;
}

const prompts = (): Readonly<Record<Missing, { readonly prompt: string; readonly placeHolder: string }>> => ({
  release: { prompt: l10n.t('Name of the release'), placeHolder: 'FY2027' },
  from: { prompt: l10n.t('Its first day'), placeHolder: 'YYYY-MM-DD' },
  to: { prompt: l10n.t('Its last day; empty if there is none yet'), placeHolder: 'YYYY-MM-DD' },
});

async function askFor(what: Missing, because: string): Promise<string | undefined> {
  const { prompt, placeHolder } = prompts()[what];
  const answer = await window.showInputBox({
    title: because,
    prompt,
    placeHolder,
    ignoreFocusOut: true,
    validateInput: (text) => whyNoAnswer(what, text.trim()),
  });
  return answer?.trim();
}

async function askToVouch(because: string): Promise<boolean> {
  const install = l10n.t('Install Anyway');
  return (await window.showWarningMessage(because, { modal: true }, install)) === install;
}

/** One attempt, in a notification that can be cancelled. */
function installing(session: Session, params: InstallParams): Promise<InstallResult | undefined> {
  return Promise.resolve(
    window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t('Installing {0}', [params.source, ...(params.parts ?? [])].map(baseName).join(', ')),
        cancellable: true,
      },
      (progress, token: CancellationToken) => {
        let done = 0;
        return session.request<InstallResult>(codesRequests.install, params, {
          token,
          progress: ({ message, percentage }) => {
            const increment = percentage === undefined ? 0 : Math.max(0, percentage - done);
            done += increment;
            progress.report({ ...(message !== undefined && { message }), increment });
          },
        });
      },
    ),
  );
}

async function tell(result: InstallResult): Promise<void> {
  if (result.outcome === 'failed') {
    await window.showErrorMessage(result.message);
    return;
  }
  const { text, isWarning } = installedWords(result);
  const [showRows, showAll] = [l10n.t('Show Refused Rows'), l10n.t('Show Releases')];
  const actions = result.refused.length > 0 ? [showRows, showAll] : [showAll];
  const show = isWarning ? window.showWarningMessage : window.showInformationMessage;
  const chosen = await show(text, ...actions);
  if (chosen === showRows) await showRefused(result);
  else if (chosen === showAll) await commands.executeCommand('codingSpec.showCodeSets');
}

async function showRefused(result: Installed): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'plaintext', content: refusedText(result) });
  await window.showTextDocument(document);
}
