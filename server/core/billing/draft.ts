/** A line while it is being made. Edits return a changed copy; nothing is changed in place. */
import type { IsoDate } from '../base/clock.ts';
import type { Origin } from '../base/origin.ts';
import type { Fact } from '../encounter/fact.ts';
import type { ModifierRule } from '../rules/modifier.ts';
import type { Spec } from '../rules/spec.ts';
import type { Outcome, Reason, Reasons } from './line.ts';
import type { PlacedService } from './position.ts';

export interface DraftLine {
  /** Undefined for a line that no specification makes, such as that of a drug. */
  readonly spec: Spec | undefined;
  /** The clause that made the line; what is known of the line is known from there. */
  readonly clause: Origin;
  readonly code: string;
  /** The part that the service plays for the code, such as `initial`. */
  readonly as: string;
  readonly units: number;
  readonly modifiers: readonly string[];
  readonly date: IsoDate;
  readonly outcome: Outcome;
  readonly placed: PlacedService;
  /** What conditions may ask of this line alone. */
  readonly facts: ReadonlyMap<string, Fact>;
  /** Modifiers that it gets when their conditions hold. */
  readonly modifierRules: readonly ModifierRule[];
  readonly because: Reasons;
}

export const addReason = (draft: DraftLine, reason: Reason): DraftLine => ({
  ...draft,
  because: [...draft.because, reason],
});

/** Denied stays denied; unknown never becomes billable again. */
export function withOutcome(draft: DraftLine, outcome: Outcome, reason: Reason): DraftLine {
  const rank: Readonly<Record<Outcome, number>> = { billable: 0, unknown: 1, denied: 2 };
  const worst = rank[outcome] > rank[draft.outcome] ? outcome : draft.outcome;
  return addReason({ ...draft, outcome: worst }, reason);
}

/** A line that is not reported after all. */
export interface DroppedLine {
  readonly draft: DraftLine;
  readonly reason: Reason;
}

/** What an edit of all lines leaves of them. */
export interface Edited {
  readonly drafts: readonly DraftLine[];
  readonly dropped: readonly DroppedLine[];
}

/** Edits each line by itself: it stays, changed or not, or it is dropped. */
export function editEach(
  drafts: readonly DraftLine[],
  edit: (draft: DraftLine) => DraftLine | DroppedLine,
): Edited {
  const edited = drafts.map(edit);
  return {
    drafts: edited.flatMap((result) => ('reason' in result ? [] : [result])),
    dropped: edited.flatMap((result) => ('reason' in result ? [result] : [])),
  };
}
