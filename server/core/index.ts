/**
 * The front door of the engine: everything that shells (language server, command line) may use. Text and settings go in
 * through `AnalysisHost.apply`, plain data comes out of questions to a snapshot. No input or output, no clock, no LSP.
 */
export { fileId, type DocumentId, type FileId, type Origin } from './base/origin.ts';
export type { TextRange } from './base/line-index.ts';
export { PROBLEM_CODES, type Problem, type ProblemCode, type Severity } from './base/problem.ts';
export { kindOfFile } from './schema/schema.ts';
export { parseDate } from './base/clock.ts';
export { AnalysisHost } from './workspace/host.ts';
export type { Analysis, DocumentInFile } from './workspace/analysis.ts';
export type { Change, FileChange, FileContent, Settings } from './workspace/change.ts';
export type { CodeChange, CodeNotes, CodeRow, ImportedCodes, RefusedRow, ReleaseInfo } from './codes/rows.ts';
export { CodeSet, displayCode, HEADER_BYTES, openCodeSet, readHeader } from './codes/code-set.ts';
export type { Header as CodeSetHeader } from './codes/layout.ts';
export { CodeSets, openCodeSetFile, type Answering, type CodeSetFile } from './codes/releases.ts';
export { search as searchCodes } from './codes/search.ts';
export { writeCodeSet } from './codes/write.ts';
export { notExercised } from './diagnostics/not-exercised.ts';
export { problemsOf } from './diagnostics/registry.ts';
export { computedLines, type ComputedLine } from './features/computed-lines.ts';
export { hover } from './features/hover.ts';
export { completion, type CompletionItem } from './features/completion.ts';
export { codeActions } from './features/code-actions.ts';
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
export { isOtherwise, unsavedRules } from './features/what-if.ts';
export { compare, knownPayers, labelOf, type Comparison, type PayerName } from './features/compare.ts';
export { renderComparison } from './features/compare-html.ts';
export { articleOf, type Article } from './features/article.ts';
export { renderMarkdown } from './features/article-markdown.ts';
export { renderHtml } from './features/article-html.ts';
