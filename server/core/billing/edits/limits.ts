/** Limits on units: what a policy allows a day (or an encounter) is billed, and the rest stands as a denied line. */
import { evaluateCondition } from '../../rules/condition.ts';
import { addReason, withOutcome, type DraftLine } from '../draft.ts';
import { usedFacts } from '../facts.ts';
import type { Reason } from '../line.ts';
import { lineFacts, type EditContext } from './edit.ts';
import { policyRules } from './policies.ts';

export function applyLimits(context: EditContext): readonly DraftLine[] {
  const used = new Map<string, number>();
  return context.drafts.flatMap((draft) => limitLine(draft, context, used));
}

/** `used` counts the units of each rule, code and period so far. */
function limitLine(draft: DraftLine, context: EditContext, used: Map<string, number>): DraftLine[] {
  let allowed = draft.units;
  let strictest: Reason | undefined;
  for (const { policy, rule } of policyRules(draft, context)) {
    if (rule.action.kind !== 'limit' || draft.outcome === 'denied') continue;
    const result = evaluateCondition(rule.when, lineFacts(draft, context));
    if (result.verdict !== 'yes') continue;
    const { units, per } = rule.action;
    const key = JSON.stringify([policy.id.value, rule.id, draft.code, per === 'day' ? draft.date : '']);
    const before = used.get(key) ?? 0;
    used.set(key, before + draft.units);
    const left = Math.max(0, units - before);
    if (left >= allowed) continue;
    allowed = left;
    const sentence = `${policy.title || policy.id.value}, rule ${rule.id}: at most ${String(units)} of ${draft.code} a ${per}.`;
    strictest = { clause: rule.actionOrigin, facts: usedFacts(context.rules.family, result.met), sentence };
  }
  return strictest ? splitAt(draft, allowed, strictest) : [draft];
}

/** A line up to the allowed units, and a denied one for the rest. */
export function splitAt(draft: DraftLine, allowed: number, reason: Reason): DraftLine[] {
  const denied = withOutcome({ ...draft, units: draft.units - allowed }, 'denied', reason);
  return allowed === 0 ? [denied] : [addReason({ ...draft, units: allowed }, reason), denied];
}
