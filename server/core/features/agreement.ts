/**
 * How far the computed lines agree with the expected ones: encounter by encounter, by the source of the expected answer,
 * and by code. What `coding-spec test` prints.
 */
import { groupBy } from '../base/lists.ts';
import { codesExpected, listExpected, listLines } from '../billing/agreement.ts';
import type { Bill } from '../billing/line.ts';
import type { Expectation, Publication } from '../encounter/encounter.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { byName } from './shared/names.ts';
import { outcomeOf } from './shared/outcome.ts';
import { placeReport, reasonReport, type PlaceReport, type ReasonReport } from './shared/place-report.ts';

/** `agrees`: every expectation holds. `differs`: one does not. `untested`: nothing is expected. */
export type TestStatus = 'agrees' | 'differs' | 'untested';

export interface TestedEncounter {
  readonly file: string;
  /** Number of the document in its file, from 1. */
  readonly document: number;
  readonly encounter: string;
  readonly status: TestStatus;
  /** Who published the expected answer; absent for an encounter of one's own. */
  readonly source?: string;
  readonly standing?: NonNullable<Publication['standing']>;
  readonly at: PlaceReport;
  /** In one row, for people. */
  readonly expected: string;
  readonly computed: string;
  /** `96366 is missing`, one for each code that differs. */
  readonly differences: readonly string[];
  /** Why: near misses of what is missing, and clauses of what was not expected. */
  readonly clues: readonly ReasonReport[];
  /** Codes that the expectation or the bill speaks of, and whether they agree. */
  readonly codes: readonly { readonly code: string; readonly agrees: boolean }[];
}

export interface AgreementRow {
  readonly name: string;
  readonly agree: number;
  readonly total: number;
  /** Of them, those whose published answer is settled. */
  readonly settledAgree: number;
  readonly settledTotal: number;
  /** And those where sources disagree, each with the reading that its encounter takes. */
  readonly contestedAgree: number;
  readonly contestedTotal: number;
}

export interface AgreementReport {
  readonly encounters: readonly TestedEncounter[];
  readonly bySource: readonly AgreementRow[];
  readonly byCode: readonly AgreementRow[];
}

/** Encounters, tested. Documents that cannot be read as encounters have problems and no tests. */
export function agreementReport(analysis: Analysis, documents: readonly DocumentInFile[]): AgreementReport {
  const encounters = documents.flatMap((document) => testDocument(analysis, document));
  const tested = encounters.filter(({ status }) => status !== 'untested');
  const bySource = groupBy(
    tested.filter(({ source }) => source !== undefined),
    ({ source }) => source ?? '',
  );
  const byCode = groupBy(
    tested.flatMap(({ codes, standing }) => codes.map((own) => ({ ...own, standing }))),
    ({ code }) => code,
  );
  return {
    encounters,
    bySource: [...bySource].map(([name, own]) => agreementOf(name, own)).sort(byName(({ name }) => name)),
    byCode: [...byCode].map(([name, own]) => rowOf(name, own)).sort(byName(({ name }) => name)),
  };
}

/** One answer: whether it agrees, and what its source says of it. */
interface Answer {
  readonly agrees: boolean;
  readonly standing: TestedEncounter['standing'] | undefined;
}

/** How many of some encounters agree; those that expect nothing don't count. */
export const agreementOf = (name: string, encounters: readonly TestedEncounter[]): AgreementRow =>
  rowOf(
    name,
    encounters
      .filter(({ status }) => status !== 'untested')
      .map(({ standing, status }) => ({ agrees: status === 'agrees', standing })),
  );

function rowOf(name: string, answers: readonly Answer[]): AgreementRow {
  const settled = answers.filter(({ standing }) => standing === 'settled');
  const contested = answers.filter(({ standing }) => standing === 'contested');
  const agreeing = (own: readonly Answer[]): number => own.filter(({ agrees }) => agrees).length;
  return {
    name,
    agree: agreeing(answers),
    total: answers.length,
    settledAgree: agreeing(settled),
    settledTotal: settled.length,
    contestedAgree: agreeing(contested),
    contestedTotal: contested.length,
  };
}

function testDocument(analysis: Analysis, { source, index }: DocumentInFile): TestedEncounter[] {
  const encounter = analysis.encounter(source);
  const bill = encounter && analysis.bill(encounter);
  if (!encounter) return [];
  const { expect, published } = encounter;
  const at = placeReport(analysis, expect ? { ...expect.origin, part: 'key' } : encounter.origin);
  const head = {
    file: source.file,
    document: index + 1,
    encounter: encounter.id?.value ?? '',
    at,
    ...(published && { source: published.publisher }),
    ...(published?.standing && { standing: published.standing }),
  };
  if (!expect) {
    const computed = bill ? listLines(bill.lines) : '';
    return [{ ...head, status: 'untested', expected: '', computed, differences: [], clues: [], codes: [] }];
  }
  return [{ ...head, ...comparison(analysis, expect, bill) }];
}

function comparison(
  analysis: Analysis,
  expect: Expectation,
  bill: Bill | undefined,
): Pick<TestedEncounter, 'status' | 'expected' | 'computed' | 'differences' | 'clues' | 'codes'> {
  const { differences, clues } = outcomeOf(expect, bill);
  const expected = codesExpected(expect);
  const different = bill ? new Set(differences.map(({ code }) => code)) : expected;
  const codes = new Set([
    ...expected,
    ...(expect.lines && bill
      ? bill.lines.filter(({ outcome }) => outcome !== 'denied').map(({ code }) => code)
      : []),
  ]);
  return {
    status: differences.length === 0 ? 'agrees' : 'differs',
    expected: listExpected(expect),
    computed: bill ? listLines(bill.lines) : '',
    differences: differences.map(({ words }) => words),
    clues: clues.map((reason) => reasonReport(analysis, reason)),
    codes: [...codes].sort().map((code) => ({ code, agrees: !different.has(code) })),
  };
}
