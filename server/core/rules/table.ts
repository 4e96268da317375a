/** Tables: figures by code, as somebody publishes them, with the release they come from. */
import type { IsoDate } from '../base/clock.ts';
import type { DocumentId, Origin } from '../base/origin.ts';
import { parseQuantity, type Quantity } from '../base/quantity.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import { readRuleDocument, type RuleDocument } from './document.ts';
import { readModifiers, type ModifierRule } from './modifier.ts';

/** Figures by code, wherever they lie: a map of those of a document, or a look-up in an installed release. */
export interface ByCode<T> {
  /** How many codes there are, or more: an installed release counts rows. */
  readonly size: number;
  /** What holds on a date of service. */
  get(code: string, date: IsoDate): T | undefined;
}

/** What an indicator of a table means. */
export interface Indicator {
  readonly origin: Origin;
  readonly says: string;
  readonly per: 'line' | 'day';
  readonly excess: 'deny' | 'review';
  readonly bypass: 'never' | 'modifier' | 'always';
}

export interface UnitLimit {
  readonly origin: Origin;
  readonly units: number;
  readonly indicator: string;
  readonly rationale: string;
}

export interface CodePair {
  readonly origin: Origin;
  readonly indicator: string;
}

export interface DosageUnit {
  readonly origin: Origin;
  readonly drug: string;
  readonly amount: Quantity;
}

/** Relative values, or the geographic indices of a locality. */
export interface Parts {
  readonly work: number;
  readonly practiceExpense: number;
  readonly malpractice: number;
}

export interface Fee {
  readonly origin: Origin;
  readonly total: number;
  /** Undefined where the total alone is known: then nothing can be adjusted to a locality. */
  readonly parts: Parts | undefined;
  /** What one unit is worth, where the release has it by code. */
  readonly conversionFactor?: number;
  /** Where a modifier of the line has a fee of its own, such as that of one part of a service. */
  readonly byModifier?: ByCode<Fee>;
}

export interface Fees {
  readonly origin: Origin;
  readonly year: number;
  readonly currency: string;
  readonly conversionFactor: Sourced<number>;
  readonly codes: ByCode<Fee>;
  readonly localities: ByCode<Parts & { readonly origin: Origin }>;
}

export interface Table extends RuleDocument {
  readonly release: string;
  readonly family: Sourced<string> | undefined;
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly unitLimits: ByCode<UnitLimit>;
  /** By the code that is paid, by the code that is not. */
  readonly codePairs: ByCode<ByCode<CodePair>>;
  readonly bypassModifiers: readonly string[];
  readonly dosageUnits: ReadonlyMap<string, DosageUnit>;
  readonly modifiers: readonly ModifierRule[];
  readonly fees: Fees | undefined;
}

/** Whether it says anything of a code; one that does not only gives words to an installed release. */
export const hasFigures = ({ unitLimits, codePairs, dosageUnits, fees }: Table): boolean =>
  unitLimits.size > 0 || codePairs.size > 0 || dosageUnits.size > 0 || fees !== undefined;

export function lowerTable(root: YamlNode, document: DocumentId): Table | undefined {
  const fields = new Fields(root, document);
  const base = readRuleDocument(fields, document, 'table');
  if (!base) return undefined;
  return {
    ...base,
    release: fields.text('release')?.value ?? '',
    family: fields.text('family'),
    indicators: byKey(fields.fields('indicators'), readIndicator),
    unitLimits: byKey(fields.fields('unit_limits'), readUnitLimit),
    codePairs: byKey(fields.fields('code_pairs'), readPairs),
    bypassModifiers: fields.texts('bypass_modifiers').map(({ value }) => value),
    dosageUnits: byKey(fields.fields('dosage_units'), readDosage),
    modifiers: readModifiers(fields),
    fees: readFees(fields.fields('fees')),
  };
}

function byKey<T>(fields: Fields | undefined, read: (own: Fields) => T | undefined): Map<string, T> {
  const result = new Map<string, T>();
  for (const key of fields?.keys() ?? []) {
    const own = fields?.fields(key);
    const value = own && read(own);
    if (value !== undefined) result.set(key, value);
  }
  return result;
}

const readIndicator = (fields: Fields): Indicator => ({
  origin: fields.origin,
  says: fields.text('says')?.value ?? '',
  per: fields.text('per')?.value === 'line' ? 'line' : 'day',
  excess: fields.text('excess')?.value === 'review' ? 'review' : 'deny',
  bypass: readBypass(fields.text('bypass')?.value),
});

const readBypass = (text: string | undefined): Indicator['bypass'] =>
  text === 'modifier' || text === 'always' ? text : 'never';

function readUnitLimit(fields: Fields): UnitLimit | undefined {
  const units = fields.number('units');
  return (
    units && {
      origin: fields.origin,
      units: units.value,
      indicator: fields.text('indicator')?.value ?? '',
      rationale: fields.text('rationale')?.value ?? '',
    }
  );
}

const readPairs = (fields: Fields): ByCode<CodePair> =>
  new Map(
    fields
      .keys()
      .map((second) => [
        second,
        { origin: fields.originOf(second), indicator: fields.text(second)?.value ?? '' },
      ]),
  );

function readDosage(fields: Fields): DosageUnit | undefined {
  const text = fields.text('amount');
  const amount = text && parseQuantity(text.value);
  if (!amount || amount.amount === 0) return undefined;
  return { origin: fields.origin, drug: fields.text('drug')?.value ?? '', amount };
}

function readFees(fields: Fields | undefined): Fees | undefined {
  const year = fields?.number('year');
  const factor = fields && figure(fields, 'conversion_factor');
  if (!fields || !year || factor === undefined) return undefined;
  return {
    origin: fields.origin,
    year: year.value,
    currency: fields.text('currency')?.value ?? '',
    conversionFactor: { value: factor, origin: fields.originOf('conversion_factor') },
    codes: byKey(fields.fields('codes'), (own): Fee | undefined => {
      const total = figure(own, 'total');
      return total === undefined ? undefined : { origin: own.origin, total, parts: readParts(own) };
    }),
    localities: byKey(fields.fields('localities'), (own) => {
      const parts = readParts(own);
      return parts && { ...parts, origin: own.origin };
    }),
  };
}

function readParts(fields: Fields): Parts | undefined {
  const [work, practiceExpense, malpractice] = ['work', 'practice_expense', 'malpractice'].map((key) =>
    figure(fields, key),
  );
  return work === undefined || practiceExpense === undefined || malpractice === undefined
    ? undefined
    : { work, practiceExpense, malpractice };
}

function figure(fields: Fields, key: string): number | undefined {
  const text = fields.text(key);
  const number = text === undefined ? NaN : Number(text.value);
  return Number.isFinite(number) ? number : undefined;
}
