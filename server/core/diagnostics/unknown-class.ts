/** `unknown-class`: a class that the family does not define, in a specification or in the family's own positions. */
import { problem, type Problem } from '../base/problem.ts';
import type { Family } from '../rules/family.ts';
import type { Sourced } from '../yaml/fields.ts';
import type { RulesCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

export const unknownClass: RulesCheck = ({ families, specs }) => [
  ...families.flatMap((family) =>
    [...family.hierarchy, ...family.concurrentClasses].flatMap((name) => check(name, [family])),
  ),
  ...specs.flatMap(({ reports, family }) => {
    const own = families.filter(({ id }) => id.value === family?.value);
    return own.length === 0 ? [] : (reports?.classes ?? []).flatMap((name) => check(name, own));
  }),
];

function check(name: Sourced<string>, families: readonly Family[]): Problem[] {
  const known = families.flatMap(({ classes }) => classes.map((rule) => rule.name));
  if (known.includes(name.value)) return [];
  const { hint, fix } = didYouMean(name.value, known);
  const family = families[0]?.id.value ?? '';
  return [
    problem('unknown-class', name.origin, `The family ${family} has no class "${name.value}". ${hint}`, {
      fix,
    }),
  ];
}
