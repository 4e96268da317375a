/** `same-administrations`: two specifications that report the same thing on the same day, with nothing to choose by. */
import { problem, type Problem } from '../base/problem.ts';
import { amountIn } from '../base/quantity.ts';
import { listWords } from '../base/words.ts';
import { isExecutable, type ExecutableSpec, type Reports } from '../rules/spec.ts';
import type { Threshold } from '../rules/threshold.ts';
import type { RulesCheck } from './shared/check.ts';
import { inForceTogether } from './shared/in-force.ts';

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

const inOneFamily = (a: ExecutableSpec, b: ExecutableSpec): boolean =>
  a.family?.value === b.family?.value && inForceTogether(a, b);

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
  !mayBeApart(a.thresholds, b.thresholds);

function shared(a: Reports, b: Reports): string[] {
  const others = b.classes.map(({ value }) => value);
  return a.classes.map(({ value }) => value).filter((name) => others.includes(name));
}

function samePrimary(a: Reports, b: Reports): boolean {
  if (a.of.length === 0 || b.of.length === 0) return true;
  return a.of.some(({ value }) => b.of.some((other) => other.value === value));
}

/** Whether a service may reach the bounds of one only. Where nobody can tell, as of different measures, nothing is said. */
function mayBeApart(a: readonly Threshold[], b: readonly Threshold[]): boolean {
  if ([...a, ...b].some(({ described }) => described)) return true;
  const pairs = a.flatMap((own) => b.map((other) => [own, other] as const));
  const alike = pairs.filter(([own, other]) => own.measure === other.measure);
  return alike.length === 0
    ? pairs.length > 0
    : alike.some(([own, other]) => endsBefore(own, other) || endsBefore(other, own));
}

/** Whether one band ends before the other begins. */
function endsBefore({ atMost, unit }: Threshold, high: Threshold): boolean {
  if (atMost === undefined) return false;
  const inUnit = (amount: number): number | undefined => amountIn({ amount, unit: high.unit }, unit);
  const [least, above] = [inUnit(high.atLeast ?? 0), inUnit(high.moreThan ?? 0)];
  if (least === undefined || above === undefined) return true;
  return least > atMost || (high.moreThan !== undefined && above >= atMost);
}

function report(at: ExecutableSpec, own: Reports, other: ExecutableSpec, part: Reports): Problem {
  const message = `${other.code} reports the same administrations (${listWords(shared(own, part), 'and')}, ${own.as}) on the same days. Tell them apart with "when", a time, or effective dates.`;
  return problem('same-administrations', own.origin, message, {
    related: [{ at: part.origin, message: `What ${other.code} reports.` }],
  });
}
