/** `never-applies`: clauses whose conditions cannot hold, by themselves or behind the clauses before them. */
import type { Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { quoted } from '../base/words.ts';
import { lookupIn, type Fact } from '../encounter/fact.ts';
import { bothCases, casesOf, valuesLeft, type Case, type Demand } from '../rules/cases.ts';
import { verdictOf } from '../rules/condition.ts';
import type { ClassRule, Family } from '../rules/family.ts';
import type { Policy } from '../rules/policy.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { isExecutable, type ExecutableSpec } from '../rules/spec.ts';
import type { RulesCheck } from './shared/check.ts';

export const neverApplies: RulesCheck = (rules) => [
  ...rules.families.flatMap(checkFamily),
  ...rules.specs.filter(isExecutable).flatMap((spec) => checkSpec(spec, rules)),
  ...rules.policies.flatMap((policy) => checkPolicy(policy, rules)),
];

const report = (at: Origin, message: string, earlier?: Origin): Problem =>
  problem('never-applies', at, message, {
    related: earlier ? [{ at: earlier, message: 'What catches it.' }] : [],
  });

const isImpossible = (cases: readonly Case[] | undefined): boolean => cases?.length === 0;

function checkFamily(family: Family): Problem[] {
  return family.classes.flatMap((rule, index) => {
    const cases = casesOf(rule.when);
    if (!cases) return [];
    if (cases.length === 0)
      return [report(rule.origin, `The condition of the class ${rule.name} can never hold.`)];
    const before = family.classes.slice(0, index);
    const catching = caughtBy(family, cases, before);
    return catching
      ? [
          report(
            rule.origin,
            `Nothing is ever of the class ${rule.name}: whatever fits it is ${quoted(catching.title)} before.`,
            catching.origin,
          ),
        ]
      : [];
  });
}

/** The earlier class that catches a representative of every case; undefined where one gets through, or nobody can tell. */
function caughtBy(
  family: Family,
  cases: readonly Case[],
  before: readonly ClassRule[],
): ClassRule | undefined {
  let last: ClassRule | undefined;
  for (const own of cases) {
    const points = representatives(family, own, before);
    if (!points) return undefined;
    for (const point of points) {
      const facts = lookupIn(point);
      const catching = before.find(({ when }) => verdictOf(when, facts) === 'yes');
      if (!catching) return undefined;
      last = catching;
    }
  }
  return last;
}

/** More points than this are not tried: then nothing is concluded. */
const MAX_POINTS = 4096;

/**
 * Facts that stand for all in a case: every value and every edge that a condition here asks of. A fact that the case
 * leaves open has the value that no condition names, too.
 */
function representatives(
  family: Family,
  own: Case,
  before: readonly ClassRule[],
): readonly ReadonlyMap<string, Fact>[] | undefined {
  const asked = before.map(({ when }) => casesOf(when));
  if (asked.some((cases) => !cases)) return undefined;
  const demands = asked.flatMap((cases) => (cases ?? []).flatMap((one) => [...one]));
  const names = new Set([...own.keys(), ...demands.map(([name]) => name)]);
  let points: ReadonlyMap<string, Fact>[] = [new Map()];
  for (const name of names) {
    const others = demands.filter(([fact]) => fact === name).map(([, demand]) => demand);
    const values = candidates(family, name, own.get(name), others);
    if (points.length * values.length > MAX_POINTS) return undefined;
    points = points.flatMap((point) => values.map((value) => withFact(point, name, value)));
  }
  return points;
}

/** An empty list stands for a fact that entries of the other list do not have. */
type Candidate = string | number | readonly string[] | undefined;

function candidates(
  family: Family,
  name: string,
  demand: Demand | undefined,
  others: readonly Demand[],
): readonly Candidate[] {
  if (demand?.documented === false) return [undefined];
  const all = demand ? [demand, ...others] : others;
  const counts = all.some(({ least, most }) => least > -Infinity || most < Infinity);
  if (counts) return edges(all).filter((value) => !demand || fits(demand, value));
  const listed = [...(family.facts.get(name)?.values.keys() ?? [])];
  const named = [
    ...new Set([...listed, ...all.flatMap(({ values = [], forbidden }) => [...values, ...forbidden])]),
  ];
  const left = demand ? valuesLeft(demand, named) : named;
  const isElsewhere = family.facts.get(name)?.of !== undefined && !demand;
  const rest: readonly Candidate[] = [
    ...(listed.length > 0 ? [] : ['\u0000other']),
    ...(isElsewhere ? [[]] : []),
  ];
  return demand?.values ? left : [...left, ...rest];
}

/** A number on each edge and on both sides of it. */
const edges = (demands: readonly Demand[]): number[] => {
  const bounds = demands.flatMap(({ least, most }) => [least, most]).filter(Number.isFinite);
  return [...new Set([...bounds, ...bounds.flatMap((bound) => [bound - 1, bound + 1])])].filter(
    (value) => value >= 0,
  );
};

const fits = ({ least, aboveLeast, most, belowMost }: Demand, value: number): boolean =>
  (aboveLeast ? value > least : value >= least) && (belowMost ? value < most : value <= most);

function withFact(
  point: ReadonlyMap<string, Fact>,
  name: string,
  value: Candidate,
): ReadonlyMap<string, Fact> {
  if (value === undefined) return point;
  const origin = { document: '', path: '', part: 'value' } as unknown as Origin;
  return new Map([...point, [name, { name, value, origin }]]);
}

function checkSpec(spec: ExecutableSpec, { families }: RuleDocuments): Problem[] {
  const family = families.find(({ id }) => id.value === spec.family?.value);
  const classCases = (names: readonly string[]): readonly Case[] | undefined => {
    const found = (family?.classes ?? [])
      .filter(({ name }) => names.includes(name))
      .map(({ when }) => casesOf(when));
    return found.some((cases) => !cases) ? undefined : found.flatMap((cases) => cases ?? []);
  };
  const names = spec.reports.flatMap(({ classes }) => classes.map(({ value }) => value));
  return [
    ...spec.reports.flatMap((part) => {
      const own = classCases(part.classes.map(({ value }) => value));
      const impossible =
        part.when !== undefined && own && own.length > 0 && isImpossible(bothCases(own, casesOf(part.when)));
      return impossible
        ? [report(part.origin, `${spec.code} never reports this: no service of its class can fulfil "when".`)]
        : [];
    }),
    ...spec.modifiers.flatMap(({ code, when, origin }) => {
      if (!when) return [];
      const own = classCases(names);
      const cases = own && own.length > 0 ? bothCases(own, casesOf(when)) : casesOf(when);
      return isImpossible(cases)
        ? [
            report(
              origin,
              `${spec.code} never gets modifier ${code}: no service that it reports can fulfil "when".`,
            ),
          ]
        : [];
    }),
  ];
}

function checkPolicy(policy: Policy, { specs }: RuleDocuments): Problem[] {
  const codes = policy.codes.map(({ value }) => value);
  const own = specs
    .filter(isExecutable)
    .filter(({ family }) => policy.family === undefined || family?.value === policy.family.value)
    .filter(({ code }) => codes.length === 0 || codes.includes(code));
  return policy.rules.flatMap((rule) => {
    const cases = casesOf(rule.when);
    if (isImpossible(cases))
      return [report(rule.origin, `The condition of the rule ${rule.id} can never hold.`)];
    if (own.length === 0 || !cases?.every((one) => hasNoLine(one, own, codes))) return [];
    return [
      report(
        rule.origin,
        `The rule ${rule.id} never applies: no specification makes a line of such code, class and position.`,
      ),
    ];
  });
}

/** Whether code, class and position of a case go together in no specification. */
function hasNoLine(own: Case, specs: readonly ExecutableSpec[], codes: readonly string[]): boolean {
  const wanted = (name: string): readonly string[] | undefined => own.get(name)?.values;
  const [code, classes, as] = [wanted('code'), wanted('class'), wanted('as')];
  if (!code && !classes && !as) return false;
  // Lines of drugs come from tables, whatever their codes.
  if (as?.includes('drug')) return false;
  // Codes that no specification here is about may be those of drugs, or be stated by the record.
  if (code && codes.length === 0 && !specs.some((spec) => code.includes(spec.code))) return false;
  return !specs.some(
    (spec) =>
      (!code || code.includes(spec.code)) &&
      spec.reports.some(
        (part) =>
          (!as || as.includes(part.as)) &&
          (!classes || part.classes.some(({ value }) => classes.includes(value))),
      ),
  );
}
