/** What an installed table says of a code, for people. */
import pc from 'picocolors';
import type { FeeEntry, LimitEntry, PairEntry, TableRows } from '../../../codes/table-rows.ts';
import { daysText, grouped, listOf } from './words.ts';

/** What a table says of the code; lists that have nothing are empty. */
export interface ShownTable extends TableRows {
  readonly set: string;
  readonly release: string;
  readonly setTitle: string;
  readonly releaseFrom: string;
  readonly releaseTo?: string;
}

/** A code may stand in thousands of pairs; JSON has them all. */
const MOST_PAIRS = 20;

export function tableText(code: string, shown: ShownTable): string {
  const { setTitle, release, releaseFrom, releaseTo, limits, pairs, fees } = shown;
  const days = daysText({ from: releaseFrom, ...(releaseTo !== undefined && { to: releaseTo }) });
  const own = code.toUpperCase();
  const paid = pairs.filter((pair) => pair.paid === own);
  const notPaid = pairs.filter((pair) => pair.paid !== own);
  return [
    `${pc.bold(own)}  ${setTitle}`,
    `  release   ${shown.set} ${release}, in force ${days}`,
    ...listOf('limit', limits.map(limitText)),
    ...pairLines(
      'paid, not',
      paid.map((pair) => pairText(pair.notPaid, pair)),
    ),
    ...pairLines(
      'not beside',
      notPaid.map((pair) => pairText(pair.paid, pair)),
    ),
    ...listOf('fee', fees.map(feeText)),
  ].join('\n');
}

const limitText = ({ units, indicator, rationale }: LimitEntry): string =>
  `${String(units)}, indicator ${indicator} (${rationale})`;

const pairText = (other: string, { indicator, from, to, rationale }: PairEntry): string =>
  `${other}  indicator ${indicator}, ${daysText({ from, ...(to !== undefined && { to }) })} (${rationale})`;

const pairLines = (name: string, lines: readonly string[]): readonly string[] =>
  listOf(
    name,
    lines.length > MOST_PAIRS
      ? [...lines.slice(0, MOST_PAIRS), `… and ${grouped(lines.length - MOST_PAIRS)} more.`]
      : lines,
  );

function feeText(fee: FeeEntry): string {
  const { modifier, status, total, work, practiceExpense, malpractice, conversionFactor, rare } = fee;
  const what = modifier === undefined ? '' : `${modifier}: `;
  const note = rare ? '; rarely or never given there' : '';
  return `${what}${total} relative value units (work ${work}, expenses ${practiceExpense}, malpractice ${malpractice}) × ${conversionFactor}, status ${status}${note}`;
}
