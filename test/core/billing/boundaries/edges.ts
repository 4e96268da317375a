/** Whether encounters lie on both sides of every bound that the documents write: of codes, of classes and of positions. */
import { evaluateCondition, type Condition } from '../../../../server/core/rules/condition.ts';
import type { ConcurrentRule } from '../../../../server/core/rules/hierarchy.ts';
import type { FamilyRules } from '../../../../server/core/rules/rule-set.ts';
import type { ExecutableSpec, Reports } from '../../../../server/core/rules/spec.ts';
import type { Bounds, Threshold } from '../../../../server/core/rules/threshold.ts';
import type { Origin } from '../../../../server/core/base/origin.ts';
import { amountOf } from '../../../../server/core/billing/amount.ts';
import type { Classified } from '../../../../server/core/billing/classify.ts';
import { stagesOf } from '../../../../server/core/billing/evaluate.ts';
import { matchFacts, type Match } from '../../../../server/core/billing/match.ts';
import type { PlacedService } from '../../../../server/core/billing/position.ts';
import type { Stages } from '../../../../server/core/billing/stages.ts';
import { clockMinutes, overlapMinutes } from '../../../../server/core/billing/time.ts';
import type { Bench } from '../../../support/bench.ts';

/** The last amount on one side of a bound and the first on the other. */
type Edge = readonly [below: number, above: number];

/** What no encounter is about: bounds with nothing on one of their sides, limits that are never met, parts never played. */
export function openEdges(bench: Bench, encounters: readonly string[]): readonly string[] {
  const stages = encounters.flatMap((text) => {
    const { rules, encounter } = bench.ask(text);
    return stagesOf(rules, encounter);
  });
  const [first] = stages;
  if (!first) return ['everything'];
  const matches = stages.flatMap(({ reported }) => reported.questions());
  const { specs } = first.rules;
  return [
    ...specs.flatMap(({ code, reports }) => reports.flatMap((part) => ofPart(code, part, matches, stages))),
    ...specs.flatMap((spec) => ofCounts(spec, stages)),
    ...ofClasses(
      first.rules,
      stages.flatMap(({ classified }) => classified),
    ),
    ...ofPositions(first.rules, stages),
  ];
}

const isSame = (a: Origin, b: Origin): boolean => a.document === b.document && a.path === b.path;

function ofPart(code: string, part: Reports, matches: readonly Match[], all: readonly Stages[]): string[] {
  const classes = part.classes.map(({ value }) => value).join(', ');
  const name = `${code} as ${part.as}${classes === '' ? '' : ` of ${classes}`}`;
  const own = matches.filter((match) => isSame(match.part.origin, part.origin));
  const isMade =
    part.as === 'stated' || all.some(({ made }) => made.some(({ clause }) => isSame(clause, part.origin)));
  return [
    ...(isMade ? [] : [`${name}: no line`]),
    ...part.thresholds.flatMap((threshold, index) => ofThreshold(name, threshold, index, own)),
  ];
}

function ofThreshold(name: string, threshold: Threshold, index: number, own: readonly Match[]): string[] {
  const { measure } = threshold;
  const amount = (match: Match): number | undefined =>
    index === 0 ? match.amount : amountOf(threshold, matchFacts(match.placed));
  const reached = new Set(own.filter(({ obstacles }) => obstacles.length === 0).map(amount));
  const missed = new Set(own.filter((match) => lacksOnly(measure, match)).map(amount));
  const where = (side: number): string => `${name}: ${measure} ${String(side)}`;
  return [
    ...edgesOf(threshold).flatMap(([out, within]) => [
      ...(missed.has(out) ? [] : [`${where(out)}, not reported`]),
      ...(reached.has(within) ? [] : [`${where(within)}, reported`]),
    ]),
    ...unitEdges(threshold)
      .flat()
      .filter((side) => !reached.has(side))
      .map((side) => `${where(side)}, reported`),
  ];
}

/** Nothing but the amount stands in the way, and the position that goes with the class which the amount decides. */
function lacksOnly(measure: string, { obstacles }: Match): boolean {
  const isClass = obstacles.some(({ about, kind }) => about === measure && kind === 'class');
  return (
    obstacles.length > 0 &&
    obstacles.every(({ about, kind }) => about === measure || (isClass && kind === 'position'))
  );
}

/** For each bound the nearest amount that does not reach it, and the nearest that does. */
const edgesOf = ({ atLeast, moreThan, atMost }: Bounds): readonly Edge[] => [
  ...(atLeast === undefined ? [] : [[atLeast - 1, atLeast] as const]),
  ...(moreThan === undefined ? [] : [[moreThan, moreThan + 1] as const]),
  ...(atMost === undefined ? [] : [[atMost + 1, atMost] as const]),
];

/** Where one unit becomes two. */
function unitEdges({ covers, repeats, atLeast, moreThan = 0 }: Threshold): readonly Edge[] {
  if (covers === undefined || !repeats) return [];
  const second = covers + (atLeast ?? moreThan + 1);
  return [[second - 1, second]];
}

/** Limits of units, met and exceeded; codes that are not reported beside others, alone and beside them. */
function ofCounts({ code, limit, notBeside }: ExecutableSpec, all: readonly Stages[]): string[] {
  const dropped = ({ origin }: { readonly origin: Origin }, { dropped: lines }: Stages): boolean =>
    lines.some(({ reason }) => isSame(reason.clause, origin));
  const unitsIn = ({ edited }: Stages): number =>
    edited.filter((draft) => draft.code === code).reduce((sum, { units }) => sum + units, 0);
  const isMet = all.some((own) => limit && unitsIn(own) === limit.units && !dropped(limit, own));
  const isExceeded = all.some((own) => limit && dropped(limit, own));
  return [
    ...(limit && !isMet ? [`${code}: as many units as its limit`] : []),
    ...(limit && !isExceeded ? [`${code}: more units than its limit`] : []),
    ...notBeside
      .filter((rule) => !all.some((own) => dropped(rule, own)))
      .map(({ reason }) => `${code}: beside what keeps it away, ${reason}`),
    ...(notBeside.length > 0 && !all.some((own) => unitsIn(own) > 0)
      ? [`${code}: beside nothing that keeps it away`]
      : []),
  ];
}

/** Bounds on the minutes in the conditions of classes: two administrations that are alike but for the minutes. */
function ofClasses({ family }: FamilyRules, classified: readonly Classified[]): string[] {
  const known = classified.filter((item) => item.kind !== 'never-reported');
  return family.classes.flatMap((rule) => {
    const verdicts = new Map<string, Map<number, string>>();
    for (const { facts, activity } of known) {
      const minutes = facts('minutes')?.value;
      if (typeof minutes !== 'number') continue;
      const rest = [...activity.facts.values()].filter((fact) => fact.name !== 'minutes');
      const key = [...rest, ...[facts('claim') ?? []].flat()].map(
        ({ name, value }) => `${name} ${String(value)}`,
      );
      const own = verdicts.get(key.sort().join()) ?? new Map<number, string>();
      verdicts.set(key.join(), own.set(minutes, evaluateCondition(rule.when, facts).verdict));
    }
    const tells = ([below, above]: Edge): boolean =>
      [...verdicts.values()].some(
        (own) => own.has(below) && own.has(above) && own.get(below) !== own.get(above),
      );
    return minutesIn(rule.when)
      .filter((edge) => !tells(edge))
      .map((edge) => `class ${rule.name}: ${edge.join(' and ')} minutes`);
  });
}

function minutesIn(condition: Condition): readonly Edge[] {
  if (condition.kind !== 'fact') return condition.parts.flatMap(minutesIn);
  const { fact, wants } = condition;
  if (fact !== 'minutes' || wants.kind !== 'compare') return [];
  const { amount } = wants.bound;
  return [wants.operator === 'at_least' ? [amount - 1, amount] : [amount, amount + 1]];
}

/** How far services overlap or lie apart, on both sides of what the family asks for. */
function ofPositions({ family }: FamilyRules, all: readonly Stages[]): string[] {
  return family.hierarchies.flatMap(({ id, concurrent, repeats }) => [
    ...concurrent.flatMap((rule) => ofOverlap(`${id}, ${rule.id}`, rule, all)),
    ...repeats.flatMap((rule) => {
      const gaps = new Set(
        all.flatMap(({ placed }) =>
          placed.services
            .filter(({ service }) => rule.among.some(({ value }) => value === service.rule.name))
            .map(({ sincePrevious }) => sincePrevious),
        ),
      );
      return (rule.apart ? edgesOf(rule.apart) : [])
        .flat()
        .filter((gap) => !gaps.has(gap))
        .map((gap) => `${id}, ${rule.id}: ${String(gap)} minutes apart`);
    }),
  ]);
}

function ofOverlap(name: string, rule: ConcurrentRule, all: readonly Stages[]): string[] {
  const pairs = all.flatMap(({ placed: { services } }) =>
    services.flatMap((one) => services.flatMap((other) => overlapOf(rule, one, other) ?? [])),
  );
  const has = (
    as: string,
    minutes: (amount: number) => boolean,
    share: (amount: number) => boolean,
  ): boolean => pairs.some((pair) => pair.as === as && minutes(pair.minutes) && share(pair.share));
  const least = rule.overlap?.moreThan ?? 0;
  const part = rule.share?.moreThan ?? 0;
  const sides: readonly (readonly [string, boolean])[] = [
    [
      `${String(least)} minutes`,
      has(
        'sequential',
        (own) => own === least,
        (own) => own > part,
      ),
    ],
    [
      `${String(least + 1)} minutes`,
      has(
        'concurrent',
        (own) => own === least + 1,
        (own) => own > part,
      ),
    ],
    [
      `${String(part)} %`,
      has(
        'sequential',
        (own) => own > least,
        (own) => own === part,
      ),
    ],
    [
      `a little more than ${String(part)} %`,
      has(
        'concurrent',
        (own) => own > least,
        (own) => own < part + 2,
      ),
    ],
  ];
  return sides.filter(([, found]) => !found).map(([side]) => `${name}: an overlap of ${side}`);
}

interface Overlap {
  readonly as: string;
  readonly minutes: number;
  /** Of the time of the one that runs beside the other, in percent. */
  readonly share: number;
}

/** How far a service runs beside the initial one of its group, where a rule is about the two. */
function overlapOf(rule: ConcurrentRule, one: PlacedService, other: PlacedService): Overlap | undefined {
  const isOf = (classes: ConcurrentRule['among'], { service }: PlacedService): boolean =>
    classes.some(({ value }) => value === service.rule.name);
  if (one === other || one.group !== other.group || other.position !== 'initial') return undefined;
  if (!isOf(rule.among, one) || !isOf(rule.beside, other)) return undefined;
  const minutes = overlapMinutes(one.service.intervals, other.service.intervals);
  return { as: one.position, minutes, share: (100 * minutes) / clockMinutes(one.service.intervals) };
}
