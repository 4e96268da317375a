/** `overlapping-versions` and `gap-between-versions`: on every day one version of a document is in force, or none. */
import { addDays, formatRange, rangesOverlap, type EffectiveRange } from '../base/clock.ts';
import { groupBy } from '../base/lists.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { RuleDocument } from '../rules/document.ts';
import type { RulesCheck } from './shared/check.ts';

export const versions: RulesCheck = ({ families, specs, policies, tables }) =>
  [families, specs, policies, tables].flatMap((documents: readonly RuleDocument[]) =>
    [...groupBy(documents, ({ id }) => id.value).values()].flatMap(checkVersions),
  );

const ALWAYS: EffectiveRange = { from: '0001-01-01' as EffectiveRange['from'] };
const rangeOf = ({ effective }: RuleDocument): EffectiveRange => effective ?? ALWAYS;

function checkVersions(documents: readonly RuleDocument[]): Problem[] {
  const sorted = [...documents].sort((a, b) => (rangeOf(a).from < rangeOf(b).from ? -1 : 1));
  return sorted.slice(1).flatMap((next, i) => {
    const earlier = sorted.slice(0, i + 1);
    const clash = earlier.find((previous) => rangesOverlap(rangeOf(previous), rangeOf(next)));
    if (clash) return [overlap(next, clash), overlap(clash, next)];
    const last = earlier.reduce((a, b) => ((rangeOf(a).to ?? '') > (rangeOf(b).to ?? '') ? a : b));
    return gap(last, next);
  });
}

function overlap(at: RuleDocument, other: RuleDocument): Problem {
  const days = other.effective ? formatRange(other.effective) : 'on every day';
  const message = `Another version of ${at.id.value} is in force ${days}, on some of the same days. End the earlier one with "to".`;
  return problem('overlapping-versions', at.effective ? at.effectiveOrigin : at.id.origin, message, {
    related: [{ at: other.id.origin, message: `The other version of ${other.id.value}.` }],
  });
}

function gap(last: RuleDocument, next: RuleDocument): Problem[] {
  const { to } = rangeOf(last);
  const { from } = rangeOf(next);
  if (to === undefined || addDays(to, 1) >= from) return [];
  const [first, final] = [addDays(to, 1), addDays(from, -1)];
  const days = first === final ? `on ${first}` : `from ${first} to ${final}`;
  const message = `No version of ${next.id.value} is in force ${days}.`;
  const related = [{ at: last.effectiveOrigin, message: `The version before ends on ${to}.` }];
  return [problem('gap-between-versions', next.effectiveOrigin, message, { related })];
}
