/**
 * Diagnostics: the problems of a file and, where the user wants them so, its computed lines. Pulled by clients that can,
 * pushed to the others.
 */
import {
  DiagnosticSeverity,
  DocumentDiagnosticReportKind,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { deepEqual, linesNearChange, problemsOf, type Analysis, type FileId } from '../../core/index.ts';
import { cancelled, guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { emptyRange, lineToDiagnostic, problemToDiagnostic, SOURCE } from '../to-proto.ts';

/** Everything that a file shows. A fault of ours becomes a diagnostic of its own. */
function diagnosticsOf(session: Session, file: FileId): Diagnostic[] {
  const { analysis, settings } = session;
  try {
    const problems = problemsOf(analysis, file, () => session.coverage).map((problem) =>
      problemToDiagnostic(analysis, problem),
    );
    return settings.lines === 'diagnostics' ? [...problems, ...lineDiagnostics(analysis, file)] : problems;
  } catch (error) {
    session.faultOf(file, `the diagnostics of ${file}`, error);
    return [internalError(session.faultIn(file) ?? '')];
  }
}

/**
 * How many lines a file shows as diagnostics. Editors show a thousand diagnostics of a file and leave out the others without
 * regard to where they stand; and all that is shown is sent again after every keystroke. Problems are not counted.
 */
const MAX_LINES = 100;

function lineDiagnostics(analysis: Analysis, file: FileId): Diagnostic[] {
  const { lines, shown, isAll } = linesNearChange(analysis, file, MAX_LINES);
  const diagnostics = lines.map((line) => lineToDiagnostic(analysis, line));
  return isAll
    ? diagnostics
    : [notAllShown(shown, analysis.file(file)?.source.documents.length ?? 0), ...diagnostics];
}

const notAllShown = (shown: number, documents: number): Diagnostic => ({
  range: emptyRange(),
  severity: DiagnosticSeverity.Information,
  code: 'billing-lines',
  source: SOURCE,
  message: `Billing lines are shown for ${String(shown)} of ${String(documents)} documents, those around the last change. Inlay hints and code lenses (\`codingSpec.lines.show\`) have no such limit.`,
});

const internalError = (message: string): Diagnostic => ({
  range: emptyRange(),
  severity: DiagnosticSeverity.Error,
  code: 'internal-error',
  source: SOURCE,
  message: `A fault of Coding Spec kept it from checking this file: ${message}. The log has the details.`,
});

export function registerPull(session: Session): void {
  const versions = new ResultVersions();
  let reported: Analysis | undefined;
  const { diagnostics } = session.connection.languages;
  diagnostics.on(
    guarded<{ textDocument: { uri: string }; previousResultId?: string }, DocumentDiagnosticReport>(
      session,
      'diagnostics',
      { kind: DocumentDiagnosticReportKind.Full, items: [] },
      async ({ textDocument, previousResultId }) => {
        await session.rulesRead;
        const items = diagnosticsOf(session, fileOf(textDocument.uri));
        const resultId = versions.idOf(textDocument.uri, items);
        if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
      },
    ),
  );
  diagnostics.onWorkspace(
    guarded<{ previousResultIds: { uri: string; value: string }[] }, WorkspaceDiagnosticReport>(
      session,
      'workspace diagnostics',
      { items: [] },
      async ({ previousResultIds }, token) => {
        await session.rulesRead;
        // Clients ask again as soon as they are answered; while nothing has changed they wait for the answer.
        if (reported === session.analysis) await session.changed(token);
        const previous = new Map(previousResultIds.map(({ uri, value }) => [fileOf(uri), value]));
        const items: WorkspaceDocumentDiagnosticReport[] = [];
        const { analysis } = session;
        for (const file of analysis.files()) {
          if (token.isCancellationRequested) throw cancelled();
          // The library is not the user's to mend.
          if (analysis.file(file)?.library === true) continue;
          items.push(workspaceReport(session, versions, file, previous.get(file)));
          previous.delete(file);
          await session.pause();
        }
        reported = analysis;
        return { items: [...items, ...goneReports(session, previous)] };
      },
    ),
  );
}

function workspaceReport(
  session: Session,
  versions: ResultVersions,
  file: FileId,
  previous: string | undefined,
): WorkspaceDocumentDiagnosticReport {
  const items = diagnosticsOf(session, file);
  const resultId = versions.idOf(file, items);
  if (resultId === previous)
    return { kind: DocumentDiagnosticReportKind.Unchanged, uri: file, version: null, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, uri: file, version: null, resultId, items };
}

/** Files that were reported and are gone show nothing any more. */
const goneReports = (
  session: Session,
  previous: ReadonlyMap<FileId, string>,
): WorkspaceDocumentDiagnosticReport[] =>
  [...previous.keys()]
    .filter((file) => !session.analysis.file(file))
    .map((uri) => ({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] }));

/** Names results, so that a client is told "unchanged" in place of everything again. */
class ResultVersions {
  readonly #known = new Map<string, { readonly items: readonly Diagnostic[]; readonly id: string }>();
  #next = 1;

  idOf(uri: string, items: readonly Diagnostic[]): string {
    const known = this.#known.get(uri);
    if (known && deepEqual(known.items, items)) return known.id;
    const id = String(this.#next++);
    this.#known.set(uri, { items, id });
    return id;
  }
}

/** Sends the diagnostics of the open files to a client that does not pull. */
export async function pushOpen(session: Session): Promise<void> {
  await session.rulesRead;
  for (const file of session.openFiles) {
    void session.connection.sendDiagnostics({ uri: file, diagnostics: diagnosticsOf(session, file) });
  }
  session.answered();
}
