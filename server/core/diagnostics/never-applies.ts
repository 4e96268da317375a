/** `never-applies`: clauses whose conditions cannot hold, by themselves or behind the clauses before them. */
import type { Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { listWords, quoted } from '../base/words.ts';
import { bothCases, caseOf, casesOf, fulfils, type Case } from '../rules/cases.ts';
import type { ClassRule, Family } from '../rules/family.ts';
import { ENCOUNTER_FACT_NAMES } from '../rules/known-facts.ts';
import type { Policy } from '../rules/policy.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { isExecutable, type ExecutableSpec, type Position, type Reports } from '../rules/spec.ts';
import type { RulesCheck } from './shared/check.ts';
import { classesOf, madeLines, mayBeLine, spokenOf, type MadeLine } from './shared/made-lines.ts';
import { isLeft, spaceOf, vocabularyOf, type Space } from './shared/remainder.ts';

export const neverApplies: RulesCheck = (rules) => {
  const lines = madeLines(rules);
  return [
    ...rules.families.flatMap((family) => checkFamily(family, rules)),
    ...rules.specs.filter(isExecutable).flatMap((spec) => checkSpec(spec, rules, lines)),
    ...rules.policies.flatMap((policy) => checkPolicy(policy, rules, lines)),
  ];
};

const report = (at: Origin, message: string, earlier: readonly Origin[] = []): Problem =>
  problem('never-applies', at, message, {
    related: earlier.map((origin) => ({ at: origin, message: 'What catches it.' })),
  });

const isImpossible = (cases: readonly Case[] | undefined): boolean => cases?.length === 0;

/** A class that policies amend is left out: whatever is said of it would hold for some payers only. */
function checkFamily(family: Family, { policies }: RuleDocuments): Problem[] {
  const changes = policies
    .flatMap(({ amends }) => amends)
    .filter((amendment) => amendment.family?.value === family.id.value)
    .map(({ familyChange }) => familyChange);
  const amended = new Set(changes.flatMap(({ classes }) => classes.map(({ name }) => name)));
  const space = spaceOf(
    family.classes.flatMap(({ when }) => casesOf(when) ?? []),
    (name) => vocabularyOf(family, changes, name),
  );
  return family.classes.flatMap((rule, index) => {
    if (isImpossible(casesOf(rule.when)))
      return [report(rule.origin, `The condition of the class ${rule.name} can never hold.`)];
    if (amended.has(rule.name)) return [];
    const before = family.classes.slice(0, index).filter(({ name }) => !amended.has(name));
    return isCaught(space, rule, before) ? [caughtBy(rule, catching(space, rule, before))] : [];
  });
}

/** Whether everything of a class is surely of one of those before it. */
const isCaught = (space: Space, { when }: ClassRule, before: readonly ClassRule[]): boolean => {
  const others = before.flatMap((rule) => casesOf(rule.when) ?? []);
  return casesOf(when)?.every((own) => isLeft(space, own, others) === false) ?? false;
};

/** Those before a class that are needed to catch everything of it: one, where one will do. */
function catching(space: Space, rule: ClassRule, before: readonly ClassRule[]): readonly ClassRule[] {
  const single = before.find((other) => isCaught(space, rule, [other]));
  if (single) return [single];
  return before.reduce((needed, other) => {
    const without = needed.filter((one) => one !== other);
    return isCaught(space, rule, without) ? without : needed;
  }, before);
}

function caughtBy({ name, origin }: ClassRule, others: readonly ClassRule[]): Problem {
  const titles = listWords(others.map(({ title }) => quoted(title)));
  return report(
    origin,
    `Nothing is ever of the class ${name}: whatever fits it is ${titles} before.`,
    others.map((other) => other.origin),
  );
}

function checkSpec(spec: ExecutableSpec, rules: RuleDocuments, lines: readonly MadeLine[]): Problem[] {
  const known = (part: Reports, positions: readonly string[]): readonly Case[] | undefined =>
    knownOf(spec, part, positions, rules);
  const parts = spec.reports.filter(
    (part) => part.when && isImpossible(bothCases(known(part, positionsOf(part)), casesOf(part.when))),
  );
  const all = [...spec.reports, ...lines.filter(({ code }) => code === spec.code).map(({ part }) => part)];
  const modifiers = spec.modifiers.filter(
    ({ when }) =>
      when &&
      [...new Set(all)].every((part) => isImpossible(bothCases(known(part, [part.as]), casesOf(when)))),
  );
  return [
    ...parts.map(({ origin }) =>
      report(origin, `${spec.code} never reports this: no service of its class can fulfil "when".`),
    ),
    ...modifiers.map(({ code, origin }) =>
      report(
        origin,
        `${spec.code} never gets modifier ${code}: no service that it reports can fulfil "when".`,
      ),
    ),
  ];
}

const SERVICE_POSITIONS: readonly Position[] = ['initial', 'sequential', 'concurrent', 'repeat', 'each'];

/** The positions of the services that a part may report. */
const positionsOf = ({ as }: Reports): readonly string[] =>
  as === 'each' || as === 'additional-time' ? SERVICE_POSITIONS : [as];

/**
 * What is known of every service that a part reports: its class and its position, and what its class demands of the
 * encounter. Not what its class demands of an administration: a service may be several of them, mixed in one bag or put
 * together, of which the first says what there is to say, and minutes are added up and taken off.
 */
function knownOf(
  { family, reports }: ExecutableSpec,
  part: Reports,
  positions: readonly string[],
  rules: RuleDocuments,
): readonly Case[] | undefined {
  const [{ origin }] = reports;
  const names = classesOf(part);
  const line = bothCases(
    [caseOf('class', origin, { kind: 'one-of', values: names })],
    [caseOf('as', origin, { kind: 'one-of', values: positions })],
  );
  const classes = names.flatMap((name) => encounterCases(family?.value, name, rules));
  return bothCases(line, classes);
}

const ANY_CASE: readonly Case[] = [new Map()];
const ENCOUNTER_FACTS: ReadonlySet<string> = new Set(ENCOUNTER_FACT_NAMES);

/** What a class, in any version and as any policy amends it, demands of the encounter. */
function encounterCases(
  family: string | undefined,
  name: string,
  { families, policies }: RuleDocuments,
): readonly Case[] {
  const changes = policies.flatMap(({ amends }) => amends).filter((one) => one.family?.value === family);
  const own = [
    ...families.filter(({ id }) => id.value === family).flatMap(({ classes }) => classes),
    ...changes.flatMap(({ familyChange }) => familyChange.classes),
  ].filter((rule) => rule.name === name);
  const cases = own.map(({ when }) => casesOf(when));
  if (cases.length === 0 || cases.some((found) => !found)) return ANY_CASE;
  const found = cases
    .flatMap((one) => one ?? [])
    .map((one) => new Map([...one].filter(([fact]) => ENCOUNTER_FACTS.has(fact))));
  return found.some(({ size }) => size === 0) ? ANY_CASE : found;
}

function checkPolicy(policy: Policy, rules: RuleDocuments, lines: readonly MadeLine[]): Problem[] {
  const own = lines.filter(({ family }) => policy.family === undefined || family === policy.family.value);
  return policy.rules.flatMap((rule) => {
    const cases = casesOf(rule.when);
    if (isImpossible(cases))
      return [report(rule.origin, `The condition of the rule ${rule.id} can never hold.`)];
    if (own.length === 0 || !cases?.every((one) => hasNoLine(one, policy, rules, own))) return [];
    return [
      report(
        rule.origin,
        `The rule ${rule.id} never applies: no specification makes a line of such code, class and position.`,
      ),
    ];
  });
}

/** Whether code, class and position of a case go together in no line that the policy speaks of. */
function hasNoLine(
  own: Case,
  policy: Policy,
  { policies }: RuleDocuments,
  lines: readonly MadeLine[],
): boolean {
  // A line whose code a rule replaced keeps its class and position, and goes on through the rules of its first code.
  const code = own.get('code');
  if (code && replacements(policies).some((other) => fulfils(code, other))) return false;
  return !(spokenOf(policy, [own]) ?? [own]).some((one) => mayBeLine(one, lines));
}

const replacements = (policies: readonly Policy[]): readonly string[] =>
  policies
    .flatMap(({ rules }) => rules)
    .flatMap(({ action }) => (action.kind === 'replace' ? [action.code] : []));
