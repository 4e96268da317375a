/** The language status of our documents: the releases that answer for the one in the editor, with a way to see them all. */
import { Disposable, l10n, languages, LanguageStatusSeverity, window, workspace } from 'vscode';
import { codesRequests, type AnsweringResult } from '../../server/protocol/codes.ts';
import type { CodesStatus } from '../../server/protocol/status.ts';
import { isOurs, ourDocuments } from '../documents.ts';
import type { Session } from '../session.ts';
import { languageStatus } from './words.ts';

export interface CodesLanguageStatus extends Disposable {
  /** What the server last said of its code sets. */
  readonly told: (codes: CodesStatus) => void;
}

/** So long after the last key, in milliseconds: dates of service change while somebody types. */
const REST = 500;

export function createLanguageStatus(session: Session, command: string): CodesLanguageStatus {
  const item = languages.createLanguageStatusItem('codingSpec.codes', ourDocuments());
  item.name = l10n.t('Coding Spec: code sets');
  item.command = { command, title: l10n.t('Show Releases') };
  let damaged: CodesStatus['damaged'] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (!document || !isOurs(document)) return;
    const answer = await session.request<AnsweringResult>(
      codesRequests.answering,
      { textDocument: { uri: document.uri.toString() } },
      { isSilent: true },
    );
    if (!answer || window.activeTextEditor?.document !== document) return;
    const { text, detail, isWarning } = languageStatus(answer.releases, damaged);
    item.text = text;
    item.detail = detail;
    item.accessibilityInformation = { label: [item.name, text, detail].filter(Boolean).join(', ') };
    item.severity = isWarning ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  };
  const later = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), milliseconds);
  };
  const listening = Disposable.from(
    item,
    workspace.onDidChangeWorkspaceFolders(() => {
      item.selector = ourDocuments();
    }),
    window.onDidChangeActiveTextEditor(() => {
      later(0);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) later(REST);
    }),
  );
  return {
    told: (codes) => {
      damaged = codes.damaged;
      later(0);
    },
    dispose: () => {
      clearTimeout(timer);
      listening.dispose();
    },
  };
}
