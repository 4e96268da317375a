/** Whether the computed lines are the expected ones: what differs, code by code. */
import { groupBy } from '../base/lists.ts';
import type { Expectation, ExpectedLine } from '../encounter/encounter.ts';
import { lineLabel, type Bill, type BillingLine } from './line.ts';

export interface Difference {
  readonly code: string;
  /** `96366 is missing`: half a sentence. */
  readonly words: string;
}

type AnyLine = ExpectedLine | BillingLine;

/**
 * Units are compared as sums for each code, set of modifiers and outcome, so that one line of two units equals two lines
 * of one. Modifiers count where the author names them. Denied lines count where the author names a denied one of the
 * code: what is denied is not billed, whether anybody mentions it or not.
 */
export function differencesOf(expect: Expectation, bill: Bill): readonly Difference[] {
  return [
    ...rowsOf(expect, bill).flatMap(({ code, label, want, have }) => {
      if (want === have) return [];
      if (have === 0) return [{ code, words: `${label} is missing` }];
      if (want === 0) return [{ code, words: `${label} was not expected` }];
      return [{ code, words: `${label} has ${String(have)} in place of ${String(want)}` }];
    }),
    ...expect.excludes
      .filter(({ value }) => isReported(value, bill))
      .map(({ value }) => ({ code: value, words: `${value} must not be reported` })),
  ];
}

/** One text for each side, a row for each line; rows that agree are the same on both. */
export interface SideBySide {
  readonly expected: readonly string[];
  readonly computed: readonly string[];
}

/** What is expected beside what is computed, as far as the two are compared. */
export function sideBySide(expect: Expectation, bill: Bill): SideBySide {
  const rows = rowsOf(expect, bill);
  const side = (unitsOf: (row: Row) => number): string[] =>
    rows.flatMap((row) => (unitsOf(row) > 0 ? [`${row.label} × ${String(unitsOf(row))}`] : []));
  const absent = expect.excludes.map(({ value }) => ({ value, row: `no ${value}` }));
  return {
    expected: [...side(({ want }) => want), ...absent.map(({ row }) => row)],
    computed: [
      ...side(({ have }) => have),
      ...absent.map(({ value, row }) => (isReported(value, bill) ? value : row)),
    ],
  };
}

const isReported = (code: string, { lines }: Bill): boolean =>
  lines.some((line) => line.code === code && line.outcome !== 'denied');

/** The codes that an expectation speaks of. */
export const codesExpected = ({ lines, includes, excludes }: Expectation): ReadonlySet<string> =>
  new Set([
    ...[...(lines ?? []), ...includes].map(({ code }) => code),
    ...excludes.map(({ value }) => value),
  ]);

const mentioned = (expected: readonly ExpectedLine[], computed: readonly BillingLine[]): BillingLine[] =>
  computed.filter(
    ({ code, outcome }) =>
      outcome !== 'denied' || expected.some((line) => line.code === code && line.outcome === 'denied'),
  );

/** What is compared: units of lines that are alike, as expected and as computed. */
interface Row {
  readonly code: string;
  readonly label: string;
  readonly want: number;
  readonly have: number;
}

function rowsOf({ lines, includes }: Expectation, bill: Bill): readonly Row[] {
  return [
    ...(lines ? compare(lines, mentioned(lines, bill.lines), true) : []),
    ...compare(includes, mentioned(includes, bill.lines), false),
  ];
}

/** `whole`: whether there may be no other lines. */
function compare(expected: readonly ExpectedLine[], computed: readonly BillingLine[], whole: boolean): Row[] {
  const name = labeller(expected);
  const wanted = groupBy(expected, name);
  const found = groupBy(computed, name);
  const labels = new Set([...wanted.keys(), ...(whole ? found.keys() : [])]);
  return [...labels].map((label) => {
    const [own, other] = [wanted.get(label) ?? [], found.get(label) ?? []];
    return { code: (own[0] ?? other[0])?.code ?? '', label, want: sum(own), have: sum(other) };
  });
}

const sum = (lines: readonly AnyLine[]): number => lines.reduce((total, { units }) => total + units, 0);

/** Names lines by what is compared: the code, its modifiers where they matter, and an outcome other than billable. */
function labeller(expected: readonly ExpectedLine[]): (line: AnyLine) => string {
  const modifiersMatter = new Set(
    expected.filter(({ modifiers }) => modifiers !== undefined).map(({ code }) => code),
  );
  return ({ code, modifiers, outcome = 'billable' }) => {
    const shown = modifiersMatter.has(code) ? [...(modifiers ?? [])].sort() : [];
    return `${[code, ...shown].join('-')}${outcome === 'billable' ? '' : ` (${outcome})`}`;
  };
}

/** Lines in one row, for people. */
export function listLines(lines: readonly AnyLine[]): string {
  if (lines.length === 0) return 'no lines';
  return lines
    .map((line) => {
      const outcome = line.outcome === undefined || line.outcome === 'billable' ? '' : ` (${line.outcome})`;
      return `${lineLabel({ ...line, modifiers: line.modifiers ?? [] })}${outcome}`;
    })
    .join(', ');
}

/** What is expected, in one row, for people. */
export function listExpected({ lines, includes, excludes }: Expectation): string {
  const parts = [
    ...(lines ? [listLines(lines)] : []),
    ...(includes.length > 0 ? [`${listLines(includes)} among others`] : []),
    ...(excludes.length > 0 ? [`no ${excludes.map(({ value }) => value).join(', ')}`] : []),
  ];
  return parts.join(', and ');
}
