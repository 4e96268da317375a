/** Formatting of a file, of some of its lines, and of a line that was just begun. */
import type {
  DocumentFormattingParams,
  DocumentOnTypeFormattingParams,
  DocumentRangeFormattingParams,
  TextEdit,
} from 'vscode-languageserver';
import { format, formatNewline, formatRange } from '../../core/index.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { toEdits } from '../to-proto.ts';

export function registerFormat(session: Session): void {
  const { connection } = session;
  connection.onDocumentFormatting(
    guarded<DocumentFormattingParams, TextEdit[]>(session, 'formatting', [], ({ textDocument }) => {
      const { analysis } = session;
      const file = fileOf(textDocument.uri);
      return toEdits(analysis, file, format(analysis, file));
    }),
  );
  connection.onDocumentRangeFormatting(
    guarded<DocumentRangeFormattingParams, TextEdit[]>(
      session,
      'formatting lines',
      [],
      ({ textDocument, range }) => {
        const { analysis } = session;
        const file = fileOf(textDocument.uri);
        const wanted = { start: analysis.offset(file, range.start), end: analysis.offset(file, range.end) };
        return toEdits(analysis, file, formatRange(analysis, file, wanted));
      },
    ),
  );
  connection.onDocumentOnTypeFormatting(
    guarded<DocumentOnTypeFormattingParams, TextEdit[]>(
      session,
      'formatting a new line',
      [],
      ({ textDocument, position }) => {
        const { analysis } = session;
        const file = fileOf(textDocument.uri);
        return toEdits(analysis, file, formatNewline(analysis, file, analysis.offset(file, position)));
      },
    ),
  );
}
