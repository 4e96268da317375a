/** Made-up days of administrations for properties: drugs by the clock, or whatever the whole family has words for. */
import fc from 'fast-check';
import { encounterOf, later, type EncounterHead } from './bench.ts';

/** An administration, with its times as numbers so that they can be moved. */
export interface Given {
  readonly substance: string;
  readonly purpose: string;
  readonly route: string;
  /** Minutes from midnight; undefined where no clock time is documented. */
  readonly start: number | undefined;
  /** With a start, the stop follows from them. */
  readonly minutes: number | undefined;
  readonly session: string | undefined;
  readonly site: string | undefined;
  readonly main: boolean;
  /** What else is documented, as `key: value`. */
  readonly more: readonly string[];
}

/** One of which both times are documented. */
interface Timed extends Given {
  readonly start: number;
  readonly minutes: number;
}

export interface Day {
  readonly items: readonly Given[];
  /** Entries of `services`, as `key: value`. */
  readonly services: readonly string[];
  readonly head: EncounterHead;
}

export const runs = (numRuns: number, seed: number): { numRuns: number; seed: number } => ({ numRuns, seed });

/** One administration, its clock moved by some minutes. */
export function written(item: Given, shift = 0): string {
  const { start, minutes } = item;
  return [
    `substance: ${item.substance}`,
    `purpose: ${item.purpose}`,
    `route: ${item.route}`,
    ...(start === undefined ? [] : [`start: "${later('00:00', start + shift)}"`]),
    ...(minutes === undefined
      ? []
      : start === undefined
        ? [`minutes: ${String(minutes)}`]
        : [`stop: "${later('00:00', start + shift + minutes)}"`]),
    ...(item.session === undefined ? [] : [`session: ${item.session}`]),
    ...(item.site === undefined ? [] : [`access_site: ${item.site}`]),
    ...(item.main ? ['primary_reason: true'] : []),
    ...item.more,
  ].join(', ');
}

export function writtenDay({ items, services, head }: Day, shift = 0): string {
  const more =
    services.length === 0 ? {} : { more: ['services:', ...services.map((own) => `  - {${own}}`)].join('\n') };
  return encounterOf(
    items.map((item) => written(item, shift)),
    { ...head, ...more },
  );
}

/** The same members in another order. */
export const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] =>
  fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), { numRuns: 1, seed })[0] ?? items;

const PLACE = {
  session: fc.constantFrom(undefined, 'am', 'pm'),
  site: fc.constantFrom(undefined, 'left', 'right'),
  main: fc.boolean(),
};
const EDGES = [15, 16, 30, 31, 60, 61, 90, 91, 150, 151, 480, 481];

/** By the clock, most of them drugs into a vein. */
export const given: fc.Arbitrary<Timed> = fc.record({
  substance: fc.constantFrom('x', 'y', 'z'),
  purpose: fc.constantFrom(
    'therapeutic',
    'therapeutic',
    'prophylactic',
    'diagnostic',
    'hydration',
    'flush',
    'chemotherapy',
  ),
  route: fc.constantFrom('iv-infusion', 'iv-infusion', 'iv-infusion', 'iv-push', 'subcutaneous'),
  start: fc.integer({ min: 6 * 60, max: 20 * 60 }),
  minutes: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(15, 16, 60, 61, 90, 91, 150, 151)),
  ...PLACE,
  more: fc.constant([]),
});

export const day = fc.array(given, { minLength: 1, maxLength: 6 });

export const heads = fc.constantFrom<EncounterHead>(
  {},
  { claim: 'facility', place: '22' },
  { place: '22' },
  { payer: 'BCBS', plan: 'Regence', place: '32' },
);

/** Purposes of which something is reported, and routes, as the family has them. */
export const PURPOSES = [
  'therapeutic',
  'prophylactic',
  'diagnostic',
  'hydration',
  'chemotherapy',
  'hormonal-antineoplastic',
  'complex-biologic',
];
export const NEVER = ['flush', 'keep-vein-open', 'carrier', 'diluent', 'contrast', 'transfusion'];
export const ROUTES = [
  'iv-infusion',
  'iv-push',
  'intra-arterial',
  'intramuscular',
  'subcutaneous',
  'subcutaneous-infusion',
  'on-body-injector',
  'intrathecal',
  'oral',
];

const often = (rarely: fc.Arbitrary<readonly string[]>): fc.Arbitrary<readonly string[]> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: rarely });

const extras = fc
  .tuple(
    often(fc.constant(['discontinued: true'])),
    often(fc.constant(['ordered: false'])),
    often(
      fc.constantFrom('portable-pump', 'stationary-pump', 'reservoir').map((device) => [`device: ${device}`]),
    ),
    often(fc.constantFrom(20, 30, 31).map((since) => [`minutes_since_previous: ${String(since)}`])),
    often(fc.constantFrom('nurse', 'doctor').map((who) => [`given_by: ${who}`])),
    often(
      fc.constantFrom(
        ['drug: J1745', 'dose: 95 mg', 'wasted: 5 mg', 'container: single-dose'],
        ['drug: J2405', 'dose: 8 mg'],
        ['drug: J9999', 'dose: 1 mg'],
      ),
    ),
  )
  .map((parts) => parts.flat());

/** Whatever the family has words for: by the clock, by minutes, with a start alone, or with no time. */
const anything: fc.Arbitrary<Given> = fc.record({
  substance: fc.constantFrom('x', 'y', 'z', 'saline'),
  purpose: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PURPOSES) },
    { weight: 1, arbitrary: fc.constantFrom(...NEVER) },
  ),
  route: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('iv-infusion', 'iv-push') },
    { weight: 1, arbitrary: fc.constantFrom(...ROUTES) },
  ),
  start: fc.option(fc.integer({ min: 6 * 60, max: 20 * 60 }), { freq: 4, nil: undefined }),
  minutes: fc.option(fc.oneof(fc.integer({ min: 0, max: 600 }), fc.constantFrom(...EDGES)), {
    freq: 4,
    nil: undefined,
  }),
  ...PLACE,
  more: extras,
});

const RELATIONS = ['concurrent_with', 'repeats', 'resumes', 'mixed_with'];

/** Some entries say of themselves how they go with one before them. */
const linked = (items: readonly Given[]): fc.Arbitrary<readonly Given[]> =>
  fc
    .tuple(
      ...items.map((_, index) =>
        often(
          fc
            .tuple(fc.constantFrom(...RELATIONS), fc.nat({ max: Math.max(0, index - 1) }))
            .map(([relation, other]) => (index === 0 ? [] : [`${relation}: a${String(other)}`])),
        ),
      ),
    )
    .map((links) =>
      items.map((item, index) => ({
        ...item,
        more: [`id: a${String(index)}`, ...item.more, ...(links[index] ?? [])],
      })),
    );

const SERVICES = [
  'service: port-flush',
  'service: portable-pump-refill',
  'service: implanted-pump-refill',
  'service: pump-disconnect',
  'code: "99211"',
  'code: "99213"',
  'code: "99213", separately_identifiable: true',
  'code: "36000"',
  'code: "36430"',
];

/** Claims of every type and of payers with and without policies. */
export const everyHead: fc.Arbitrary<EncounterHead> = fc
  .tuple(
    fc.constantFrom<EncounterHead>(
      { claim: 'professional', place: '11' },
      { claim: 'professional', place: '11' },
      { claim: 'professional', place: '22' },
      { claim: 'professional', place: '32' },
      { claim: 'professional', place: '99' },
      { claim: 'professional', place: undefined },
      { claim: 'facility', place: '22' },
      { claim: 'facility', place: '22' },
    ),
    fc.constantFrom<EncounterHead>(
      { payer: 'Medicare' },
      { payer: undefined },
      { payer: 'Aetna' },
      { payer: 'BCBS', plan: 'Regence' },
    ),
  )
  .map(([claim, payer]) => ({ ...claim, ...payer }));

export const anyDay: fc.Arbitrary<Day> = fc.record({
  items: fc.array(anything, { minLength: 1, maxLength: 6 }).chain(linked),
  services: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...SERVICES), { minLength: 1, maxLength: 3 }) },
  ),
  head: everyHead,
});
