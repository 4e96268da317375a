/** `unknown-class`: a class that the family does not define, in a specification or in the family's own positions. */
import { problem, type Problem } from '../base/problem.ts';
import { amendFamily, type Family } from '../rules/family.ts';
import type { Amendment } from '../rules/policy.ts';
import type { Spec } from '../rules/spec.ts';
import type { Sourced } from '../yaml/fields.ts';
import type { RulesCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

export const unknownClass: RulesCheck = ({ families, specs, policies }) => [
  ...families.flatMap((family) => classesNamed(family).flatMap((name) => check(name, [family]))),
  ...specs.flatMap(({ reports, family }) => {
    const own = families.filter(({ id }) => id.value === family?.value);
    const names = reports.flatMap(({ classes }) => classes);
    return own.length === 0 ? [] : names.flatMap((name) => check(name, own));
  }),
  ...policies
    .flatMap(({ amends }) => amends)
    .flatMap((amendment) => checkAmendment(amendment, families, specs)),
];

/** Classes that an amendment names: those of the family, and those that it adds itself. */
function checkAmendment(
  { spec, family, specChange, familyChange }: Amendment,
  families: readonly Family[],
  specs: readonly Spec[],
): Problem[] {
  const wanted = family?.value ?? specs.find(({ code }) => code === spec?.value)?.family?.value;
  const own = families.filter(({ id }) => id.value === wanted).map((one) => amendFamily(one, familyChange));
  if (own.length === 0) return [];
  const names = [
    ...(specChange.reports ?? []).flatMap(({ classes }) => classes),
    ...classesNamed({ ...familyChange, groups: familyChange.groups ?? EMPTY_GROUPS }),
  ];
  return names.flatMap((name) => check(name, own));
}

const EMPTY_GROUPS = { by: [], combine: [] };

type ClausesWithClasses = Pick<Family, 'hierarchies' | 'deductions' | 'unreported'> & {
  readonly groups: Pick<Family['groups'], 'by' | 'combine'>;
};

/** Every class that a family's own clauses name. */
const classesNamed = ({
  groups,
  hierarchies,
  deductions,
  unreported,
}: ClausesWithClasses): readonly Sourced<string>[] => [
  ...[groups, ...hierarchies.flatMap((own) => own.groups ?? [])].flatMap(({ combine }) =>
    combine.flatMap(({ classes }) => classes),
  ),
  ...hierarchies.flatMap(({ among, concurrent, repeats }) => [
    ...among,
    ...concurrent.flatMap((rule) => [...rule.among, ...rule.beside]),
    ...repeats.flatMap((repeat) => [...repeat.among, ...repeat.of]),
  ]),
  ...deductions.flatMap(({ from, overlapWith }) => [...from, ...overlapWith]),
  ...unreported.flatMap(({ classes }) => classes),
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
