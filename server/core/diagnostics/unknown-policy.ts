/** `unknown-policy`: an encounter names a policy that no document defines, or that is not in force on its date. */
import { formatRange } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { EncounterCheck, EncounterContext } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

export const unknownPolicy: EncounterCheck = (context) =>
  context.encounter.policies.flatMap((named) => {
    const known = context.rules.policies.map(({ id }) => id.value);
    if (known.includes(named.value)) return outOfForce(context, named);
    const { hint, fix } = didYouMean(named.value, known);
    const message = `No document defines the policy "${named.value}". ${hint}`;
    return [problem('unknown-policy', named.origin, message, { fix })];
  });

/** Nothing, where the encounter has no date. */
function outOfForce(
  { encounter, rules, rulesOfDate }: EncounterContext,
  { value, origin }: EncounterContext['encounter']['policies'][number],
): Problem[] {
  if (!rulesOfDate || rulesOfDate.policies.some(({ id }) => id.value === value)) return [];
  const message = `The policy "${value}" is not in force on ${encounter.date?.value ?? ''}, so it changes nothing.`;
  const related = rules.policies
    .filter(({ id }) => id.value === value)
    .map(({ effective, effectiveOrigin }) => ({
      at: effectiveOrigin,
      message: effective ? `It is in force ${formatRange(effective)}.` : 'The policy.',
    }));
  return [problem('unknown-policy', origin, message, { related })];
}
