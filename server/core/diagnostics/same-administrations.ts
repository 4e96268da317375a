/** `same-administrations`: two specifications that report the same thing on the same day, with nothing to choose by. */
import { rangesOverlap, type EffectiveRange } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import { isExecutable, type ExecutableSpec } from '../rules/spec.ts';
import type { Threshold } from '../rules/threshold.ts';
import type { RulesCheck } from './shared/check.ts';

export const sameAdministrations: RulesCheck = ({ specs }) => {
  const executable = specs.filter(isExecutable);
  return executable.flatMap((a, i) =>
    executable
      .slice(i + 1)
      .filter((b) => a.code !== b.code && clash(a, b))
      .flatMap((b) => [report(a, b), report(b, a)]),
  );
};

const ALWAYS: EffectiveRange = { from: '0001-01-01' as EffectiveRange['from'] };

function clash(a: ExecutableSpec, b: ExecutableSpec): boolean {
  return (
    a.family?.value === b.family?.value &&
    a.reports.as === b.reports.as &&
    shared(a, b).length > 0 &&
    samePrimary(a, b) &&
    !a.reports.when &&
    !b.reports.when &&
    rangesOverlap(a.effective ?? ALWAYS, b.effective ?? ALWAYS) &&
    !bandsApart(a.thresholds[0], b.thresholds[0])
  );
}

function shared(a: ExecutableSpec, b: ExecutableSpec): string[] {
  const others = b.reports.classes.map(({ value }) => value);
  return a.reports.classes.map(({ value }) => value).filter((name) => others.includes(name));
}

function samePrimary({ reports: a }: ExecutableSpec, { reports: b }: ExecutableSpec): boolean {
  if (a.of.length === 0 || b.of.length === 0) return true;
  return a.of.some(({ value }) => b.of.some((other) => other.value === value));
}

/** Whether one band ends before the other begins. */
function bandsApart(a: Threshold | undefined, b: Threshold | undefined): boolean {
  const before = (low: Threshold | undefined, high: Threshold | undefined): boolean =>
    low?.atMost !== undefined &&
    ((high?.atLeast ?? 0) > low.atMost || (high?.moreThan !== undefined && high.moreThan >= low.atMost));
  return before(a, b) || before(b, a);
}

function report(at: ExecutableSpec, other: ExecutableSpec): Problem {
  const message = `${other.code} reports the same administrations (${listWords(shared(at, other), 'and')}, ${at.reports.as}) on the same days. Tell them apart with "when", a time, or effective dates.`;
  return problem('same-administrations', at.reports.origin, message, {
    related: [{ at: other.reports.origin, message: `What ${other.code} reports.` }],
  });
}
