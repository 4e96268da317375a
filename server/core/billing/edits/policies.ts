/** What the payer changes: each rule of its policies that is in force and whose condition holds. */
import { listWords } from '../../base/words.ts';
import { evaluateCondition, testsOf, verdictOf, type ConditionResult } from '../../rules/condition.ts';
import type { Policy, PolicyAction, PolicyRule } from '../../rules/policy.ts';
import { addReason, editEach, withOutcome, type DraftLine, type DroppedLine, type Edited } from '../draft.ts';
import { factsLacking, usedFacts } from '../facts.ts';
import type { Reason } from '../line.ts';
import { lineFacts, type EditContext } from './edit.ts';

export const applyPolicies = (context: EditContext): Edited =>
  editEach(context.drafts, (draft) => applyRules(draft, context));

/** What is known of a line only when all lines stand: a rule that asks for it waits until then. */
const LATE_FACTS: ReadonlySet<string> = new Set(['modifier', 'units', 'occurrence', 'beside', 'other_lines']);

/**
 * Leaves out what the payer has left out whatever else is billed, so that it neither uses up a limit nor keeps another
 * line away.
 */
export const applyOmissions = (context: EditContext): Edited =>
  editEach(context.drafts, (draft) => {
    const omitting = policyRules(draft, context).find(
      ({ rule }) =>
        rule.action.kind === 'omit' &&
        testsOf(rule.when).every(({ fact }) => !LATE_FACTS.has(fact)) &&
        verdictOf(rule.when, lineFacts(draft, context)) === 'yes',
    );
    return (omitting && omission(draft, omitting, context)) ?? draft;
  });

function omission(
  draft: DraftLine,
  { policy, rule }: PolicyRuleInForce,
  context: EditContext,
): DroppedLine | undefined {
  if (rule.action.kind !== 'omit') return undefined;
  const { met } = evaluateCondition(rule.when, lineFacts(draft, context));
  const sentence = `${draft.code} not reported for ${draft.placed.service.name}: ${ruleName(policy, rule)}, ${rule.action.reason.replace(/\.$/, '')}.`;
  const facts = usedFacts(context.rules.family, met);
  return { draft, reason: { clause: rule.actionOrigin, facts, sentence } };
}

const ruleName = ({ title, id }: Policy, rule: PolicyRule): string => `${title || id.value}, rule ${rule.id}`;

export interface PolicyRuleInForce {
  readonly policy: Policy;
  readonly rule: PolicyRule;
}

/** The rules of the payer's policies that speak of a line's code. */
export function policyRules(draft: DraftLine, { rules }: EditContext): readonly PolicyRuleInForce[] {
  return rules.policies
    .filter(({ codes }) => codes.length === 0 || codes.some(({ value }) => value === draft.code))
    .flatMap((policy) => policy.rules.map((rule) => ({ policy, rule })));
}

function applyRules(draft: DraftLine, context: EditContext): DraftLine | DroppedLine {
  let line = draft;
  for (const { policy, rule } of policyRules(draft, context)) {
    const asked = lineFacts(line, context);
    if (verdictOf(rule.when, asked) === 'no') continue;
    const result = evaluateCondition(rule.when, asked);
    const name = ruleName(policy, rule);
    const facts = usedFacts(context.rules.family, result.met);
    if (result.verdict === 'unknown') {
      line = unknownRule(line, rule, result, name, facts);
      continue;
    }
    const because = { clause: rule.actionOrigin, facts, sentence: name };
    const omitted = omission(line, { policy, rule }, context);
    if (omitted) return omitted;
    line = act(line, rule.action, because);
  }
  return line;
}

function unknownRule(
  line: DraftLine,
  rule: PolicyRule,
  { unmet }: ConditionResult,
  name: string,
  facts: Reason['facts'],
): DraftLine {
  if (rule.action.kind === 'note') return line;
  return withOutcome(line, 'unknown', {
    clause: rule.origin,
    facts,
    sentence: `Unknown: ${name} depends on ${factsLacking(unmet)}, which is not documented.`,
  });
}

/** `because.sentence` is the name of the rule; each action makes its sentence of it. */
function act(line: DraftLine, action: PolicyAction, because: Reason): DraftLine {
  const say = (words: string): Reason => ({
    ...because,
    sentence: `${because.sentence}: ${words.replace(/\.$/, '')}.`,
  });
  switch (action.kind) {
    case 'deny':
      return withOutcome(line, 'denied', say(`denied, ${action.reason}`));
    case 'note':
      return addReason(line, { ...say(action.text), remark: true });
    case 'replace': {
      const modifiers = [...new Set([...line.modifiers, ...action.modifiers])];
      const label = [action.code, ...action.modifiers].join('-');
      return addReason(
        { ...line, code: action.code, modifiers },
        say(`${line.code} is reported as ${label}`),
      );
    }
    case 'prefer': {
      const replaced = line.modifiers.filter((modifier) => action.over.includes(modifier));
      if (replaced.length === 0) return line;
      const modifiers = [
        ...new Set(
          line.modifiers.map((modifier) => (replaced.includes(modifier) ? action.modifier : modifier)),
        ),
      ];
      return addReason(
        { ...line, modifiers },
        say(`modifier ${action.modifier} in place of ${listWords(replaced, 'and')}`),
      );
    }
    case 'require':
      return requireOf(line, action, say);
    case 'limit':
    case 'omit':
      // Limits speak of the whole day and omissions of the line itself; both are applied elsewhere.
      return line;
  }
}

function requireOf(
  line: DraftLine,
  action: Extract<PolicyAction, { readonly kind: 'require' }>,
  say: (words: string) => Reason,
): DraftLine {
  const why = action.reason === undefined ? '' : `, ${action.reason}`;
  if (action.ownDiagnosis && !line.placed.service.facts('own_diagnosis')) {
    return withOutcome(line, 'denied', say(`needs a diagnosis of its own, and none is documented${why}`));
  }
  if (action.modifier === undefined || line.modifiers.includes(action.modifier)) return line;
  return addReason(
    { ...line, modifiers: [...line.modifiers, action.modifier] },
    say(`needs modifier ${action.modifier}${why}`),
  );
}
