/**
 * Which clauses of the rules some encounters put to the test, and which conditions were both true and false. Told by file
 * and document; the same for editor and command line.
 */
import { lazy } from '../base/memo.ts';
import type { DocumentId, FileId, Origin } from '../base/origin.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { outcomeOf } from './shared/outcome.ts';
import { placeReport, type PlaceReport } from './shared/place-report.ts';
import { clausesOf, type Clause, type ClausesOfDocument } from './shared/clauses.ts';

/** How many encounters saw an answer. */
export interface Answers {
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
}

export interface ClauseCoverage {
  readonly at: Origin;
  /** Encounters that put it to the test. */
  readonly encounters: number;
  /** Of them, those whose expectation does not hold. */
  readonly differ: number;
  /** Undefined for a clause without a condition. */
  readonly answers: Answers | undefined;
}

export interface DocumentCoverage {
  /** Its code or id. */
  readonly name: string;
  readonly at: Origin;
  /** Encounters that put any of its clauses to the test. */
  readonly encounters: number;
  readonly clauses: readonly ClauseCoverage[];
}

export interface Share {
  readonly covered: number;
  readonly total: number;
}

export interface FileCoverage {
  readonly file: FileId;
  readonly documents: readonly DocumentCoverage[];
  readonly clauses: Share;
  /** Conditions that were both true and false. */
  readonly conditions: Share;
  /** Two for each condition: true, and false. */
  readonly ways: Share;
}

export interface CoverageTally {
  readonly add: (encounter: Encounter) => void;
  /** How many encounters were added. */
  readonly encounters: () => number;
  /** Of every file of the workspace with clauses, in the order of names; the library's is not the workspace's to test. */
  readonly report: () => readonly FileCoverage[];
  /** Of one clause, or of a whole document where its name stands; undefined for anything else. */
  readonly of: (at: Origin) => Exercised | undefined;
}

/** Documents of encounters that put something to the test. */
export interface Exercised {
  readonly encounters: readonly DocumentId[];
  /** Those of them whose expectation does not hold. */
  readonly differ: readonly DocumentId[];
}

interface Counter {
  readonly clause: Clause;
  readonly document: DocumentCounter;
  readonly encounters: DocumentId[];
  readonly differ: DocumentId[];
  readonly answers: { yes: number; no: number; unknown: number };
}

interface DocumentCounter {
  readonly own: ClausesOfDocument;
  readonly counters: Counter[];
  readonly encounters: DocumentId[];
  readonly differ: DocumentId[];
}

/** Where a file says something that encounters can put to the test: the names of its documents, and their clauses. */
export const testablePlaces = (analysis: Analysis, file: FileId): readonly Origin[] =>
  clausesOf(analysis.rules().documents)
    .filter(({ document }) => analysis.document(document)?.source.file === file)
    .flatMap(({ at, clauses }) => [at, ...clauses.map((clause) => clause.at)]);

/** Counts by clause as encounters are added, one after the other. `analysis` has the rules, and every encounter. */
export function tallyCoverage(analysis: Analysis): CoverageTally {
  const documents = clausesOf(analysis.rules().documents).map(counterOf);
  const counters = documents.flatMap((document) => document.counters);
  const made = finderOf(counters, ({ made: at }) => at);
  const missed = finderOf(counters, ({ missed: at }) => at);
  const answered = finderOf(counters, ({ at, asks }) => (asks ? [at] : []));
  const byPlace = lazy(
    () =>
      new Map<string, Exercised>([
        ...counters.map((counter) => [keyOf(counter.clause.at), counter] as const),
        ...documents.map((document) => [keyOf(document.own.at), document] as const),
      ]),
  );
  let added = 0;
  return {
    add: (encounter) => {
      added++;
      const exercise = analysis.exercise(encounter);
      if (!exercise) return;
      const touched = new Set<Counter>([...exercise.made.flatMap(made), ...exercise.missed.flatMap(missed)]);
      for (const { clause, verdict } of exercise.answers) {
        for (const counter of answered(clause)) {
          counter.answers[verdict]++;
          if (verdict === 'yes' && counter.clause.byAnswer) touched.add(counter);
        }
      }
      count(touched, encounter.document, differs(analysis, encounter));
    },
    encounters: () => added,
    report: () => reportOf(analysis, documents),
    of: (at) => byPlace().get(keyOf(at)),
  };
}

function differs(analysis: Analysis, encounter: Encounter): boolean {
  const { expect } = encounter;
  return expect !== undefined && outcomeOf(expect, analysis.bill(encounter)).differences.length > 0;
}

function count(touched: ReadonlySet<Counter>, document: DocumentId, isDifferent: boolean): void {
  for (const own of new Set<Counter | DocumentCounter>([
    ...touched,
    ...[...touched].map((own) => own.document),
  ])) {
    own.encounters.push(document);
    if (isDifferent) own.differ.push(document);
  }
}

function counterOf(own: ClausesOfDocument): DocumentCounter {
  const document: DocumentCounter = { own, counters: [], encounters: [], differ: [] };
  for (const clause of own.clauses) {
    const answers = { yes: 0, no: 0, unknown: 0 };
    document.counters.push({ clause, document, encounters: [], differ: [], answers });
  }
  return document;
}

const keyOf = ({ document, path }: Origin): string => `${document} ${path}`;

/** The counters of a place. Places of models are the same objects again and again, so each is looked up once. */
function finderOf(
  counters: readonly Counter[],
  placesOf: (clause: Clause) => readonly Origin[],
): (at: Origin) => readonly Counter[] {
  const byKey = new Map<string, Counter[]>();
  for (const counter of counters) {
    for (const key of new Set(placesOf(counter.clause).map(keyOf)))
      byKey.set(key, [...(byKey.get(key) ?? []), counter]);
  }
  const known = new WeakMap<Origin, readonly Counter[]>();
  return (at) => {
    const before = known.get(at);
    if (before) return before;
    const found = byKey.get(keyOf(at)) ?? [];
    known.set(at, found);
    return found;
  };
}

function coverageOf({ clause, encounters, differ, answers }: Counter): ClauseCoverage {
  return {
    at: clause.at,
    encounters: encounters.length,
    differ: differ.length,
    answers: clause.asks ? { ...answers } : undefined,
  };
}

function reportOf(analysis: Analysis, documents: readonly DocumentCounter[]): readonly FileCoverage[] {
  const byFile = new Map<FileId, DocumentCoverage[]>();
  for (const { own, counters, encounters } of documents) {
    const file = analysis.document(own.document)?.source.file;
    if (file === undefined || analysis.file(file)?.library !== false) continue;
    const clauses = counters.map(coverageOf);
    const covered = { name: own.name, at: own.at, encounters: encounters.length, clauses };
    byFile.set(file, [...(byFile.get(file) ?? []), covered]);
  }
  return [...byFile]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, own]) => fileCoverage(analysis, file, own));
}

function fileCoverage(
  analysis: Analysis,
  file: FileId,
  documents: readonly DocumentCoverage[],
): FileCoverage {
  const index = ({ at }: DocumentCoverage): number => analysis.document(at.document)?.index ?? 0;
  const sorted = [...documents].sort((a, b) => index(a) - index(b));
  const clauses = sorted.flatMap((document) => document.clauses);
  const asked = clauses.flatMap(({ answers }) => answers ?? []);
  return {
    file,
    documents: sorted,
    clauses: shareOf(clauses.map(({ encounters }) => encounters)),
    conditions: shareOf(asked.map(({ yes, no }) => Math.min(yes, no))),
    ways: shareOf(asked.flatMap(({ yes, no }) => [yes, no])),
  };
}

const shareOf = (counts: readonly number[]): Share => ({
  covered: counts.filter((seen) => seen > 0).length,
  total: counts.length,
});

/** The same as plain JSON data, with places in place of origins. */
export interface CoverageReport {
  /** How many encounters it is about. */
  readonly encounters: number;
  readonly clauses: Share;
  readonly conditions: Share;
  readonly files: readonly FileCoverageReport[];
}

export interface FileCoverageReport {
  readonly file: string;
  readonly clauses: Share;
  readonly conditions: Share;
  readonly documents: readonly {
    readonly name: string;
    readonly at: PlaceReport;
    readonly encounters: number;
    readonly clauses: readonly ClauseCoverageReport[];
  }[];
}

export interface ClauseCoverageReport {
  readonly at: PlaceReport;
  readonly encounters: number;
  readonly differ: number;
  /** Absent for a clause without a condition. */
  readonly answers?: Answers;
}

export function coverageReport(analysis: Analysis, tally: CoverageTally): CoverageReport {
  const files = tally.report();
  return {
    encounters: tally.encounters(),
    clauses: sumShares(files.map(({ clauses }) => clauses)),
    conditions: sumShares(files.map(({ conditions }) => conditions)),
    files: files.map(({ file, clauses, conditions, documents }) => ({
      file,
      clauses,
      conditions,
      documents: documents.map(({ name, at, encounters, clauses: own }) => ({
        name,
        at: placeReport(analysis, at),
        encounters,
        clauses: own.map((clause) => clauseReport(analysis, clause)),
      })),
    })),
  };
}

const clauseReport = (
  analysis: Analysis,
  { at, encounters, differ, answers }: ClauseCoverage,
): ClauseCoverageReport => ({
  at: placeReport(analysis, at),
  encounters,
  differ,
  ...(answers && { answers }),
});

const sumShares = (shares: readonly Share[]): Share => ({
  covered: shares.reduce((sum, { covered }) => sum + covered, 0),
  total: shares.reduce((sum, { total }) => sum + total, 0),
});
