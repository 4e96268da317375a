/**
 * Diagnostics: the problems of a file and, where the user wants them so, its computed lines. Pulled by clients that can,
 * pushed to the others.
 */
import {
  CancellationToken,
  DiagnosticSeverity,
  DocumentDiagnosticReportKind,
  ResponseError,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import {
  checkSteps,
  deepEqual,
  linesNearChange,
  problemsOf,
  type Analysis,
  type FileId,
} from '../../core/index.ts';
import { cancelled, guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { turns } from '../slices.ts';
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
 * The same, where what is not checked yet is checked in slices: of thousands of encounters that takes seconds, in which others
 * are to have their turn. What is edited meanwhile is checked as well.
 */
async function checked(session: Session, file: FileId, token: CancellationToken): Promise<Diagnostic[]> {
  const turn = turns(session, token);
  try {
    for (let seen: Analysis | undefined; seen !== session.analysis;) {
      seen = session.analysis;
      const steps = checkSteps(seen, file);
      while (steps.next().done !== true) await turn();
    }
  } catch (error) {
    // A fault is met once more, and told, where the diagnostics are made.
    if (error instanceof ResponseError) throw error;
  }
  return diagnosticsOf(session, file);
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
      async ({ textDocument, previousResultId }, token) => {
        await session.rulesRead;
        const items = await checked(session, fileOf(textDocument.uri), token);
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
          const found = await checked(session, file, token);
          items.push(workspaceReport(versions, file, found, previous.get(file)));
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
  versions: ResultVersions,
  file: FileId,
  items: Diagnostic[],
  previous: string | undefined,
): WorkspaceDocumentDiagnosticReport {
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
    const diagnostics = await checked(session, file, CancellationToken.None);
    // One that was closed meanwhile shows nothing any more.
    if (!session.openFiles.includes(file)) continue;
    void session.connection.sendDiagnostics({ uri: file, diagnostics });
  }
  session.answered();
}
