/** Which service of a group is the initial one: the first by the criteria of the family that could be reported as such. */
import { verdictOf } from '../rules/condition.ts';
import type { Choice, Hierarchy, Rank } from '../rules/hierarchy.ts';
import type { FamilyRules } from '../rules/rule-set.ts';
import { reaches } from '../rules/threshold.ts';
import { amountOf } from './amount.ts';
import type { Service } from './group.ts';

export function chooseInitial(
  rules: FamilyRules,
  hierarchy: Hierarchy,
  choice: Choice | undefined,
  services: readonly Service[],
): Service | undefined {
  const sorted = [...services].sort(initialOrder(hierarchy, choice));
  return sorted.find((service) => canBeInitial(rules, service)) ?? sorted[0];
}

/** The order in which the services of a hierarchy are initial. */
export function initialOrder(
  { among }: Hierarchy,
  choice: Choice | undefined,
): (a: Service, b: Service) => number {
  const classes = among.map(({ value }) => value);
  return byRanks(choice?.ranks ?? DEFAULT_RANKS, classes);
}

/**
 * What is surely too short to be reported as initial does not take that place from the others. Where no specification
 * reports the class as initial, nothing is known against it.
 */
function canBeInitial({ specs }: FamilyRules, service: Service): boolean {
  const parts = specs
    .flatMap(({ reports }) => reports)
    .filter(
      ({ as, classes }) => as === 'initial' && classes.some(({ value }) => value === service.rule.name),
    );
  const fits = parts.some(({ thresholds }) =>
    thresholds.every((threshold) => {
      const amount = amountOf(threshold, service.facts);
      return threshold.described || amount === undefined || reaches(threshold, amount);
    }),
  );
  return parts.length === 0 || fits;
}

const DEFAULT_RANKS: readonly Pick<Rank, 'by' | 'when'>[] = [
  { by: 'hierarchy', when: undefined },
  { by: 'earliest', when: undefined },
];

export const byStart = (a: Service, b: Service): number => {
  const [left, right] = [a.start ?? Infinity, b.start ?? Infinity];
  return left === right ? 0 : left - right;
};

/** The order in which services are initial. Ties keep the order of `group`, which does not depend on the file. */
function byRanks(ranks: readonly Pick<Rank, 'by' | 'when'>[], hierarchy: readonly string[]) {
  return (a: Service, b: Service): number => {
    for (const rank of ranks) {
      const difference = rankOf(rank, a, hierarchy) - rankOf(rank, b, hierarchy);
      if (difference < 0 || difference > 0) return difference;
    }
    return 0;
  };
}

/** Lower comes first. */
function rankOf(
  { by, when }: Pick<Rank, 'by' | 'when'>,
  service: Service,
  hierarchy: readonly string[],
): number {
  switch (by) {
    case 'condition':
      return service.members.some(({ facts }) => verdictOf(when, facts) === 'yes') ? 0 : 1;
    case 'hierarchy':
      return hierarchy.indexOf(service.rule.name);
    case 'longest':
      return -(service.minutes ?? 0);
    case 'earliest':
      return service.start ?? Number.MAX_SAFE_INTEGER;
  }
}
