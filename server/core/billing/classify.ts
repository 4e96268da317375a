/**
 * Step 2: classes. Each activity gets the first class of the family that holds. Where a fact is missing, more than one
 * class may be the right one; the likeliest is taken and everything that follows from it is unknown.
 */
import { linkedTo, type Activity, type Encounter } from '../encounter/encounter.ts';
import type { FactLookup } from '../encounter/fact.ts';
import { describeFact, evaluateCondition, verdictOf, type ConditionResult } from '../rules/condition.ts';
import type { ClassRule, Family } from '../rules/family.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import { factsOf, unitOf, usedFacts } from './facts.ts';
import { factUse, type FactUse, type Reason } from './line.ts';

interface TriedClass {
  readonly rule: ClassRule;
  readonly result: ConditionResult;
}

export type Classified =
  | {
      readonly kind: 'classified';
      readonly activity: Activity;
      readonly facts: FactLookup;
      readonly rule: ClassRule;
      /** Facts that the record lacks and that decide the class; empty when the class is certain. */
      readonly missing: readonly string[];
      /** Every class that the missing facts leave open, the chosen one included. */
      readonly open: readonly ClassRule[];
      readonly reason: Reason;
    }
  | { readonly kind: 'never-reported'; readonly activity: Activity; readonly reason: Reason }
  | { readonly kind: 'none'; readonly activity: Activity; readonly facts: FactLookup };

export function classify(family: Family, encounter: Encounter): readonly Classified[] {
  return encounter.activities
    .filter((activity) => !activity.facts.has('code'))
    .map((activity) => inBagOf(family, encounter, activity, classifyActivity(family, encounter, activity)));
}

/** What was mixed into another's bag is of that one's class: one bag is one administration. */
function inBagOf(family: Family, encounter: Encounter, activity: Activity, own: Classified): Classified {
  const bag = bagOf(encounter, activity);
  if (bag === activity || own.kind === 'never-reported') return own;
  const whole = classifyActivity(family, encounter, bag);
  if (whole.kind !== 'classified') return own;
  const facts = own.kind === 'classified' ? own.facts : factsOf(family, encounter, activity);
  return { ...whole, activity, facts };
}

/** The bag that an activity is in, through others that are in it; circles have been taken apart before. */
function bagOf(encounter: Encounter, activity: Activity): Activity {
  const outer = linkedTo(encounter, activity, 'mixed_with');
  return outer ? bagOf(encounter, outer) : activity;
}

function classifyActivity(family: Family, encounter: Encounter, activity: Activity): Classified {
  const facts = factsOf(family, encounter, activity);
  const never = neverReported(family, activity);
  if (never) return { kind: 'never-reported', activity, reason: never };
  const tried = tryClasses(family, activity, facts);
  const likeliest = pickLikeliest(tried);
  if (!likeliest) return { kind: 'none', activity, facts };
  const missing = tried.flatMap(({ result }) => result.unmet.map(({ test }) => test.fact));
  const open = tried.map(({ rule }) => rule);
  return {
    kind: 'classified',
    activity,
    facts,
    rule: likeliest.rule,
    missing: [...new Set(missing)],
    open,
    reason: classReason(family, activity, likeliest, open, missing),
  };
}

/**
 * Classes that hold or may hold, up to the first that surely holds. One of which the entry itself documents nothing is no
 * more likely than any other, so it is none; a value that cannot be read is documented.
 */
function tryClasses(family: Family, activity: Activity, facts: FactLookup): TriedClass[] {
  const tried: TriedClass[] = [];
  for (const rule of family.classes) {
    if (verdictOf(rule.when, facts) === 'no') continue;
    const result = evaluateCondition(rule.when, facts);
    const { verdict, met, unmet } = result;
    const isGuess =
      verdict === 'unknown' && ![...met, ...unmet].some(({ test }) => activity.facts.has(test.fact));
    if (!isGuess) tried.push({ rule, result });
    if (verdict === 'yes') break;
  }
  return tried;
}

/** The class with the least missing; of several, the last one, since families name their exceptions first. */
function pickLikeliest(tried: readonly TriedClass[]): TriedClass | undefined {
  let best: TriedClass | undefined;
  for (const candidate of tried) {
    if (!best || candidate.result.unmet.length <= best.result.unmet.length) best = candidate;
  }
  return best;
}

function classReason(
  family: Family,
  { name }: Activity,
  { rule, result }: TriedClass,
  open: readonly ClassRule[],
  missing: readonly string[],
): Reason {
  const facts = usedFacts(family, result.met);
  const told = facts.map(tellFact);
  const lacking = [...new Set(missing)];
  const sentence =
    missing.length === 0
      ? `${name} counts as ${quoted(rule.title)}: ${listWords(told, 'and')}.`
      : `${name} may count as ${listWords(open.map(({ title }) => quoted(title)))}: ${listWords(lacking.map(spaced), 'and')} ${lacking.length > 1 || lacking[0]?.endsWith('s') ? 'are' : 'is'} not documented.`;
  return { clause: rule.origin, facts, sentence };
}

/** `route iv-infusion`; a value that names its own unit stands alone: `95 minutes`. */
const tellFact = ({ name, value }: FactUse): string =>
  value.endsWith(` ${name}`) ? value : `${spaced(name)} ${value}`;

/** The reason why an activity is never reported, when one of its values says so. */
function neverReported(family: Family, activity: Activity): Reason | undefined {
  for (const fact of activity.facts.values()) {
    const value = family.facts.get(fact.name)?.values.get(String(fact.value));
    if (!value?.neverReported) continue;
    return {
      clause: value.neverReported.origin,
      facts: [factUse(fact.name, describeFact(fact, unitOf(family, fact.name)), fact.origin)],
      sentence: `${activity.name} is not reported: ${value.neverReported.value}`,
    };
  }
  return undefined;
}
