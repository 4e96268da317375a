/** The executable part of a specification: what its code reports, from when, where, and with which modifiers. */
import type { DocumentId, Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { ListUse } from './code-list.ts';
import { lowerCondition, type Condition } from './condition.ts';
import type { Watchable } from './conditions/shared/watch.ts';
import { readRuleDocument, type RuleDocument } from './document.ts';
import { readModifiers, type ModifierRule } from './modifier.ts';
import { amendThreshold, readThreshold, type Threshold, type WrittenThreshold } from './threshold.ts';

/** `stated`: the record names the code itself. */
export type Position =
  'initial' | 'sequential' | 'concurrent' | 'repeat' | 'additional-time' | 'each' | 'stated';
export const POSITIONS: readonly Position[] = [
  'initial',
  'sequential',
  'concurrent',
  'repeat',
  'additional-time',
  'each',
  'stated',
];

/** One part that a service may play for the code to be reported. */
export interface Reports {
  readonly origin: Origin;
  readonly classes: readonly Sourced<string>[];
  readonly as: Position;
  readonly asOrigin: Origin;
  /** Codes whose service this one adds to; empty for every code of the same class. */
  readonly of: readonly Sourced<string>[];
  readonly when: Condition | undefined;
  /** Its own time and thresholds, where it has them. */
  readonly own: WrittenThresholds;
  /** Every bound that must be reached; the first one gives the units. */
  readonly thresholds: readonly Threshold[];
}

interface WrittenThresholds {
  readonly time: WrittenThreshold | undefined;
  /** Undefined where the document says nothing of them. */
  readonly others: readonly WrittenThreshold[] | undefined;
}

export interface Exclusion {
  readonly origin: Origin;
  readonly when: Condition;
  /** Codes that report what is excluded here. */
  readonly instead: readonly Sourced<string>[];
  readonly reason: string | undefined;
}

/** Where claims of one type are reported. */
export interface Setting extends Watchable {
  readonly origin: Origin;
  readonly places: readonly string[];
  readonly placesOrigin: Origin;
  /** Undefined when every place that is not listed is denied. */
  readonly deniedAt: readonly string[] | undefined;
  readonly deniedOrigin: Origin;
  readonly reason: string | undefined;
}

export type LimitPeriod = 'day' | 'encounter' | 'group';

/** How many units are reported at most; what is beyond is not reported. */
export interface SpecLimit {
  readonly origin: Origin;
  readonly units: number;
  readonly per: LimitPeriod;
  readonly reason: string | undefined;
}

/** Codes beside which a code is not reported on the same day. */
export interface NotBeside {
  readonly origin: Origin;
  /** Empty for any other line. */
  readonly codes: readonly Sourced<string>[];
  readonly reason: string;
}

export interface Spec extends RuleDocument {
  readonly code: string;
  readonly family: Sourced<string> | undefined;
  /** Empty for a specification that describes its code and does not compute it. */
  readonly reports: readonly Reports[];
  /** Of the whole document, for every part that has none of its own. */
  readonly shared: WrittenThresholds;
  readonly limit: SpecLimit | undefined;
  readonly notBeside: readonly NotBeside[];
  readonly excludes: readonly Exclusion[];
  /** By claim type. */
  readonly settings: ReadonlyMap<string, Setting>;
  readonly modifiers: readonly ModifierRule[];
  readonly taxonomies: readonly Sourced<string>[];
  readonly diagnoses: readonly Sourced<string>[];
  readonly diagnosisLists: readonly ListUse[];
}

/** A specification that computes. */
export type ExecutableSpec = Spec & { readonly reports: readonly [Reports, ...Reports[]] };

export const isExecutable = (spec: Spec): spec is ExecutableSpec => spec.reports.length > 0;

/** What an amendment says of a specification; undefined is what it leaves as it is. */
export interface SpecChange {
  readonly reports: readonly Reports[] | undefined;
  readonly shared: WrittenThresholds;
  readonly limit: SpecLimit | undefined;
  readonly notBeside: readonly NotBeside[] | undefined;
  readonly excludes: readonly Exclusion[] | undefined;
  readonly settings: ReadonlyMap<string, Setting>;
  readonly modifiers: readonly ModifierRule[];
  readonly taxonomies: readonly Sourced<string>[] | undefined;
  readonly diagnoses: readonly Sourced<string>[] | undefined;
  readonly diagnosisLists: readonly ListUse[] | undefined;
}

/** Whether a specification says anything of diagnoses. */
export const listsDiagnoses = ({ diagnoses, diagnosisLists }: Spec): boolean =>
  diagnoses.length + diagnosisLists.length > 0;

/** Whether a specification, or a list that it names, has a diagnosis. */
export const hasDiagnosis = ({ diagnoses, diagnosisLists }: Spec, code: string): boolean =>
  diagnoses.some(({ value }) => value === code) ||
  diagnosisLists.some(({ codes }) => codes?.has(code.toLowerCase()) === true);

export function lowerSpec(root: YamlNode, document: DocumentId): Spec | undefined {
  const fields = new Fields(root, document);
  const base = readRuleDocument(fields, document, 'spec');
  if (!base) return undefined;
  const own = readSpecChange(fields);
  return withThresholds({
    ...base,
    problems: [...base.problems, ...withoutClass(fields)],
    code: base.id.value,
    family: fields.text('family'),
    reports: own.reports ?? [],
    shared: own.shared,
    limit: own.limit,
    notBeside: own.notBeside ?? [],
    excludes: own.excludes ?? [],
    settings: own.settings,
    modifiers: own.modifiers,
    taxonomies: own.taxonomies ?? [],
    diagnoses: own.diagnoses ?? [],
    diagnosisLists: own.diagnosisLists ?? [],
  });
}

/** The parts of a specification that can be amended, as far as the fields have them. */
export function readSpecChange(fields: Fields): SpecChange {
  return {
    reports: fields.has('reports') ? readReports(fields) : undefined,
    shared: readThresholds(fields),
    limit: readLimit(fields),
    notBeside: fields.has('not_beside') ? fields.list('not_beside').map(readNotBeside) : undefined,
    excludes: fields.has('excludes') ? fields.list('excludes').map(readExclusion) : undefined,
    settings: readSettings(fields.fields('settings')),
    modifiers: readModifiers(fields),
    taxonomies: fields.has('taxonomies') ? readCodes(fields, 'taxonomies') : undefined,
    diagnoses: fields.has('diagnoses') ? readCodes(fields, 'diagnoses') : undefined,
    diagnosisLists: fields.has('diagnosis_lists')
      ? fields.texts('diagnosis_lists').map((list): ListUse => ({ list, codes: undefined }))
      : undefined,
  };
}

/** A specification as an amendment leaves it. */
export function amendSpec(spec: Spec, change: SpecChange): Spec {
  const renamed = new Set(change.modifiers.map(({ code }) => code));
  return withThresholds({
    ...spec,
    reports: change.reports ?? spec.reports,
    shared: {
      time: amendThreshold(spec.shared.time, change.shared.time),
      others: change.shared.others ?? spec.shared.others,
    },
    limit: change.limit ?? spec.limit,
    notBeside: change.notBeside ?? spec.notBeside,
    excludes: change.excludes ?? spec.excludes,
    settings: amendSettings(spec.settings, change.settings),
    modifiers: [...change.modifiers, ...spec.modifiers.filter(({ code }) => !renamed.has(code))],
    taxonomies: change.taxonomies ?? spec.taxonomies,
    diagnoses: change.diagnoses ?? spec.diagnoses,
    diagnosisLists: change.diagnosisLists ?? spec.diagnosisLists,
  });
}

function amendSettings(
  base: ReadonlyMap<string, Setting>,
  changes: ReadonlyMap<string, Setting>,
): ReadonlyMap<string, Setting> {
  const settings = new Map(base);
  for (const [claim, change] of changes) {
    const known = base.get(claim);
    settings.set(claim, known ? amendSetting(known, change) : change);
  }
  return settings;
}

const amendSetting = (base: Setting, change: Setting): Setting => ({
  origin: change.origin,
  ...(change.places.length > 0
    ? { places: change.places, placesOrigin: change.placesOrigin }
    : { places: base.places, placesOrigin: base.placesOrigin }),
  ...(change.deniedAt
    ? { deniedAt: change.deniedAt, deniedOrigin: change.deniedOrigin }
    : { deniedAt: base.deniedAt, deniedOrigin: base.deniedOrigin }),
  reason: change.reason ?? base.reason,
});

/** Gives every part the thresholds that hold for it: its own, or those of the document. */
function withThresholds(spec: Spec): Spec {
  return {
    ...spec,
    reports: spec.reports.map((part) => {
      const time = part.own.time ?? spec.shared.time;
      const others = part.own.others ?? spec.shared.others ?? [];
      const thresholds = [...(time ? [time] : []), ...others].map((threshold) => ({
        ...threshold,
        repeats: threshold.repeats ?? (threshold === time && part.as === 'additional-time'),
      }));
      return { ...part, thresholds };
    }),
  };
}

const readReports = (parent: Fields): Reports[] =>
  partsOf(parent)
    .map(({ fields, origin }) => readPart(fields, origin))
    .filter((part) => part !== undefined);

/** The mapping under `reports`, or each of a list of them. */
export function partsOf(parent: Fields): { readonly fields: Fields; readonly origin: Origin }[] {
  const single = parent.fields('reports');
  const all = parent.list('reports').map((fields) => ({ fields, origin: fields.origin }));
  return [...(single ? [{ fields: single, origin: parent.originOf('reports') }] : []), ...all];
}

/** Every part but that of stated codes needs a class. */
const withoutClass = (parent: Fields): Problem[] =>
  partsOf(parent)
    .filter(({ fields }) => fields.has('as') && fields.text('as')?.value !== 'stated' && !fields.has('class'))
    .map(({ origin }) =>
      problem(
        'missing-key',
        { ...origin, part: 'key' },
        '"reports" needs the key "class". The class of services that the code reports, or several.',
        { fix: { kind: 'add-key', key: 'class' } },
      ),
    );

function readPart(fields: Fields, origin: Origin): Reports | undefined {
  const as = POSITIONS.find((position) => position === fields.text('as')?.value);
  const classes = fields.texts('class');
  if (!as || (classes.length === 0 && as !== 'stated')) return undefined;
  const when = fields.fields('when');
  return {
    origin,
    classes,
    as,
    asOrigin: fields.originOf('as'),
    of: fields.texts('of'),
    when: when && lowerCondition(when),
    own: readThresholds(fields),
    thresholds: [],
  };
}

function readThresholds(fields: Fields): WrittenThresholds {
  const time = fields.fields('time');
  const others = fields.list('thresholds').map((item) => {
    const measure = item.text('measure')?.value ?? '';
    return readThreshold(item, measure, item.origin);
  });
  return {
    time: time && readThreshold(time, 'minutes', fields.originOf('time')),
    others: fields.has('thresholds') ? others : undefined,
  };
}

const PERIODS: readonly LimitPeriod[] = ['day', 'encounter', 'group'];

function readLimit(parent: Fields): SpecLimit | undefined {
  const fields = parent.fields('limit');
  const units = fields?.number('units');
  const per = PERIODS.find((period) => period === fields?.text('per')?.value);
  if (!fields || !units || !per) return undefined;
  const reason = fields.text('reason')?.value;
  return { origin: parent.originOf('limit'), units: units.value, per, reason };
}

const readNotBeside = (fields: Fields): NotBeside => ({
  origin: fields.origin,
  codes: fields.texts('codes'),
  reason: fields.text('reason')?.value ?? '',
});

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
      reason: own.text('reason')?.value,
    });
  }
  return settings;
}

/** Codes of a list whose items are codes or mappings with a `code`. */
function readCodes(fields: Fields, key: string): Sourced<string>[] {
  return fields
    .mixedList(key)
    .map((item) => (item instanceof Fields ? item.text('code') : item))
    .filter((code) => code !== undefined);
}
