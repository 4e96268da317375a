/** What the payer changes: each rule of its policies that is in force and whose condition holds. */
import { listWords, spaced } from '../../base/words.ts';
import type { Fact } from '../../encounter/fact.ts';
import { evaluateCondition } from '../../rules/condition.ts';
import type { Policy, PolicyAction, PolicyRule } from '../../rules/policy.ts';
import { addReason, withOutcome, type DraftLine } from '../draft.ts';
import { usedFacts } from '../facts.ts';
import type { Reason } from '../line.ts';
import { lineFacts, type Edit, type EditContext } from './edit.ts';

export const applyPolicies: Edit = (draft, context) => {
  let line = draft;
  for (const { policy, rule } of policyRules(draft, context)) line = applyRule(line, policy, rule, context);
  return line;
};

export interface PolicyRuleInForce {
  readonly policy: Policy;
  readonly rule: PolicyRule;
}

/** The rules of the payer's policies that speak of a line's code. */
export function policyRules(
  draft: DraftLine,
  { rules, encounter }: EditContext,
): readonly PolicyRuleInForce[] {
  const payer = encounter.facts.get('payer');
  const plan = encounter.facts.get('plan');
  return rules.policies
    .filter(
      (policy) => isSame(policy.payer?.value, payer) && (!policy.plan || isSame(policy.plan.value, plan)),
    )
    .filter(({ codes }) => codes.length === 0 || codes.some(({ value }) => value === draft.spec.code))
    .flatMap((policy) => policy.rules.map((rule) => ({ policy, rule })));
}

const isSame = (name: string | undefined, fact: Fact | undefined): boolean =>
  name !== undefined && fact !== undefined && name.toLowerCase() === String(fact.value).toLowerCase();

function applyRule(line: DraftLine, policy: Policy, rule: PolicyRule, context: EditContext): DraftLine {
  const result = evaluateCondition(rule.when, lineFacts(line, context));
  const name = `${policy.title || policy.id.value}, rule ${rule.id}`;
  if (result.verdict === 'no') return line;
  const facts = usedFacts(context.rules.family, result.met);
  if (result.verdict === 'unknown') {
    if (rule.action.kind === 'note') return line;
    const missing = listWords([...new Set(result.unmet.map(({ test }) => spaced(test.fact)))], 'and');
    return withOutcome(line, 'unknown', {
      clause: rule.origin,
      facts,
      sentence: `Unknown: ${name} depends on ${missing}, which is not documented.`,
    });
  }
  return act(line, rule, { clause: rule.actionOrigin, facts, sentence: name });
}

/** `because.sentence` is the name of the rule; each action makes its sentence of it. */
function act(line: DraftLine, { action }: PolicyRule, because: Reason): DraftLine {
  const say = (words: string): Reason => ({
    ...because,
    sentence: `${because.sentence}: ${words.replace(/\.$/, '')}.`,
  });
  switch (action.kind) {
    case 'deny':
      return withOutcome(line, 'denied', say(`denied, ${action.reason}`));
    case 'note':
      return addReason(line, say(action.text));
    case 'replace':
      return addReason({ ...line, code: action.code }, say(`${line.code} is reported as ${action.code}`));
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
      // Limits speak of the whole day; they are applied once the lines are put together.
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
