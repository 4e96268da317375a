/** `contradicting-policies`: two clauses of one payer that want different things of the same lines on the same days. */
import { rangesOverlap, type EffectiveRange } from '../base/clock.ts';
import type { Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { Condition } from '../rules/condition.ts';
import { bothCases, casesOf } from '../rules/cases.ts';
import type { Amendment, Policy, PolicyAction, PolicyRule } from '../rules/policy.ts';
import type { RulesCheck } from './shared/check.ts';

export const contradictingPolicies: RulesCheck = ({ policies }) =>
  policies.flatMap((policy, i) => [
    ...pairsWithin(policy.rules).flatMap(([a, b]) => checkRules(policy, a, policy, b)),
    ...policies
      .slice(i + 1)
      .filter((other) => togetherInForce(policy, other))
      .flatMap((other) => [
        ...policy.rules.flatMap((a) => other.rules.flatMap((b) => checkRules(policy, a, other, b))),
        ...policy.amends.flatMap((a) => other.amends.flatMap((b) => checkAmendments(policy, a, other, b))),
      ]),
  ]);

const pairsWithin = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));

const ALWAYS: EffectiveRange = { from: '0001-01-01' as EffectiveRange['from'] };

/** Policies of one payer that hold for the same encounters. Readings are chosen one by one. */
function togetherInForce(a: Policy, b: Policy): boolean {
  const same = (left: string | undefined, right: string | undefined): boolean =>
    left?.toLowerCase() === right?.toLowerCase();
  if (!a.payer || !same(a.payer.value, b.payer?.value)) return false;
  const plans = !a.plan || !b.plan || same(a.plan.value, b.plan.value);
  const families = !a.family || !b.family || a.family.value === b.family.value;
  return plans && families && rangesOverlap(a.effective ?? ALWAYS, b.effective ?? ALWAYS);
}

function checkRules(a: Policy, one: PolicyRule, b: Policy, other: PolicyRule): Problem[] {
  const why = conflict(one.action, other.action);
  if (why === undefined || !sharesCodes(a, b) || !canHoldTogether(one.when, other.when)) return [];
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

const sharesCodes = (a: Policy, b: Policy): boolean =>
  a.codes.length === 0 ||
  b.codes.length === 0 ||
  a.codes.some(({ value }) => b.codes.some((other) => other.value === value));

/** Where nobody can tell, nothing is said. */
const canHoldTogether = (a: Condition | undefined, b: Condition | undefined): boolean =>
  (bothCases(casesOf(a), casesOf(b)) ?? []).length > 0;

function checkAmendments(a: Policy, one: Amendment, b: Policy, other: Amendment): Problem[] {
  const sameTarget =
    (one.spec && one.spec.value === other.spec?.value) ||
    (one.family && one.family.value === other.family?.value);
  const key = sameTarget ? sharedKey(one, other) : undefined;
  if (key === undefined) return [];
  const say = (own: Amendment, policy: Policy, at: Origin): Problem =>
    report(
      own.origin,
      `${policy.id.value} amends ${key} of the same document, too; the last by name wins.`,
      at,
    );
  return [say(one, b, other.origin), say(other, a, one.origin)];
}

/** What both amendments change. */
function sharedKey(
  { specChange: a, familyChange: c }: Amendment,
  { specChange: b, familyChange: d }: Amendment,
): string | undefined {
  if (a.reports && b.reports) return '"reports"';
  if (a.shared.time && b.shared.time) return '"time"';
  if (a.limit && b.limit) return '"limit"';
  if (c.groups && d.groups) return '"groups"';
  const named = c.classes.find(({ name }) => d.classes.some((other) => other.name === name));
  return named && `the class ${named.name}`;
}

const report = (at: Origin, message: string, other: Origin): Problem =>
  problem('contradicting-policies', at, message, { related: [{ at: other, message: 'The other clause.' }] });
