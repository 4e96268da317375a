/** A policy: what one payer changes, from when to when. */
import type { DocumentId, Origin } from '../base/origin.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lowerCondition, type Condition } from './condition.ts';
import { readRuleDocument, type RuleDocument } from './document.ts';

/** What a rule does to the lines it applies to. Told apart by the key in YAML. */
export type PolicyAction =
  | { readonly kind: 'deny'; readonly reason: string }
  | {
      readonly kind: 'require';
      readonly modifier: string | undefined;
      readonly ownDiagnosis: boolean;
      readonly reason: string | undefined;
    }
  | { readonly kind: 'prefer'; readonly modifier: string; readonly over: readonly string[] }
  | { readonly kind: 'limit'; readonly units: number; readonly per: string }
  | { readonly kind: 'replace'; readonly code: string }
  | { readonly kind: 'note'; readonly text: string };

export interface PolicyRule {
  readonly id: string;
  readonly title: string;
  readonly origin: Origin;
  readonly when: Condition | undefined;
  readonly action: PolicyAction;
  readonly actionOrigin: Origin;
}

export interface Policy extends RuleDocument {
  readonly payer: Sourced<string> | undefined;
  readonly plan: Sourced<string> | undefined;
  readonly family: Sourced<string> | undefined;
  /** Empty when the policy speaks of every code of the family. */
  readonly codes: readonly Sourced<string>[];
  readonly rules: readonly PolicyRule[];
}

export function lowerPolicy(root: YamlNode, document: DocumentId): Policy | undefined {
  const fields = new Fields(root, document);
  const base = readRuleDocument(fields, document, 'policy');
  if (!base) return undefined;
  const appliesTo = fields.fields('applies_to');
  return {
    ...base,
    payer: fields.text('payer'),
    plan: fields.text('plan'),
    family: appliesTo?.text('family'),
    codes: appliesTo?.texts('codes') ?? [],
    rules: fields
      .list('rules')
      .map(readRule)
      .filter((rule) => rule !== undefined),
  };
}

function readRule(fields: Fields): PolicyRule | undefined {
  const then = fields.fields('then');
  const action = then && readAction(then);
  if (!action) return undefined;
  const when = fields.fields('when');
  const id = fields.text('id')?.value ?? '';
  return {
    id,
    title: fields.text('title')?.value ?? id,
    origin: fields.origin,
    when: when && lowerCondition(when),
    action,
    actionOrigin: fields.originOf('then'),
  };
}

function readAction(then: Fields): PolicyAction | undefined {
  const deny = then.text('deny');
  if (deny) return { kind: 'deny', reason: deny.value };
  const note = then.text('note');
  if (note) return { kind: 'note', text: note.value };
  const code = then.fields('replace')?.text('code');
  if (code) return { kind: 'replace', code: code.value };
  return (
    readRequire(then.fields('require')) ??
    readPrefer(then.fields('prefer')) ??
    readLimit(then.fields('limit'))
  );
}

function readRequire(fields: Fields | undefined): PolicyAction | undefined {
  if (!fields) return undefined;
  return {
    kind: 'require',
    modifier: fields.text('modifier')?.value,
    ownDiagnosis: fields.boolean('own_diagnosis')?.value ?? false,
    reason: fields.text('reason')?.value,
  };
}

function readPrefer(fields: Fields | undefined): PolicyAction | undefined {
  const modifier = fields?.text('modifier');
  if (!fields || !modifier) return undefined;
  return { kind: 'prefer', modifier: modifier.value, over: fields.texts('over').map(({ value }) => value) };
}

function readLimit(fields: Fields | undefined): PolicyAction | undefined {
  const units = fields?.number('units');
  if (!fields || !units) return undefined;
  return { kind: 'limit', units: units.value, per: fields.text('per')?.value ?? 'day' };
}
