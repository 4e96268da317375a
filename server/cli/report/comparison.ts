/**
 * Comparisons of payers for people: payers are rows, since there are more of them than lines. Payers that change nothing
 * are named in one sentence, and those without a policy in another, so that neither hides who differs.
 */
import pc from 'picocolors';
import type { Comparison } from '../../core/index.ts';
import { placeText } from './shared/problem-text.ts';

type Payer = Comparison['payers'][number];
type Named = Comparison['notInForce'][number];
type Cell = Comparison['rows'][number]['cells'][number];

interface PayerRow {
  readonly payer: Payer;
  readonly cells: readonly Cell[];
}

/** `width`: of the terminal; where a table is wider, each payer has lines of its own. */
export function comparisonsText(all: readonly Comparison[], width: number): string {
  const parts = all.map((one) => comparisonText(one, width));
  return [...parts, ...(all.length > 1 ? [summary(all)] : [])].join('\n\n');
}

function comparisonText(
  { encounter, file, document, date, payers, notInForce, rows }: Comparison,
  width: number,
): string {
  const head = `${pc.bold(encounter === '' ? `document ${String(document)}` : encounter)}  ${pc.dim(`${file}, document ${String(document)}, ${date}`)}`;
  const [alone] = payers;
  const shown = payers.flatMap((payer, i): PayerRow[] =>
    payer === alone || markOf(payer) !== '' || payer.benchmark !== alone?.benchmark
      ? [{ payer, cells: rows.map(({ cells }) => cells[i] ?? []) }]
      : [],
  );
  const others = payers.filter((payer) => !shown.some((row) => row.payer === payer));
  const titles = rows.map(({ line }) => line);
  return [
    head,
    ...(titles.length === 0 ? [`  ${pc.dim('No payer gets a line.')}`] : answers(titles, shown, width)),
    ...named('As the specifications alone', others, width),
    ...named(`No policy in force on ${date}`, notInForce, width),
    ...[...payers].sort((a, b) => Number(a.same) - Number(b.same)).flatMap(notes),
  ].join('\n');
}

/** What is to be known of a payer's answer before it is read; not by colour alone. */
const markOf = ({ own, same, notChecked }: Payer): string =>
  [
    ...(own ? [OWN] : []),
    ...(same ? [] : ['differs']),
    ...(notChecked.length > 0 ? ['not checked'] : []),
  ].join(', ');

const OWN = 'own payer';

/** A sentence of payers; their names have commas of their own. */
function named(title: string, payers: readonly Named[], width: number): string[] {
  if (payers.length === 0) return [];
  const lines = [`  ${title}:`];
  for (const [i, { label, own }] of payers.entries()) {
    const word = `${label}${own ? ` (${OWN})` : ''}${i === payers.length - 1 ? '.' : ';'}`;
    const line = `${lines.pop() ?? ''} ${word}`;
    if (line.length <= Math.min(width, 100)) lines.push(line);
    else lines.push(line.slice(0, -word.length - 1), `      ${word}`);
  }
  return lines.map((line) => pc.dim(line));
}

const BENCHMARK = 'benchmark, no price';

function answers(titles: readonly string[], shown: readonly PayerRow[], width: number): string[] {
  const table = tableLines(titles, shown);
  const widest = Math.max(...table.map(({ text }) => text.length));
  const lines = widest <= width ? table : listLines(titles, shown);
  return lines.map(({ text, paint }) => paint(text));
}

interface Painted {
  readonly text: string;
  readonly paint: (text: string) => string;
}

const plain = (text: string): string => text;

function tableLines(titles: readonly string[], shown: readonly PayerRow[]): Painted[] {
  const money = shown.some(({ payer }) => payer.benchmark !== undefined);
  const marks = shown.some(({ payer }) => markOf(payer) !== '');
  const cells = [
    ['', ...(marks ? [''] : []), ...titles, ...(money ? [BENCHMARK] : [])],
    ...shown.map(({ payer, cells: own }) => [
      payer.label,
      ...(marks ? [markOf(payer)] : []),
      ...own.map(cellText),
      ...(money ? [payer.benchmark ?? '–'] : []),
    ]),
  ];
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length))) ?? [];
  return cells.map((row, number) => ({
    text: `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd(),
    paint: number === 0 ? pc.dim : shown[number - 1]?.payer.same === false ? pc.yellow : plain,
  }));
}

const listLines = (titles: readonly string[], shown: readonly PayerRow[]): Painted[] =>
  shown.flatMap(({ payer, cells }): Painted[] => {
    const paint = payer.same ? plain : pc.yellow;
    const lines = titles.flatMap((title, i) =>
      cells[i]?.length ? [{ text: `      ${title} × ${cellText(cells[i])}`, paint }] : [],
    );
    return [
      { text: `  ${payer.label}  ${markOf(payer)}`.trimEnd(), paint },
      ...(lines.length === 0 ? [{ text: '      no lines', paint }] : lines),
      ...(payer.benchmark === undefined
        ? []
        : [{ text: `      ${BENCHMARK}: ${payer.benchmark}`, paint: pc.dim }]),
    ];
  });

/** `4 billable, 10 denied`; that all are billable goes without saying. */
const cellText = (cell: Cell): string =>
  cell
    .map(({ units, outcome }) =>
      outcome === 'billable' && cell.length === 1 ? String(units) : `${String(units)} ${outcome}`,
    )
    .join(', ') || '–';

/** What a payer's own clauses say, which of its tables could not be looked up, and what it remarks. */
function notes(payer: Payer): string[] {
  const own = [...payer.says, ...payer.notChecked].sort(
    (a, b) => Number(a.remark ?? false) - Number(b.remark ?? false),
  );
  if (own.length === 0) return [];
  const mark = markOf(payer);
  return [
    '',
    `  ${pc.bold(payer.label)}${mark === '' ? '' : `  ${pc.yellow(mark)}`}`,
    ...own.map(
      ({ sentence, clause, remark }) =>
        `      ${remark ? pc.dim('remark: ') : ''}${sentence}\n          ${pc.dim(`${placeText(clause)}  ${clause.name}`.trimEnd())}`,
    ),
  ];
}

function summary(all: readonly Comparison[]): string {
  const differing = all.filter(({ payers }) => payers.some(({ same }) => !same)).length;
  const [first] = all;
  const payers = first ? first.payers.length - 1 + first.notInForce.length : 0;
  return `${String(all.length)} encounters, ${String(payers)} ${payers === 1 ? 'payer' : 'payers'} each; in ${String(differing)} of them a payer has other lines than the specifications alone`;
}
