/** A family: the vocabulary of one field of coding, its classes, and how services are grouped and ordered. */
import type { DocumentId, Origin } from '../base/origin.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lowerCondition, type Condition } from './condition.ts';
import { readRuleDocument, type RuleDocument } from './document.ts';
import { readThreshold, type Threshold } from './threshold.ts';

export interface VocabularyValue {
  readonly value: string;
  readonly origin: Origin;
  readonly definition: string;
  /** Why a service with this value is never reported; undefined for those that may be. */
  readonly neverReported: Sourced<string> | undefined;
}

export interface FactDefinition {
  readonly name: string;
  readonly origin: Origin;
  readonly definition: string;
  /** Empty for a fact with free values. */
  readonly values: ReadonlyMap<string, VocabularyValue>;
  /** What holds where the record says nothing. */
  readonly defaultValue: Sourced<string> | undefined;
  /** The unit of a fact that counts; empty otherwise. */
  readonly unit: string;
}

export interface ClassRule {
  readonly name: string;
  readonly title: string;
  readonly origin: Origin;
  readonly when: Condition;
}

export type RankBy = 'condition' | 'hierarchy' | 'longest' | 'earliest';

export interface Rank {
  readonly by: RankBy;
  readonly when: Condition | undefined;
  readonly origin: Origin;
}

/** How the initial service is chosen where `when` holds. */
export interface Choice {
  readonly id: string;
  readonly origin: Origin;
  readonly when: Condition | undefined;
  readonly ranks: readonly Rank[];
}

export interface Family extends RuleDocument {
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly classes: readonly ClassRule[];
  /** Facts that tell one group from another; one initial service in each. */
  readonly groupBy: readonly Sourced<string>[];
  /** Facts in which the administrations of one service are alike. */
  readonly combine: readonly Sourced<string>[];
  readonly groupsOrigin: Origin;
  /** Classes that compete for the initial service, the first the highest. */
  readonly hierarchy: readonly Sourced<string>[];
  readonly initialOrigin: Origin;
  readonly choices: readonly Choice[];
  readonly overlap: Threshold | undefined;
  readonly concurrentClasses: readonly Sourced<string>[];
  readonly concurrentOrigin: Origin;
}

export function lowerFamily(root: YamlNode, document: DocumentId): Family | undefined {
  const fields = new Fields(root, document);
  const base = readRuleDocument(fields, document, 'family');
  if (!base) return undefined;
  const groups = fields.fields('groups');
  const positions = fields.fields('positions');
  const initial = positions?.fields('initial');
  const concurrent = positions?.fields('concurrent');
  return {
    ...base,
    facts: readFacts(fields.fields('facts')),
    classes: fields
      .list('classes')
      .map(readClass)
      .filter((rule) => rule !== undefined),
    groupBy: groups?.texts('by') ?? [],
    combine: groups?.texts('combine') ?? [],
    groupsOrigin: fields.originOf('groups'),
    hierarchy: initial?.texts('among') ?? [],
    initialOrigin: positions?.originOf('initial') ?? fields.originOf('positions'),
    choices: (initial?.list('choose') ?? []).map(readChoice),
    overlap: concurrent && readThreshold(concurrent, 'overlap', 'minutes', false),
    concurrentClasses: concurrent?.texts('among') ?? [],
    concurrentOrigin: positions?.originOf('concurrent') ?? fields.originOf('positions'),
  };
}

function readFacts(fields: Fields | undefined): Map<string, FactDefinition> {
  const facts = new Map<string, FactDefinition>();
  for (const name of fields?.keys() ?? []) {
    const own = fields?.fields(name);
    if (!own) continue;
    facts.set(name, {
      name,
      origin: own.origin,
      definition: own.text('definition')?.value ?? '',
      values: readValues(own.fields('values')),
      defaultValue: own.text('default'),
      unit: own.text('unit')?.value ?? '',
    });
  }
  return facts;
}

function readValues(fields: Fields | undefined): Map<string, VocabularyValue> {
  const values = new Map<string, VocabularyValue>();
  for (const value of fields?.keys() ?? []) {
    const own = fields?.fields(value);
    if (!fields || !own) continue;
    const neverReported = own.text('never_reported');
    values.set(value, {
      value,
      origin: fields.originOf(value),
      definition: own.text('definition')?.value ?? '',
      neverReported,
    });
  }
  return values;
}

function readClass(fields: Fields): ClassRule | undefined {
  const name = fields.text('class');
  const when = fields.fields('when');
  if (!name || !when) return undefined;
  return {
    name: name.value,
    title: fields.text('title')?.value ?? name.value,
    origin: fields.origin,
    when: lowerCondition(when),
  };
}

function readChoice(fields: Fields): Choice {
  const when = fields.fields('when');
  return {
    id: fields.text('id')?.value ?? '',
    origin: fields.origin,
    when: when && lowerCondition(when),
    ranks: fields.list('rank').map((rank) => {
      const condition = rank.fields('when');
      return {
        by: (rank.text('by')?.value ?? 'earliest') as RankBy,
        when: condition && lowerCondition(condition),
        origin: rank.origin,
      };
    }),
  };
}
