/**
 * The bill of an encounter as plain JSON data: the contract of `coding-spec bill --format json`, described by
 * schemas/bill.schema.json. Files, document numbers (from 1) and lines of text (from 1) in place of origins.
 */
import type { FileId, Origin } from '../base/origin.ts';
import type { Problem, Severity } from '../base/problem.ts';
import type { Benchmark, Outcome } from '../billing/line.ts';
import { problemsOf } from '../diagnostics/registry.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { placeReport, reasonReport, type PlaceReport, type ReasonReport } from './shared/place-report.ts';

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
  /** What a published fee schedule would allow: a benchmark, no price. Absent where none is looked up or has the code. */
  readonly benchmark?: BenchmarkReport;
}

export interface BenchmarkReport {
  /** For all units of the line, in whole hundredths of the currency. */
  readonly cents: number;
  readonly currency: string;
  readonly year: number;
  readonly table: string;
  readonly release: string;
  readonly sentence: string;
  readonly clause: PlaceReport;
}

/** A table that the payer looks up and that is not at hand. */
export interface NotCheckedReport {
  readonly table: string;
  readonly because: ReasonReport;
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
  readonly notChecked: readonly NotCheckedReport[];
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
      ({ code, units, modifiers, outcome, date, diagnoses, administrations, because, benchmark }) => ({
        code,
        units,
        modifiers,
        outcome,
        date,
        diagnoses,
        administrations: names(administrations),
        because: because.map((reason) => reasonReport(analysis, reason)),
        ...(benchmark && { benchmark: benchmarkReport(analysis, benchmark) }),
      }),
    ),
    notBilled: (bill?.notBilled ?? []).map(({ code, near, administrations, because }) => ({
      code,
      near,
      administrations: names(administrations),
      because: reasonReport(analysis, because),
    })),
    notChecked: (bill?.notChecked ?? []).map(({ table, because }) => ({
      table,
      because: reasonReport(analysis, because),
    })),
    problems,
  };
}

const benchmarkReport = (
  analysis: Analysis,
  { amount, currency, year, table, release, sentence, clause }: Benchmark,
): BenchmarkReport => ({
  cents: amount,
  currency,
  year,
  table,
  release,
  sentence,
  clause: placeReport(analysis, clause),
});

const nameOf = (activities: readonly Activity[], at: Origin): string =>
  activities.find(({ origin }) => origin.path === at.path)?.id ?? at.path;

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
