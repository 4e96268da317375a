/**
 * Drugs against cancer and complex drugs: 96401 to 96549. Pushes up to 15 minutes, infusions from 16 on, pumps beyond 8
 * hours; into a vein, into an artery, by injection and through a reservoir.
 */
import { clocked, given } from '../../../support/bench.ts';
import { alone, HOSPITAL, ladder, OFFICE, single, type Case } from './case.ts';

const KIND = 'chemotherapy iv-infusion';
const PUSH = 'chemotherapy iv-push';
const ARTERY = 'chemotherapy intra-arterial';
const drip = (substance: string, start: string, minutes: number, more = ''): string =>
  clocked(substance, KIND, start, minutes, more);

const VEIN_STEPS = {
  0: '',
  1: '96409',
  14: '96409',
  15: '96409',
  16: '96413',
  17: '96413',
  60: '96413',
  61: '96413',
  89: '96413',
  90: '96413',
  91: '96413 + 96415',
  92: '96413 + 96415',
  150: '96413 + 96415',
  151: '96413 + 96415 × 2',
  210: '96413 + 96415 × 2',
  211: '96413 + 96415 × 3',
  479: '96413 + 96415 × 7',
  480: '96413 + 96415 × 7',
  481: '96416',
  482: '96416',
  600: '96416',
  2880: '96416',
};

const intoAVein: readonly Case[] = [
  ...['chemotherapy', 'complex-biologic'].flatMap((purpose) => [
    ...alone(`${purpose} iv-infusion`, VEIN_STEPS),
    ...alone(
      `${purpose} iv-infusion`,
      { 15: '96409', 16: '96413', 480: '96413 + 96415 × 7', 481: '96416' },
      HOSPITAL,
    ),
    ...alone(`${purpose} iv-push`, { 0: '96409', 1: '96409', 15: '96409', 16: '96409', 91: '96409' }),
  ]),
  ...alone(
    KIND,
    {
      480: '96413 + 96415 × 7',
      481: '96413 + 96415 × 7',
      510: '96413 + 96415 × 7',
      511: '96413 + 96415 × 8',
    },
    OFFICE,
    'device: stationary-pump',
  ),
  ...alone(KIND, { 480: '96413 + 96415 × 7', 481: '96416' }, OFFICE, 'device: portable-pump'),
  ...ladder(
    'a further drug against cancer',
    (minutes) => [drip('a', '08:00', 60), drip('b', '10:00', minutes)],
    {
      0: '96413',
      1: '96411 + 96413',
      15: '96411 + 96413',
      16: '96413 + 96417',
      60: '96413 + 96417',
      90: '96413 + 96417',
      91: '96413 + 96415 + 96417',
      150: '96413 + 96415 + 96417',
      151: '96413 + 96415 × 2 + 96417',
      210: '96413 + 96415 × 2 + 96417',
      211: '96413 + 96415 × 3 + 96417',
    },
  ),
  ...ladder(
    'a drug against cancer behind a push of another',
    (minutes) => [given('a', PUSH, 'start: "08:00"'), drip('b', '10:00', minutes)],
    { 15: '96409 + 96411', 16: '96411 + 96413', 90: '96411 + 96413', 91: '96411 + 96413 + 96415' },
  ),
  ...ladder('two bags against cancer', (minutes) => [drip('a', '08:00', 45), drip('a', '10:00', minutes)], {
    45: '96413',
    46: '96413 + 96415',
    105: '96413 + 96415',
    106: '96413 + 96415 × 2',
  }),
  ...ladder(
    'a drug against cancer at a second site',
    (minutes) => [
      drip('a', '08:00', 60, 'access_site: left'),
      drip('a', '10:00', minutes, 'access_site: right'),
    ],
    {
      15: '96409-59 + 96413',
      16: '96413 + 96413-59',
      90: '96413 + 96413-59',
      91: '96413 + 96413-59 + 96415-59',
    },
  ),
];

const brokenOff: readonly Case[] = [
  ...alone(
    KIND,
    { 0: '', 1: '96413-53', 15: '96413-53', 16: '96413', 90: '96413', 91: '96413 + 96415' },
    OFFICE,
    'discontinued: true',
  ),
  ...alone(KIND, { 1: '96409', 15: '96409', 16: '96413' }, HOSPITAL, 'discontinued: true'),
  ...ladder(
    'a further drug against cancer that was broken off',
    (minutes) => [drip('a', '08:00', 60), drip('b', '10:00', minutes, 'discontinued: true')],
    { 0: '96413', 1: '96413 + 96417-53', 15: '96413 + 96417-53', 16: '96413 + 96417' },
  ),
];

const pushes: readonly Case[] = [
  single(
    'two drugs against cancer that are pushed',
    ['a', 'b'].map((drug) => given(drug, PUSH)),
    '96409 + 96411',
  ),
  single(
    'three of them',
    ['a', 'b', 'c'].map((drug) => given(drug, PUSH)),
    '96409 + 96411 × 2',
  ),
  ...ladder(
    'one drug against cancer that is pushed again so much later, in a hospital',
    (minutes) => [given('a', PUSH, 'start: "08:00"'), clocked('a', PUSH, at(8, minutes), 1)],
    { 30: '96409', 31: '96409', 120: '96409' },
    HOSPITAL,
  ),
  single(
    'a push and an infusion of one drug against cancer',
    [given('a', PUSH, 'start: "08:00"'), drip('a', '09:00', 60)],
    '96413',
  ),
];

const sideBySide: readonly Case[] = [
  ...ladder(
    '20 minutes beside another drug against cancer',
    (overlap) => [drip('a', '10:00', 60), drip('b', at(11, -overlap), 20)],
    {
      14: '96413 + 96417',
      15: '96413 + 96417',
      16: '96413 + 96549',
      20: '96413 + 96549',
    },
  ),
  ...ladder(
    'an hour beside another drug against cancer',
    (overlap) => [drip('a', '10:00', 60), drip('b', at(11, -overlap), 60)],
    {
      16: '96413 + 96417',
      30: '96413 + 96417',
      31: '96413 + 96549',
    },
  ),
  ...ladder(
    'two hours beside another drug against cancer',
    (overlap) => [drip('a', '09:00', 120), drip('b', at(11, -overlap), 120)],
    { 60: '96413 + 96415 × 2 + 96417', 61: '96413 + 96415 + 96549' },
  ),
  single(
    'three drugs against cancer side by side',
    ['a', 'b', 'c'].map((drug) => drip(drug, '10:00', 60)),
    '96413 + 96549',
  ),
  single(
    'two of them side by side at each of two sites',
    ['left', 'right'].flatMap((site) =>
      ['a', 'b'].map((drug) => drip(drug, '10:00', 60, `access_site: ${site}`)),
    ),
    '96413 + 96413-59 + 96549',
  ),
  single(
    'two of them side by side on each of two days',
    [
      ...['a', 'b'].map((drug) => drip(drug, '10:00', 60, 'session: one')),
      ...['a', 'b'].map((drug) => given(drug, KIND, 'start: "10:00 +1d", stop: "11:00 +1d", session: two')),
    ],
    '96413 + 96413 + 96549 + 96549',
  ),
];

const elsewhere: readonly Case[] = [
  ...['chemotherapy', 'complex-biologic'].flatMap((purpose) => [
    ...alone(`${purpose} intra-arterial`, {
      0: '',
      1: '96420',
      15: '96420',
      16: '96422',
      60: '96422',
      90: '96422',
      91: '96422 + 96423',
      150: '96422 + 96423',
      151: '96422 + 96423 × 2',
      210: '96422 + 96423 × 2',
      211: '96422 + 96423 × 3',
      480: '96422 + 96423 × 7',
      481: '96425',
      600: '96425',
    }),
    ...['intramuscular', 'subcutaneous'].flatMap((route) => [
      ...alone(`${purpose} ${route}`, { 1: '96401', 15: '96401', 16: '96401' }),
      single(
        `two ${purpose} injections, ${route}`,
        [given('a', `${purpose} ${route}`), given('b', `${purpose} ${route}`)],
        '96401 × 2',
      ),
    ]),
  ]),
  ...['intramuscular', 'subcutaneous'].flatMap((route) => [
    ...alone(`hormonal-antineoplastic ${route}`, { 1: '96402', 15: '96402', 16: '96402' }),
    single(
      `two hormones, ${route}`,
      [given('a', `hormonal-antineoplastic ${route}`), given('b', `hormonal-antineoplastic ${route}`)],
      '96402 × 2',
    ),
  ]),
  ...ladder(
    'a push into an artery beside an infusion into a vein',
    (minutes) => [drip('a', '08:00', 60), clocked('b', ARTERY, '10:00', minutes)],
    {
      15: '96413 + 96420',
      16: '96413 + 96422',
      481: '96413 + 96425',
    },
  ),
  single(
    'one drug that is pushed into an artery twice',
    [given('a', ARTERY, 'minutes: 5'), given('a', ARTERY, 'minutes: 6')],
    '96420',
  ),
  single(
    'two drugs that are pushed into an artery',
    [given('a', ARTERY, 'minutes: 5'), given('b', ARTERY, 'minutes: 5')],
    '96420 × 2',
  ),
  single('one drug through a reservoir', [reservoir('a')], '96542'),
  single('two drugs through a reservoir', [reservoir('a'), reservoir('b')], '96542'),
];

function reservoir(drug: string): string {
  return given(drug, 'chemotherapy intrathecal', 'device: reservoir');
}

/** The clock some minutes after a full hour, or before it. */
function at(hour: number, minutes: number): string {
  const time = hour * 60 + minutes;
  return `${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`;
}

export const chemotherapy: readonly Case[] = [
  ...intoAVein,
  ...brokenOff,
  ...pushes,
  ...sideBySide,
  ...elsewhere,
];
