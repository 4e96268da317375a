/** `contradicting-policies`: two clauses of one payer that want different things of the same lines on the same days. */
import { deepEqual } from '../base/memo.ts';
import type { Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { bothCases, casesOf, isPossibleWithSingleValues } from '../rules/cases.ts';
import type { Amendment, Policy, PolicyAction, PolicyRule } from '../rules/policy.ts';
import type { RulesCheck } from './shared/check.ts';
import { inForceTogether } from './shared/in-force.ts';
import { madeLines, mayBeLine, spokenOf, type MadeLine } from './shared/made-lines.ts';

export const contradictingPolicies: RulesCheck = (rules) => {
  const { policies } = rules;
  const lines = madeLines(rules);
  return policies.flatMap((policy, i) => [
    ...pairsWithin(policy.rules).flatMap(([a, b]) => checkRules(policy, a, policy, b, lines)),
    ...policies
      .slice(i + 1)
      .filter((other) => holdTogether(policy, other))
      .flatMap((other) => [
        ...policy.rules.flatMap((a) => other.rules.flatMap((b) => checkRules(policy, a, other, b, lines))),
        ...policy.amends.flatMap((a) => other.amends.flatMap((b) => checkAmendments(policy, a, other, b))),
      ]),
  ]);
};

const pairsWithin = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));

/** Policies of one payer that hold for the same encounters. Readings are chosen one by one. */
function holdTogether(a: Policy, b: Policy): boolean {
  const same = (left: string | undefined, right: string | undefined): boolean =>
    left?.toLowerCase() === right?.toLowerCase();
  if (!a.payer || !same(a.payer.value, b.payer?.value)) return false;
  const plans = !a.plan || !b.plan || same(a.plan.value, b.plan.value);
  const families = !a.family || !b.family || a.family.value === b.family.value;
  return plans && families && inForceTogether(a, b);
}

function checkRules(
  a: Policy,
  one: PolicyRule,
  b: Policy,
  other: PolicyRule,
  lines: readonly MadeLine[],
): Problem[] {
  const why = conflict(one.action, other.action);
  if (why === undefined || !canHoldTogether(a, one, b, other, lines)) return [];
  const say = (own: PolicyRule, at: PolicyRule, policy: Policy): Problem =>
    report(own.actionOrigin, `The rule ${at.id} of ${policy.id.value} ${why}.`, at.actionOrigin);
  return [say(one, other, b), say(other, one, a)];
}

/** How two actions contradict each other; undefined where they do not. */
function conflict(a: PolicyAction, b: PolicyAction): string | undefined {
  if (a.kind === 'prefer' && b.kind === 'prefer')
    return a.over.includes(b.modifier) && b.over.includes(a.modifier)
      ? 'prefers the modifiers the other way round'
      : undefined;
  if (a.kind === 'replace' && b.kind === 'replace')
    return a.code === b.code ? undefined : 'replaces the code of the same lines by another one';
  return undefined;
}

/**
 * Whether there may be a line for which both rules hold. Where nobody can tell, nothing is said; nor where they ask for
 * different values of a fact that may have several at once, since a record with both is the exception.
 */
function canHoldTogether(
  a: Policy,
  one: PolicyRule,
  b: Policy,
  other: PolicyRule,
  lines: readonly MadeLine[],
): boolean {
  const cases = bothCases(spokenOf(a, casesOf(one.when)), spokenOf(b, casesOf(other.when))) ?? [];
  const families = [a.family, b.family].flatMap((family) => family?.value ?? []);
  const own = lines.filter(({ family }) => families.every((name) => name === family));
  return cases.some((both) => isPossibleWithSingleValues(both) && mayBeLine(both, own));
}

function checkAmendments(a: Policy, one: Amendment, b: Policy, other: Amendment): Problem[] {
  const sameTarget =
    (one.spec && one.spec.value === other.spec?.value) ||
    (one.family && one.family.value === other.family?.value);
  const name = sameTarget ? differentClause(one, other) : undefined;
  if (name === undefined) return [];
  const say = (own: Amendment, policy: Policy, at: Origin): Problem =>
    report(
      own.origin,
      `${policy.id.value} amends ${name} of the same document, too; the last by name wins.`,
      at,
    );
  return [say(one, b, other.origin), say(other, a, one.origin)];
}

/** What both amendments change, each into something else. */
function differentClause(one: Amendment, other: Amendment): string | undefined {
  const others = clausesOf(other);
  return clausesOf(one).find(({ key, says }) =>
    others.some((its) => its.key === key && !deepEqual(withoutOrigins(its.says), withoutOrigins(says))),
  )?.name;
}

/** Something that amendments replace as a whole. */
interface Clause {
  readonly key: string;
  /** For people. */
  readonly name: string;
  readonly says: unknown;
}

function clausesOf({ specChange, familyChange }: Amendment): readonly Clause[] {
  const { time } = specChange.shared;
  const { groups, classes } = familyChange;
  const bounds = [time?.atLeast, time?.moreThan, time?.atMost];
  const hasBounds = bounds.some((bound) => bound !== undefined);
  const all: readonly Clause[] = [
    { key: 'reports', name: '"reports"', says: specChange.reports },
    { key: 'bounds', name: '"time"', says: hasBounds ? bounds : undefined },
    { key: 'covers', name: '"time"', says: time?.covers },
    { key: 'repeats', name: '"time"', says: time?.repeats },
    { key: 'limit', name: '"limit"', says: specChange.limit },
    { key: 'by', name: '"groups"', says: unlessEmpty(groups?.by) },
    { key: 'combine', name: '"groups"', says: unlessEmpty(groups?.combine) },
    ...classes.map(({ name, when }) => ({ key: `class ${name}`, name: `the class ${name}`, says: when })),
  ];
  return all.filter(({ says }) => says !== undefined);
}

const unlessEmpty = <T>(items: readonly T[] | undefined): readonly T[] | undefined =>
  items && items.length > 0 ? items : undefined;

/** What a part of a model says, wherever it was written. */
const withoutOrigins = (says: unknown): unknown =>
  JSON.parse(
    JSON.stringify(says, (key, value: unknown) => (/^origin$|Origin$/.test(key) ? undefined : value)),
  );

const report = (at: Origin, message: string, other: Origin): Problem =>
  problem('contradicting-policies', at, message, { related: [{ at: other, message: 'The other clause.' }] });
