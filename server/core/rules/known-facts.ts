/** The facts that the engine itself knows, beside those that families define and those that encounters carry. */
import { POSITIONS } from './spec.ts';

export const ENCOUNTER_FACT_NAMES = [
  'claim',
  'payer',
  'plan',
  'place_of_service',
  'locality',
  'taxonomy',
  'diagnosis',
  'date',
] as const;

/** A fact of a line: what it says, and its values where the engine makes them. */
export interface LineFact {
  readonly says: string;
  readonly values: readonly string[];
}

const lineFact = (says: string, values: readonly string[] = []): LineFact => ({ says, values });

/** Facts of a line. */
export const LINE_FACTS: ReadonlyMap<string, LineFact> = new Map([
  ['code', lineFact('The code of the line.')],
  ['class', lineFact('The class of its service.')],
  ['as', lineFact('The part that the service plays for the code.', [...POSITIONS, 'drug'])],
  ['units', lineFact('How many units the line has.')],
  ['modifier', lineFact('The modifiers that the line has so far.')],
  [
    'initial',
    lineFact('Whether the initial service of its group is the first of the day.', [
      'first',
      'another-same-day',
    ]),
  ],
  ['differs_by', lineFact('The facts in which its group differs from the first of the day.')],
  [
    'repeated_by',
    lineFact('Who repeated the service, where the record says that it repeats another.', [
      'same-provider',
      'another-provider',
    ]),
  ],
  ['own_diagnosis', lineFact('The diagnosis that the record gives the service itself.')],
  ['occurrence', lineFact("Which of the day's lines of the same code it is, from 1.")],
  ['beside', lineFact("The codes of the day's other lines that are not denied.")],
  ['other_lines', lineFact('How many other lines of the day are not denied.')],
  ['part', lineFact('Of the line of a drug: what was given, or what was thrown away.', ['given', 'wasted'])],
]);

/** Facts that may have several values at once: a test holds where one of them is as it asks. */
export const FACTS_WITH_LISTS: ReadonlySet<string> = new Set([
  'diagnosis',
  'own_diagnosis',
  'modifier',
  'differs_by',
  'beside',
]);

/** Facts of a line and of an encounter whose values are names of documents or codes, by the format that schemas give such values. */
export const FACT_FORMATS: Readonly<Record<string, string | undefined>> = {
  code: 'procedure-code',
  beside: 'procedure-code',
  class: 'class-ref',
  differs_by: 'fact-ref',
  modifier: 'modifier',
  diagnosis: 'icd-10-cm',
  own_diagnosis: 'icd-10-cm',
  taxonomy: 'nucc-taxonomy',
  payer: 'payer',
  plan: 'plan',
  place_of_service: 'place-of-service',
};
