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
  isInstalled,
  tagOf,
  type Analysis,
  type ComputedLine,
  type DocumentInFile,
  type FileId,
  type Location as Place,
  type Origin,
  type Problem,
  type Severity,
  type TextEdit as Edit,
  type TextRange,
} from '../core/index.ts';
import { RULES_PAGE } from '../protocol/rules.ts';

/** The name under which our diagnostics appear. */
export const SOURCE = 'coding-spec';

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
    if (!isInstalled(at.document)) {
      const location = toKnownLocation(analysis, at);
      return location ? [{ location, message }] : [];
    }
    // What an installed release says has no place of its own; it is named instead.
    const found = analysis.locate(own);
    return found
      ? [{ location: placeToLocation(analysis, found), message: `${message} ${at.document}` }]
      : [];
  });
}

/** Where clauses stand, as long as their documents stay what they are: after every keystroke hundreds are told again. */
const known = new WeakMap<Origin, { readonly at: DocumentInFile; readonly location: Location }>();

function toKnownLocation(analysis: Analysis, at: Origin): Location | undefined {
  const document = analysis.document(at.document);
  if (!document) return undefined;
  const before = known.get(at);
  if (before?.at === document) return before.location;
  const location = toLocation(analysis, at);
  if (location) known.set(at, { at: document, location });
  return location;
}

export function problemToDiagnostic(analysis: Analysis, problem: Problem): Diagnostic {
  const at = analysis.locate(problem.at);
  const tag = tagOf(problem);
  return {
    range: at ? toRange(analysis, at.file, at) : emptyRange(),
    severity: toSeverity[problem.severity],
    code: problem.code,
    codeDescription: { href: `${RULES_PAGE}#${problem.code}` },
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
