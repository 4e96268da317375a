/** Modifiers: each one whose condition holds is added, with the use that its clause gives for it. */
import type { Origin } from '../../base/origin.ts';
import { evaluateCondition, verdictOf, type TestedFact } from '../../rules/condition.ts';
import { addReason, withOutcome } from '../draft.ts';
import { factsLacking, usedFacts } from '../facts.ts';
import type { Reason } from '../line.ts';
import { lineFacts, type Edit } from './edit.ts';

export const addModifiers: Edit = (draft, context) =>
  draft.modifierRules.reduce((line, { code, use, when, origin }) => {
    if (!when || line.modifiers.includes(code)) return line;
    const facts = lineFacts(line, context);
    const verdict = verdictOf(when, facts);
    if (verdict === 'no') return line;
    const { met, unmet } = evaluateCondition(when, facts);
    if (verdict === 'unknown') return withOutcome(line, 'unknown', openReason(code, origin, unmet));
    const sentence = `Modifier ${code}: ${use.replace(/\.$/, '')}.`;
    const reason = { clause: origin, facts: usedFacts(context.rules.family, met), sentence };
    return addReason({ ...line, modifiers: [...line.modifiers, code] }, reason);
  }, draft);

function openReason(code: string, clause: Origin, unmet: readonly TestedFact[]): Reason {
  const sentence = `Unknown: whether modifier ${code} belongs on it depends on ${factsLacking(unmet)}, which is not documented.`;
  return { clause, facts: [], sentence };
}
