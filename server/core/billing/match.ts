/**
 * Whether a specification reports a service, and what stands in the way. The same answer makes the lines and, where it
 * is no, the near misses.
 */
import { formatAmount } from '../base/quantity.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import { factNumber, factTexts, firstOf, type Fact, type FactLookup } from '../encounter/fact.ts';
import {
  describeFact,
  describeWants,
  evaluateCondition,
  isAsAsked,
  type TestedFact,
} from '../rules/condition.ts';
import type { Family } from '../rules/family.ts';
import type { SpecPart } from '../rules/rule-set.ts';
import type { Exclusion, Reports } from '../rules/spec.ts';
import { describeThreshold, reaches, unitsFor, type Threshold } from '../rules/threshold.ts';
import { amountOf } from './amount.ts';
import { usedFacts, unitOf } from './facts.ts';
import { factUse, type FactUse, type Reason } from './line.ts';
import type { PlacedService } from './position.ts';

/** What stands between a service and a code. `about` names the fact, so that one lack is not counted twice. */
export interface Obstacle {
  readonly about: string;
  readonly kind: 'excluded' | 'amount' | 'class' | 'position' | 'condition';
  readonly missing: boolean;
  /** Whether more or less of something would remove it, and not another kind of service. */
  readonly gradual: boolean;
  /** Codes that report what is excluded. */
  readonly instead: readonly string[];
  readonly reason: Reason;
}

export interface Match extends SpecPart {
  readonly placed: PlacedService;
  /** How much is there to be counted: minutes, or another measure. Undefined when nobody knows. */
  readonly amount: number | undefined;
  readonly units: number;
  /** Nothing stands in the way when empty. */
  readonly obstacles: readonly Obstacle[];
  readonly reasons: readonly Reason[];
}

/** `beyond` replaces the measured amount by the time that another code leaves. */
export function matchSpec(
  family: Family,
  { spec, part }: SpecPart,
  placed: PlacedService,
  beyond?: { readonly amount: number | undefined; readonly code: string },
): Match {
  const { service } = placed;
  const obstacles: Obstacle[] = [];
  const reasons: Reason[] = [];
  if (!isStated(part, placed) && !part.classes.some(({ value }) => value === service.rule.name)) {
    obstacles.push(...classObstacles(family, part, placed));
  }
  if (!beyond && !isReportedAs(part, placed)) obstacles.push(positionObstacle(part, placed));
  const facts = matchFacts(placed);
  obstacles.push(
    ...exclusionObstacles(family, spec.excludes, facts),
    ...conditionObstacles(family, part, facts),
  );
  const [first] = part.thresholds;
  const amount = beyond ? beyond.amount : first && amountOf(first, facts);
  for (const [index, threshold] of part.thresholds.entries()) {
    const own = index === 0 ? amount : amountOf(threshold, facts);
    const code = index === 0 ? beyond?.code : undefined;
    const obstacle = thresholdObstacle(threshold, own, placed, code);
    threshold.watch?.(!obstacle ? 'yes' : obstacle.missing ? 'unknown' : 'no');
    if (obstacle) obstacles.push(obstacle);
    else reasons.push(thresholdReason(threshold, own ?? 0, placed, code));
  }
  const units = first && amount !== undefined ? unitsFor(first, amount) : 1;
  return { spec, part, placed, amount, units, obstacles, reasons };
}

const isStated = (part: Reports, { position }: PlacedService): boolean =>
  part.as === 'stated' && position === 'stated';

/** Whether a part is that of a service; services that the record states are no administrations. */
export const isReportedAs = ({ as }: Reports, { position }: PlacedService): boolean =>
  as === position || (as === 'each' && position !== 'stated');

/** The service's facts with what is known of its position. */
export function matchFacts({
  service,
  position,
  standing,
  differsBy,
  reason,
  sincePrevious,
}: PlacedService): FactLookup {
  const derived = new Map<string, Fact['value']>([
    ['class', service.rule.name],
    ['as', position],
    ['initial', standing],
    ['differs_by', differsBy],
  ]);
  if (sincePrevious !== undefined) derived.set('minutes_since_previous', sincePrevious);
  return firstOf((name) => {
    const value = derived.get(name);
    return value === undefined ? undefined : { name, value, origin: reason.clause };
  }, service.facts);
}

/** What keeps a service out of the nearest of the classes that a code reports. */
function classObstacles(family: Family, part: Reports, { service }: PlacedService): Obstacle[] {
  const wanted = family.classes.filter(({ name }) => part.classes.some(({ value }) => value === name));
  let nearest: readonly TestedFact[] | undefined;
  for (const rule of wanted) {
    const { unmet } = evaluateCondition(rule.when, service.facts);
    if (!nearest || unmet.length < nearest.length) nearest = unmet;
  }
  const title = wanted[0]?.title ?? part.classes[0]?.value ?? 'another class';
  if (!nearest || nearest.length === 0) {
    const sentence = `it reports ${quoted(title)}; ${service.name} counts as ${quoted(service.rule.title)}`;
    return [
      {
        about: 'class',
        kind: 'class',
        missing: false,
        gradual: false,
        instead: [],
        reason: { clause: part.origin, facts: [], sentence },
      },
    ];
  }
  return telling(nearest).map((tested) => testObstacle(family, tested, 'class'));
}

function positionObstacle(part: Reports, placed: PlacedService): Obstacle {
  const { name } = placed.service;
  const own = POSITION_WORDS[placed.position] ?? placed.position;
  const sentence =
    part.as === 'stated'
      ? `it is reported where the record states it; ${name} is an administration`
      : `it reports the ${spaced(part.as)} service; ${name} is ${own}`;
  return {
    about: 'position',
    kind: 'position',
    missing: false,
    gradual: false,
    instead: [],
    reason: { clause: part.asOrigin, facts: [], sentence },
  };
}

const POSITION_WORDS: Readonly<Record<string, string | undefined>> = {
  each: 'neither initial nor additional',
  repeat: 'a repetition',
  stated: 'stated by its code',
};

function exclusionObstacles(family: Family, excludes: readonly Exclusion[], facts: FactLookup): Obstacle[] {
  return excludes.flatMap((exclusion): Obstacle[] => {
    const result = evaluateCondition(exclusion.when, facts);
    if (result.verdict === 'unknown') return [unknownExclusion(exclusion, result.unmet)];
    if (result.verdict === 'no') return [];
    const used = usedFacts(family, result.met.filter(isAsAsked));
    const reason = { clause: exclusion.origin, facts: used, sentence: exclusionSentence(exclusion, used) };
    const instead = exclusion.instead.map(({ value }) => value);
    const about = used[0]?.name ?? 'exclusion';
    return [{ about, kind: 'excluded', missing: false, gradual: false, instead, reason }];
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
    gradual: false,
    instead: [],
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

function conditionObstacles(family: Family, part: Reports, facts: FactLookup): Obstacle[] {
  const { verdict, unmet } = evaluateCondition(part.when, facts);
  if (verdict === 'yes') return [];
  return telling(unmet).map((tested) => testObstacle(family, tested, 'condition', verdict === 'unknown'));
}

/** Whether a fact is there at all goes without saying where more is asked of it. */
const telling = (tests: readonly TestedFact[]): readonly TestedFact[] =>
  tests.filter(
    ({ test: { fact, wants } }) =>
      wants.kind !== 'presence' ||
      !tests.some(({ test }) => test.fact === fact && test.wants.kind !== 'presence'),
  );

function testObstacle(
  family: Family,
  tested: TestedFact,
  kind: Obstacle['kind'],
  missing = !tested.found,
): Obstacle {
  const { test, found } = tested;
  const unit = unitOf(family, test.fact);
  const isEmpty = found !== undefined && factTexts(found).length === 0;
  // What is as asked stands in the way below a `not`.
  const needed = measured(
    test.fact,
    describeWants(test.wants),
    isAsAsked(tested) ? 'is left out' : 'is needed',
  );
  const sentence = isEmpty
    ? `${needed}, and it has no ${spaced(test.fact)}`
    : found
      ? `${needed}, ${measured('', describeFact(found, unit), 'is documented')}`
      : `${needed}, and ${spaced(test.fact)} ${test.fact.endsWith('s') ? 'are' : 'is'} not documented`;
  const facts = found ? [factUse(test.fact, describeFact(found, unit), found.origin)] : [];
  const gradual =
    test.wants.kind === 'compare' &&
    found !== undefined &&
    isWithinReach(test.wants.bound.amount, factNumber(found));
  const reason = { clause: test.origin, facts, sentence };
  return { about: test.fact, kind, missing, gradual, instead: [], reason };
}

/** Whether half of what is asked, or no more than twice as much, is there. */
const isWithinReach = (bound: number, amount: number | undefined): boolean =>
  amount !== undefined && amount * 2 >= bound && amount <= bound * 2;

const leastOf = ({ atLeast, moreThan, atMost }: Threshold): number => atLeast ?? moreThan ?? atMost ?? 0;

/** `route iv-push is needed`; a value that names its own unit stands alone: `at most 15 minutes are needed`. */
function measured(fact: string, value: string, verb: string): string {
  const isCount = /\d minutes$/.test(value);
  const what = fact === '' || (isCount && fact === 'minutes') ? value : `${spaced(fact)} ${value}`;
  return `${what} ${isCount ? verb.replace(/^is/, 'are') : verb}`;
}

function thresholdObstacle(
  threshold: Threshold,
  amount: number | undefined,
  placed: PlacedService,
  beyondCode: string | undefined,
): Obstacle | undefined {
  const used = amountFacts(threshold, matchFacts(placed));
  if (threshold.described) {
    const sentence = `its threshold on ${spaced(threshold.measure)} is described, not computed`;
    const reason = { clause: threshold.origin, facts: used, sentence };
    return { about: threshold.measure, kind: 'amount', missing: true, gradual: true, instead: [], reason };
  }
  if (amount !== undefined && reaches(threshold, amount)) return undefined;
  const beyond = beyondCode === undefined ? '' : ` beyond what ${beyondCode} covers`;
  const documented =
    amount === undefined
      ? `${spaced(threshold.measure)} ${threshold.measure.endsWith('s') ? 'are' : 'is'} not documented`
      : `${formatAmount(amount, threshold.unit)} ${amount === 1 ? 'is' : 'are'} documented`;
  const sentence = `${measureWords(threshold)}${describeThreshold(threshold)}${beyond} are needed, ${documented}`;
  return {
    about: threshold.measure,
    kind: 'amount',
    missing: amount === undefined,
    gradual: amount === undefined || isWithinReach(leastOf(threshold), amount),
    instead: [],
    reason: { clause: threshold.origin, facts: used, sentence },
  };
}

function thresholdReason(
  threshold: Threshold,
  amount: number,
  placed: PlacedService,
  beyondCode: string | undefined,
): Reason {
  const beyond = beyondCode === undefined ? '' : ` beyond what ${beyondCode} covers`;
  const units = threshold.repeats ? unitsFor(threshold, amount) : 1;
  const rate =
    threshold.covers === undefined
      ? ''
      : `, one unit for ${threshold.repeats ? 'each' : 'the first'} ${formatAmount(threshold.covers, threshold.unit)}`;
  const sentence = `${placed.service.name}: ${measureWords(threshold)}${formatAmount(amount, threshold.unit)}${beyond} ${amount === 1 ? 'is' : 'are'} documented, ${describeThreshold(threshold)} are needed${rate}${units > 1 ? `; that makes ${String(units)}` : ''}.`;
  return { clause: threshold.origin, facts: amountFacts(threshold, matchFacts(placed)), sentence };
}

/** Names the measure where it is not how long the service ran. */
const measureWords = ({ measure }: Threshold): string =>
  measure === 'minutes' ? '' : `${spaced(measure)}: `;

function amountFacts(threshold: Threshold, facts: FactLookup): FactUse[] {
  const fact = facts(threshold.measure);
  return fact ? [factUse(fact.name, describeFact(fact, threshold.unit), fact.origin)] : [];
}
