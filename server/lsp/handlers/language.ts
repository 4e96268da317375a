/** Hover and completion. */
import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type CompletionList,
  type Hover,
  type TextDocumentPositionParams,
} from 'vscode-languageserver';
import {
  codeMarkdown,
  completion,
  hover,
  shorten,
  type CompletionItem as Item,
  type FileId,
} from '../../core/index.ts';
import type { ClientAbilities } from '../capabilities.ts';
import { guarded } from '../guard.ts';
import { toMarkup } from '../markup.ts';
import { readCodeThere } from '../read-params.ts';
import { suggestCommand } from '../../protocol/completion.ts';
import { fileOf, type Session } from '../session.ts';
import { toRange } from '../to-proto.ts';

const ITEM_KINDS: Readonly<Record<Item['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  code: CompletionItemKind.Value,
  snippet: CompletionItemKind.Snippet,
};

/** `suggestsAgain`: whether the client has a command that asks for completion at the cursor. */
export function registerLanguage(
  session: Session,
  abilities: () => ClientAbilities,
  suggestsAgain: () => boolean,
): void {
  const { connection } = session;
  connection.onHover(
    guarded<TextDocumentPositionParams, Hover | null>(session, 'hover', null, (params) =>
      hoverAt(session, params, abilities()),
    ),
  );
  connection.onCompletion(
    guarded<TextDocumentPositionParams, CompletionList>(
      session,
      'completion',
      { isIncomplete: false, items: [] },
      (params) => {
        const list = completionAt(session, params, abilities());
        return suggestsAgain() ? { ...list, items: list.items.map(suggestingValues) } : list;
      },
    ),
  );
  connection.onCompletionResolve((item, token) =>
    guarded<CompletionItem, CompletionItem>(session, 'a completion', item, (own) =>
      resolved(session, own, abilities()),
    )(item, token),
  );
}

/** What is to be said of a code is looked up for the one that is looked at: a list may have fifty. */
function resolved(
  session: Session,
  item: CompletionItem,
  { readsMarkdownItems }: ClientAbilities,
): CompletionItem {
  const code = readCodeThere(item.data);
  const said = code && codeMarkdown(session.analysis, code);
  return said === undefined ? item : { ...item, documentation: toMarkup(said, readsMarkdownItems) };
}

/** A key that is accepted with the space behind it asks for its values. */
const suggestingValues = (item: CompletionItem): CompletionItem =>
  item.kind === ITEM_KINDS.key && item.textEdit?.newText.endsWith(': ') === true
    ? { ...item, command: { title: '', command: suggestCommand } }
    : item;

function hoverAt(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
  { readsMarkdownHovers }: ClientAbilities,
): Hover | null {
  const { analysis } = session;
  const file = fileOf(textDocument.uri);
  const found = hover(analysis, file, analysis.offset(file, position));
  if (!found) return null;
  return {
    contents: toMarkup(found.markdown, readsMarkdownHovers),
    ...(found.range.end > found.range.start && { range: toRange(analysis, file, found.range) }),
  };
}

function completionAt(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
  abilities: ClientAbilities,
): CompletionList {
  const { analysis } = session;
  const file = fileOf(textDocument.uri);
  const { items, incomplete } = completion(analysis, file, analysis.offset(file, position));
  return { isIncomplete: incomplete, items: items.map((item) => toItem(session, file, item, abilities)) };
}

/** In signs: a row has room for no more, and `detail` says the whole beside it. */
const WIDEST_DESCRIPTION = 80;

function toItem(
  session: Session,
  file: FileId,
  item: Item,
  { readsSnippets, keepsIndentation, readsMarkdownItems, showsLabelDetails }: ClientAbilities,
): CompletionItem {
  const snippet = readsSnippets ? item.snippet : undefined;
  return {
    label: item.label,
    kind: ITEM_KINDS[item.kind],
    ...(showsLabelDetails &&
      item.detail !== '' && { labelDetails: { description: shorten(item.detail, WIDEST_DESCRIPTION) } }),
    detail: item.detail,
    ...(item.documentation !== '' && {
      documentation: toMarkup(item.documentation, readsMarkdownItems),
    }),
    ...(item.code && { data: item.code }),
    filterText: item.filterText,
    sortText: item.sortText,
    textEdit: { range: toRange(session.analysis, file, item.range), newText: snippet ?? item.insertText },
    ...(snippet !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
    // Its lines have their indentation already.
    ...(item.kind === 'snippet' && keepsIndentation && { insertTextMode: InsertTextMode.asIs }),
  };
}
