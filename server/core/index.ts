/**
 * The front door of the engine: everything that shells (language server, command line) may use. Text and settings go in
 * through `AnalysisHost.apply`, plain data comes out of questions to a snapshot. No input or output, no clock, no LSP.
 */
export {
  decodedName,
  fileId,
  isInstalled,
  type DocumentId,
  type FileId,
  type Origin,
} from './base/origin.ts';
export type { TextRange } from './base/line-index.ts';
export { deepEqual } from './base/memo.ts';
export { PROBLEM_CODES, tagOf, type Problem, type ProblemCode, type Severity } from './base/problem.ts';
export { kindOfFile } from './schema/schema.ts';
export { shorten } from './base/words.ts';
export { parseDate } from './base/clock.ts';
export { isOurFile } from './workspace/model.ts';
export { AnalysisHost } from './workspace/host.ts';
export { prepareRules } from './workspace/prepare.ts';
export { nothingPrepared, readPrepared, type Prepared } from './workspace/prepared.ts';
export type { Analysis, DocumentInFile, Location } from './workspace/analysis.ts';
export type { Change, ContentChanges, FileChange, FileContent, Settings } from './workspace/change.ts';
export type { CodeChange, CodeNotes, CodeRow, ImportedCodes, RefusedRow, ReleaseInfo } from './codes/rows.ts';
export { CodeSet, displayCode, HEADER_BYTES, openCodeSet, readHeader } from './codes/code-set.ts';
export type { Header as CodeSetHeader } from './codes/layout.ts';
export { CodeSets, openCodeSetFile, type Answering, type CodeSetFile } from './codes/releases.ts';
export { search as searchCodes } from './codes/search.ts';
export { writeCodeSet } from './codes/write.ts';
export {
  COLUMNS,
  KEYS,
  KINDS,
  type RelationName,
  type TableHeader,
  type TableInfo,
  type TableKind,
} from './codes/tables/layout.ts';
export { TableReleases, openTableFile, type TableFile } from './codes/tables/releases.ts';
export { openTable, readTableHeader, type Relation, type TableRelease } from './codes/tables/table.ts';
export { RelationWriter, writeTable } from './codes/tables/write.ts';
export { notExercised } from './diagnostics/not-exercised.ts';
export { checkSteps, problemsOf } from './diagnostics/registry.ts';
export { computedLines, linesNearChange, type ComputedLine } from './features/computed-lines.ts';
export { hover } from './features/hover.ts';
export { completion, type CompletionItem } from './features/completion.ts';
export { NEW_KINDS, newDocument } from './features/new-document.ts';
export { codeMarkdown, type CodeThere } from './features/shared/code-about.ts';
export { codeActions, type CodeAction } from './features/code-actions.ts';
export { findingsAt } from './features/shared/findings.ts';
export { definition } from './features/definition.ts';
export { typeDefinition } from './features/type-definition.ts';
export { references } from './features/references.ts';
export { highlights } from './features/highlights.ts';
export { prepareRename, rename, type FileEdit } from './features/rename.ts';
export { linkedNames } from './features/linked-editing.ts';
export { documentSymbols, type OutlineKind, type OutlineSymbol } from './features/document-symbols.ts';
export { bestSymbols, workspaceSymbols, type FoundSymbol } from './features/workspace-symbols.ts';
export { documentLinks } from './features/document-links.ts';
export { folds, type Fold } from './features/folding.ts';
export { selectionRanges } from './features/selection.ts';
export {
  addOnsOf,
  codesAt,
  primariesOf,
  type CodeItem,
  type CodeRelation,
} from './features/call-hierarchy.ts';
export type { Target } from './features/shared/declared.ts';
export { setModifiers } from './features/set-modifiers.ts';
export { acceptLines } from './features/accept-lines.ts';
export { boundaryEncounters } from './features/boundary-encounters.ts';
export { createSpec } from './features/create-spec.ts';
export { extractAnchor } from './features/extract-anchor.ts';
export { fixAll } from './features/fix-all.ts';
export { format, formatRange, notFormatted } from './features/format.ts';
export { formatNewline } from './features/format-newline.ts';
export { applyEdits, type FileEdits, type Refactoring, type TextEdit } from './features/shared/edit.ts';
export {
  semanticTokens,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  type SemanticToken,
} from './features/semantic-tokens.ts';
export { explain, type Step } from './features/explain.ts';
export {
  billReport,
  problemReport,
  type EncounterReport,
  type ProblemReport,
} from './features/bill-report.ts';
export { placeReport, reasonReport, type PlaceReport } from './features/shared/place-report.ts';
export {
  agreementOf,
  agreementReport,
  type AgreementReport,
  type AgreementRow,
  type TestedEncounter,
} from './features/agreement.ts';
export { mayHaveTests, testDocument, testFiles, testsOf, type TestDocument } from './features/tests.ts';
export {
  coverageReport,
  tallyCoverage,
  testablePlaces,
  type ClauseCoverage,
  type ClauseCoverageReport,
  type CoverageReport,
  type CoverageTally,
  type Exercised,
  type FileCoverage,
  type FileCoverageReport,
  type Share,
} from './features/coverage.ts';
export { changeOf, unsavedRules, type ChangedEncounter, type Impact } from './features/what-if.ts';
export { impactPage } from './features/impact-html.ts';
export { timeline } from './features/timeline.ts';
export { timelinePage } from './features/timeline-html.ts';
export { htmlPage, styleOf, type Page } from './features/shared/html.ts';
export { compare, knownPayers, labelOf, type Comparison, type PayerName } from './features/compare.ts';
export { comparisonPage, renderComparison } from './features/compare-html.ts';
export { articleOf, type Article } from './features/article.ts';
export { renderMarkdown } from './features/article-markdown.ts';
export { articlePage, renderHtml } from './features/article-html.ts';
