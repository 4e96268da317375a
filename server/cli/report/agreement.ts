/**
 * The agreement of encounters with what they expect, for people: tables by source and by code, then what differs and
 * what cannot be read, and the sum last, where a log ends.
 */
import pc from 'picocolors';
import type { AgreementReport, ProblemReport, TestedEncounter } from '../../core/index.ts';
import { placeText, problemText } from './shared/problem-text.ts';

export function agreementText(
  { encounters, bySource, byCode }: AgreementReport,
  problems: readonly ProblemReport[],
): string {
  const tested = encounters.filter(({ status }) => status !== 'untested');
  const parts = [
    ...(bySource.length > 0 ? [tableText('Agreement by source', sourceRows(tested, bySource))] : []),
    ...(byCode.length > 0 ? [tableText('Agreement by code', codeRows(tested, byCode))] : []),
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

/** One answer: whether it agrees, and what its source says of it. */
interface Answer extends Pick<TestedEncounter, 'standing'> {
  readonly agrees: boolean;
}

interface Row {
  readonly name: string;
  readonly answers: readonly Answer[];
}

const answer = ({ standing }: TestedEncounter, agrees: boolean): Answer => ({
  agrees,
  ...(standing && { standing }),
});

/** Encounters of one's own have a row too, so that the rows add up. */
function sourceRows(tested: readonly TestedEncounter[], sources: AgreementReport['bySource']): Row[] {
  const row = (name: string, own: readonly TestedEncounter[]): Row => ({
    name,
    answers: own.map((test) => answer(test, test.status === 'agrees')),
  });
  const unpublished = tested.filter(({ source }) => source === undefined);
  return [
    ...sources.map(({ name }) =>
      row(
        name,
        tested.filter(({ source }) => source === name),
      ),
    ),
    ...(unpublished.length > 0 ? [row('(no source)', unpublished)] : []),
    row('all', tested),
  ];
}

/** An encounter counts for each code that it expects or gets: these rows have no sum. */
const codeRows = (tested: readonly TestedEncounter[], codes: AgreementReport['byCode']): Row[] =>
  codes.map(({ name }) => ({
    name,
    answers: tested.flatMap((test) =>
      test.codes.filter(({ code }) => code === name).map(({ agrees }) => answer(test, agrees)),
    ),
  }));

/** A contested answer agrees with the reading that the encounter takes; another reading has another answer. */
const TITLES = { settled: 'settled', contested: 'contested, as read here' } as const;

/** Names to the left, figures to the right; settled and contested answers have columns where there are any. */
function tableText(title: string, rows: readonly Row[]): string {
  const standings = (['settled', 'contested'] as const).filter((standing) =>
    rows.some(({ answers }) => answers.some((own) => own.standing === standing)),
  );
  const cells = [
    ['', 'agree', ...standings.map((standing) => TITLES[standing])],
    ...rows.map(({ name, answers }) => [
      name,
      share(answers),
      ...standings.map((standing) => share(answers.filter((own) => own.standing === standing))),
    ]),
  ];
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length))) ?? [];
  const lines = cells.map((row, number) => {
    const text = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    const line = `  ${text.join('  ')}`.trimEnd();
    if (number === 0) return pc.dim(line);
    return rows[number - 1]?.answers.every(({ agrees }) => agrees) ? line : pc.yellow(line);
  });
  return [pc.bold(title), ...lines].join('\n');
}

const share = (answers: readonly Answer[]): string =>
  answers.length === 0
    ? ''
    : `${String(answers.filter(({ agrees }) => agrees).length)} of ${String(answers.length)}`;

function summary(encounters: readonly TestedEncounter[], problems: readonly ProblemReport[]): string {
  const count = (status: TestedEncounter['status']): number =>
    encounters.filter((test) => test.status === status).length;
  const settled = encounters.filter(
    ({ standing, status }) => standing === 'settled' && status !== 'untested',
  );
  const agreeing = settled.filter(({ status }) => status === 'agrees').length;
  const parts = [
    `${String(count('agrees'))} agree, ${String(count('differs'))} differ`,
    ...(count('untested') > 0 ? [`, ${String(count('untested'))} untested, for want of an expectation`] : []),
    ...(settled.length > 0
      ? [`; of ${String(settled.length)} settled published answers ${String(agreeing)} agree`]
      : []),
    ...(problems.length > 0
      ? [`; ${String(problems.length)} ${problems.length === 1 ? 'error' : 'errors'}`]
      : []),
  ];
  return parts.join('');
}
