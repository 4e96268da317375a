/** What is in a file and in the workspace: symbols, links, folding, growing selections. */
import {
  FoldingRangeKind,
  SymbolKind,
  type CancellationToken,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type SelectionRange,
  type SelectionRangeParams,
  type SymbolInformation,
  type WorkspaceSymbol,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';
import {
  bestSymbols,
  documentLinks,
  documentSymbols,
  folds,
  selectionRanges,
  workspaceSymbols,
  type Analysis,
  type FileId,
  type Fold,
  type FoundSymbol,
  type OutlineKind,
  type OutlineSymbol,
} from '../../core/index.ts';
import type { ClientAbilities } from '../capabilities.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { inSlices } from '../slices.ts';
import { placeToLocation, toRange } from '../to-proto.ts';

interface AskedFile {
  readonly textDocument: { readonly uri: string };
}

const OUTLINE_KINDS: Readonly<Record<OutlineKind, SymbolKind>> = {
  encounter: SymbolKind.Event,
  family: SymbolKind.Namespace,
  spec: SymbolKind.Function,
  policy: SymbolKind.Interface,
  table: SymbolKind.Array,
  entry: SymbolKind.Object,
  line: SymbolKind.Number,
  section: SymbolKind.Property,
  class: SymbolKind.Class,
  fact: SymbolKind.Enum,
  value: SymbolKind.EnumMember,
  rule: SymbolKind.Method,
  item: SymbolKind.Field,
};

const SYMBOL_KINDS: Readonly<Partial<Record<FoundSymbol['kind'], SymbolKind>>> = {
  encounter: SymbolKind.Event,
  family: SymbolKind.Namespace,
  'procedure-code': SymbolKind.Function,
  policy: SymbolKind.Interface,
  table: SymbolKind.Array,
  class: SymbolKind.Class,
  fact: SymbolKind.Enum,
  value: SymbolKind.EnumMember,
  rule: SymbolKind.Method,
  'code-list': SymbolKind.Array,
};

/** So many folding ranges are given to a client that does not say how many it takes. */
const FOLD_LIMIT = 5_000;

export function registerOutline(session: Session, abilities: () => ClientAbilities): void {
  const { connection } = session;
  connection.onDocumentSymbol(
    guarded<AskedFile, DocumentSymbol[] | SymbolInformation[]>(session, 'the outline', [], (params, token) =>
      outlineOf(session, fileOf(params.textDocument.uri), abilities().nestsSymbols, token),
    ),
  );
  connection.onWorkspaceSymbol(
    guarded<WorkspaceSymbolParams, WorkspaceSymbol[]>(session, 'symbols', [], async ({ query }, token) => {
      const { analysis } = session;
      const found = await inSlices(session, token, workspaceSymbols(analysis, query));
      return bestSymbols(found).map((symbol) => toWorkspaceSymbol(analysis, symbol));
    }),
  );
  connection.onDocumentLinks(
    guarded<AskedFile, DocumentLink[]>(session, 'links', [], async ({ textDocument }, token) => {
      const { analysis } = session;
      const file = fileOf(textDocument.uri);
      const found = await inSlices(session, token, documentLinks(analysis, file));
      return found.map(({ to, ...range }) => ({ range: toRange(analysis, file, range), target: to }));
    }),
  );
  connection.onFoldingRanges(
    guarded<AskedFile, FoldingRange[]>(session, 'folding', [], async ({ textDocument }, token) => {
      const { analysis } = session;
      const file = fileOf(textDocument.uri);
      const limit = abilities().foldLimit ?? FOLD_LIMIT;
      const found = await inSlices(session, token, folds(analysis, file, limit));
      return toFoldingRanges(analysis, file, found, limit);
    }),
  );
  connection.onSelectionRanges(
    guarded<SelectionRangeParams, SelectionRange[]>(
      session,
      'selection',
      [],
      ({ textDocument, positions }) => {
        const { analysis } = session;
        const file = fileOf(textDocument.uri);
        return positions.map((position) => toSelection(analysis, file, analysis.offset(file, position)));
      },
    ),
  );
}

async function outlineOf(
  session: Session,
  file: FileId,
  isNested: boolean,
  token: CancellationToken,
): Promise<DocumentSymbol[] | SymbolInformation[]> {
  const { analysis } = session;
  const found = await inSlices(session, token, documentSymbols(analysis, file));
  return isNested
    ? found.map((symbol) => toSymbol(analysis, file, symbol))
    : found.flatMap((symbol) => toFlat(analysis, file, symbol, ''));
}

const toSymbol = (analysis: Analysis, file: FileId, symbol: OutlineSymbol): DocumentSymbol => ({
  name: symbol.name,
  detail: symbol.detail,
  kind: OUTLINE_KINDS[symbol.kind],
  range: toRange(analysis, file, symbol.whole),
  selectionRange: toRange(analysis, file, symbol.selection),
  children: symbol.children.map((child) => toSymbol(analysis, file, child)),
});

function toFlat(
  analysis: Analysis,
  file: FileId,
  symbol: OutlineSymbol,
  container: string,
): SymbolInformation[] {
  const own = {
    name: symbol.name,
    kind: OUTLINE_KINDS[symbol.kind],
    location: placeToLocation(analysis, { file, ...symbol.whole }),
    ...(container !== '' && { containerName: container }),
  };
  return [own, ...symbol.children.flatMap((child) => toFlat(analysis, file, child, symbol.name))];
}

const toWorkspaceSymbol = (
  analysis: Analysis,
  { name, kind, container, at }: FoundSymbol,
): WorkspaceSymbol => ({
  name,
  kind: SYMBOL_KINDS[kind] ?? SymbolKind.Field,
  containerName: container,
  location: placeToLocation(analysis, at),
});

/** Whole lines, one fold for each line; where there are too many, the deepest are left out. */
function toFoldingRanges(
  analysis: Analysis,
  file: FileId,
  found: readonly Fold[],
  limit: number,
): FoldingRange[] {
  const lines = new Map<number, FoldingRange>();
  for (const fold of [...found].sort((a, b) => a.depth - b.depth)) {
    if (lines.size >= limit) break;
    const startLine = analysis.position(file, fold.start).line;
    const endLine = foldEnd(analysis, file, fold);
    if (endLine <= startLine || lines.has(startLine)) continue;
    lines.set(startLine, { startLine, endLine, ...FOLD_KINDS[fold.kind] });
  }
  return [...lines.values()].sort((a, b) => a.startLine - b.startLine);
}

const FOLD_KINDS: Readonly<Record<Fold['kind'], Pick<FoldingRange, 'kind'>>> = {
  document: { kind: FoldingRangeKind.Region },
  comment: { kind: FoldingRangeKind.Comment },
  node: {},
};

/** The line of a bracket that closes alone stays to be seen. */
function foldEnd(analysis: Analysis, file: FileId, { end, closes }: Fold): number {
  const { line } = analysis.position(file, end);
  return closes ? line - 1 : line;
}

function toSelection(analysis: Analysis, file: FileId, offset: number): SelectionRange {
  const ranges = selectionRanges(analysis, file, offset).map((range) => toRange(analysis, file, range));
  const [outermost = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, ...inner] = [
    ...ranges,
  ].reverse();
  return inner.reduce<SelectionRange>((parent, range) => ({ range, parent }), { range: outermost });
}
