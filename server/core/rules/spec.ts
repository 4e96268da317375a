/** The executable part of a specification: what its code reports, from when, where, and with which modifiers. */
import type { DocumentId, Origin } from '../base/origin.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { lowerCondition, type Condition } from './condition.ts';
import { readRuleDocument, type RuleDocument } from './document.ts';
import { readThreshold, thresholdOf, type Threshold } from './threshold.ts';

export type Position = 'initial' | 'sequential' | 'concurrent' | 'additional-time' | 'each';
const POSITIONS: readonly Position[] = ['initial', 'sequential', 'concurrent', 'additional-time', 'each'];

export interface Reports {
  readonly origin: Origin;
  readonly classes: readonly Sourced<string>[];
  readonly as: Position;
  readonly asOrigin: Origin;
  /** Codes whose service this one adds to; empty for every code of the same class. */
  readonly of: readonly Sourced<string>[];
  readonly when: Condition | undefined;
}

export interface Exclusion {
  readonly origin: Origin;
  readonly when: Condition;
  /** Codes that report what is excluded here. */
  readonly instead: readonly Sourced<string>[];
  readonly reason: string | undefined;
}

/** Where claims of one type are reported. */
export interface Setting {
  readonly origin: Origin;
  readonly places: readonly string[];
  readonly placesOrigin: Origin;
  /** Undefined when every place that is not listed is denied. */
  readonly deniedAt: readonly string[] | undefined;
  readonly deniedOrigin: Origin;
  readonly reason: string;
}

export interface ModifierRule {
  readonly origin: Origin;
  readonly code: string;
  readonly use: string;
  /** Undefined for a modifier that is described and not computed. */
  readonly when: Condition | undefined;
}

export interface Spec extends RuleDocument {
  readonly code: string;
  readonly family: Sourced<string> | undefined;
  /** Undefined for a specification that describes its code and does not compute it. */
  readonly reports: Reports | undefined;
  /** Every bound that must be reached; the first one gives the units. */
  readonly thresholds: readonly Threshold[];
  readonly excludes: readonly Exclusion[];
  /** By claim type. */
  readonly settings: ReadonlyMap<string, Setting>;
  readonly modifiers: readonly ModifierRule[];
  readonly taxonomies: readonly Sourced<string>[];
  readonly diagnoses: readonly Sourced<string>[];
}

/** A specification that computes. */
export type ExecutableSpec = Spec & { readonly reports: Reports };

export const isExecutable = (spec: Spec): spec is ExecutableSpec => spec.reports !== undefined;

export function lowerSpec(root: YamlNode, document: DocumentId): Spec | undefined {
  const fields = new Fields(root, document);
  const base = readRuleDocument(fields, document, 'spec');
  if (!base) return undefined;
  const reports = readReports(fields);
  return {
    ...base,
    code: base.id.value,
    family: fields.text('family'),
    reports,
    thresholds: reports ? readThresholds(fields, reports.as) : [],
    excludes: fields.list('excludes').map(readExclusion),
    settings: readSettings(fields.fields('settings')),
    modifiers: fields.list('modifiers').map(readModifier),
    taxonomies: readCodes(fields, 'taxonomies'),
    diagnoses: readCodes(fields, 'diagnoses'),
  };
}

function readReports(parent: Fields): Reports | undefined {
  const fields = parent.fields('reports');
  if (!fields) return undefined;
  const as = POSITIONS.find((position) => position === fields.text('as')?.value);
  const classes = fields.texts('class');
  if (!as || classes.length === 0) return undefined;
  const when = fields.fields('when');
  return {
    origin: parent.originOf('reports'),
    classes,
    as,
    asOrigin: fields.originOf('as'),
    of: fields.texts('of'),
    when: when && lowerCondition(when),
  };
}

function readThresholds(fields: Fields, as: Position): Threshold[] {
  const time = readThreshold(fields, 'time', 'minutes', as === 'additional-time');
  const others = fields.list('thresholds').map((item) => {
    const measure = item.text('measure')?.value ?? '';
    return thresholdOf(item, measure, false, item.origin);
  });
  return time ? [time, ...others] : others;
}

function readExclusion(fields: Fields): Exclusion {
  return {
    origin: fields.origin,
    when: lowerCondition(fields, ['instead', 'reason']),
    instead: fields.texts('instead'),
    reason: fields.text('reason')?.value,
  };
}

function readSettings(fields: Fields | undefined): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const claim of fields?.keys() ?? []) {
    const own = fields?.fields(claim);
    if (!own) continue;
    settings.set(claim, {
      origin: own.origin,
      places: own.texts('places_of_service').map(({ value }) => value),
      placesOrigin: own.originOf('places_of_service'),
      deniedAt: own.has('denied_at') ? own.texts('denied_at').map(({ value }) => value) : undefined,
      deniedOrigin: own.originOf('denied_at'),
      reason: own.text('reason')?.value ?? 'it is not reported at this place of service',
    });
  }
  return settings;
}

function readModifier(fields: Fields): ModifierRule {
  const when = fields.fields('when');
  return {
    origin: fields.origin,
    code: fields.text('code')?.value ?? '',
    use: fields.text('use')?.value ?? '',
    when: when && lowerCondition(when),
  };
}

/** Codes of a list whose items are codes or mappings with a `code`. */
function readCodes(fields: Fields, key: string): Sourced<string>[] {
  return fields
    .mixedList(key)
    .map((item) => (item instanceof Fields ? item.text('code') : item))
    .filter((code) => code !== undefined);
}
