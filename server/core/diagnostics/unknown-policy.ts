/** `unknown-policy`: an encounter names a policy that no document defines. */
import { problem } from '../base/problem.ts';
import type { EncounterCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

export const unknownPolicy: EncounterCheck = ({ encounter, rules }) => {
  const known = rules.policies.map(({ id }) => id.value);
  return encounter.policies
    .filter(({ value }) => !known.includes(value))
    .map(({ value, origin }) => {
      const { hint, fix } = didYouMean(value, known);
      return problem('unknown-policy', origin, `No document defines the policy "${value}". ${hint}`, { fix });
    });
};
