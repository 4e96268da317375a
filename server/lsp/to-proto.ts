/** From the engine's plain data to LSP. The only place that knows both. */
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Location,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import {
  tagOf,
  placeReport,
  type Analysis,
  type ComputedLine,
  type FileId,
  type Location as Place,
  type Origin,
  type Problem,
  type Severity,
  type TextEdit as Edit,
  type TextRange,
} from '../core/index.ts';

/** The name under which our diagnostics appear. */
export const SOURCE = 'coding-spec';
const DOCS = 'https://coding-spec.dev/docs/diagnostics.md';

const toSeverity: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
} as const;

export const toRange = (analysis: Analysis, file: FileId, { start, end }: TextRange): Range => ({
  start: analysis.position(file, start),
  end: analysis.position(file, end),
});

export const placeToLocation = (analysis: Analysis, place: Place): Location => ({
  uri: place.file,
  range: toRange(analysis, place.file, place),
});

export const toEdits = (analysis: Analysis, file: FileId, edits: readonly Edit[]): TextEdit[] =>
  edits.map((edit) => ({ range: toRange(analysis, file, edit), newText: edit.text }));

export function toLocation(analysis: Analysis, at: Origin): Location | undefined {
  const found = analysis.locate(at);
  return found && placeToLocation(analysis, found);
}

function toRelated(
  analysis: Analysis,
  related: readonly { readonly at: Origin; readonly message: string }[],
  own: Origin | Problem['at'],
): DiagnosticRelatedInformation[] {
  return related.flatMap(({ at, message }) => {
    const { installed, file } = placeReport(analysis, at);
    const found = analysis.locate(installed ? own : at);
    const location = found && placeToLocation(analysis, found);
    return location ? [{ location, message: installed ? `${message} ${file}` : message }] : [];
  });
}

export function problemToDiagnostic(analysis: Analysis, problem: Problem): Diagnostic {
  const at = analysis.locate(problem.at);
  const tag = tagOf(problem);
  return {
    range: at ? toRange(analysis, at.file, at) : emptyRange(),
    severity: toSeverity[problem.severity],
    code: problem.code,
    codeDescription: { href: `${DOCS}#${problem.code}` },
    source: SOURCE,
    message: problem.message,
    ...(tag && { tags: [TAGS[tag]] }),
    relatedInformation: toRelated(analysis, problem.related, problem.at),
  };
}

export function lineToDiagnostic(analysis: Analysis, line: ComputedLine): Diagnostic {
  const at = analysis.locate(line.at);
  return {
    range: at ? toRange(analysis, at.file, at) : emptyRange(),
    severity: DiagnosticSeverity.Information,
    code: 'billing-lines',
    source: SOURCE,
    message: line.message,
    relatedInformation: toRelated(analysis, line.related, line.at),
  };
}

export const emptyRange = (): Range => ({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
