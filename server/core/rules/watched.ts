/**
 * Rules that tell what was asked of them. Whoever measures which conditions were true and false gives the evaluator a rule
 * set made here; any other rule set has nobody to tell, and costs nothing.
 */
import { perInput } from '../base/memo.ts';
import type { Origin } from '../base/origin.ts';
import type { Condition } from './condition.ts';
import type { Verdict } from './conditions/shared/junction.ts';
import type { Family } from './family.ts';
import type { Policy } from './policy.ts';
import type { FamilyRules, RuleSet, SpecPart, TableLookup } from './rule-set.ts';
import { isExecutable, type ExecutableSpec, type Setting, type Spec } from './spec.ts';
import type { Threshold } from './threshold.ts';

/** Hears of every answer, with the clause that asked. */
export type Watcher = (clause: Origin, verdict: Verdict) => void;

/** The same rules, of which `told` hears. What is asked of `unwatched` is no fact, and nobody hears of it. */
export function watchRules(rules: RuleSet, told: Watcher): RuleSet {
  const spec = perInput((own: Spec) => watchSpec(own, told));
  const policy = perInput((own: Policy) => watchPolicy(own, told));
  return {
    ...rules,
    families: rules.families.map((own) => watchFamilyRules(own, { spec, policy, told })),
    specs: new Map([...rules.specs].map(([code, own]) => [code, spec(own)])),
    policies: rules.policies.map(policy),
    tables: rules.tables.map((lookup) => watchTable(lookup, policy, told)),
  };
}

interface Watching {
  readonly spec: (spec: Spec) => Spec;
  readonly policy: (policy: Policy) => Policy;
  readonly told: Watcher;
}

function watchFamilyRules(rules: FamilyRules, { spec, policy, told }: Watching): FamilyRules {
  const executable = (own: ExecutableSpec): ExecutableSpec[] => [spec(own)].filter(isExecutable);
  const parts = (own: readonly SpecPart[]): SpecPart[] =>
    own.flatMap(({ spec: of, part }) =>
      executable(of).flatMap((watched) => {
        const same = watched.reports[of.reports.indexOf(part)];
        return same ? [{ spec: watched, part: same }] : [];
      }),
    );
  return {
    family: watchFamily(rules.family, told),
    specs: rules.specs.flatMap(executable),
    primaries: parts(rules.primaries),
    addOns: parts(rules.addOns),
    policies: rules.policies.map(policy),
    unwatched: rules,
  };
}

function watchSpec(spec: Spec, told: Watcher): Spec {
  return {
    ...spec,
    reports: spec.reports.map((part) => ({
      ...part,
      when: watched(part.when, part.origin, told),
      thresholds: part.thresholds.map((threshold) => watchThreshold(threshold, told)),
    })),
    excludes: spec.excludes.map((own) => ({ ...own, when: watchCondition(own.when, own.origin, told) })),
    settings: new Map([...spec.settings].map(([claim, own]) => [claim, watchSetting(own, told)])),
    modifiers: spec.modifiers.map((own) => ({ ...own, when: watched(own.when, own.origin, told) })),
  };
}

const watchPolicy = (policy: Policy, told: Watcher): Policy => ({
  ...policy,
  rules: policy.rules.map((rule) => ({ ...rule, when: watched(rule.when, rule.origin, told) })),
});

const watchFamily = (family: Family, told: Watcher): Family => ({
  ...family,
  classes: family.classes.map((own) => ({ ...own, when: watchCondition(own.when, own.origin, told) })),
  hierarchies: family.hierarchies.map((hierarchy) => ({
    ...hierarchy,
    choices: hierarchy.choices.map((own) => ({ ...own, when: watched(own.when, own.origin, told) })),
  })),
  unreported: family.unreported.map((own) => ({ ...own, when: watched(own.when, own.origin, told) })),
});

const watchTable = (lookup: TableLookup, policy: Watching['policy'], told: Watcher): TableLookup => ({
  ...lookup,
  use: { ...lookup.use, when: watched(lookup.use.when, lookup.use.table.origin, told) },
  policy: policy(lookup.policy),
});

const watched = (when: Condition | undefined, clause: Origin, told: Watcher): Condition | undefined =>
  when && watchCondition(when, clause, told);

const watchCondition = (when: Condition, clause: Origin, told: Watcher): Condition => ({
  ...when,
  watch: (verdict) => {
    told(clause, verdict);
  },
});

const watchThreshold = (threshold: Threshold, told: Watcher): Threshold => ({
  ...threshold,
  watch: (verdict) => {
    told(threshold.origin, verdict);
  },
});

const watchSetting = (setting: Setting, told: Watcher): Setting => ({
  ...setting,
  watch: (verdict) => {
    told(setting.origin, verdict);
  },
});
