/** `no-primary`: a code that adds to others, of which none can be reported for the same services. */
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import { amendFamily, type Family } from '../rules/family.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { isExecutable, type ExecutableSpec, type Reports } from '../rules/spec.ts';
import type { RulesCheck } from './shared/check.ts';
import { inForceTogether } from './shared/in-force.ts';
import { classesOf, madeLines, type MadeLine } from './shared/made-lines.ts';

export const noPrimary: RulesCheck = (rules) => {
  const lines = madeLines(rules);
  return rules.specs.filter(isExecutable).flatMap((spec) => {
    const own = lines.filter(({ family }) => family === spec.family?.value);
    return spec.reports.flatMap((part) => check(spec, part, own, rules));
  });
};

function check(
  spec: ExecutableSpec,
  part: Reports,
  lines: readonly MadeLine[],
  rules: RuleDocuments,
): Problem[] {
  if (part.as === 'additional-time') return additional(spec, part, lines);
  if (part.as !== 'sequential' && part.as !== 'concurrent' && part.as !== 'repeat') return [];
  return beside(spec, part, lines, rules);
}

function additional(spec: ExecutableSpec, part: Reports, lines: readonly MadeLine[]): Problem[] {
  const named = part.of.map(({ value }) => value);
  const primaries = lines.filter(({ code }) => named.length === 0 || named.includes(code));
  // Codes without a specification have a problem of their own.
  if (named.length > 0 && primaries.length === 0) return [];
  const fits = primaries.some((line) => line.part.as !== 'additional-time' && isOf(classesOf(part), line));
  if (fits) return [];
  const codes = named.length === 0 ? 'no code' : `none of ${listWords(named, 'and')}`;
  const message = `${spec.code} can never be reported: ${codes} reports ${listWords(classesOf(part))}.`;
  return [problem('no-primary', part.origin, message)];
}

/** A further service needs an initial one in the same hierarchy. */
function beside(
  spec: ExecutableSpec,
  part: Reports,
  lines: readonly MadeLine[],
  rules: RuleDocuments,
): Problem[] {
  const isInitial = ({ part: { as } }: MadeLine): boolean => as === 'initial' || as === 'each';
  const lacks = readings(spec, rules).map((family) => {
    const classes = classesBeside(part, family);
    return classes.length > 0 && !lines.some((line) => isInitial(line) && isOf(classes, line));
  });
  // One version of the family, or one payer's reading of it, in which there is one will do.
  if (lacks.length === 0 || lacks.includes(false)) return [];
  const message = `${spec.code} adds to an initial service, and no specification reports one of its hierarchy as initial.`;
  return [problem('no-primary', part.origin, message)];
}

/** The family of a specification in every version that is in force with it, and as each policy amends it. */
function readings(spec: ExecutableSpec, { families, policies }: RuleDocuments): readonly Family[] {
  const versions = families.filter(
    (family) => family.id.value === spec.family?.value && inForceTogether(family, spec),
  );
  const changes = policies.flatMap(({ amends }) => amends);
  return versions.flatMap((family) => [
    family,
    ...changes
      .filter((change) => change.family?.value === family.id.value)
      .map(({ familyChange }) => amendFamily(family, familyChange)),
  ]);
}

/** The classes that compete with those of a part for the initial service. */
function classesBeside(part: Reports, { hierarchies }: Family): readonly string[] {
  const names = classesOf(part);
  return hierarchies
    .filter(({ among }) => among.some(({ value }) => names.includes(value)))
    .flatMap(({ among }) => among.map(({ value }) => value));
}

const isOf = (classes: readonly string[], { part }: MadeLine): boolean =>
  classesOf(part).some((name) => classes.includes(name));
