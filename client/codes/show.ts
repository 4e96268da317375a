/** “Show Code Set Releases”: a document that only reads, and that follows what is installed while it is open. */
import { EventEmitter, l10n, Uri, window, workspace, type Disposable, type TextDocument } from 'vscode';
import { codesRequests, type ReleasesResult } from '../../server/protocol/codes.ts';
import type { Session } from '../session.ts';
import { releasesText } from './words.ts';

const SCHEME = 'coding-spec';
const DOCUMENT = Uri.from({ scheme: SCHEME, path: 'Code Set Releases' });

export interface ReleasesDocument extends Disposable {
  readonly show: () => Promise<void>;
  /** Reads it anew where it is open. */
  readonly refresh: () => void;
}

export function createReleasesDocument(session: Session): ReleasesDocument {
  const changed = new EventEmitter<Uri>();
  const isOurs = ({ uri }: TextDocument): boolean => uri.toString() === DOCUMENT.toString();
  const provider = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: async () => {
      const listed = await session.request<ReleasesResult>(codesRequests.releases);
      return listed ? releasesText(listed, today()) : `${l10n.t('The server is not running.')}\n`;
    },
  });
  return {
    show: async () => {
      changed.fire(DOCUMENT);
      await window.showTextDocument(await workspace.openTextDocument(DOCUMENT), { preview: true });
    },
    refresh: () => {
      if (workspace.textDocuments.some(isOurs)) changed.fire(DOCUMENT);
    },
    dispose: () => {
      provider.dispose();
      changed.dispose();
    },
  };
}

/** Where the user is. */
function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
