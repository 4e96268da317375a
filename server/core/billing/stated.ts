/**
 * Codes that the record states itself, under `services`. Where a specification reports what is stated, they are lines like
 * others; where it only describes the code, or none is at hand, their outcome is unknown.
 */
import { addDays, MINUTES_PER_DAY, type IsoDate } from '../base/clock.ts';
import { groupBy } from '../base/lists.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import { factNumber, type FactLookup } from '../encounter/fact.ts';
import type { FamilyRules, RuleSet } from '../rules/rule-set.ts';
import type { ExecutableSpec } from '../rules/spec.ts';
import { factsOf } from './facts.ts';
import type { Service } from './group.ts';
import { factUse, type BillingLine } from './line.ts';
import type { PlacedService } from './position.ts';

/** Services that specifications of a family report as the record states them. */
export function placeStated(
  rules: FamilyRules,
  encounter: Encounter,
  date: IsoDate,
): readonly PlacedService[] {
  return encounter.activities.flatMap((activity) => {
    const spec = rules.specs.find(
      ({ code, reports }) =>
        code === String(activity.facts.get('code')?.value) && reports.some(({ as }) => as === 'stated'),
    );
    return spec ? [placedOf(rules, encounter, date, activity, spec)] : [];
  });
}

function placedOf(
  { family }: FamilyRules,
  encounter: Encounter,
  date: IsoDate,
  activity: Activity,
  spec: ExecutableSpec,
): PlacedService {
  const [{ origin }] = spec.reports;
  const stated = activity.facts.get('code');
  const facts = factsOf(family, encounter, activity);
  const reason = {
    clause: origin,
    facts: stated ? [factUse('code', spec.code, stated.origin)] : [],
    sentence: `The record states ${spec.code} itself.`,
  };
  const rule = { name: '', title: spec.title, origin, when: { kind: 'all', origin, parts: [] } } as const;
  const member = { kind: 'classified', activity, facts, rule, missing: [], open: [rule], reason } as const;
  const service: Service = {
    members: [member],
    rule,
    name: activity.name,
    facts,
    minutes: activity.minutes,
    intervals: activity.interval ? [activity.interval] : [],
    start: activity.start,
    missing: [],
    reasons: [reason],
  };
  return {
    service,
    group: { hierarchy: undefined, grouping: family.groups, key: new Map(), services: [service] },
    position: 'stated',
    date: dayOf(date, activity),
    standing: 'first',
    differsBy: [],
    reason,
    sincePrevious: undefined,
  };
}

/** How often the record states the code: once where it does not say, undefined where that is no number of units. */
export function statedCount(facts: FactLookup): number | undefined {
  const units = facts('units');
  if (!units) return 1;
  const count = factNumber(units);
  return count !== undefined && Number.isInteger(count) && count > 0 ? count : undefined;
}

const dayOf = (date: IsoDate, { start }: Activity): IsoDate =>
  addDays(date, Math.floor((start ?? 0) / MINUTES_PER_DAY));

export interface StatedCodes {
  readonly lines: readonly BillingLine[];
  readonly problems: readonly Problem[];
}

/** Stated codes that no specification computes. `families` are those that the encounter may use. */
export function describedCodes(
  rules: RuleSet,
  families: readonly FamilyRules[],
  encounter: Encounter,
  date: IsoDate,
): StatedCodes {
  const computed = new Set(
    families.flatMap(({ specs }) =>
      specs.filter(({ reports }) => reports.some(({ as }) => as === 'stated')).map(({ code }) => code),
    ),
  );
  const stated = encounter.activities.flatMap((activity) => {
    const fact = activity.facts.get('code');
    return fact && !computed.has(String(fact.value)) ? [{ activity, fact }] : [];
  });
  const lines = stated.map(({ activity, fact }) => {
    const code = String(fact.value);
    return describedLine(code, rules.specs.get(code), activity, fact.origin, dayOf(date, activity));
  });
  return {
    lines: [...groupBy(lines, (line) => JSON.stringify([line.code, line.date])).values()].map(asOne),
    problems: stated
      .filter(({ fact }) => !rules.specs.has(String(fact.value)))
      .map(({ fact }) =>
        problem(
          'unknown-code',
          fact.origin,
          `No specification here is about ${String(fact.value)}, so nothing can be said of it.`,
        ),
      ),
  };
}

/** Lines of one code and day are one. */
const asOne = (lines: readonly [BillingLine, ...BillingLine[]]): BillingLine => ({
  ...lines[0],
  units: lines.reduce((sum, { units }) => sum + units, 0),
  administrations: lines.flatMap(({ administrations }) => administrations),
});

function describedLine(
  code: string,
  spec: BillingLine['spec'],
  activity: Activity,
  stated: BillingLine['administrations'][number],
  date: IsoDate,
): BillingLine {
  const why = !spec
    ? `${code} is stated by the record; no specification of it is at hand`
    : spec.reports.length > 0
      ? `${code} is stated by the record and not computed from an administration`
      : `${code} is described, not executable: its specification says what it is and computes nothing`;
  return {
    code,
    units: statedCount((name) => activity.facts.get(name)) ?? 1,
    modifiers: [],
    date,
    outcome: 'unknown',
    diagnoses: [],
    administrations: [activity.origin],
    because: [
      {
        clause: spec?.origin ?? stated,
        facts: [factUse('code', code, stated)],
        sentence: `Unknown: ${why}.`,
      },
    ],
    spec,
    benchmark: undefined,
  };
}
