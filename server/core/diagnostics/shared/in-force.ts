/** The days on which documents are in force. */
import { addDays, isInForce, rangesOverlap, type EffectiveRange, type IsoDate } from '../../base/clock.ts';
import { uniqueBy } from '../../base/lists.ts';
import type { RuleDocument } from '../../rules/document.ts';

/** The days of a document; every day where it does not say. */
export const rangeOf = ({ effective }: Pick<RuleDocument, 'effective'>): EffectiveRange =>
  effective ?? { from: '0001-01-01' as IsoDate };

export const inForceTogether = (a: RuleDocument, b: RuleDocument): boolean =>
  rangesOverlap(rangeOf(a), rangeOf(b));

/** The sets of documents of which all are in force on one day of another one, each set once. */
export function setsInForce<T extends RuleDocument>(
  other: RuleDocument,
  documents: readonly T[],
): readonly (readonly T[])[] {
  const range = rangeOf(other);
  const changes = documents.map(rangeOf).flatMap(({ from, to }) => [from, ...(to ? [addDays(to, 1)] : [])]);
  const days = [...new Set([range.from, ...changes])].filter((day) => isInForce(range, day));
  const sets = days.map((day) => documents.filter(({ effective }) => isInForce(effective, day)));
  return uniqueBy(sets, (set) => set.map((own) => own.document).join('\n'));
}
