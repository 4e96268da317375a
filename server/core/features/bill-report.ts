/**
 * The bill of an encounter as plain JSON data: the contract of `coding-spec bill --format json`, described by
 * schemas/bill.schema.json. Files, document numbers (from 1) and lines of text (from 1) in place of origins.
 */
import {
  childPath,
  isSpan,
  pathSteps,
  ROOT_PATH,
  type FileId,
  type Origin,
  type Span,
} from '../base/origin.ts';
import type { Problem, Severity } from '../base/problem.ts';
import type { FactUse, Outcome, Reason } from '../billing/line.ts';
import { problemsOf } from '../diagnostics/registry.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import { entryOf, type YamlNode } from '../yaml/node.ts';

export interface PlaceReport {
  readonly file: string;
  /** Number of the document in its file, from 1. */
  readonly document: number;
  /** JSON pointer into the document. */
  readonly path: string;
  /** The same for people, with the names of items: `modifiers[XE].when`. */
  readonly name: string;
  /** Line and column of the text, from 1. */
  readonly line: number;
  readonly column: number;
}

export interface ReasonReport {
  readonly sentence: string;
  readonly clause: PlaceReport;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly at: PlaceReport }[];
}

export interface LineReport {
  readonly code: string;
  readonly units: number;
  readonly modifiers: readonly string[];
  readonly outcome: Outcome;
  readonly date: string;
  readonly diagnoses: readonly string[];
  /** Ids, or JSON pointers where an administration has none. */
  readonly administrations: readonly string[];
  readonly because: readonly ReasonReport[];
}

export interface NotBilledReport {
  /** Empty where no code is in question, as for a flush. */
  readonly code: string;
  readonly near: boolean;
  readonly administrations: readonly string[];
  readonly because: ReasonReport;
}

export interface ProblemReport {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: PlaceReport;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly { readonly message: string; readonly at: PlaceReport }[];
}

export interface EncounterReport {
  readonly file: string;
  readonly document: number;
  readonly encounter: string;
  readonly lines: readonly LineReport[];
  readonly notBilled: readonly NotBilledReport[];
  readonly problems: readonly ProblemReport[];
}

/** The encounters of a file with their bills; documents that cannot be read appear with their problems alone. */
export function billReport(analysis: Analysis, file: FileId): readonly EncounterReport[] {
  const problems = problemsOf(analysis, file);
  return analysis.documents(file).flatMap((document): EncounterReport[] => {
    const own = problems
      .filter(({ at }) => at.document === document.source.id)
      .map((found) => problemReport(analysis, found));
    const encounter = analysis.encounter(document.source);
    if (!encounter && own.length === 0) return [];
    return [encounterReport(analysis, document, encounter, own)];
  });
}

function encounterReport(
  analysis: Analysis,
  { source, index }: DocumentInFile,
  encounter: Encounter | undefined,
  problems: readonly ProblemReport[],
): EncounterReport {
  const bill = encounter && analysis.bill(encounter);
  const names = (origins: readonly Origin[]): string[] =>
    origins.map((at) => nameOf(encounter?.activities ?? [], at));
  return {
    file: source.file,
    document: index + 1,
    encounter: encounter?.id?.value ?? '',
    lines: (bill?.lines ?? []).map(
      ({ code, units, modifiers, outcome, date, diagnoses, administrations, because }) => ({
        code,
        units,
        modifiers,
        outcome,
        date,
        diagnoses,
        administrations: names(administrations),
        because: because.map((reason) => reasonReport(analysis, reason)),
      }),
    ),
    notBilled: (bill?.notBilled ?? []).map(({ code, near, administrations, because }) => ({
      code,
      near,
      administrations: names(administrations),
      because: reasonReport(analysis, because),
    })),
    problems,
  };
}

const nameOf = (activities: readonly Activity[], at: Origin): string =>
  activities.find(({ origin }) => origin.path === at.path)?.id ?? at.path;

const reasonReport = (analysis: Analysis, { sentence, clause, facts }: Reason): ReasonReport => ({
  sentence,
  clause: placeReport(analysis, clause),
  facts: facts.map(({ name, value, origin }: FactUse) => ({
    name,
    value,
    at: placeReport(analysis, origin),
  })),
});

export function problemReport(
  analysis: Analysis,
  { code, severity, message, at, related }: Problem,
): ProblemReport {
  const range = analysis.locate(at);
  const end = range ? analysis.position(range.file, range.end) : { line: 0, character: 0 };
  return {
    rule: code,
    severity,
    message,
    at: placeReport(analysis, at),
    endLine: end.line + 1,
    endColumn: end.character + 1,
    related: related.map((other) => ({ message: other.message, at: placeReport(analysis, other.at) })),
  };
}

/** Where something is written, as people and other programs count. */
export function placeReport(analysis: Analysis, at: Origin | Span): PlaceReport {
  const document = analysis.document(at.document);
  const range = analysis.locate(at);
  const position = range ? analysis.position(range.file, range.start) : { line: 0, character: 0 };
  return {
    file: document?.source.file ?? at.document.slice(0, at.document.lastIndexOf('#')),
    document: (document?.index ?? 0) + 1,
    path: isSpan(at) ? '' : at.path,
    name: isSpan(at) ? '' : clauseName(analysis, at),
    line: position.line + 1,
    column: position.character + 1,
  };
}

/**
 * A clause as people find it: its keys, with the name of an item in place of its number, such as
 * `positions.initial.choose[professional]`. Empty for a whole document.
 */
function clauseName(analysis: Analysis, at: Origin): string {
  const found = analysis.document(at.document);
  if (!found) return '';
  const parsed = analysis.parsed(found.source);
  let path = ROOT_PATH;
  let name = '';
  for (const step of pathSteps(at.path)) {
    path = childPath(path, step);
    if (!/^\d+$/.test(step)) name += name === '' ? step : `.${step}`;
    else name += `[${itemName(nodeAtPath(parsed, path)) ?? step}]`;
  }
  return name;
}

/** What an item of a list is called: its id, class or code, or its own text. */
function itemName(node: YamlNode | undefined): string | undefined {
  if (node?.kind === 'scalar') return node.text;
  const named = ['id', 'class', 'code']
    .map((key) => entryOf(node, key)?.value)
    .find((value) => value?.kind === 'scalar');
  return named?.kind === 'scalar' ? named.text : undefined;
}
