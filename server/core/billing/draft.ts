/** A line while it is being made. Edits return a changed copy; nothing is changed in place. */
import type { IsoDate } from '../base/clock.ts';
import type { ExecutableSpec } from '../rules/spec.ts';
import type { Outcome, Reason, Reasons } from './line.ts';
import type { PlacedService } from './position.ts';

export interface DraftLine {
  readonly spec: ExecutableSpec;
  readonly code: string;
  readonly units: number;
  readonly modifiers: readonly string[];
  readonly date: IsoDate;
  readonly outcome: Outcome;
  readonly placed: PlacedService;
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
