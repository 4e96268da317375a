/** Why a payer reads a clause otherwise: told once with every line that a clause of an amendment led to. */
import type { Origin } from '../base/origin.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { addReason, type DraftLine } from './draft.ts';
import type { Reason } from './line.ts';

const isWithin = (clause: Origin, whole: Origin): boolean =>
  clause.document === whole.document && clause.path.startsWith(`${whole.path}/`);

/** Adds the reason of each amendment whose clauses stand among the reasons of a line. */
export function tellAmendments({ policies }: RuleSet, drafts: readonly DraftLine[]): readonly DraftLine[] {
  const told = policies.flatMap((policy) =>
    policy.amends.flatMap(({ origin, because }): Reason[] =>
      because === undefined
        ? []
        : [
            {
              clause: origin,
              facts: [],
              sentence: `${policy.title || policy.id.value} reads it so: ${because}`,
            },
          ],
    ),
  );
  if (told.length === 0) return drafts;
  return drafts.map((draft) =>
    told
      .filter(({ clause }) => draft.because.some((reason) => isWithin(reason.clause, clause)))
      .reduce(addReason, draft),
  );
}
