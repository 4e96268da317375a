/** `gap-in-time`: amounts for which no class, or no code of a class, speaks, although it does for less and for more. */
import { formatAmount } from '../base/quantity.ts';
import type { Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { quoted, spaced } from '../base/words.ts';
import { lookupIn, type Fact } from '../encounter/fact.ts';
import { casesOf, valuesLeft, type Case } from '../rules/cases.ts';
import { verdictOf } from '../rules/condition.ts';
import type { Family } from '../rules/family.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { isExecutable, type ExecutableSpec, type Reports } from '../rules/spec.ts';
import { reaches, type Threshold } from '../rules/threshold.ts';
import type { RulesCheck } from './shared/check.ts';

export const gapInTime: RulesCheck = (rules) => [
  ...rules.families.flatMap(gapsBetweenClasses),
  ...rules.families.flatMap((family) => gapsBetweenCodes(family, rules)),
];

/** Just beyond each bound of a class another class must begin, or nothing of the kind exists there. */
function gapsBetweenClasses(family: Family): Problem[] {
  return family.classes.flatMap((rule) =>
    (casesOf(rule.when) ?? []).flatMap((own) =>
      [...own].flatMap(([measure, demand]) => {
        const above = demand.belowMost ? demand.most : demand.most + 1;
        if (!Number.isFinite(above) || !resumes(family, own, measure, above)) return [];
        const facts = lookupIn(pointOf(family, own, measure, above));
        const found = family.classes.some(({ when }) => verdictOf(when, facts) === 'yes');
        return found ? [] : [classGap(family, rule.title, measure, above, demand.origin)];
      }),
    ),
  );
}

/** Whether some class speaks of more than the amount, for the same facts. */
const resumes = (family: Family, own: Case, measure: string, amount: number): boolean =>
  family.classes.some(({ when }) =>
    (casesOf(when) ?? []).some((other) => {
      const least = other.get(measure)?.least ?? -Infinity;
      const facts = lookupIn(pointOf(family, own, measure, least));
      return least > amount && Number.isFinite(least) && verdictOf(when, facts) !== 'no';
    }),
  );

/** One set of facts that fulfils a case, with another amount. */
function pointOf(family: Family, own: Case, measure: string, amount: number): ReadonlyMap<string, Fact> {
  const origin = family.origin;
  const facts = new Map<string, Fact>();
  for (const [name, definition] of family.facts) {
    const { defaultValue } = definition;
    if (defaultValue) facts.set(name, { name, value: defaultValue.value, origin });
  }
  for (const [name, demand] of own) {
    if (demand.documented === false) continue;
    const known = [...(family.facts.get(name)?.values.keys() ?? [])];
    const [value] = valuesLeft(demand, known);
    const number = demand.aboveLeast ? demand.least + 1 : demand.least;
    const counted = Number.isFinite(number) ? number : Number.isFinite(demand.most) ? demand.most : undefined;
    const chosen = value ?? counted;
    if (chosen !== undefined) facts.set(name, { name, value: chosen, origin });
  }
  return facts.set(measure, { name: measure, value: amount, origin });
}

function classGap(family: Family, title: string, measure: string, amount: number, at: Origin): Problem {
  const unit = family.facts.get(measure)?.unit ?? '';
  const message = `${spaced(measure)} of ${formatAmount(amount, unit)} are beyond ${quoted(title)}, and no other class begins there, though one does later.`;
  return problem('gap-in-time', at, message.charAt(0).toUpperCase() + message.slice(1));
}

/** For each class and position: the amounts between the codes' bounds, and those below the lowest that are of the class. */
function gapsBetweenCodes(family: Family, { specs }: RuleDocuments): Problem[] {
  const own = specs.filter(isExecutable).filter((spec) => spec.family?.value === family.id.value);
  const parts = own.flatMap((spec) => spec.reports.map((part) => ({ spec, part })));
  return family.classes.flatMap(({ name, title, when }) =>
    (['initial', 'sequential', 'each'] as const).flatMap((as) => {
      const bands = parts.filter(
        ({ part }) => part.as === as && part.classes.some(({ value }) => value === name) && !part.when,
      );
      return bands.length === 0 ? [] : codeGaps(title, as, when, bands);
    }),
  );
}

interface Band {
  readonly spec: ExecutableSpec;
  readonly part: Reports;
}

function codeGaps(
  title: string,
  as: string,
  when: Family['classes'][number]['when'],
  bands: readonly Band[],
): Problem[] {
  const thresholds = bands.map(({ part }) => part.thresholds[0]);
  const [first] = thresholds;
  // A code without a bound takes every amount.
  if (!first || thresholds.some((own) => own?.measure !== first.measure)) return [];
  const all = thresholds.filter((own): own is Threshold => own !== undefined);
  const begins = (casesOf(when) ?? []).map((own) => {
    const demand = own.get(first.measure);
    return (demand?.least ?? -Infinity) + (demand?.aboveLeast ? 1 : 0);
  });
  const least = Math.min(...begins);
  const from = Math.max(1, least);
  const edges = [from, ...all.flatMap(({ atLeast, moreThan, atMost }) => [atLeast, moreThan, atMost])]
    .filter((edge) => edge !== undefined)
    .flatMap((edge) => [edge - 1, edge, edge + 1])
    .filter((edge) => edge >= from);
  const isTaken = (amount: number): boolean => all.some((own) => reaches(own, amount));
  const gaps = [...new Set(edges)].sort((a, b) => a - b).filter((edge) => !isTaken(edge));
  const between = gaps.filter((gap) => edges.some((edge) => edge < gap && isTaken(edge)));
  const inside = between.find((gap) => edges.some((edge) => edge > gap && isTaken(edge)));
  // That too little is not reported is the rule of most fields; a class that says where it begins is reported from there.
  const below = Number.isFinite(least)
    ? gaps.find((gap) => !edges.some((edge) => edge < gap && isTaken(edge)))
    : undefined;
  const message = (amount: number): string =>
    `No code reports ${formatAmount(amount, first.unit)} of ${quoted(title)} as ${as}, though more is reported.`;
  const [{ part } = { part: undefined }] = bands;
  const at = part?.thresholds[0]?.origin ?? first.origin;
  return [inside, below].flatMap((gap) =>
    gap === undefined ? [] : [problem('gap-in-time', at, message(gap))],
  );
}
