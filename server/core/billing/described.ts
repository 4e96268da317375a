/** Codes that the record states itself, under `services`: described, not computed, so their outcome is unknown. */
import type { IsoDate } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import { addDays, MINUTES_PER_DAY } from '../base/clock.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import { factNumber } from '../encounter/fact.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { factUse, type BillingLine } from './line.ts';

export interface StatedCodes {
  readonly lines: readonly BillingLine[];
  readonly problems: readonly Problem[];
}

export function statedCodes(rules: RuleSet, encounter: Encounter, date: IsoDate): StatedCodes {
  const lines: BillingLine[] = [];
  const problems: Problem[] = [];
  for (const activity of encounter.activities) {
    const fact = activity.facts.get('code');
    if (!fact) continue;
    const code = String(fact.value);
    const spec = rules.specs.get(code);
    if (!spec) {
      problems.push(
        problem(
          'unknown-code',
          fact.origin,
          `No specification here is about ${code}, so nothing can be said of it.`,
        ),
      );
    }
    lines.push(
      statedLine(
        code,
        spec,
        activity,
        fact.origin,
        addDays(date, Math.floor((activity.start ?? 0) / MINUTES_PER_DAY)),
      ),
    );
  }
  return { lines, problems };
}

function statedLine(
  code: string,
  spec: BillingLine['spec'],
  activity: Activity,
  stated: BillingLine['administrations'][number],
  date: IsoDate,
): BillingLine {
  const units = activity.facts.get('units');
  const count = units && factNumber(units);
  const why = !spec
    ? `${code} is stated by the record; no specification of it is at hand`
    : spec.reports
      ? `${code} is stated by the record and not computed from an administration`
      : `${code} is described, not executable: its specification says what it is and computes nothing`;
  return {
    code,
    units: count !== undefined && Number.isInteger(count) && count > 0 ? count : 1,
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
  };
}
