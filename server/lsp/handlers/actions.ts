/**
 * Code actions: fixes of problems with their edits at once, and greater changes, whose edits are worked out when the user
 * has chosen one, where the client can wait for that.
 */
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import {
  acceptLines,
  boundaryEncounters,
  codeActions,
  createSpec,
  extractAnchor,
  fixAll,
  findingsAt,
  setModifiers,
  type CodeAction as Fix,
  type FileEdits,
  type FileId,
  type Problem,
  type Refactoring,
  type TextRange,
} from '../../core/index.ts';
import type { ClientAbilities } from '../capabilities.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { problemToDiagnostic, toEdits } from '../to-proto.ts';

const FIX_ALL = `${CodeActionKind.SourceFixAll}.coding-spec`;

const KINDS: Readonly<Record<Refactoring['kind'], CodeActionKind>> = {
  quickfix: CodeActionKind.QuickFix,
  rewrite: CodeActionKind.RefactorRewrite,
  extract: CodeActionKind.RefactorExtract,
  'fix-all': FIX_ALL,
};

/** What a client gives back to have the edits of an action. */
interface ActionData {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly id: string;
}

export function registerActions(session: Session, abilities: () => ClientAbilities): void {
  const { connection } = session;
  connection.onCodeAction(
    guarded<CodeActionParams, CodeAction[]>(
      session,
      'code actions',
      [],
      ({ textDocument, range, context }) => {
        const { analysis } = session;
        const file = fileOf(textDocument.uri);
        const at = { start: analysis.offset(file, range.start), end: analysis.offset(file, range.end) };
        const coverage = (): readonly Problem[] => session.coverage;
        const wanted = (kind: CodeActionKind): boolean =>
          context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? kind !== FIX_ALL;
        const fixes = wanted(CodeActionKind.QuickFix) ? codeActions(analysis, file, at, coverage) : [];
        const ofKind = (kind: Fix['kind']): CodeAction[] =>
          fixes.filter((own) => own.kind === kind).map((own) => toFix(session, textDocument.uri, own));
        const changes = refactorings(session, file, at)
          .filter(({ kind }) => wanted(KINDS[kind]))
          .flatMap((own) =>
            toAction(session, abilities(), own, { uri: textDocument.uri, ...at, id: own.id }),
          );
        // What silences a finding comes after all that may mend it.
        return [...ofKind('mend'), ...changes, ...ofKind('suppress')];
      },
    ),
  );
  connection.onCodeActionResolve((action, token) =>
    guarded<CodeAction, CodeAction>(session, 'a code action', action, (asked) => {
      const data = asked.data as ActionData | undefined;
      if (!data) return asked;
      const own = refactorings(session, fileOf(data.uri), data).find(({ id }) => id === data.id);
      return own ? { ...asked, edit: toWorkspaceEdit(session, own.files(), data.uri) } : asked;
    })(action, token),
  );
}

function toFix({ analysis }: Session, uri: string, { title, kind, problem, edits }: Fix): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    ...(kind === 'mend' && { isPreferred: true }),
    diagnostics: [problemToDiagnostic(analysis, problem)],
    edit: { changes: { [uri]: toEdits(analysis, fileOf(uri), edits) } },
  };
}

const refactorings = ({ analysis }: Session, file: FileId, at: TextRange): readonly Refactoring[] => [
  ...createSpec(analysis, file, at),
  ...setModifiers(analysis, file, at.start),
  ...acceptLines(analysis, file, at.start),
  ...boundaryEncounters(analysis, file, at.start),
  ...extractAnchor(analysis, file, at.start),
  ...fixAll(analysis, file),
];

/** With its edits where the client wants them at once; not at all where it cannot make what the action makes. */
function toAction(
  session: Session,
  { createsFiles, resolvesActions }: ClientAbilities,
  own: Refactoring,
  data: ActionData,
): CodeAction[] {
  const { analysis } = session;
  const mended = own.mends === undefined ? [] : findingsAt(analysis, fileOf(data.uri), data);
  const diagnostics = mended
    .filter(({ problem }) => problem.code === own.mends)
    .map(({ problem }) => problemToDiagnostic(analysis, problem));
  const action: CodeAction = {
    title: own.title,
    kind: KINDS[own.kind],
    ...(diagnostics.length > 0 && { diagnostics }),
  };
  if (own.makesFiles && !createsFiles) return [];
  if (resolvesActions) return [{ ...action, data }];
  const files = own.files();
  return files.length === 0 ? [] : [{ ...action, edit: toWorkspaceEdit(session, files, data.uri) }];
}

/** `asked` is the file of the request as the client writes its name. */
function toWorkspaceEdit({ analysis }: Session, files: readonly FileEdits[], asked: string): WorkspaceEdit {
  const uriOf = (file: FileId): string => (file === fileOf(asked) ? asked : file);
  if (!files.some(({ create }) => create))
    return {
      changes: Object.fromEntries(
        files.map(({ file, edits }) => [uriOf(file), toEdits(analysis, file, edits)]),
      ),
    };
  return {
    documentChanges: files.flatMap(({ file, create, edits }) => {
      const change: TextDocumentEdit = {
        textDocument: { uri: uriOf(file), version: null },
        edits: toEdits(analysis, file, edits),
      };
      return create
        ? [{ kind: 'create' as const, uri: file, options: { ignoreIfExists: true } }, change]
        : [change];
    }),
  };
}
