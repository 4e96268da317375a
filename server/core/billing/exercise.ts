/**
 * What an encounter puts to the test: the clauses that made, changed or kept away a line, and the answers that conditions
 * gave. The evaluator runs once more for it, on rules that tell what they were asked; its bill is the same.
 */
import { perInput } from '../base/memo.ts';
import type { Origin } from '../base/origin.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { Verdict } from '../rules/conditions/shared/junction.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { watchRules } from '../rules/watched.ts';
import { stagesOf } from './evaluate.ts';
import type { Bill } from './line.ts';

export interface Answer {
  readonly clause: Origin;
  readonly verdict: Verdict;
}

/** Each clause and each answer once. */
export interface Exercise {
  /** Clauses that stand among the reasons of lines. */
  readonly made: readonly Origin[];
  /** Clauses that kept a code from being billed. */
  readonly missed: readonly Origin[];
  readonly answers: readonly Answer[];
}

export function exercise(rules: RuleSet, encounter: Encounter, bill: Bill): Exercise {
  return {
    made: unique([
      ...bill.lines.flatMap(({ because }) => because.map(({ clause }) => clause)),
      ...bill.notChecked.map(({ because }) => because.clause),
    ]),
    missed: unique(bill.notBilled.filter(({ otherKind }) => !otherKind).map(({ because }) => because.clause)),
    answers: answersOf(rules, encounter),
  };
}

const unique = (clauses: readonly Origin[]): readonly Origin[] => [...new Set(clauses)];

/** One watched rule set for each, with the answers of the run that goes on. */
const watching = perInput((rules: RuleSet) => {
  const heard = new Map<Origin, Set<Verdict>>();
  const watched = watchRules(rules, (clause, verdict) => {
    const known = heard.get(clause);
    if (known) known.add(verdict);
    else heard.set(clause, new Set([verdict]));
  });
  return { heard, watched };
});

function answersOf(rules: RuleSet, encounter: Encounter): readonly Answer[] {
  const { heard, watched } = watching(rules);
  heard.clear();
  stagesOf(watched, encounter);
  return [...heard].flatMap(([clause, verdicts]) => [...verdicts].map((verdict) => ({ clause, verdict })));
}
