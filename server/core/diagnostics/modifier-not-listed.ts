/** `modifier-not-listed`: an expected modifier that neither the specification of its code nor a policy or table ever gives. */
import { childPath } from '../base/origin.ts';
import { perInput } from '../base/memo.ts';
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import type { ExpectedLine } from '../encounter/encounter.ts';
import type { PolicyAction } from '../rules/policy.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { EncounterCheck } from './shared/check.ts';

export const modifierNotListed: EncounterCheck = ({ encounter: { expect }, rulesOfDate }) => {
  if (!expect || !rulesOfDate) return [];
  const lines = [...(expect.lines ?? []), ...expect.includes];
  return lines.flatMap((line) => complaints(line, rulesOfDate));
};

function complaints({ code, modifiers = [], origin }: ExpectedLine, rules: RuleSet): Problem[] {
  const spec = rules.specs.get(code);
  // A specification that lists none does not speak of modifiers.
  if (!spec || spec.modifiers.length === 0) return [];
  const own = spec.modifiers.map((modifier) => modifier.code);
  return modifiers.flatMap((modifier, i): Problem[] => {
    if (own.includes(modifier) || givenElsewhere(rules).has(modifier)) return [];
    const at = { ...origin, path: childPath(childPath(origin.path, 'modifiers'), i) };
    const message = `The specification of ${code} has no modifier ${modifier}, and no policy or table gives it; it has ${listWords(own, 'and')}.`;
    return [
      problem('modifier-not-listed', at, message, {
        related: [{ at: spec.origin, message: `The specification of ${code}.` }],
      }),
    ];
  });
}

/** Modifiers that the policies and tables of an encounter may give to any code. */
const givenElsewhere = perInput(
  ({ policies, tables, dosages }: RuleSet): ReadonlySet<string> =>
    new Set([
      ...policies.flatMap(({ rules }) => rules.flatMap(({ action }) => modifiersOf(action))),
      ...[...tables.flatMap(({ table }) => table ?? []), ...dosages].flatMap(
        ({ bypassModifiers, modifiers }) => [...bypassModifiers, ...modifiers.map(({ code }) => code)],
      ),
    ]),
);

function modifiersOf(action: PolicyAction): readonly string[] {
  switch (action.kind) {
    case 'require':
    case 'prefer':
      return action.modifier === undefined ? [] : [action.modifier];
    case 'replace':
      return action.modifiers;
    default:
      return [];
  }
}
