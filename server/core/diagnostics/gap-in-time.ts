/** `gap-in-time`: amounts for which no class, or no code of a class, speaks, although it does for less and for more. */
import { uniqueBy } from '../base/lists.ts';
import { amountIn, formatAmount } from '../base/quantity.ts';
import { problem, type Problem } from '../base/problem.ts';
import { quoted, spaced } from '../base/words.ts';
import { bothCases, casesOf, rangeOf, type Case, type Range } from '../rules/cases.ts';
import { testsOf } from '../rules/condition.ts';
import type { ClassRule, Family } from '../rules/family.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { isExecutable, type ExecutableSpec, type Reports } from '../rules/spec.ts';
import { reaches, type Threshold } from '../rules/threshold.ts';
import type { RulesCheck } from './shared/check.ts';
import { setsInForce } from './shared/in-force.ts';
import { isLeft, spaceOf, vocabularyOf, type Space } from './shared/remainder.ts';

export const gapInTime: RulesCheck = (rules) => [
  ...rules.families.flatMap(gapsBetweenClasses),
  ...rules.families.flatMap((family) => gapsBetweenCodes(family, rules)),
];

/** Just beyond each bound of a class another class must begin, or nothing of the kind exists there. */
function gapsBetweenClasses(family: Family): Problem[] {
  const known = family.classes.map((rule) => ({ rule, cases: casesOf(rule.when) }));
  // Nobody can tell what a class takes whose cases are too many.
  if (known.some(({ cases }) => !cases)) return [];
  const all = known.flatMap(({ cases }) => cases ?? []);
  const space = spaceOf(all, (name) => vocabularyOf(family, [], name));
  return known.flatMap(({ rule, cases = [] }) =>
    cases.flatMap((own) =>
      [...own.keys()].flatMap((measure) => {
        const gap = gapBeyond(space, own, measure, all);
        return gap ? [classGap(rule, measure, gap)] : [];
      }),
    ),
  );
}

/** The amounts just beyond those of a case, where no class may be and where one is again for still more. */
function gapBeyond(space: Space, own: Case, measure: string, all: readonly Case[]): Range | undefined {
  const range = rangeOf(own.get(measure) ?? []);
  if (!range || !Number.isFinite(range.most)) return undefined;
  const amount = beyond(range);
  const facts = withoutFact(own, measure);
  // Facts that a class does not name may tell it apart from another one: where both may be, nothing is missing.
  const near = all.filter((other) => bothCases([facts], [withoutFact(other, measure)])?.length !== 0);
  const ranges = near.map((other) => ({ other, its: rangeOf(other.get(measure) ?? [], range.unit) }));
  if (ranges.some(({ its }) => !its || contains(its, amount))) return undefined;
  const later = ranges.flatMap(({ other, its }) =>
    its && its.least >= amount ? [withoutFact(other, measure)] : [],
  );
  return isLeft(space, facts, later, true) === false ? range : undefined;
}

/** The first amount beyond the most of a range. Where that is still part of it, the next whole one, since many things are only counted. */
const beyond = ({ most, belowMost }: Range): number => (belowMost ? most : most + 1);

const contains = ({ least, aboveLeast, most, belowMost }: Range, amount: number): boolean =>
  (aboveLeast ? amount > least : amount >= least) && (belowMost ? amount < most : amount <= most);

const withoutFact = (own: Case, fact: string): Case => new Map([...own].filter(([name]) => name !== fact));

function classGap({ title, origin }: ClassRule, measure: string, range: Range): Problem {
  // Minutes name their unit themselves.
  const amount = formatAmount(beyond(range), measure === 'minutes' ? '' : range.unit);
  const message = `${spaced(measure)} of ${amount} are beyond ${quoted(title)}, and no other class begins there, though one does later.`;
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return problem('gap-in-time', range.mostOrigin ?? origin, text);
}

/** For each class and position: the amounts between the codes' bounds, and those below the lowest that are of the class. */
function gapsBetweenCodes(family: Family, { specs }: RuleDocuments): Problem[] {
  const own = specs.filter(isExecutable).filter((spec) => spec.family?.value === family.id.value);
  const gaps = setsInForce(family, own).flatMap((set) =>
    family.classes.flatMap((rule) =>
      (['initial', 'sequential', 'each'] as const).flatMap((as) => codeGaps(family, rule, as, set)),
    ),
  );
  return uniqueBy(gaps, ({ at, message }) => JSON.stringify([at, message]));
}

function codeGaps(
  family: Family,
  rule: ClassRule,
  as: Reports['as'],
  specs: readonly ExecutableSpec[],
): Problem[] {
  const parts = specs
    .flatMap(({ reports }) => reports)
    .filter(({ classes }) => classes.some(({ value }) => value === rule.name));
  const bands = parts.filter((part) => part.as === as && !part.when).map(firstThreshold);
  const [first] = bands;
  if (!first || isLeftOut(family, rule, as, first.measure)) return [];
  // What may report the service takes an amount, too: a part with a condition, and one of every position.
  const takers = parts.filter((part) => mayReport(part, as)).map(firstThreshold);
  const alike = (own: Threshold | undefined): Threshold[] =>
    [own && inUnit(own, first)].flatMap((found) => found ?? []);
  const all = takers.flatMap(alike);
  // A code without a bound takes every amount; one that counts something else may.
  if (all.length < takers.length) return [];
  return gapsOf(all, bands.flatMap(alike), leastOf(rule, first)).map((amount) => {
    const message = `No code reports ${formatAmount(amount, first.unit)} of ${quoted(rule.title)} as ${as}, though more is reported.`;
    return problem('gap-in-time', first.origin, message);
  });
}

const firstThreshold = ({ thresholds }: Reports): Threshold | undefined => thresholds[0];

const mayReport = (part: Reports, as: Reports['as']): boolean =>
  part.as === as || part.as === 'each' || (as === 'each' && part.as !== 'additional-time');

/** Whether the family itself says of some amounts that no code reports them. */
const isLeftOut = (family: Family, rule: ClassRule, as: Reports['as'], measure: string): boolean =>
  family.unreported.some(
    (own) =>
      (own.classes.length === 0 || own.classes.some(({ value }) => value === rule.name)) &&
      (own.as.length === 0 || own.as.includes(as)) &&
      testsOf(own.when).some(({ fact }) => fact === measure),
  );

/** A threshold in the unit of another one; undefined where they count different things. */
function inUnit(own: Threshold, { measure, unit }: Threshold): Threshold | undefined {
  if (own.measure !== measure || own.described) return undefined;
  const scale = amountIn({ amount: 1, unit: own.unit }, unit);
  if (scale === undefined) return undefined;
  const scaled = (amount: number | undefined): number | undefined =>
    amount && amountIn({ amount, unit: own.unit }, unit);
  return {
    ...own,
    unit,
    atLeast: scaled(own.atLeast),
    moreThan: scaled(own.moreThan),
    atMost: scaled(own.atMost),
  };
}

/** The least amount that is of a class, in the unit of a threshold; endless where the class does not say. */
function leastOf({ when }: ClassRule, { measure, unit }: Threshold): number {
  const begins = casesOf(when)?.map((own) => {
    const range = rangeOf(own.get(measure) ?? [], unit);
    return range ? range.least + (range.aboveLeast ? 1 : 0) : -Infinity;
  });
  return Math.min(...(begins ?? [-Infinity]));
}

/** One amount that none takes above another one that is taken, and one below all of those, both below what a band takes. */
function gapsOf(takers: readonly Threshold[], bands: readonly Threshold[], least: number): number[] {
  const from = Math.max(1, least);
  const bounds = takers.flatMap(({ atLeast, moreThan, atMost }) => [atLeast, moreThan, atMost]);
  const edges = [from, ...bounds]
    .filter((edge) => edge !== undefined)
    .flatMap((edge) => [edge - 1, edge, edge + 1])
    .filter((edge) => edge >= from)
    .sort((a, b) => a - b);
  const isTaken = (amount: number): boolean => takers.some((own) => reaches(own, amount));
  const first = edges.findIndex(isTaken);
  const last = edges.map((edge) => bands.some((own) => reaches(own, edge))).lastIndexOf(true);
  const inside = edges.slice(Math.max(first, 0), last + 1).find((edge) => !isTaken(edge));
  // That too little is not reported is the rule of most fields; a class that says where it begins is reported from there.
  const below = Number.isFinite(least) && first > 0 && last > 0 ? edges[0] : undefined;
  return [inside, below].filter((gap) => gap !== undefined);
}
