/** Hover, completion and quick fixes. */
import {
  CodeActionKind,
  CompletionItemKind,
  MarkupKind,
  type CodeAction,
  type CodeActionParams,
  type CompletionItem,
  type CompletionList,
  type Hover,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import {
  codeActions,
  completion,
  hover,
  type CompletionItem as Item,
  type FileId,
} from '../../core/index.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { problemToDiagnostic, toEdits, toRange } from '../to-proto.ts';

const ITEM_KINDS: Readonly<Record<Item['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  code: CompletionItemKind.Value,
};

export function registerLanguage(session: Session): void {
  const { connection } = session;
  connection.onHover(
    guarded<TextDocumentPositionParams, Hover | null>(session, 'hover', null, (params) =>
      hoverAt(session, params),
    ),
  );
  connection.onCompletion(
    guarded<TextDocumentPositionParams, CompletionList>(
      session,
      'completion',
      { isIncomplete: false, items: [] },
      (params) => completionAt(session, params),
    ),
  );
  connection.onCodeAction(
    guarded<CodeActionParams, CodeAction[]>(session, 'quick fixes', [], (params) => fixesAt(session, params)),
  );
}

function hoverAt(session: Session, { textDocument, position }: TextDocumentPositionParams): Hover | null {
  const { analysis } = session;
  const file = fileOf(textDocument.uri);
  const found = hover(analysis, file, analysis.offset(file, position));
  if (!found) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: found.markdown },
    ...(found.range.end > found.range.start && { range: toRange(analysis, file, found.range) }),
  };
}

function completionAt(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
): CompletionList {
  const { analysis } = session;
  const file = fileOf(textDocument.uri);
  const { items, incomplete } = completion(analysis, file, analysis.offset(file, position));
  return { isIncomplete: incomplete, items: items.map((item) => toItem(session, file, item)) };
}

function toItem(session: Session, file: FileId, item: Item): CompletionItem {
  return {
    label: item.label,
    kind: ITEM_KINDS[item.kind],
    detail: item.detail,
    ...(item.documentation !== '' && {
      documentation: { kind: MarkupKind.Markdown, value: item.documentation },
    }),
    filterText: item.filterText,
    sortText: item.sortText,
    textEdit: { range: toRange(session.analysis, file, item.range), newText: item.insertText },
  };
}

function fixesAt(session: Session, { textDocument, range }: CodeActionParams): CodeAction[] {
  const { analysis } = session;
  const file = fileOf(textDocument.uri);
  const wanted = { start: analysis.offset(file, range.start), end: analysis.offset(file, range.end) };
  return codeActions(analysis, file, wanted, () => session.coverage).map(
    ({ title, kind, problem, edits }) => ({
      title,
      kind: CodeActionKind.QuickFix,
      ...(kind === 'mend' && { isPreferred: true }),
      diagnostics: [problemToDiagnostic(analysis, problem)],
      edit: {
        changes: {
          [textDocument.uri]: toEdits(analysis, file, edits),
        },
      },
    }),
  );
}
