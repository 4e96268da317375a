/**
 * Units by amount, worked out from a threshold with the very function that bills: the amounts at which the number of
 * units changes, and what lies between them.
 */
import { formatAmount } from '../../base/quantity.ts';
import { unitsFor, type Threshold } from '../../rules/threshold.ts';

export interface Band {
  /** `31–90`, `241 or more`, `more than 2 mg`. */
  readonly amounts: string;
  readonly units: number;
}

export interface Bands {
  readonly bands: readonly Band[];
  /** True when the units go on rising in the same way after the last band. */
  readonly goesOn: boolean;
}

/** How many bands with units are shown of a row without end. */
const SHOWN = 3;
/** How many periods a threshold may span; what is beyond is said in words only. */
const MOST_PERIODS = 100;

/** Where a band begins: at an amount, or just beyond it. */
interface Edge {
  readonly at: number;
  readonly beyond: boolean;
}

interface Step {
  readonly edge: Edge;
  readonly units: number;
}

/** The bands of a threshold. Empty when it has no bound worth a table. */
export function bandsOf(threshold: Threshold): Bands {
  const rises = stepsOf(threshold);
  const first = rises.findIndex(({ units }) => units > 0);
  const last = first + SHOWN;
  const cut = threshold.repeats && first >= 0 && (rises[last]?.units ?? 0) > 0;
  const shown = cut ? rises.slice(0, last) : rises;
  const whole = countsWhole(threshold);
  const bands = shown.map(({ edge, units }, i) => {
    const next = rises[i + 1]?.edge;
    return { amounts: whole ? wholeAmounts(edge, next) : anyAmounts(edge, next, threshold.unit), units };
  });
  return { bands: bands.length > 1 ? bands : [], goesOn: cut };
}

/** Whether amounts come in whole numbers only, as minutes of a record do. */
export const countsWhole = ({ unit }: Threshold): boolean => unit === 'min';

/** Each edge at which the units change, in order; the first is zero. */
function stepsOf(threshold: Threshold): Step[] {
  const edges = edgesOf(threshold);
  const steps: Step[] = [];
  for (const [i, edge] of edges.entries()) {
    const until = edges.slice(i + 1).find(({ at }) => at > edge.at)?.at ?? edge.at + 1;
    const units = unitsFor(threshold, edge.beyond ? (edge.at + until) / 2 : edge.at);
    if (steps.at(-1)?.units !== units) steps.push({ edge, units });
  }
  return steps;
}

/** Every place where the units may change, in order and each once. */
function edgesOf(threshold: Threshold): Edge[] {
  const { atLeast, moreThan, atMost, covers } = threshold;
  const repeats = threshold.repeats && covers !== undefined && covers > 0;
  const reach = repeats ? Math.ceil(Math.max(atLeast ?? 0, moreThan ?? 0) / covers) : 0;
  if (reach > MOST_PERIODS) return [];
  const starts = repeats ? Array.from({ length: reach + SHOWN + 2 }, (_, period) => period * covers) : [0];
  const edges = starts.flatMap((start): Edge[] => [
    { at: start, beyond: false },
    { at: start, beyond: true },
    ...[atLeast]
      .filter((bound) => bound !== undefined)
      .map((bound) => ({ at: start + bound, beyond: false })),
    ...[moreThan, atMost]
      .filter((bound) => bound !== undefined)
      .map((bound) => ({ at: start + bound, beyond: true })),
  ]);
  const own = countsWhole(threshold) ? edges.map(nextWhole) : edges;
  const sorted = own.sort((a, b) => a.at - b.at || Number(a.beyond) - Number(b.beyond));
  return sorted.filter(({ at, beyond }, i) => at !== sorted[i - 1]?.at || beyond !== sorted[i - 1]?.beyond);
}

const nextWhole = ({ at, beyond }: Edge): Edge => ({
  at: beyond ? Math.floor(at) + 1 : Math.ceil(at),
  beyond: false,
});

function wholeAmounts({ at: from }: Edge, next: Edge | undefined): string {
  if (!next) return `${String(from)} or more`;
  const to = next.at - 1;
  return to === from ? String(from) : `${String(from)}–${String(to)}`;
}

function anyAmounts(from: Edge, next: Edge | undefined, unit: string): string {
  const lower = `${from.beyond ? 'more than' : 'at least'} ${formatAmount(from.at, unit)}`;
  const upper = next && `${next.beyond ? 'at most' : 'less than'} ${formatAmount(next.at, unit)}`;
  if (!upper) return lower;
  return from.at === 0 && !from.beyond ? upper : `${lower}, ${upper}`;
}
