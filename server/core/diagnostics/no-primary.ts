/** `no-primary`: a code that adds to others, of which none can be reported for the same services. */
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import type { Family } from '../rules/family.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { isExecutable, type ExecutableSpec, type Reports } from '../rules/spec.ts';
import type { RulesCheck } from './shared/check.ts';

export const noPrimary: RulesCheck = (rules) =>
  rules.specs
    .filter(isExecutable)
    .flatMap((spec) => spec.reports.flatMap((part) => check(spec, part, rules)));

function check(spec: ExecutableSpec, part: Reports, { families, specs }: RuleDocuments): Problem[] {
  const others = specs
    .filter(isExecutable)
    .filter((other) => other.code !== spec.code && other.family?.value === spec.family?.value);
  if (part.as === 'additional-time') return additional(spec, part, others);
  if (part.as !== 'sequential' && part.as !== 'concurrent' && part.as !== 'repeat') return [];
  const family = families.find(({ id }) => id.value === spec.family?.value);
  return family ? beside(spec, part, family, others) : [];
}

function additional(spec: ExecutableSpec, part: Reports, others: readonly ExecutableSpec[]): Problem[] {
  const named = part.of.map(({ value }) => value);
  // Codes without a specification have a problem of their own.
  const primaries = others.filter(({ code }) => named.length === 0 || named.includes(code));
  if (named.length > 0 && primaries.length === 0) return [];
  const fits = primaries.some(({ reports }) =>
    reports.some((other) => other.as !== 'additional-time' && sharesClass(part, other)),
  );
  if (fits) return [];
  const codes = named.length === 0 ? 'no code' : `none of ${listWords(named, 'and')}`;
  const message = `${spec.code} can never be reported: ${codes} reports ${classesOf(part)}.`;
  return [problem('no-primary', part.origin, message)];
}

/** A further service needs an initial one in the same hierarchy. */
function beside(
  spec: ExecutableSpec,
  part: Reports,
  family: Family,
  others: readonly ExecutableSpec[],
): Problem[] {
  const names = part.classes.map(({ value }) => value);
  const classes = family.hierarchies
    .filter(({ among }) => among.some(({ value }) => names.includes(value)))
    .flatMap(({ among }) => among.map(({ value }) => value));
  if (classes.length === 0) return [];
  const fits = [spec, ...others].some(({ reports }) =>
    reports.some(
      (other) => other.as === 'initial' && other.classes.some(({ value }) => classes.includes(value)),
    ),
  );
  if (fits) return [];
  const message = `${spec.code} adds to an initial service, and no specification reports one of its hierarchy as initial.`;
  return [problem('no-primary', part.origin, message)];
}

const sharesClass = (a: Reports, b: Reports): boolean =>
  a.classes.some(({ value }) => b.classes.some((other) => other.value === value));

const classesOf = ({ classes }: Reports): string => listWords(classes.map(({ value }) => value));
