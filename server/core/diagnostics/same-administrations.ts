/** `same-administrations`: two specifications that report the same thing on the same day, with nothing to choose by. */
import { rangesOverlap, type EffectiveRange } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import { isExecutable, type ExecutableSpec, type Reports } from '../rules/spec.ts';
import type { Threshold } from '../rules/threshold.ts';
import type { RulesCheck } from './shared/check.ts';

export const sameAdministrations: RulesCheck = ({ specs }) => {
  const executable = specs.filter(isExecutable);
  return executable.flatMap((a, i) =>
    executable
      .slice(i + 1)
      .filter((b) => a.code !== b.code && inOneFamily(a, b))
      .flatMap((b) =>
        clashes(a, b).flatMap(([own, other]) => [report(a, own, b, other), report(b, other, a, own)]),
      ),
  );
};

const ALWAYS: EffectiveRange = { from: '0001-01-01' as EffectiveRange['from'] };

const inOneFamily = (a: ExecutableSpec, b: ExecutableSpec): boolean =>
  a.family?.value === b.family?.value && rangesOverlap(a.effective ?? ALWAYS, b.effective ?? ALWAYS);

/** The parts of two specifications that report the same, with nothing to choose by. */
const clashes = (a: ExecutableSpec, b: ExecutableSpec): [Reports, Reports][] =>
  a.reports.flatMap((own) =>
    b.reports.filter((other) => clash(own, other)).map((other): [Reports, Reports] => [own, other]),
  );

const clash = (a: Reports, b: Reports): boolean =>
  a.as === b.as &&
  shared(a, b).length > 0 &&
  samePrimary(a, b) &&
  !a.when &&
  !b.when &&
  !bandsApart(a.thresholds[0], b.thresholds[0]);

function shared(a: Reports, b: Reports): string[] {
  const others = b.classes.map(({ value }) => value);
  return a.classes.map(({ value }) => value).filter((name) => others.includes(name));
}

function samePrimary(a: Reports, b: Reports): boolean {
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

function report(at: ExecutableSpec, own: Reports, other: ExecutableSpec, part: Reports): Problem {
  const message = `${other.code} reports the same administrations (${listWords(shared(own, part), 'and')}, ${own.as}) on the same days. Tell them apart with "when", a time, or effective dates.`;
  return problem('same-administrations', own.origin, message, {
    related: [{ at: part.origin, message: `What ${other.code} reports.` }],
  });
}
