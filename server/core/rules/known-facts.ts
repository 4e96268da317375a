/** The facts that the engine itself knows, beside those that families define and those that encounters carry. */
export const ENCOUNTER_FACT_NAMES = [
  'claim',
  'payer',
  'plan',
  'place_of_service',
  'taxonomy',
  'diagnosis',
  'date',
] as const;

/** Facts of a line, and their values where the engine makes them. */
export const LINE_FACTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['code', []],
  ['class', []],
  ['as', ['initial', 'sequential', 'concurrent', 'additional-time', 'each']],
  ['units', []],
  ['modifier', []],
  ['initial', ['first', 'another-same-day']],
  ['differs_by', []],
  ['repeated_by', ['same-provider', 'another-provider']],
  ['own_diagnosis', []],
]);
