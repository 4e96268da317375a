/**
 * The agreement of encounters with what they expect, for people: tables by source and by code, then what differs and
 * what cannot be read, and the sum last, where a log ends.
 */
import pc from 'picocolors';
import {
  agreementOf,
  type AgreementReport,
  type AgreementRow,
  type ProblemReport,
  type TestedEncounter,
} from '../../core/index.ts';
import { placeText, problemText } from './shared/problem-text.ts';
import { shareTable } from './shared/share-table.ts';

export function agreementText(
  { encounters, bySource, byCode }: AgreementReport,
  problems: readonly ProblemReport[],
): string {
  const tested = encounters.filter(({ status }) => status !== 'untested');
  const parts = [
    ...(bySource.length > 0 ? [tableText('Agreement by source', sourceRows(tested, bySource))] : []),
    ...(byCode.length > 0 ? [tableText('Agreement by code', byCode)] : []),
    ...tested.filter(({ status }) => status === 'differs').map(differenceText),
    ...(problems.length > 0 ? [problems.map(problemText).join('\n')] : []),
    summary(encounters, problems),
  ];
  return parts.join('\n\n');
}

function differenceText(test: TestedEncounter): string {
  const { encounter, document, at, source, standing, expected, computed, differences, clues } = test;
  const name = encounter === '' ? `document ${String(document)}` : encounter;
  const published = source === undefined ? [] : [source, ...(standing ? [standing] : [])];
  return [
    `${pc.red('differs')}  ${pc.bold(name)}  ${pc.dim(placeText(at))}`,
    ...(published.length > 0 ? [`  source    ${published.join(', ')}`] : []),
    `  expected  ${expected}`,
    `  computed  ${computed === '' ? '–' : computed}`,
    ...differences.map((words) => `  ${pc.yellow('→')} ${words}`),
    ...clues.map(({ sentence, clause }) => `      ${sentence}  ${pc.dim(placeText(clause))}`),
  ].join('\n');
}

/** Encounters of one's own have a row too, so that the rows add up. */
function sourceRows(
  tested: readonly TestedEncounter[],
  sources: readonly AgreementRow[],
): readonly AgreementRow[] {
  const unpublished = tested.filter(({ source }) => source === undefined);
  return [
    ...sources,
    ...(unpublished.length > 0 ? [agreementOf('(no source)', unpublished)] : []),
    agreementOf('all', tested),
  ];
}

/** A contested answer agrees with the reading that the encounter takes; another reading has another answer. */
const COLUMNS: readonly (readonly [
  string,
  (row: AgreementRow) => readonly [agree: number, total: number],
])[] = [
  ['agree', ({ agree, total }) => [agree, total]],
  ['settled', ({ settledAgree, settledTotal }) => [settledAgree, settledTotal]],
  ['contested, as read here', ({ contestedAgree, contestedTotal }) => [contestedAgree, contestedTotal]],
];

/** Settled and contested answers have columns where there are any. */
function tableText(title: string, rows: readonly AgreementRow[]): string {
  const columns = COLUMNS.filter(([, read]) => rows.some((row) => read(row)[1] > 0));
  return shareTable(
    title,
    columns.map(([name]) => name),
    rows.map((row) => ({
      name: row.name,
      shares: columns.map(([, read]) => read(row)),
      isWhole: row.agree === row.total,
    })),
  );
}

function summary(encounters: readonly TestedEncounter[], problems: readonly ProblemReport[]): string {
  const count = (status: TestedEncounter['status']): number =>
    encounters.filter((test) => test.status === status).length;
  const { settledAgree, settledTotal } = agreementOf('all', encounters);
  const parts = [
    `${String(count('agrees'))} agree, ${String(count('differs'))} differ`,
    ...(count('untested') > 0 ? [`, ${String(count('untested'))} untested, for want of an expectation`] : []),
    ...(settledTotal > 0
      ? [`; of ${String(settledTotal)} settled published answers ${String(settledAgree)} agree`]
      : []),
    ...(problems.length > 0
      ? [`; ${String(problems.length)} ${problems.length === 1 ? 'error' : 'errors'}`]
      : []),
  ];
  return parts.join('');
}
