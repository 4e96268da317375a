/** What every edit of a line gets to see. */
import { linkedTo, type Encounter } from '../../encounter/encounter.ts';
import { firstOf, lookupIn, type Fact, type FactLookup } from '../../encounter/fact.ts';
import type { FamilyRules, RuleSet } from '../../rules/rule-set.ts';
import type { DraftLine } from '../draft.ts';
import { matchFacts } from '../match.ts';

export interface EditContext {
  readonly rules: FamilyRules;
  readonly ruleSet: RuleSet;
  readonly encounter: Encounter;
  /** Every line of the encounter, as the step before left it. */
  readonly drafts: readonly DraftLine[];
}

/** An edit answers with the line as it stands after it. */
export type Edit = (draft: DraftLine, context: EditContext) => DraftLine;

/** What a condition may ask of a line: the line, its service, the lines beside it, and the encounter. */
export function lineFacts(draft: DraftLine, context: EditContext): FactLookup {
  const { encounter } = context;
  return firstOf(
    (name) => {
      const value = derivedValue(name, draft, context);
      return value === undefined ? undefined : { name, value, origin: draft.clause };
    },
    (name) => (name === 'repeated_by' ? repeatedBy(draft, encounter) : undefined),
    lookupIn(draft.facts),
    matchFacts(draft.placed),
    lookupIn(encounter.facts),
  );
}

function derivedValue(name: string, draft: DraftLine, { drafts }: EditContext): Fact['value'] | undefined {
  switch (name) {
    case 'code':
      return draft.code;
    case 'as':
      return draft.as;
    case 'units':
      return draft.units;
    case 'modifier':
      return draft.modifiers;
    case 'occurrence':
      return occurrenceOf(draft, drafts);
    case 'beside':
      return [...new Set(linesBeside(draft, drafts).map(({ code }) => code))];
    case 'other_lines':
      return linesBeside(draft, drafts).length;
    default:
      return undefined;
  }
}

/** Which of the day's lines of the same code this is, from 1. */
const occurrenceOf = (draft: DraftLine, drafts: readonly DraftLine[]): number =>
  sameDay(draft, drafts)
    .filter(({ code }) => code === draft.code)
    .findIndex(({ placed, as }) => placed === draft.placed && as === draft.as) + 1;

/** The day's other lines that are not denied. */
const linesBeside = (draft: DraftLine, drafts: readonly DraftLine[]): readonly DraftLine[] =>
  sameDay(draft, drafts).filter(
    ({ placed, code, outcome }) => outcome !== 'denied' && !(placed === draft.placed && code === draft.code),
  );

const sameDay = ({ date }: DraftLine, drafts: readonly DraftLine[]): readonly DraftLine[] =>
  drafts.filter((other) => other.date === date);

/** Who repeated a service: nobody, where the record does not say that it repeats another; unknown without who gave both. */
function repeatedBy(draft: DraftLine, encounter: Encounter): Fact | undefined {
  const repeating = draft.placed.service.members.filter(({ activity }) => activity.links.has('repeats'));
  if (repeating.length === 0) return { name: 'repeated_by', value: [], origin: draft.clause };
  for (const { activity } of repeating) {
    const repeats = activity.facts.get('repeats');
    const first = linkedTo(encounter, activity, 'repeats');
    const [then, now] = [first?.facts.get('given_by'), activity.facts.get('given_by')];
    if (!repeats || !then || !now) continue;
    const value = String(then.value) === String(now.value) ? 'same-provider' : 'another-provider';
    return { name: 'repeated_by', value, origin: repeats.origin };
  }
  return undefined;
}
