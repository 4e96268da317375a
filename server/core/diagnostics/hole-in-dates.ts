/** `hole-in-dates`: a document is in force on days on which what it depends on is not. */
import { addDays, formatRange, type EffectiveRange, type IsoDate } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import type { RuleDocument } from '../rules/document.ts';
import { isExecutable, type ExecutableSpec } from '../rules/spec.ts';
import type { RulesCheck } from './shared/check.ts';
import { rangeOf } from './shared/in-force.ts';

export const holeInDates: RulesCheck = ({ families, specs }) =>
  // A specification that only describes its code computes nothing anyway.
  specs.filter(isExecutable).flatMap((spec) => {
    const family = families.filter(({ id }) => id.value === spec.family?.value);
    const named = primariesOf(spec);
    const primaries = specs.filter(({ code }) => named.has(code));
    return [
      ...(family.length === 0 ? [] : check(spec, family, `its family ${spec.family?.value ?? ''}`)),
      ...(primaries.length === 0
        ? []
        : check(spec, primaries, `any of the codes that it adds to (${listWords([...named], 'and')})`)),
    ];
  });

/** The codes without which a specification reports nothing; none where a part of it needs none of them. */
function primariesOf({ reports }: ExecutableSpec): ReadonlySet<string> {
  const needsNone = reports.some(({ of }) => of.length === 0);
  return new Set(needsNone ? [] : reports.flatMap(({ of }) => of.map(({ value }) => value)));
}

const END: IsoDate = '9999-12-31' as IsoDate;

function check(document: RuleDocument, others: readonly RuleDocument[], what: string): Problem[] {
  const hole = firstHole(rangeOf(document), others.map(rangeOf));
  if (!hole) return [];
  const message = `${document.id.value} is in force ${days(hole)}, and ${what} is not.`;
  return [
    problem('hole-in-dates', document.effectiveOrigin, message, {
      related: others.map((other) => ({
        at: other.effectiveOrigin,
        message: `${other.id.value} is in force ${formatRange(rangeOf(other))}.`,
      })),
    }),
  ];
}

const days = ({ from, to }: EffectiveRange): string =>
  to === undefined || to === END ? `from ${from} on` : to === from ? `on ${from}` : `from ${from} to ${to}`;

/** The first days of a range that none of the others covers. */
function firstHole(range: EffectiveRange, others: readonly EffectiveRange[]): EffectiveRange | undefined {
  const end = range.to ?? END;
  let open = range.from;
  for (const { from, to } of [...others].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (from > open) break;
    if (to === undefined || to >= end) return undefined;
    if (to >= open) open = addDays(to, 1);
  }
  const next = others
    .map(({ from }) => from)
    .filter((from) => from > open)
    .sort()[0];
  return { from: open, to: next !== undefined && next <= end ? addDays(next, -1) : end };
}
