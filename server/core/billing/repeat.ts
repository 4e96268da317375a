/** Whether a service repeats an earlier one of the same drug, and how long after it. */
import { formatAmount } from '../base/quantity.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import { linkedTo, type Encounter } from '../encounter/encounter.ts';
import { factNumber } from '../encounter/fact.ts';
import type { Hierarchy, RepeatRule } from '../rules/hierarchy.ts';
import { reaches } from '../rules/threshold.ts';
import { sameFact, type Service } from './group.ts';
import { factUse, type FactUse, type Reason } from './line.ts';

/** A service that was placed, and whether the clock for the next repetition starts at it. */
export interface Repetition {
  readonly service: Service;
  readonly counted: boolean;
}

export interface Repeated {
  readonly reason: Reason;
  /** Minutes since the one before; undefined where the record does not tell. */
  readonly sincePrevious: number | undefined;
  readonly counted: boolean;
}

export function repetitionOf(
  encounter: Encounter,
  { repeats }: Hierarchy,
  service: Service,
  placed: readonly Repetition[],
): Repeated | undefined {
  for (const rule of repeats) {
    if (!rule.among.some(({ value }) => value === service.rule.name)) continue;
    const earlier = placed.filter((other) => isRepeatOf(encounter, rule, service, other.service));
    const [first] = earlier;
    if (!first) continue;
    const starting = rule.apart ? earlier.filter(({ counted }) => counted) : earlier;
    const nearest = nearestOf(
      service,
      starting.map((other) => other.service),
    );
    const stated = statedMinutes(service);
    const since = nearest?.gap ?? stated?.minutes;
    return {
      reason: repeatReason(rule, service, nearest?.other ?? first.service, since, stated?.fact),
      sincePrevious: since,
      counted: !rule.apart || since === undefined || reaches(rule.apart, since),
    };
  }
  return undefined;
}

function isRepeatOf(encounter: Encounter, rule: RepeatRule, service: Service, other: Service): boolean {
  const of = rule.of.length > 0 ? rule.of : rule.among;
  if (!of.some(({ value }) => value === other.rule.name)) return false;
  const said = service.members.some(({ activity }) => {
    const linked = linkedTo(encounter, activity, 'repeats');
    return other.members.some((member) => member.activity === linked);
  });
  return said || rule.alike.every(({ value }) => sameFact(service.facts, other.facts, value));
}

/** The one that lies nearest by the clock, with the minutes between; undefined without clock times. */
function nearestOf(
  service: Service,
  others: readonly Service[],
): { readonly other: Service; readonly gap: number } | undefined {
  const own = extentOf(service);
  if (!own) return undefined;
  let best: { readonly other: Service; readonly gap: number } | undefined;
  for (const other of others) {
    const extent = extentOf(other);
    if (!extent) continue;
    const gap = Math.max(0, own.start - extent.stop, extent.start - own.stop);
    if (!best || gap < best.gap) best = { other, gap };
  }
  return best;
}

/** From the first start to the last stop; a push of which the start alone is documented is a moment. */
function extentOf({
  start,
  intervals,
}: Service): { readonly start: number; readonly stop: number } | undefined {
  if (start === undefined) return undefined;
  return { start, stop: Math.max(start, ...intervals.map(({ stop }) => stop)) };
}

function statedMinutes({ facts }: Service): { readonly minutes: number; readonly fact: FactUse } | undefined {
  const fact = facts('minutes_since_previous');
  const minutes = fact && factNumber(fact);
  return !fact || minutes === undefined
    ? undefined
    : { minutes, fact: factUse(fact.name, formatAmount(minutes, 'min'), fact.origin) };
}

function repeatReason(
  rule: RepeatRule,
  service: Service,
  other: Service,
  since: number | undefined,
  stated: FactUse | undefined,
): Reason {
  const when =
    since === undefined
      ? 'how long after it is not documented'
      : `${formatAmount(since, 'min')} ${since === 1 ? 'lies' : 'lie'} between`;
  const alike = listWords(
    rule.alike.map(({ value }) => spaced(value)),
    'and',
  );
  const facts = [
    stated ?? factUse('start', service.name, service.members[0].activity.origin),
    factUse('start', other.name, other.members[0].activity.origin),
  ];
  const sentence = `${service.name} is a repetition: alike in ${alike} to ${quoted(other.rule.title)}; ${when}.`;
  return { clause: rule.origin, facts, sentence };
}
