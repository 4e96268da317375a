/** Pushes, injections and infusions under the skin (96369 to 96377), and services that give nothing (96521 to 96523). */
import { clocked, given, infusion, type EncounterHead } from '../../../support/bench.ts';
import { alone, HOSPITAL, ladder, OFFICE, single, type Case } from './case.ts';

const PUSH = 'therapeutic iv-push';
const SKIN = 'therapeutic subcutaneous-infusion';
const CHEMO = 'chemotherapy iv-infusion';
const push = (substance: string, start: string): string => given(substance, PUSH, `start: "${start}"`);
/** The clock some minutes after ten. */
const after = (minutes: number): string =>
  `${String(10 + Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, '0')}`;

const pushes: readonly Case[] = [
  ...['therapeutic', 'prophylactic', 'diagnostic'].flatMap((purpose) =>
    // What is documented as a push stays one.
    alone(`${purpose} iv-push`, {
      0: '96374',
      1: '96374',
      15: '96374',
      16: '96374',
      31: '96374',
      91: '96374',
    }),
  ),
  ...ladder(
    'a push of another drug so much later',
    (minutes) => [push('x', '10:00'), push('y', after(minutes))],
    {
      0: '96374 + 96375',
      30: '96374 + 96375',
      31: '96374 + 96375',
    },
  ),
  single(
    'three drugs that are pushed',
    ['x', 'y', 'z'].map((drug) => push(drug, '10:00')),
    '96374 + 96375 × 2',
  ),
  single('a push beside an infusion', [infusion('x', '09:00', 60), push('y', '09:10')], '96365 + 96375'),
  ...ladder(
    'an infusion of the least length beside a push',
    (minutes) => [push('y', '09:00'), infusion('x', '10:00', minutes)],
    {
      15: '96374 + 96375',
      16: '96365 + 96375',
    },
  ),
];

const AGAIN = {
  0: '96374',
  1: '96374',
  29: '96374',
  30: '96374',
  31: '96374 + 96376',
  32: '96374 + 96376',
  120: '96374 + 96376',
};

const repetitions: readonly Case[] = [
  ...ladder(
    'a push again so much later, in a hospital',
    (minutes) => [push('x', '10:00'), push('x', after(minutes))],
    AGAIN,
    HOSPITAL,
  ),
  ...ladder(
    'a push again so much later, as the record says, in a hospital',
    (minutes) => [
      given('x', PUSH, 'id: first'),
      given('x', PUSH, `repeats: first, minutes_since_previous: ${String(minutes)}`),
    ],
    AGAIN,
    HOSPITAL,
  ),
  ...ladder(
    'a push again so much later, in an office',
    (minutes) => [push('x', '10:00'), push('x', after(minutes))],
    { 30: '96374', 31: '96374', 120: '96374' },
  ),
  ...ladder(
    'a push again, counted from the end of one of five minutes',
    (minutes) => [clocked('x', PUSH, '09:55', 5), push('x', after(minutes))],
    { 30: '96374', 31: '96374 + 96376' },
    HOSPITAL,
  ),
  ...ladder(
    'a push behind an infusion of the same drug',
    (minutes) => [infusion('x', '09:00', 60), push('x', after(minutes))],
    { 30: '96365', 31: '96365 + 96376' },
    HOSPITAL,
  ),
  ...ladder(
    'a push again, of a drug that is not the initial service',
    (minutes) => [push('a', '09:00'), push('x', '10:00'), push('x', after(minutes))],
    { 30: '96374 + 96375', 31: '96374 + 96375 + 96376' },
    HOSPITAL,
  ),
  ...ladder(
    'a third push behind a second that came too soon: counted from the first',
    (minutes) => [push('x', '10:00'), push('x', '10:20'), push('x', after(minutes))],
    { 30: '96374', 31: '96374 + 96376', 50: '96374 + 96376', 51: '96374 + 96376' },
    HOSPITAL,
  ),
  ...ladder(
    'a third push behind a second after half an hour, which is too soon',
    (minutes) => [push('x', '10:00'), push('x', '10:30'), push('x', after(minutes))],
    { 31: '96374 + 96376', 60: '96374 + 96376', 61: '96374 + 96376' },
    HOSPITAL,
  ),
  ...ladder(
    'a third push behind a second that is reported: counted from the second',
    (minutes) => [push('x', '10:00'), push('x', '10:31'), push('x', after(31 + minutes))],
    { 30: '96374 + 96376', 31: '96374 + 96376 × 2' },
    HOSPITAL,
  ),
];

const injections: readonly Case[] = [
  ...['therapeutic', 'prophylactic', 'diagnostic'].flatMap((purpose) => [
    ...['intramuscular', 'subcutaneous'].flatMap((route) => [
      ...alone(`${purpose} ${route}`, { 1: '96372', 15: '96372', 16: '96372', 91: '96372' }),
      single(
        `two injections, ${purpose} ${route}`,
        [given('x', `${purpose} ${route}`), given('y', `${purpose} ${route}`)],
        '96372 + 96372-59',
      ),
    ]),
    ...alone(`${purpose} intra-arterial`, { 1: '96373', 14: '96373', 15: '96373', 16: '', 91: '' }),
  ]),
  single(
    'three injections in an office',
    ['x', 'y', 'z'].map((drug) => given(drug, 'therapeutic subcutaneous')),
    '96372 + 96372-59 × 2',
  ),
  single(
    'three injections in a hospital',
    ['x', 'y', 'z'].map((drug) => given(drug, 'therapeutic subcutaneous')),
    '96372 × 3',
    HOSPITAL,
  ),
  single(
    'an injection into an artery of no documented time',
    [given('x', 'therapeutic intra-arterial')],
    '96373',
  ),
  single('an on-body injector', [given('x', 'therapeutic on-body-injector')], '96377'),
];

const abdomen = (minutes: number): string => clocked('x', SKIN, '08:00', minutes, 'access_site: abdomen');
const thigh = (minutes: number): string => clocked('y', SKIN, '10:00', minutes, 'access_site: thigh');

const underTheSkin: readonly Case[] = [
  ...['therapeutic', 'prophylactic'].flatMap((purpose) =>
    alone(`${purpose} subcutaneous-infusion`, {
      0: '',
      1: '96372',
      14: '96372',
      15: '96372',
      16: '96369',
      17: '96369',
      60: '96369',
      61: '96369',
      90: '96369',
      91: '96369 + 96370',
      150: '96369 + 96370',
      151: '96369 + 96370 × 2',
      210: '96369 + 96370 × 2',
      211: '96369 + 96370 × 3',
    }),
  ),
  ...ladder('a second pump', (minutes) => [abdomen(60), thigh(minutes)], {
    0: '96369',
    1: '96369 + 96372',
    15: '96369 + 96372',
    16: '96369 + 96371',
    90: '96369 + 96371',
  }),
  ...ladder('the first of two pumps', (minutes) => [abdomen(minutes), thigh(30)], {
    15: '96369 + 96372',
    16: '96369 + 96371',
    90: '96369 + 96371',
    91: '96369 + 96370 + 96371',
  }),
  single(
    'a third pump',
    [abdomen(30), thigh(30), clocked('z', SKIN, '11:00', 30, 'access_site: arm')],
    '96369 + 96371',
  ),
  single(
    'a pump in each of two sessions',
    [clocked('x', SKIN, '08:00', 30, 'session: am'), clocked('x', SKIN, '18:00', 30, 'session: pm')],
    '96369',
  ),
  ...ladder(
    'one drug at one site by two bags',
    (minutes) => [abdomen(45), clocked('x', SKIN, '10:00', minutes, 'access_site: abdomen')],
    {
      45: '96369',
      46: '96369 + 96370',
    },
  ),
];

const also = (service: string, head: EncounterHead = OFFICE): EncounterHead => ({
  ...head,
  more: `services:\n  - {service: ${service}}`,
});
const fluid = (minutes: number): string => clocked('saline', 'hydration iv-infusion', '10:00', minutes);
const cancer = (route: string, minutes: number): string =>
  clocked('c', `chemotherapy ${route}`, '10:00', minutes);

const services: readonly Case[] = [
  single('a port flush alone', [], '96523', also('port-flush')),
  single('two port flushes', [], '96523', {
    ...OFFICE,
    more: 'services:\n  - {service: port-flush}\n  - {service: port-flush}',
  }),
  ...ladder(
    'a port flush beside fluid',
    (minutes) => [fluid(minutes)],
    { 30: '96523', 31: '96360' },
    also('port-flush'),
  ),
  single(
    'a port flush beside an injection',
    [given('x', 'therapeutic intramuscular')],
    '96372',
    also('port-flush'),
  ),
  single(
    'a port flush in a hospital, beside an injection',
    [given('x', 'therapeutic intramuscular')],
    '96372',
    also('port-flush', HOSPITAL),
  ),
  ...(['portable-pump-refill', 'implanted-pump-refill'] as const).flatMap((service) => {
    const code = service === 'portable-pump-refill' ? '96521' : '96522';
    return [
      single(`${service} alone`, [], code, also(service)),
      ...ladder(
        `${service} beside an infusion`,
        (minutes) => [cancer('iv-infusion', minutes)],
        {
          15: `96409 + ${code}`,
          16: `96413 + ${code}`,
          480: `96413 + 96415 × 7 + ${code}`,
          481: '96416',
        },
        also(service),
      ),
      ...ladder(
        `${service} beside an infusion into an artery`,
        (minutes) => [cancer('intra-arterial', minutes)],
        {
          15: `96420 + ${code}`,
          480: `96422 + 96423 × 7 + ${code}`,
          481: '96425',
        },
        also(service),
      ),
    ];
  }),
  single('a port flush beside the refill of a pump', [], '96521', {
    ...OFFICE,
    more: 'services:\n  - {service: port-flush}\n  - {service: portable-pump-refill}',
  }),
  single('the lowest visit alone', [], '99211', { ...OFFICE, more: 'services:\n  - {code: "99211"}' }),
  ...ladder(
    'the lowest visit beside fluid',
    (minutes) => [fluid(minutes)],
    { 30: '99211', 31: '96360' },
    { ...OFFICE, more: 'services:\n  - {code: "99211"}' },
  ),
  single('the lowest visit beside an infusion against cancer', [clocked('c', CHEMO, '10:00', 60)], '96413', {
    ...OFFICE,
    more: 'services:\n  - {code: "99211"}',
  }),
];

export const others: readonly Case[] = [
  ...pushes,
  ...repetitions,
  ...injections,
  ...underTheSkin,
  ...services,
];
