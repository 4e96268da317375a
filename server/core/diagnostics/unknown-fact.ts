/** `unknown-fact` and `unknown-fact-value`: what conditions ask for must be in the vocabulary. */
import { problem, type Problem } from '../base/problem.ts';
import { testsOf, type Condition, type FactTest } from '../rules/condition.ts';
import type { Family, FamilyChange } from '../rules/family.ts';
import { ENCOUNTER_FACT_NAMES, LINE_FACTS } from '../rules/known-facts.ts';
import type { Policy } from '../rules/policy.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { schemaOf } from '../schema/schema.ts';
import type { RulesCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';
import { unknownValues } from './shared/vocabulary.ts';

/** Keys of an administration or service that conditions may ask for. */
const ACTIVITY_FACTS: readonly string[] = ['administrations', 'services'].flatMap(
  (list) => schemaOf('encounter').property(list)?.item()?.keys() ?? [],
);

export const unknownFact: RulesCheck = (rules) => [
  ...rules.families.flatMap((family) => checkConditions(conditionsOfFamily(family), [family])),
  ...rules.specs.flatMap((spec) =>
    checkConditions(
      [
        ...spec.reports.map(({ when }) => when),
        ...spec.excludes.map(({ when }) => when),
        ...spec.modifiers.map(({ when }) => when),
      ],
      familiesNamed(rules, spec.family?.value),
    ),
  ),
  ...rules.policies.flatMap((policy) =>
    checkConditions(conditionsOfPolicy(policy), familiesNamed(rules, policy.family?.value)),
  ),
  ...rules.tables.flatMap((table) =>
    checkConditions(
      table.modifiers.map(({ when }) => when),
      familiesNamed(rules, table.family?.value),
    ),
  ),
];

const conditionsOfFamily = ({
  classes,
  hierarchies,
  unreported,
}: FamilyChange): (Condition | undefined)[] => [
  ...classes.map(({ when }) => when),
  ...hierarchies
    .flatMap(({ choices }) => choices)
    .flatMap(({ when, ranks }) => [when, ...ranks.map((rank) => rank.when)]),
  ...unreported.map(({ when }) => when),
];

/** Conditions of rules and tables, and those of what is amended. */
const conditionsOfPolicy = ({ rules, tables, amends }: Policy): (Condition | undefined)[] => [
  ...rules.map(({ when }) => when),
  ...tables.map(({ when }) => when),
  ...amends.flatMap(({ specChange: { reports, excludes, modifiers }, familyChange }) => [
    ...(reports ?? []).map(({ when }) => when),
    ...(excludes ?? []).map(({ when }) => when),
    ...modifiers.map(({ when }) => when),
    ...conditionsOfFamily(familyChange),
  ]),
];

/** The family of a name, or every family for documents that name none. */
const familiesNamed = ({ families }: RuleDocuments, name: string | undefined): readonly Family[] =>
  name === undefined ? families : families.filter(({ id }) => id.value === name);

function checkConditions(
  conditions: readonly (Condition | undefined)[],
  families: readonly Family[],
): Problem[] {
  if (families.length === 0) return [];
  return conditions.flatMap(testsOf).flatMap((test) => checkTest(test, families));
}

function checkTest(test: FactTest, families: readonly Family[]): Problem[] {
  const own = families.flatMap(({ facts }) => [...facts.keys()]);
  const known = new Set([...own, ...ENCOUNTER_FACT_NAMES, ...LINE_FACTS.keys(), ...ACTIVITY_FACTS]);
  if (!known.has(test.fact)) {
    const { hint } = didYouMean(test.fact, known, 'Define it under `facts` of the family.');
    return [
      problem('unknown-fact', { ...test.origin, part: 'key' }, `There is no fact "${test.fact}". ${hint}`),
    ];
  }
  if (test.wants.kind !== 'one-of') return [];
  const listed = families.flatMap(({ facts }) => [...(facts.get(test.fact)?.values.keys() ?? [])]);
  const allowed = new Set([...(LINE_FACTS.get(test.fact)?.values ?? []), ...listed]);
  return unknownValues(test.fact, test.wants.values, allowed, test.origin);
}
