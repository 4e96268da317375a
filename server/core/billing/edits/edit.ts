/** What every edit of a line gets to see. */
import { firstOf, lookupIn, type Fact, type FactLookup } from '../../encounter/fact.ts';
import type { Encounter } from '../../encounter/encounter.ts';
import type { FamilyRules } from '../../rules/rule-set.ts';
import type { DraftLine } from '../draft.ts';
import { matchFacts } from '../match.ts';

export interface EditContext {
  readonly rules: FamilyRules;
  readonly encounter: Encounter;
}

/** An edit answers with the line as it stands after it. */
export type Edit = (draft: DraftLine, context: EditContext) => DraftLine;

/** What a condition may ask of a line: the line, its service, and the encounter. */
export function lineFacts(draft: DraftLine, { encounter }: EditContext): FactLookup {
  const clause = draft.spec.origin;
  const derived = new Map<string, Fact['value']>([
    ['code', draft.code],
    ['as', draft.spec.reports.as],
    ['units', draft.units],
    ['modifier', draft.modifiers],
  ]);
  const repeated = repeatedBy(draft, encounter);
  return firstOf(
    (name) => {
      const value = derived.get(name);
      return value === undefined ? undefined : { name, value, origin: clause };
    },
    (name) => (name === 'repeated_by' ? repeated : undefined),
    matchFacts(draft.placed),
    lookupIn(encounter.facts),
  );
}

/** Who repeated a service, where the record says that it repeats another and who gave both. */
function repeatedBy(draft: DraftLine, encounter: Encounter): Fact | undefined {
  for (const { activity } of draft.placed.service.members) {
    const repeats = activity.facts.get('repeats');
    const first = encounter.activities.find(({ id }) => id !== undefined && id === String(repeats?.value));
    const [then, now] = [first?.facts.get('given_by'), activity.facts.get('given_by')];
    if (!repeats || !then || !now) continue;
    const value = String(then.value) === String(now.value) ? 'same-provider' : 'another-provider';
    return { name: 'repeated_by', value, origin: repeats.origin };
  }
  return undefined;
}
