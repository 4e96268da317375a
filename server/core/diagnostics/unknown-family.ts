/** `unknown-family`: a specification, policy or encounter names a family that no document defines. */
import { problem, type Problem } from '../base/problem.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import type { Sourced } from '../yaml/fields.ts';
import type { EncounterCheck, RulesCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

export const unknownFamily: RulesCheck = (rules) =>
  [...rules.specs, ...rules.policies].flatMap(({ family }) => check(family, rules));

export const unknownFamilyOfEncounter: EncounterCheck = ({ encounter, rules }) =>
  check(encounter.family, rules);

function check(family: Sourced<string> | undefined, { families }: RuleDocuments): Problem[] {
  const known = families.map(({ id }) => id.value);
  if (!family || known.includes(family.value)) return [];
  const none = known.length === 0 ? 'No family is at hand: add a .family.yaml file.' : undefined;
  const { hint, fix } = didYouMean(family.value, known, none);
  return [
    problem('unknown-family', family.origin, `No document defines the family "${family.value}". ${hint}`, {
      fix,
    }),
  ];
}
