/**
 * Whether a specification reports a service, and what stands in the way. The same answer makes the lines and, where it
 * is no, the near misses.
 */
import { formatAmount } from '../base/quantity.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import { factNumber, firstOf, type Fact, type FactLookup } from '../encounter/fact.ts';
import { describeFact, describeWants, evaluateCondition, type TestedFact } from '../rules/condition.ts';
import type { Family } from '../rules/family.ts';
import type { Exclusion, ExecutableSpec } from '../rules/spec.ts';
import { describeThreshold, reaches, unitsFor, type Threshold } from '../rules/threshold.ts';
import { usedFacts, unitOf } from './facts.ts';
import { factUse, type FactUse, type Reason } from './line.ts';
import type { PlacedService } from './position.ts';

/** What stands between a service and a code. `about` names the fact, so that one lack is not counted twice. */
export interface Obstacle {
  readonly about: string;
  readonly kind: 'excluded' | 'amount' | 'class' | 'position' | 'condition';
  readonly missing: boolean;
  readonly reason: Reason;
}

export interface Match {
  readonly spec: ExecutableSpec;
  readonly placed: PlacedService;
  /** How much is there to be counted: minutes, or another measure. Undefined when nobody knows. */
  readonly amount: number | undefined;
  readonly units: number;
  /** Nothing stands in the way when empty. */
  readonly obstacles: readonly Obstacle[];
  readonly reasons: readonly Reason[];
}

/** `amount` replaces the measured amount for time beyond what another code covers. */
export function matchSpec(
  family: Family,
  spec: ExecutableSpec,
  placed: PlacedService,
  beyond?: { readonly amount: number | undefined; readonly code: string },
): Match {
  const { service } = placed;
  const obstacles: Obstacle[] = [];
  const reasons: Reason[] = [];
  if (!spec.reports.classes.some(({ value }) => value === service.rule.name)) {
    obstacles.push(...classObstacles(family, spec, placed));
  }
  if (!beyond && spec.reports.as !== placed.position && spec.reports.as !== 'each') {
    obstacles.push(positionObstacle(spec, placed));
  }
  const facts = matchFacts(placed);
  obstacles.push(...exclusionObstacles(family, spec, facts), ...conditionObstacles(family, spec, facts));
  const [first] = spec.thresholds;
  const amount = beyond ? beyond.amount : first && amountOf(first, service.facts);
  for (const [index, threshold] of spec.thresholds.entries()) {
    const own = index === 0 ? amount : amountOf(threshold, service.facts);
    const obstacle = thresholdObstacle(threshold, own, placed, index === 0 ? beyond?.code : undefined);
    if (obstacle) obstacles.push(obstacle);
    else reasons.push(thresholdReason(threshold, own ?? 0, placed, index === 0 ? beyond?.code : undefined));
  }
  const units = first && amount !== undefined ? unitsFor(first, amount) : 1;
  return { spec, placed, amount, units, obstacles, reasons };
}

const amountOf = (threshold: Threshold, facts: FactLookup): number | undefined => {
  const fact = facts(threshold.measure);
  return fact && factNumber(fact);
};

/** The service's facts with what is known of its position. */
export function matchFacts({ service, position, standing, differsBy, reason }: PlacedService): FactLookup {
  const derived = new Map<string, Fact['value']>([
    ['class', service.rule.name],
    ['as', position],
    ['initial', standing],
  ]);
  if (differsBy.length > 0) derived.set('differs_by', differsBy);
  return firstOf((name) => {
    const value = derived.get(name);
    return value === undefined ? undefined : { name, value, origin: reason.clause };
  }, service.facts);
}

/** What keeps a service out of the nearest of the classes that a code reports. */
function classObstacles(family: Family, spec: ExecutableSpec, { service }: PlacedService): Obstacle[] {
  const wanted = family.classes.filter(({ name }) =>
    spec.reports.classes.some(({ value }) => value === name),
  );
  let nearest: readonly TestedFact[] | undefined;
  for (const rule of wanted) {
    const { unmet } = evaluateCondition(rule.when, service.facts);
    if (!nearest || unmet.length < nearest.length) nearest = unmet;
  }
  const title = wanted[0]?.title ?? spec.reports.classes[0]?.value ?? 'another class';
  if (!nearest || nearest.length === 0) {
    const sentence = `it reports ${quoted(title)}; ${service.name} counts as ${quoted(service.rule.title)}`;
    return [
      {
        about: 'class',
        kind: 'class',
        missing: false,
        reason: { clause: spec.reports.origin, facts: [], sentence },
      },
    ];
  }
  return nearest.map((tested) => testObstacle(family, tested, 'class'));
}

function positionObstacle(spec: ExecutableSpec, placed: PlacedService): Obstacle {
  const sentence = `it reports the ${spaced(spec.reports.as)} service; ${placed.service.name} is ${placed.position === 'each' ? 'neither initial nor additional' : placed.position}`;
  return {
    about: 'position',
    kind: 'position',
    missing: false,
    reason: { clause: spec.reports.asOrigin, facts: [], sentence },
  };
}

function exclusionObstacles(family: Family, spec: ExecutableSpec, facts: FactLookup): Obstacle[] {
  return spec.excludes.flatMap((exclusion): Obstacle[] => {
    const result = evaluateCondition(exclusion.when, facts);
    if (result.verdict === 'unknown') return [unknownExclusion(exclusion, result.unmet)];
    if (result.verdict === 'no') return [];
    const used = usedFacts(family, result.met);
    const reason = { clause: exclusion.origin, facts: used, sentence: exclusionSentence(exclusion, used) };
    return [{ about: used[0]?.name ?? 'exclusion', kind: 'excluded', missing: false, reason }];
  });
}

/** An exclusion that asks for a fact that the record lacks: nobody can say that it does not hold. */
function unknownExclusion(exclusion: Exclusion, unmet: readonly TestedFact[]): Obstacle {
  const what = listWords(
    unmet.map(({ test: { fact, wants } }) => `${spaced(fact)} ${describeWants(wants)}`),
    'and',
  );
  const sentence = `it excludes ${what}, and the record does not say whether that holds`;
  const about = unmet[0]?.test.fact ?? 'exclusion';
  return {
    about,
    kind: 'condition',
    missing: true,
    reason: { clause: exclusion.origin, facts: [], sentence },
  };
}

function exclusionSentence({ instead, reason }: Exclusion, used: readonly FactUse[]): string {
  const what = listWords(
    used.map(({ name, value }) => `${spaced(name)} ${value}`),
    'and',
  );
  const why = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  const codes = listWords(instead.map(({ value }) => value));
  return `it excludes ${what}${why}${codes === '' ? '' : `; ${codes} ${instead.length > 1 ? 'report' : 'reports'} it instead`}`;
}

function conditionObstacles(family: Family, spec: ExecutableSpec, facts: FactLookup): Obstacle[] {
  const { verdict, unmet } = evaluateCondition(spec.reports.when, facts);
  if (verdict === 'yes') return [];
  return unmet.map((tested) => testObstacle(family, tested, 'condition', verdict === 'unknown'));
}

function testObstacle(
  family: Family,
  { test, found }: TestedFact,
  kind: Obstacle['kind'],
  missing = !found,
): Obstacle {
  const unit = unitOf(family, test.fact);
  const sentence = found
    ? `${spaced(test.fact)} ${describeWants(test.wants)} is needed, ${describeFact(found, unit)} is documented`
    : `${spaced(test.fact)} ${describeWants(test.wants)} is needed, and ${spaced(test.fact)} is not documented`;
  const facts = found ? [factUse(test.fact, describeFact(found, unit), found.origin)] : [];
  return { about: test.fact, kind, missing, reason: { clause: test.origin, facts, sentence } };
}

function thresholdObstacle(
  threshold: Threshold,
  amount: number | undefined,
  { service }: PlacedService,
  beyondCode: string | undefined,
): Obstacle | undefined {
  if (threshold.described) {
    const sentence = `its threshold on ${spaced(threshold.measure)} is described, not computed`;
    const reason = { clause: threshold.origin, facts: amountFacts(threshold, service.facts), sentence };
    return { about: threshold.measure, kind: 'amount', missing: true, reason };
  }
  if (amount !== undefined && reaches(threshold, amount)) return undefined;
  const beyond = beyondCode === undefined ? '' : ` beyond what ${beyondCode} covers`;
  const documented =
    amount === undefined
      ? `${spaced(threshold.measure)} ${threshold.measure.endsWith('s') ? 'are' : 'is'} not documented`
      : `${formatAmount(amount, threshold.unit)} ${amount === 1 ? 'is' : 'are'} documented`;
  const sentence = `${describeThreshold(threshold)}${beyond} are needed, ${documented}`;
  return {
    about: threshold.measure,
    kind: 'amount',
    missing: amount === undefined,
    reason: { clause: threshold.origin, facts: amountFacts(threshold, service.facts), sentence },
  };
}

function thresholdReason(
  threshold: Threshold,
  amount: number,
  { service }: PlacedService,
  beyondCode: string | undefined,
): Reason {
  const beyond = beyondCode === undefined ? '' : ` beyond what ${beyondCode} covers`;
  const units = threshold.repeats ? unitsFor(threshold, amount) : 1;
  const rate =
    threshold.covers === undefined
      ? ''
      : `, one unit for ${threshold.repeats ? 'each' : 'the first'} ${formatAmount(threshold.covers, threshold.unit)}`;
  const sentence = `${service.name}: ${formatAmount(amount, threshold.unit)}${beyond} ${amount === 1 ? 'is' : 'are'} documented, ${describeThreshold(threshold)} are needed${rate}${units > 1 ? `; that makes ${String(units)}` : ''}.`;
  return { clause: threshold.origin, facts: amountFacts(threshold, service.facts), sentence };
}

function amountFacts(threshold: Threshold, facts: FactLookup): FactUse[] {
  const fact = facts(threshold.measure);
  return fact ? [factUse(fact.name, describeFact(fact, threshold.unit), fact.origin)] : [];
}
