/** Modifiers: each one whose condition holds is added, with the use that its clause gives for it. */
import { evaluateCondition, verdictOf } from '../../rules/condition.ts';
import { addReason } from '../draft.ts';
import { usedFacts } from '../facts.ts';
import { lineFacts, type Edit } from './edit.ts';

export const addModifiers: Edit = (draft, context) =>
  draft.modifierRules.reduce((line, { code, use, when, origin }) => {
    if (!when || line.modifiers.includes(code)) return line;
    const facts = lineFacts(line, context);
    if (verdictOf(when, facts) !== 'yes') return line;
    const { met } = evaluateCondition(when, facts);
    const sentence = `Modifier ${code}: ${use.replace(/\.$/, '')}.`;
    const reason = { clause: origin, facts: usedFacts(context.rules.family, met), sentence };
    return addReason({ ...line, modifiers: [...line.modifiers, code] }, reason);
  }, draft);
