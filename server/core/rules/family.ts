/** A family: the vocabulary of one field of coding, its classes, and how services are grouped and ordered. */
import type { DocumentId, Origin } from '../base/origin.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lowerCondition, type Condition } from './condition.ts';
import { readRuleDocument, type RuleDocument } from './document.ts';
import {
  amendGrouping,
  amendHierarchies,
  readGrouping,
  readHierarchies,
  type Grouping,
  type Hierarchy,
} from './hierarchy.ts';
import { replaceNamed } from './named.ts';
import { POSITIONS, type Position } from './spec.ts';

export interface VocabularyValue {
  readonly value: string;
  readonly origin: Origin;
  readonly definition: string;
  /** Why a service with this value is never reported; undefined for those that may be. */
  readonly neverReported: Sourced<string> | undefined;
}

/** A fact that is worked out from two others: one quantity divided by another. */
export interface Derivation {
  readonly origin: Origin;
  readonly divide: string;
  readonly by: string;
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
  readonly derive: Derivation | undefined;
  /** The list whose entries have the fact; undefined for both. */
  readonly of: string | undefined;
}

export interface ClassRule {
  readonly name: string;
  readonly title: string;
  readonly origin: Origin;
  readonly when: Condition;
}

/** Minutes of some classes that do not count, because other classes ran at the same time. */
export interface Deduction {
  readonly id: string;
  readonly origin: Origin;
  readonly from: readonly Sourced<string>[];
  /** Empty for every position; then it is made before positions are given. */
  readonly as: readonly Position[];
  readonly overlapWith: readonly Sourced<string>[];
  readonly reason: string | undefined;
}

/** Services that no code reports. */
export interface UnreportedRule {
  readonly id: string;
  readonly origin: Origin;
  /** Empty for every class. */
  readonly classes: readonly Sourced<string>[];
  /** Empty for every position. */
  readonly as: readonly Position[];
  readonly when: Condition | undefined;
  readonly reason: string;
  /** Whether the drugs that were given with it have no lines either. */
  readonly withoutDrugs: boolean;
}

export interface Family extends RuleDocument {
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly classes: readonly ClassRule[];
  readonly groups: Grouping;
  readonly hierarchies: readonly Hierarchy[];
  readonly positionsOrigin: Origin;
  readonly deductions: readonly Deduction[];
  readonly unreported: readonly UnreportedRule[];
}

/** What an amendment says of a family; empty and undefined is what it leaves as it is. */
export interface FamilyChange {
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly classes: readonly ClassRule[];
  readonly groups: Grouping | undefined;
  readonly hierarchies: readonly Hierarchy[];
  readonly deductions: readonly Deduction[];
  readonly unreported: readonly UnreportedRule[];
}

export function lowerFamily(root: YamlNode, document: DocumentId): Family | undefined {
  const fields = new Fields(root, document);
  const base = readRuleDocument(fields, document, 'family');
  if (!base) return undefined;
  const own = readFamilyChange(fields);
  return {
    ...base,
    ...own,
    groups: own.groups ?? { origin: fields.originOf('groups'), by: [], combine: [] },
    hierarchies: amendHierarchies([], own.hierarchies),
    positionsOrigin: fields.originOf('positions'),
  };
}

/** The parts of a family that can be amended, as far as the fields have them. */
export function readFamilyChange(fields: Fields): FamilyChange {
  return {
    facts: readFacts(fields.fields('facts')),
    classes: fields
      .list('classes')
      .map(readClass)
      .filter((rule) => rule !== undefined),
    groups: readGrouping(fields, 'groups'),
    hierarchies: readHierarchies(fields, 'positions'),
    deductions: fields.list('deduct').map(readDeduction),
    unreported: fields.list('unreported').map(readUnreported),
  };
}

/** A family as an amendment leaves it. */
export function amendFamily(family: Family, change: FamilyChange): Family {
  const facts = new Map(family.facts);
  for (const [name, own] of change.facts) {
    const known = facts.get(name);
    facts.set(name, known ? amendFact(known, own) : own);
  }
  return {
    ...family,
    facts,
    classes: replaceNamed(family.classes, change.classes, ({ name }) => name),
    groups: change.groups ? amendGrouping(family.groups, change.groups) : family.groups,
    hierarchies: amendHierarchies(family.hierarchies, change.hierarchies),
    deductions: replaceNamed(family.deductions, change.deductions, ({ id }) => id),
    unreported: replaceNamed(family.unreported, change.unreported, ({ id }) => id),
  };
}

const amendFact = (known: FactDefinition, own: FactDefinition): FactDefinition => ({
  ...known,
  origin: own.origin,
  definition: own.definition === '' ? known.definition : own.definition,
  values: new Map([...known.values, ...own.values]),
  defaultValue: own.defaultValue ?? known.defaultValue,
  unit: own.unit === '' ? known.unit : own.unit,
  derive: own.derive ?? known.derive,
  of: own.of ?? known.of,
});

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
      derive: readDerivation(own.fields('derive')),
      of: own.text('of')?.value,
    });
  }
  return facts;
}

function readDerivation(fields: Fields | undefined): Derivation | undefined {
  const [divide, by] = [fields?.text('divide')?.value, fields?.text('by')?.value];
  return fields && divide !== undefined && by !== undefined
    ? { origin: fields.origin, divide, by }
    : undefined;
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

const positionsOf = (fields: Fields, key: string): Position[] =>
  fields.texts(key).flatMap(({ value }) => POSITIONS.find((position) => position === value) ?? []);

const readDeduction = (fields: Fields): Deduction => ({
  id: fields.text('id')?.value ?? '',
  origin: fields.origin,
  from: fields.texts('from'),
  as: positionsOf(fields, 'as'),
  overlapWith: fields.texts('overlap_with'),
  reason: fields.text('reason')?.value,
});

function readUnreported(fields: Fields): UnreportedRule {
  const when = fields.fields('when');
  return {
    id: fields.text('id')?.value ?? '',
    origin: fields.origin,
    classes: fields.texts('class'),
    as: positionsOf(fields, 'as'),
    when: when && lowerCondition(when),
    reason: fields.text('reason')?.value ?? '',
    withoutDrugs: fields.text('drugs')?.value === 'left-out',
  };
}
