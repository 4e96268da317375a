/** What each format looks like, in words: the end of the sentence about a value that does not fit. */
import type { JsonSchema } from './schema.ts';

const NAME = 'which is not a name: lower-case letters, digits, and hyphens between them.';

const FORMATS: Readonly<Record<string, string>> = {
  'procedure-code': 'which is not written as a procedure code: five characters, digits and capital letters.',
  modifier: 'which is not written as a modifier: two characters, digits and capital letters.',
  'icd-10-cm':
    'which is not written as an ICD-10-CM code: a letter, two characters, a point and up to four more.',
  'nucc-taxonomy': 'which is not written as a taxonomy code: nine characters and an X.',
  'place-of-service': 'which is not written as a place of service: two digits.',
  date: 'which is not a date: write year, month and day as YYYY-MM-DD.',
  'clock-time': 'which is not a time of day: write HH:MM, and HH:MM +1d for the next day.',
  quantity: 'which is not a quantity: write a number and a unit.',
  name: NAME,
  'family-ref': NAME,
  'class-ref': NAME,
  'fact-ref': NAME,
  'policy-ref': NAME,
  'table-ref': NAME,
  'code-list-ref': NAME,
  npi: 'which is not written as an NPI: ten digits, the first one 1 or 2.',
  payer: 'which begins or ends with a space.',
  plan: 'which begins or ends with a space.',
  figure: 'which is not a figure: write a number with a point, such as 32.3465.',
  uri: 'which is not a web address: write it whole, from https:// on.',
};

export function formatSentence(schema: JsonSchema | undefined): string {
  const words = FORMATS[schema?.format ?? ''] ?? 'which is not written as this value should be.';
  const example = schema?.examples?.[0];
  return typeof example === 'string' ? `${words.replace(/\.$/, '')}, for example "${example}".` : words;
}
