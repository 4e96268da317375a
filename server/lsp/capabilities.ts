/** What the server offers, and what it makes of the client's abilities. */
import {
  CodeActionKind,
  InsertTextMode,
  MarkupKind,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { codesCommands } from '../protocol/codes.ts';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../core/index.ts';

export interface ClientAbilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesTokens: boolean;
  readonly createsFiles: boolean;
  /** Whether the edits of a code action may come later than its title. */
  readonly resolvesActions: boolean;
  /** Whether the tooltip of a hint may come when it is looked at. */
  readonly resolvesHints: boolean;
  readonly readsSnippets: boolean;
  /** Whether a completion may say that its lines are indented already. */
  readonly keepsIndentation: boolean;
  /** Whether every row of a list of completions can say what it is about; the others say so of the one that is selected. */
  readonly showsLabelDetails: boolean;
  /** Whether a hover, and what is said of a completion, may be Markdown. */
  readonly readsMarkdownHovers: boolean;
  readonly readsMarkdownItems: boolean;
  readonly configures: boolean;
  /** Whether it wants to be asked to tell of changed settings; the others tell anyway, or never. */
  readonly registersSettings: boolean;
  readonly watchesFiles: boolean;
  readonly hasFolders: boolean;
  /** Takes a definition with the range of all that it defines. */
  readonly linksDefinitions: boolean;
  readonly preparesRename: boolean;
  readonly nestsSymbols: boolean;
  /** So many folding ranges are taken; undefined where the client does not say. */
  readonly foldLimit: number | undefined;
}

export function abilitiesOf({ textDocument, workspace }: ClientCapabilities): ClientAbilities {
  const completionItem = textDocument?.completion?.completionItem;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    resolvesActions: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    resolvesHints: textDocument?.inlayHint?.resolveSupport?.properties.includes('tooltip') === true,
    readsSnippets: completionItem?.snippetSupport === true,
    keepsIndentation: completionItem?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true,
    showsLabelDetails: completionItem?.labelDetailsSupport === true,
    readsMarkdownHovers: readsMarkdown(textDocument?.hover?.contentFormat),
    readsMarkdownItems: readsMarkdown(completionItem?.documentationFormat),
    configures: workspace?.configuration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasFolders: workspace?.workspaceFolders === true,
    linksDefinitions: textDocument?.definition?.linkSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    nestsSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    foldLimit: textDocument?.foldingRange?.rangeLimit,
  };
}

/** Clients that say nothing of it have always been sent Markdown. */
const readsMarkdown = (formats: readonly MarkupKind[] | undefined): boolean =>
  formats?.includes(MarkupKind.Markdown) ?? true;

export const serverCapabilities = ({
  pullsDiagnostics,
  preparesRename,
}: ClientAbilities): ServerCapabilities => ({
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  hoverProvider: true,
  completionProvider: {
    // Codes are digits. Editors ask of their own accord in words, and not in numbers.
    triggerCharacters: [...'"\' :[{,-.0123456789'],
    resolveProvider: true,
    completionItem: { labelDetailsSupport: true },
  },
  codeActionProvider: {
    codeActionKinds: [
      CodeActionKind.QuickFix,
      CodeActionKind.RefactorRewrite,
      CodeActionKind.RefactorExtract,
      `${CodeActionKind.SourceFixAll}.coding-spec`,
    ],
    resolveProvider: true,
  },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' },
  semanticTokensProvider: {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
    full: { delta: true },
    range: true,
  },
  inlayHintProvider: { resolveProvider: true },
  executeCommandProvider: { commands: Object.values(codesCommands), workDoneProgress: true },
  definitionProvider: true,
  typeDefinitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: preparesRename ? { prepareProvider: true } : true,
  linkedEditingRangeProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  documentLinkProvider: {},
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  callHierarchyProvider: true,
  codeLensProvider: { resolveProvider: true },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  ...(pullsDiagnostics && {
    diagnosticProvider: {
      identifier: 'coding-spec',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    },
  }),
});
