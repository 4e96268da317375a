/** What was not billed, and why: for each code the service that came nearest, and for each begun unit what it lacks. */
import { formatAmount } from '../base/quantity.ts';
import { describeThreshold, beyondUnits } from '../rules/threshold.ts';
import { uniqueBy } from '../base/lists.ts';
import type { NotBilled } from './line.ts';
import type { Match, Obstacle } from './match.ts';

export function notBilled(matches: readonly Match[], billed: ReadonlySet<string>): readonly NotBilled[] {
  const begun = matches.map(begunUnit).filter((miss) => miss !== undefined);
  const told = new Set(begun.map(({ code }) => code));
  const codes = uniqueBy(
    matches.map(({ spec }) => spec),
    (spec) => spec.code,
  ).map(({ code }) => code);
  const rest = codes
    .filter((code) => !billed.has(code) && !told.has(code))
    .map((code) =>
      nearestMiss(
        matches.filter(({ spec }) => spec.code === code),
        billed,
      ),
    );
  return [...begun, ...rest.filter((miss) => miss !== undefined)];
}

/** A unit that was begun and not completed: only the amount is missing. */
function begunUnit(match: Match): NotBilled | undefined {
  const { amount, units, part } = match;
  const [threshold] = part.thresholds;
  if (!threshold || amount === undefined || match.obstacles.some(({ kind }) => kind !== 'amount'))
    return undefined;
  if (units > 0 && !threshold.repeats) return undefined;
  const rest = beyondUnits(threshold, amount);
  if (rest <= 0) return undefined;
  const obstacle = match.obstacles[0];
  const sentence =
    obstacle?.reason.sentence ??
    `for another unit ${describeThreshold(threshold)} more are needed, ${formatAmount(rest, threshold.unit)} are documented`;
  return toNotBilled(
    match,
    { clause: threshold.origin, facts: obstacle?.reason.facts ?? [], sentence },
    true,
  );
}

/** Whether a specification is about another kind of service, and not about more or less of this one. */
export const isOtherKind = ({ obstacles }: Match): boolean =>
  obstacles.some(({ kind, gradual }) => kind === 'class' && !gradual);

/** Obstacles in the order in which people would name them. */
const KINDS: readonly Obstacle['kind'][] = ['excluded', 'amount', 'class', 'condition', 'position'];
const rank = ({ kind, missing }: Obstacle): number =>
  kind === 'amount' && missing ? KINDS.length : KINDS.indexOf(kind);

function nearestMiss(matches: readonly Match[], billed: ReadonlySet<string>): NotBilled | undefined {
  let best: { readonly match: Match; readonly lacks: number } | undefined;
  for (const match of matches) {
    const lacks = new Set(match.obstacles.map(({ about }) => about)).size;
    if (match.obstacles.length > 0 && lacks < (best?.lacks ?? Infinity)) best = { match, lacks };
  }
  const telling = best && [...best.match.obstacles].sort((a, b) => rank(a) - rank(b))[0];
  return (
    best &&
    telling &&
    toNotBilled(
      best.match,
      telling.reason,
      best.lacks === 1 && isClose(telling, billed),
      isOtherKind(best.match),
    )
  );
}

/**
 * One lack is near, unless it is another service altogether, less than half of what is needed is there, or the code that reports
 * it instead is billed.
 */
function isClose({ kind, gradual, instead }: Obstacle, billed: ReadonlySet<string>): boolean {
  switch (kind) {
    case 'position':
      return false;
    case 'class':
    case 'amount':
      return gradual;
    case 'excluded':
      return !instead.some((code) => billed.has(code));
    case 'condition':
      return true;
  }
}

function toNotBilled(
  { spec, placed }: Match,
  reason: NotBilled['because'],
  near: boolean,
  otherKind = false,
): NotBilled {
  return {
    code: spec.code,
    administrations: placed.service.members.map(({ activity }) => activity.origin),
    because: {
      ...reason,
      sentence: `${spec.code} not reported for ${placed.service.name}: ${reason.sentence}.`,
    },
    near,
    otherKind,
  };
}
