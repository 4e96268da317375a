/** The minutes at which something changes: what a time that nobody wrote down is tried with. */
import type { Activity, Encounter, Interval } from '../encounter/encounter.ts';
import { testsOf } from '../rules/condition.ts';
import type { FamilyRules } from '../rules/rule-set.ts';
import type { Bounds } from '../rules/threshold.ts';

/** Longer than this nothing is tried, in minutes. */
const LONGEST = 3 * 24 * 60;

/** On, just below and just above every bound of the rules, and where an administration would begin to touch another. */
export function decisiveMinutes(
  rules: FamilyRules,
  encounter: Encounter,
  activity: Activity,
): readonly number[] {
  const others = encounter.activities.filter((other) => other !== activity);
  const edges = [...rulesBounds(rules), ...besideOthers(rules, activity, others)];
  const around = edges.flatMap((edge) => [edge - 1, edge, edge + 1]).map(Math.round);
  return [...new Set(around)].filter((minutes) => minutes >= 1 && minutes <= LONGEST);
}

/** A few minutes that stand for all: one in each stretch that the classes of the family tell apart. */
export function representativeMinutes({ family }: FamilyRules): readonly number[] {
  const edges = [...new Set(classBounds(family))].sort((a, b) => a - b);
  return [...new Set([...edges, (edges.at(-1) ?? 0) + 60])].filter((minutes) => minutes >= 1);
}

const classBounds = ({ classes }: FamilyRules['family']): number[] =>
  classes
    .flatMap(({ when }) => testsOf(when))
    .flatMap(({ fact, wants }) =>
      fact === 'minutes' && wants.kind === 'compare' ? [wants.bound.amount] : [],
    );

const boundsOf = ({ atLeast, moreThan, atMost }: Bounds): number[] =>
  [atLeast, moreThan, atMost].filter((bound) => bound !== undefined);

/** Bounds of classes, of codes, and of what one code leaves to another. */
function rulesBounds({ family, primaries, addOns }: FamilyRules): number[] {
  const timesOf = (parts: typeof primaries): (typeof parts)[number]['part']['thresholds'] =>
    parts.flatMap(({ part }) => part.thresholds.filter(({ measure }) => measure === 'minutes'));
  const first = timesOf(primaries);
  const own = [...first, ...timesOf(addOns)].flatMap((threshold) => boundsOf(threshold));
  const covered = first.flatMap(({ covers }) => covers ?? []);
  const beyond = timesOf(addOns).flatMap((threshold) =>
    boundsOf(threshold).flatMap((bound) => covered.map((covers) => covers + bound)),
  );
  return [...new Set([...classBounds(family), ...own, ...covered, ...beyond])];
}

/** Where the time would reach the ends of others, or the overlap or gap that rules ask for. */
function besideOthers({ family }: FamilyRules, { start }: Activity, others: readonly Activity[]): number[] {
  if (start === undefined) return [];
  const overlaps = family.hierarchies.flatMap(({ concurrent }) =>
    concurrent.flatMap(({ overlap }) => (overlap ? boundsOf(overlap) : [])),
  );
  const gaps = family.hierarchies.flatMap(({ repeats }) =>
    repeats.flatMap(({ apart }) => (apart ? boundsOf(apart) : [])),
  );
  return others.flatMap((other) => {
    const own = other.interval ?? (other.start === undefined ? undefined : momentOf(other.start));
    if (!own) return [];
    const [from, to] = [own.start - start, own.stop - start];
    const ends = [from, to, (from + to) / 2, 2 * to];
    return [...ends, ...overlaps.map((minutes) => from + minutes), ...gaps.map((minutes) => from - minutes)];
  });
}

const momentOf = (start: number): Interval => ({ start, stop: start });
