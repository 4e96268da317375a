/** Limits on units: what a policy allows a day (or an encounter) is billed, and the rest stands as a denied line. */
import { evaluateCondition } from '../../rules/condition.ts';
import { addReason, withOutcome, type DraftLine } from '../draft.ts';
import { usedFacts } from '../facts.ts';
import type { Reason } from '../line.ts';
import { lineFacts, type EditContext } from './edit.ts';
import { policyRules } from './policies.ts';

export function applyLimits(drafts: readonly DraftLine[], context: EditContext): readonly DraftLine[] {
  const used = new Map<string, number>();
  return drafts.flatMap((draft) => limitLine(draft, context, used));
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
  if (!strictest) return [draft];
  const denied = withOutcome({ ...draft, units: draft.units - allowed }, 'denied', strictest);
  return allowed === 0 ? [denied] : [addReason({ ...draft, units: allowed }, strictest), denied];
}
