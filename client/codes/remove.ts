/** “Remove Code Set Release…”: picks some of the installed releases, damaged files among them, and takes them away. */
import { l10n, window, type QuickPickItem } from 'vscode';
import {
  codesRequests,
  type ReleasesResult,
  type RemoveParams,
  type RemoveResult,
} from '../../server/protocol/codes.ts';
import type { Session } from '../session.ts';
import { baseName, daysWords, nameOf, removedWords, rowsWords } from './words.ts';

/** With `given` nothing is asked, and what came of it is the command's result. */
export async function removeReleases(
  session: Session,
  given?: RemoveParams,
): Promise<RemoveResult | undefined> {
  const params = given ?? (await askForReleases(session));
  if (!params || params.files.length === 0) return undefined;
  const result = await session.request<RemoveResult>(codesRequests.remove, params);
  if (!result) return undefined;
  const { text, isWarning } = removedWords(result);
  void (isWarning ? window.showWarningMessage(text) : window.showInformationMessage(text));
  return result;
}

async function askForReleases(session: Session): Promise<RemoveParams | undefined> {
  const listed = await session.request<ReleasesResult>(codesRequests.releases);
  if (!listed) return undefined;
  const items: (QuickPickItem & { readonly file: string })[] = [
    ...listed.releases
      .filter(({ place }) => place !== 'program')
      .map((release) => ({
        label: nameOf(release),
        description: `${daysWords(release)}; ${rowsWords(release)}`,
        detail: release.file,
        file: release.file,
      })),
    ...listed.damaged
      .filter(({ place }) => place !== 'program')
      .map(({ file, reason }) => ({
        label: `$(warning) ${baseName(file)}`,
        description: reason,
        detail: file,
        file,
      })),
  ];
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('No release of a code set is installed.'));
    return undefined;
  }
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Remove Code Set Releases'),
    placeHolder: l10n.t('Which ones?'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked && { files: picked.map(({ file }) => file) };
}
