/** Whether a service ran beside another: for long enough by the clock, or because the record says so. */
import { formatAmount } from '../base/quantity.ts';
import { linkedTo, type Encounter } from '../encounter/encounter.ts';
import type { ConcurrentRule, Hierarchy } from '../rules/hierarchy.ts';
import { describeThreshold, reaches, type Bounds } from '../rules/threshold.ts';
import type { Service } from './group.ts';
import { factUse, type FactUse, type Reason } from './line.ts';
import { clockMinutes, overlapMinutes } from './time.ts';

/** By which rule a service runs beside one that was placed before it, and why. */
export interface Beside {
  readonly rule: ConcurrentRule;
  readonly reason: Reason;
}

/** Undefined where the service runs beside none. */
export function concurrentBeside(
  encounter: Encounter,
  { concurrent }: Hierarchy,
  service: Service,
  anchors: readonly Service[],
): Beside | undefined {
  for (const rule of concurrent) {
    const reason = reasonBy(encounter, rule, service, anchors);
    if (reason) return { rule, reason };
  }
  return undefined;
}

function reasonBy(
  encounter: Encounter,
  rule: ConcurrentRule,
  service: Service,
  anchors: readonly Service[],
): Reason | undefined {
  if (!isOf(rule.among, service)) return undefined;
  const beside = rule.beside.length > 0 ? rule.beside : rule.among;
  for (const anchor of anchors) {
    if (!isOf(beside, anchor)) continue;
    // What the record says counts where there are no times to tell.
    const clocked = service.intervals.length > 0 && anchor.intervals.length > 0;
    const stated = statedBeside(encounter, service, anchor) ?? statedBeside(encounter, anchor, service);
    if (stated && !clocked) {
      return {
        clause: rule.origin,
        facts: [stated],
        sentence: `${service.name} ran beside ${anchor.name}: the record says so.`,
      };
    }
    const reason = clockReason(rule, service, anchor);
    if (reason) return reason;
  }
  return undefined;
}

/** An empty list is every class of the hierarchy. */
const isOf = (classes: ConcurrentRule['among'], { rule }: Service): boolean =>
  classes.length === 0 || classes.some(({ value }) => value === rule.name);

function clockReason(rule: ConcurrentRule, service: Service, anchor: Service): Reason | undefined {
  const minutes = overlapMinutes(service.intervals, anchor.intervals);
  if (minutes === 0) return undefined;
  const share = (100 * minutes) / clockMinutes(service.intervals);
  const measured: readonly (readonly [Bounds | undefined, number])[] = [
    [rule.overlap, minutes],
    [rule.share, share],
  ];
  if (measured.some(([bounds, amount]) => bounds && !reaches(bounds, amount))) return undefined;
  const needed = measured.flatMap(([bounds], i) =>
    bounds ? [`${describeThreshold(bounds)}${i === 0 ? '' : ' of its own time'}`] : [],
  );
  const facts = [factUse('overlap', formatAmount(minutes, 'min'), service.members[0].activity.origin)];
  const why = needed.length === 0 ? '' : `, ${needed.join(' and ')} are needed`;
  const sentence = `${service.name} is concurrent: it ran beside ${anchor.name} for ${formatAmount(minutes, 'min')}${why}.`;
  return { clause: rule.origin, facts, sentence };
}

function statedBeside(encounter: Encounter, a: Service, b: Service): FactUse | undefined {
  const others = b.members.map(({ activity }) => activity);
  const fact = a.members
    .filter(({ activity }) => {
      const linked = linkedTo(encounter, activity, 'concurrent_with');
      return linked !== undefined && others.includes(linked);
    })
    .map(({ activity }) => activity.facts.get('concurrent_with'))
    .find((found) => found !== undefined);
  return fact && factUse(fact.name, String(fact.value), fact.origin);
}
