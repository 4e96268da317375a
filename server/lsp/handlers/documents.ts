/** New documents, for clients that make files themselves. */
import { NEW_KINDS, newDocument } from '../../core/index.ts';
import { newDocumentRequest, type NewDocumentResult } from '../../protocol/documents.ts';
import { guarded } from '../guard.ts';
import { readNewDocument } from '../read-params.ts';
import type { Session } from '../session.ts';

export function registerDocuments(session: Session): void {
  session.connection.onRequest(
    newDocumentRequest,
    guarded<unknown, NewDocumentResult>(
      session,
      'a new document',
      { refused: 'Something went wrong in the program; its log has the details.' },
      (given) => {
        const params = readNewDocument(given, NEW_KINDS);
        return 'misread' in params ? { refused: params.misread } : newDocument(session.analysis, params);
      },
    ),
  );
}
