/**
 * Fluids and drugs into a vein: 96360 to 96368. A first hour of a drug needs 16 minutes and one of fluid 31; each further
 * hour needs 31 minutes beyond the last full one; shorter drugs are pushes.
 */
import { clocked, given, infusion } from '../../../support/bench.ts';
import { alone, HOSPITAL, ladder, single, type Case } from './case.ts';

const FLUID = 'hydration iv-infusion';
const CHEMO = 'chemotherapy iv-infusion';
const fluid = (start: string, minutes: number, more = ''): string =>
  clocked('saline', FLUID, start, minutes, more);
const push = (substance: string, start: string): string =>
  given(substance, 'therapeutic iv-push', `start: "${start}"`);

const fluids: readonly Case[] = [
  ...alone(FLUID, {
    0: '',
    1: '',
    15: '',
    16: '',
    29: '',
    30: '',
    31: '96360',
    32: '96360',
    59: '96360',
    60: '96360',
    61: '96360',
    89: '96360',
    90: '96360',
    91: '96360 + 96361',
    92: '96360 + 96361',
    120: '96360 + 96361',
    149: '96360 + 96361',
    150: '96360 + 96361',
    151: '96360 + 96361 × 2',
    210: '96360 + 96361 × 2',
    211: '96360 + 96361 × 3',
    270: '96360 + 96361 × 3',
    271: '96360 + 96361 × 4',
  }),
  ...alone(FLUID, { 30: '', 31: '96360', 90: '96360', 91: '96360 + 96361' }, HOSPITAL),
  ...ladder('fluid behind a drug', (minutes) => [infusion('x', '08:00', 60), fluid('10:00', minutes)], {
    1: '96365',
    30: '96365',
    31: '96361 + 96365',
    60: '96361 + 96365',
    61: '96361 + 96365',
    90: '96361 + 96365',
    91: '96361 × 2 + 96365',
    150: '96361 × 2 + 96365',
    151: '96361 × 3 + 96365',
    210: '96361 × 3 + 96365',
    211: '96361 × 4 + 96365',
  }),
  ...ladder('fluid before a drug', (minutes) => [fluid('05:00', minutes), infusion('x', '08:00', 60)], {
    30: '96365',
    31: '96361 + 96365',
    90: '96361 + 96365',
    91: '96361 × 2 + 96365',
    150: '96361 × 2 + 96365',
    151: '96361 × 3 + 96365',
  }),
  ...ladder('fluid behind a push', (minutes) => [push('x', '08:00'), fluid('10:00', minutes)], {
    30: '96374',
    31: '96361 + 96374',
    90: '96361 + 96374',
    91: '96361 × 2 + 96374',
  }),
  ...ladder(
    'fluid behind a push against cancer',
    (minutes) => [given('x', 'chemotherapy iv-push', 'start: "08:00"'), fluid('10:00', minutes)],
    { 30: '96409', 31: '96361 + 96409', 90: '96361 + 96409', 91: '96361 × 2 + 96409' },
  ),
  ...ladder(
    'fluid behind an infusion against cancer',
    (minutes) => [clocked('x', CHEMO, '08:00', 60), fluid('10:00', minutes)],
    { 30: '96413', 31: '96361 + 96413', 90: '96361 + 96413', 91: '96361 × 2 + 96413' },
  ),
];

const fluidsThatComeFirst: readonly Case[] = [
  ...ladder(
    'fluid that the patient came for, in an office',
    (minutes) => [fluid('08:00', minutes, 'primary_reason: true'), infusion('x', '14:00', 60)],
    {
      30: '96365',
      31: '96360 + 96367',
      90: '96360 + 96367',
      91: '96360 + 96361 + 96367',
      150: '96360 + 96361 + 96367',
      151: '96360 + 96361 × 2 + 96367',
    },
  ),
  ...ladder(
    'fluid that the patient came for, in a hospital',
    (minutes) => [fluid('08:00', minutes, 'primary_reason: true'), infusion('x', '14:00', 60)],
    { 30: '96365', 31: '96361 + 96365', 90: '96361 + 96365', 91: '96361 × 2 + 96365' },
    HOSPITAL,
  ),
  ...ladder(
    'fluid that the patient came for, before a push',
    (minutes) => [fluid('08:00', minutes, 'primary_reason: true'), push('x', '14:00')],
    { 30: '96374', 31: '96360 + 96375', 90: '96360 + 96375', 91: '96360 + 96361 + 96375' },
  ),
];

const fluidsBesideDrugs: readonly Case[] = [
  ...ladder(
    'an hour of fluid with a drug beside it',
    (minutes) => [fluid('08:00', 60), infusion('x', '08:10', minutes)],
    { 28: '96361 + 96365', 29: '96361 + 96365', 30: '96365', 31: '96365' },
  ),
  ...ladder(
    'two hours of fluid with a drug beside it',
    (minutes) => [fluid('08:00', 120), infusion('x', '08:10', minutes)],
    { 28: '96361 × 2 + 96365', 29: '96361 × 2 + 96365', 30: '96361 + 96365', 31: '96361 + 96365' },
  ),
  ...ladder(
    'fluid with a push of 10 minutes beside it',
    (minutes) => [fluid('08:00', minutes), clocked('x', 'therapeutic iv-push', '08:10', 10)],
    { 40: '96374', 41: '96361 + 96374', 100: '96361 + 96374', 101: '96361 × 2 + 96374' },
  ),
  ...ladder(
    'fluid with a drug against cancer beside it for half an hour',
    (minutes) => [fluid('08:00', minutes), clocked('x', CHEMO, '08:10', 30)],
    { 60: '96413', 61: '96361 + 96413', 120: '96361 + 96413', 121: '96361 × 2 + 96413' },
  ),
  ...ladder('two bags of fluid', (minutes) => [fluid('08:00', 15), fluid('09:00', minutes)], {
    15: '',
    16: '96360',
    75: '96360',
    76: '96360 + 96361',
  }),
  single(
    'two bags of fluid that would each do are one hydration',
    [fluid('08:00', 31), fluid('09:00', 31)],
    '96360',
  ),
  single(
    'saline and another fluid are one hydration',
    [fluid('08:00', 31), clocked('ringer', FLUID, '09:00', 31)],
    '96360',
  ),
  ...ladder(
    'fluid at a second site',
    (minutes) => [fluid('08:00', 31, 'access_site: left'), fluid('10:00', minutes, 'access_site: right')],
    { 30: '96360', 31: '96360 + 96360-59', 90: '96360 + 96360-59', 91: '96360 + 96360-59 + 96361-59' },
  ),
];

const DRUG_STEPS = {
  0: '',
  1: '96374',
  14: '96374',
  15: '96374',
  16: '96365',
  17: '96365',
  30: '96365',
  31: '96365',
  59: '96365',
  60: '96365',
  61: '96365',
  89: '96365',
  90: '96365',
  91: '96365 + 96366',
  92: '96365 + 96366',
  149: '96365 + 96366',
  150: '96365 + 96366',
  151: '96365 + 96366 × 2',
  210: '96365 + 96366 × 2',
  211: '96365 + 96366 × 3',
  480: '96365 + 96366 × 7',
  481: '96365 + 96366 × 7',
  510: '96365 + 96366 × 7',
  511: '96365 + 96366 × 8',
};

const drugs: readonly Case[] = [
  ...['therapeutic', 'prophylactic', 'diagnostic'].flatMap((purpose) => [
    ...alone(`${purpose} iv-infusion`, DRUG_STEPS),
    ...alone(
      `${purpose} iv-infusion`,
      { 15: '96374', 16: '96365', 90: '96365', 91: '96365 + 96366' },
      HOSPITAL,
    ),
  ]),
  ...ladder('a further drug', (minutes) => [infusion('x', '08:00', 60), infusion('y', '10:00', minutes)], {
    0: '96365',
    1: '96365 + 96375',
    15: '96365 + 96375',
    16: '96365 + 96367',
    60: '96365 + 96367',
    61: '96365 + 96367',
    90: '96365 + 96367',
    91: '96365 + 96366 + 96367',
    150: '96365 + 96366 + 96367',
    151: '96365 + 96366 × 2 + 96367',
    210: '96365 + 96366 × 2 + 96367',
    211: '96365 + 96366 × 3 + 96367',
  }),
  ...ladder(
    'a further drug behind one of 90 minutes',
    (minutes) => [infusion('x', '08:00', 90), infusion('y', '10:00', minutes)],
    { 90: '96365 + 96367', 91: '96365 + 96366 + 96367', 151: '96365 + 96366 × 2 + 96367' },
  ),
  ...ladder(
    'a further drug behind one against cancer',
    (minutes) => [clocked('c', CHEMO, '08:00', 60), infusion('y', '10:00', minutes)],
    {
      15: '96375 + 96413',
      16: '96367 + 96413',
      90: '96367 + 96413',
      91: '96366 + 96367 + 96413',
      150: '96366 + 96367 + 96413',
      151: '96366 × 2 + 96367 + 96413',
    },
  ),
  ...ladder(
    'a drug at a second site',
    (minutes) => [
      infusion('x', '08:00', 60, 'access_site: left'),
      infusion('x', '10:00', minutes, 'access_site: right'),
    ],
    {
      15: '96365 + 96374-59',
      16: '96365 + 96365-59',
      90: '96365 + 96365-59',
      91: '96365 + 96365-59 + 96366-59',
    },
  ),
  ...ladder(
    'two bags of one drug',
    (minutes) => [infusion('x', '08:00', 45), infusion('x', '10:00', minutes)],
    {
      16: '96365',
      45: '96365',
      46: '96365 + 96366',
      105: '96365 + 96366',
      106: '96365 + 96366 × 2',
    },
  ),
];

const brokenOff: readonly Case[] = [
  ...alone(
    'therapeutic iv-infusion',
    { 0: '', 1: '96365-53', 15: '96365-53', 16: '96365', 90: '96365', 91: '96365 + 96366' },
    undefined,
    'discontinued: true',
  ),
  ...alone(
    'therapeutic iv-infusion',
    { 1: '96374', 15: '96374', 16: '96365' },
    HOSPITAL,
    'discontinued: true',
  ),
  ...ladder(
    'a further drug that was broken off',
    (minutes) => [infusion('x', '08:00', 60), infusion('y', '10:00', minutes, 'discontinued: true')],
    {
      0: '96365',
      1: '96365 + 96367-53',
      15: '96365 + 96367-53',
      16: '96365 + 96367',
      91: '96365 + 96366 + 96367',
    },
  ),
];

/** The second drug runs for so long in all, and beside the first for the minutes of the ladder. */
const beside = (first: number, second: number) => (overlap: number) => [
  infusion('x', '10:00', first),
  clocked('y', 'therapeutic iv-infusion', startFor(first, overlap), second),
];
/** When what begins beside an infusion from 10:00 on has to begin to overlap so long with its end. */
const startFor = (first: number, overlap: number): string => {
  const at = 600 + first - overlap;
  return `${String(Math.floor(at / 60))}:${String(at % 60).padStart(2, '0')}`;
};

const sideBySide: readonly Case[] = [
  ...ladder('20 minutes of a drug that overlap', beside(60, 20), {
    0: '96365 + 96367',
    14: '96365 + 96367',
    15: '96365 + 96367',
    16: '96365 + 96368',
    20: '96365 + 96368',
  }),
  ...ladder('an hour of a drug that overlaps', beside(60, 60), {
    15: '96365 + 96367',
    16: '96365 + 96367',
    29: '96365 + 96367',
    30: '96365 + 96367',
    31: '96365 + 96368',
    60: '96365 + 96368',
  }),
  ...ladder('two hours of a drug that overlap', beside(120, 120), {
    60: '96365 + 96366 × 2 + 96367',
    61: '96365 + 96366 + 96368',
  }),
  ...ladder('31 minutes of a drug that overlap', beside(60, 31), {
    15: '96365 + 96367',
    16: '96365 + 96368',
  }),
  ...ladder('32 minutes of a drug that overlap', beside(60, 32), {
    16: '96365 + 96367',
    17: '96365 + 96368',
  }),
  ...ladder(
    'a drug of so many minutes that runs beside another throughout: no further hours',
    (minutes) => [infusion('x', '10:00', 240), infusion('y', '10:00', minutes)],
    {
      15: '96365 + 96366 × 3 + 96375',
      16: '96365 + 96366 × 3 + 96368',
      90: '96365 + 96366 × 3 + 96368',
      91: '96365 + 96366 × 3 + 96368',
      200: '96365 + 96366 × 3 + 96368',
    },
  ),
  ...ladder(
    'a drug beside one against cancer',
    (overlap) => [clocked('c', CHEMO, '10:00', 60), infusion('y', startFor(60, overlap), 20)],
    { 15: '96367 + 96413', 16: '96368 + 96413' },
  ),
  single(
    'three drugs side by side',
    ['x', 'y', 'z'].map((drug) => infusion(drug, '10:00', 60)),
    '96365 + 96368',
  ),
  single(
    'two drugs side by side at each of two sites',
    ['left', 'right'].flatMap((site) =>
      ['x', 'y'].map((drug) => infusion(drug, '10:00', 60, `access_site: ${site}`)),
    ),
    '96365 + 96365-59 + 96368',
  ),
  single(
    'fluid beside a drug is never concurrent',
    [infusion('x', '10:00', 60), fluid('10:00', 60)],
    '96365',
  ),
];

export const veins: readonly Case[] = [
  ...fluids,
  ...fluidsThatComeFirst,
  ...fluidsBesideDrugs,
  ...drugs,
  ...brokenOff,
  ...sideBySide,
];
