/** A policy: what one payer changes, from when to when. */
import type { DocumentId, Origin } from '../base/origin.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lowerCondition, type Condition } from './condition.ts';
import { readRuleDocument, type RuleDocument } from './document.ts';
import { readFamilyChange, type FamilyChange } from './family.ts';
import { readSpecChange, type SpecChange } from './spec.ts';

/** What a rule does to the lines it applies to. Told apart by the key in YAML. */
export type PolicyAction =
  | { readonly kind: 'deny'; readonly reason: string }
  | { readonly kind: 'omit'; readonly reason: string }
  | {
      readonly kind: 'require';
      readonly modifier: string | undefined;
      readonly ownDiagnosis: boolean;
      readonly reason: string | undefined;
    }
  | { readonly kind: 'prefer'; readonly modifier: string; readonly over: readonly string[] }
  | { readonly kind: 'limit'; readonly units: number; readonly per: string }
  | { readonly kind: 'replace'; readonly code: string; readonly modifiers: readonly string[] }
  | { readonly kind: 'note'; readonly text: string };

export interface PolicyRule {
  readonly id: string;
  readonly title: string;
  readonly origin: Origin;
  readonly when: Condition | undefined;
  readonly action: PolicyAction;
  readonly actionOrigin: Origin;
}

/** What holds in place of what one document says. */
export interface Amendment {
  readonly origin: Origin;
  readonly because: string | undefined;
  /** The code whose specification is amended; undefined where the family is. */
  readonly spec: Sourced<string> | undefined;
  readonly family: Sourced<string> | undefined;
  readonly specChange: SpecChange;
  readonly familyChange: FamilyChange;
}

/** A table that is looked up for the encounters of a policy. */
export interface TableUse {
  readonly table: Sourced<string>;
  readonly when: Condition | undefined;
}

export interface Policy extends RuleDocument {
  /** Undefined for a reading: it applies where an encounter names it. */
  readonly payer: Sourced<string> | undefined;
  readonly plan: Sourced<string> | undefined;
  readonly family: Sourced<string> | undefined;
  /** Empty when the policy speaks of every code of the family. */
  readonly codes: readonly Sourced<string>[];
  readonly rules: readonly PolicyRule[];
  readonly amends: readonly Amendment[];
  readonly tables: readonly TableUse[];
  /** How grave findings are, by rule id. */
  readonly severity: ReadonlyMap<string, Sourced<string>>;
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
    amends: fields.list('amends').map(readAmendment),
    tables: fields
      .list('tables')
      .map(readTableUse)
      .filter((use) => use !== undefined),
    severity: readSeverity(fields.fields('severity')),
  };
}

const readAmendment = (fields: Fields): Amendment => ({
  origin: fields.origin,
  because: fields.text('because')?.value,
  spec: fields.text('spec'),
  family: fields.text('family'),
  specChange: readSpecChange(fields),
  familyChange: readFamilyChange(fields),
});

function readTableUse(fields: Fields): TableUse | undefined {
  const table = fields.text('table');
  const when = fields.fields('when');
  return table && { table, when: when && lowerCondition(when) };
}

function readSeverity(fields: Fields | undefined): Map<string, Sourced<string>> {
  const levels = new Map<string, Sourced<string>>();
  for (const rule of fields?.keys() ?? []) {
    const level = fields?.text(rule);
    if (level) levels.set(rule, level);
  }
  return levels;
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
  const omit = then.text('omit');
  if (omit) return { kind: 'omit', reason: omit.value };
  const note = then.text('note');
  if (note) return { kind: 'note', text: note.value };
  return (
    readReplace(then.fields('replace')) ??
    readRequire(then.fields('require')) ??
    readPrefer(then.fields('prefer')) ??
    readLimit(then.fields('limit'))
  );
}

function readReplace(fields: Fields | undefined): PolicyAction | undefined {
  const code = fields?.text('code');
  if (!fields || !code) return undefined;
  const modifiers = fields.texts('modifiers').map(({ value }) => value);
  return { kind: 'replace', code: code.value, modifiers };
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
