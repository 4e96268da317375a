/** Modifiers: each one whose condition holds is added, with the use that the specification gives for it. */
import { evaluateCondition } from '../../rules/condition.ts';
import { addReason } from '../draft.ts';
import { usedFacts } from '../facts.ts';
import { lineFacts, type Edit } from './edit.ts';

export const addModifiers: Edit = (draft, context) => {
  const facts = lineFacts(draft, context);
  return draft.spec.modifiers.reduce((line, { code, use, when, origin }) => {
    if (!when) return line;
    const result = evaluateCondition(when, facts);
    if (result.verdict !== 'yes') return line;
    const sentence = `Modifier ${code}: ${use.replace(/\.$/, '')}.`;
    const reason = { clause: origin, facts: usedFacts(context.rules.family, result.met), sentence };
    return addReason({ ...line, modifiers: [...line.modifiers, code] }, reason);
  }, draft);
};
