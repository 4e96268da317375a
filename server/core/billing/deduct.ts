/** Minutes that do not count, because something else ran at the same time: fluid beside a drug, for one. */
import { formatAmount } from '../base/quantity.ts';
import { listWords } from '../base/words.ts';
import { linkedTo, type Encounter, type Interval } from '../encounter/encounter.ts';
import type { Deduction, Family } from '../rules/family.ts';
import { withMinutes, type Service } from './group.ts';
import { factUse } from './line.ts';
import { overlapMinutes } from './time.ts';

/** A service without the minutes that a deduction takes from it; the same one where it takes none. */
export function deduct(
  family: Family,
  encounter: Encounter,
  service: Service,
  others: readonly Service[],
  deductions: readonly Deduction[],
): Service {
  // A minute that one rule has taken is not taken again by another.
  const taken: Interval[] = [];
  return deductions
    .filter(({ from }) => from.some(({ value }) => value === service.rule.name))
    .reduce((left, deduction) => deductOne(encounter, left, others, deduction, taken), service);
}

function deductOne(
  encounter: Encounter,
  service: Service,
  others: readonly Service[],
  deduction: Deduction,
  taken: Interval[],
): Service {
  const beside = others.filter(
    (other) =>
      other.members !== service.members &&
      deduction.overlapWith.some(({ value }) => value === other.rule.name),
  );
  const before = overlapMinutes(service.intervals, taken);
  taken.push(...beside.flatMap(({ intervals }) => intervals));
  const clocked = overlapMinutes(service.intervals, taken) - before;
  const said = beside.filter((other) => isStated(encounter, service, other));
  if (service.minutes === undefined)
    return said.some(hasUnknownTime) ? whollyBeside(service, said, deduction) : service;
  const stated = said.reduce((sum, other) => sum + statedMinutes(service, other), 0);
  const lost = Math.min(service.minutes, clocked + stated);
  if (lost === 0) return service;
  const overlapping = beside.filter(
    (other) => said.includes(other) || overlapMinutes(service.intervals, other.intervals) > 0,
  );
  return without(service, overlapping, deduction, lost);
}

/** What is said to have run beside another, with no times for either, ran wholly beside it. */
function whollyBeside(service: Service, beside: readonly Service[], { origin, reason }: Deduction): Service {
  const [other] = beside;
  const why = reason === undefined ? '' : ` ${reason}`;
  const sentence = `${service.name} ran beside ${other?.name ?? 'another'}, as the record says, and no time of its own is documented.${why}`;
  const at = service.members[0].activity.origin;
  return {
    ...service,
    minutes: 0,
    facts: withMinutes(service.facts, 0, at),
    reasons: [...service.reasons, { clause: origin, facts: [], sentence }],
  };
}

function without(service: Service, beside: readonly Service[], deduction: Deduction, lost: number): Service {
  const minutes = (service.minutes ?? 0) - lost;
  const names = listWords([...new Set(beside.map(({ name }) => name))], 'and');
  const why = deduction.reason === undefined ? '' : ` ${deduction.reason}`;
  const sentence = `${service.name}: ${formatAmount(lost, 'min')} beside ${names} do not count, so ${formatAmount(minutes, 'min')} are left.${why}`;
  const facts = [factUse('overlap', formatAmount(lost, 'min'), service.members[0].activity.origin)];
  return {
    ...service,
    minutes,
    facts: withMinutes(service.facts, minutes, service.members[0].activity.origin),
    reasons: [...service.reasons, { clause: deduction.origin, facts, sentence }],
  };
}

/** Whether the record says that two ran side by side, and there is no clock to tell for how long. */
function isStated(encounter: Encounter, a: Service, b: Service): boolean {
  if (a.intervals.length > 0 && b.intervals.length > 0) return false;
  const says = (one: Service, other: Service): boolean =>
    one.members.some(({ activity }) => {
      const linked = linkedTo(encounter, activity, 'concurrent_with');
      return other.members.some((member) => member.activity === linked);
    });
  return says(a, b) || says(b, a);
}

/** Something that takes time, of which the record does not say how much; a push is a moment. */
const hasUnknownTime = ({ minutes, missing }: Service): boolean =>
  minutes === undefined && missing.length > 0;

/** Without a clock, the shorter of the two ran wholly beside the longer. */
const statedMinutes = (service: Service, other: Service): number => {
  const own = service.minutes ?? 0;
  return hasUnknownTime(other) ? own : Math.min(own, other.minutes ?? 0);
};
