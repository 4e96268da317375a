/** `duplicate-name`: two classes of a family or two rules of a policy with one name. */
import { problem, type Problem } from '../base/problem.ts';
import type { Origin } from '../base/origin.ts';
import type { RulesCheck } from './shared/check.ts';

export const duplicateName: RulesCheck = ({ families, policies }) => [
  ...families.flatMap(({ classes }) => repeats('class', classes)),
  ...policies.flatMap(({ rules }) =>
    repeats(
      'rule',
      rules.map(({ id, origin }) => ({ name: id, origin })),
    ),
  ),
];

function repeats(
  what: string,
  named: readonly { readonly name: string; readonly origin: Origin }[],
): Problem[] {
  return named.flatMap(({ name, origin }, i) => {
    const first = named.findIndex((other) => other.name === name);
    if (first === i || name === '') return [];
    const related = [{ at: named[first]?.origin ?? origin, message: `The first ${what} of that name.` }];
    return [
      problem('duplicate-name', origin, `Another ${what} here is called "${name}" already.`, { related }),
    ];
  });
}
