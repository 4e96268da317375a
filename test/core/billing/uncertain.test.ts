/**
 * An infusion without a stop time may be a push, an infusion or that of a pump. What the others are reported as may hang on
 * that; then it is unknown, and says so. What does not hang on it stays as it is.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  Bench,
  clocked,
  encounterOf,
  given,
  infusion,
  later,
  type EncounterHead,
} from '../../support/bench.ts';
import { HOSPITAL, labels, OFFICE, type Steps } from './boundaries/case.ts';

const bench = new Bench();

interface Uncertain {
  readonly name: string;
  /** The administrations, one of which ran for so long, or nobody knows how long. */
  readonly of: (minutes: number | undefined) => readonly string[];
  /** The lines where nobody knows. */
  readonly open: string;
  /** The lines by the minutes that it may have been: what is billable above is among them, whatever the minutes. */
  readonly closed: Steps;
  /** Of which lines it is said that they depend on which administration. */
  readonly depends?: readonly string[];
  readonly head?: EncounterHead;
}

/** An administration of which the stop may be missing. */
const begun = (
  substance: string,
  kind: string,
  start: string,
  minutes: number | undefined,
  more = '',
): string =>
  [
    given(substance, kind, `start: "${start}"`),
    ...(minutes === undefined ? [] : [`stop: "${later(start, minutes)}"`]),
    ...(more === '' ? [] : [more]),
  ].join(', ');

const DRUG = 'therapeutic iv-infusion';
const CHEMO = 'chemotherapy iv-infusion';
const SKIN = 'therapeutic subcutaneous-infusion';
const push = (substance: string, start: string): string =>
  given(substance, 'therapeutic iv-push', `start: "${start}"`);
const fluid = (start: string, minutes: number, more = ''): string =>
  clocked('saline', 'hydration iv-infusion', start, minutes, more);

const DEPENDING: readonly Uncertain[] = [
  {
    name: 'a push before a drug: initial, if that was pushed too',
    of: (minutes) => [push('z', '08:00'), begun('x', DRUG, '09:00', minutes)],
    open: '96365 × 1 (unknown) + 96375 × 1 (unknown)',
    closed: { 15: '96374 + 96375', 16: '96365 + 96375', 91: '96365 + 96366 + 96375' },
    depends: ['96375 on x'],
  },
  {
    name: 'a drug before which another began: initial, if that was pushed',
    of: (minutes) => [begun('x', DRUG, '08:00', minutes), infusion('z', '12:00', 60)],
    open: '96365 × 1 (unknown) + 96367 × 1 (unknown)',
    closed: { 15: '96365 + 96375', 16: '96365 + 96367', 91: '96365 + 96366 + 96367' },
    depends: ['96367 on x'],
  },
  {
    name: 'a drug and its further hours behind chemotherapy: initial, if that was a pump',
    of: (minutes) => [begun('c', CHEMO, '08:00', minutes), infusion('z', '20:00', 95)],
    open: '96366 + 96367 × 1 (unknown) + 96413 × 1 (unknown)',
    closed: {
      15: '96366 + 96367 + 96409',
      16: '96366 + 96367 + 96413',
      480: '96366 + 96367 + 96413 + 96415 × 7',
      481: '96365 + 96366 + 96416',
    },
    depends: ['96367 on c'],
  },
  {
    name: 'fluid behind chemotherapy: initial, if that was a pump',
    of: (minutes) => [begun('c', CHEMO, '08:00', minutes), fluid('18:00', 60)],
    open: '96361 × 1 (unknown) + 96413 × 1 (unknown)',
    closed: { 15: '96361 + 96409', 16: '96361 + 96413', 481: '96360 + 96416' },
    depends: ['96361 on c'],
  },
  {
    name: 'a push against cancer: initial, if the other was pushed later',
    of: (minutes) => [
      given('a', 'chemotherapy iv-push', 'start: "08:00"'),
      begun('c', CHEMO, '09:00', minutes),
    ],
    open: '96411 × 1 (unknown) + 96413 × 1 (unknown)',
    closed: { 15: '96409 + 96411', 16: '96411 + 96413', 481: '96409 + 96416' },
    depends: ['96411 on c'],
  },
  {
    name: 'a second pump under the skin: the first, if the other was an injection',
    of: (minutes) => [
      begun('x', SKIN, '08:00', minutes, 'access_site: abdomen'),
      clocked('y', SKIN, '12:00', 60, 'access_site: thigh'),
    ],
    open: '96369 × 1 (unknown) + 96371 × 1 (unknown)',
    closed: { 15: '96369 + 96372', 16: '96369 + 96371', 91: '96369 + 96370 + 96371' },
    depends: ['96371 on x'],
  },
  {
    name: 'the initial service of a second site: the first of the day, if chemotherapy at the other was a pump',
    of: (minutes) => [
      begun('c', CHEMO, '08:00', minutes, 'access_site: left'),
      infusion('z', '09:00', 60, 'access_site: right'),
    ],
    open: '96365-59 × 1 (unknown) + 96413 × 1 (unknown)',
    closed: { 15: '96365-59 + 96409', 16: '96365-59 + 96413', 481: '96365 + 96416' },
    depends: ['96365 on c'],
  },
  {
    name: 'the initial service of a second site: the first of the day, if the other was a push',
    of: (minutes) => [
      begun('x', DRUG, '08:00', minutes, 'access_site: left'),
      infusion('y', '12:00', 95, 'access_site: right'),
    ],
    open: '96365 × 1 (unknown) + 96365-59 × 1 (unknown) + 96366-59 × 1 (unknown)',
    closed: { 15: '96365 + 96366 + 96374-59', 16: '96365 + 96365-59 + 96366-59' },
    depends: ['96365 on x', '96366 on x'],
  },
  {
    name: 'a drug behind one that was broken off, on the claim of a practice',
    of: (minutes) => [begun('x', DRUG, '08:00', minutes, 'discontinued: true'), infusion('z', '12:00', 60)],
    open: '96365 × 1 (unknown) + 96367 × 1 (unknown)',
    closed: { 15: '96365 + 96367-53', 16: '96365 + 96367' },
    depends: ['96367 on x'],
  },
];

const STANDING: readonly Uncertain[] = [
  {
    name: 'chemotherapy before a drug',
    of: (minutes) => [clocked('c', CHEMO, '08:00', 60), begun('x', DRUG, '10:00', minutes)],
    open: '96367 × 1 (unknown) + 96413',
    closed: { 15: '96375 + 96413', 16: '96367 + 96413', 91: '96366 + 96367 + 96413' },
  },
  {
    name: 'a drug that is what the patient came for',
    of: (minutes) => [infusion('z', '08:00', 95, 'primary_reason: true'), begun('x', DRUG, '12:00', minutes)],
    open: '96365 + 96366 + 96367 × 1 (unknown)',
    closed: { 15: '96365 + 96366 + 96375', 16: '96365 + 96366 + 96367' },
  },
  {
    name: 'fluid that ended before a drug began, behind it in any case',
    of: (minutes) => [fluid('08:00', 95), begun('x', DRUG, '12:00', minutes)],
    open: '96361 × 2 + 96365 × 1 (unknown)',
    closed: { 15: '96361 × 2 + 96374', 16: '96361 × 2 + 96365' },
  },
  {
    name: 'fluid that is what the patient came for, in an office',
    of: (minutes) => [fluid('08:00', 95, 'primary_reason: true'), begun('x', DRUG, '12:00', minutes)],
    open: '96360 + 96361 + 96367 × 1 (unknown)',
    closed: { 15: '96360 + 96361 + 96375', 16: '96360 + 96361 + 96367' },
  },
  {
    name: 'a drug behind chemotherapy that did not run from a pump that the patient carries',
    of: (minutes) => [
      infusion('z', '05:00', 95),
      begun('c', CHEMO, '08:00', minutes, 'device: stationary-pump'),
    ],
    open: '96366 + 96367 + 96413 × 1 (unknown)',
    closed: {
      15: '96366 + 96367 + 96409',
      16: '96366 + 96367 + 96413',
      481: '96366 + 96367 + 96413 + 96415 × 7',
    },
  },
  {
    name: 'a push behind a drug, where another drug is initial in any case',
    of: (minutes) => [infusion('z', '08:00', 60), push('p', '09:30'), begun('x', DRUG, '10:00', minutes)],
    open: '96365 + 96367 × 1 (unknown) + 96375',
    closed: { 15: '96365 + 96375 × 2', 16: '96365 + 96367 + 96375' },
  },
  {
    name: 'an injection, and a device on the body',
    of: (minutes) => [
      begun('x', DRUG, '08:00', minutes),
      given('i', 'therapeutic intramuscular'),
      given('d', 'therapeutic on-body-injector'),
    ],
    open: '96365 × 1 (unknown) + 96372 + 96377',
    closed: { 15: '96372 + 96374 + 96377', 16: '96365 + 96372 + 96377' },
  },
  {
    name: 'the first service of the day, in a session before',
    of: (minutes) => [
      infusion('y', '08:00', 60, 'session: am'),
      begun('x', DRUG, '18:00', minutes, 'session: pm'),
    ],
    open: '96365 + 96365-59 × 1 (unknown)',
    closed: { 15: '96365 + 96374-59', 16: '96365 + 96365-59' },
  },
  {
    name: 'what runs into a vein, beside an artery',
    of: (minutes) => [
      clocked('a', CHEMO, '08:00', 95),
      begun('b', 'chemotherapy intra-arterial', '12:00', minutes),
    ],
    open: '96413 + 96415 + 96422 × 1 (unknown)',
    closed: { 15: '96413 + 96415 + 96420', 16: '96413 + 96415 + 96422', 481: '96413 + 96415 + 96425' },
  },
  {
    name: 'what runs into a vein, beside a pump under the skin',
    of: (minutes) => [infusion('a', '08:00', 95), begun('b', SKIN, '12:00', minutes)],
    open: '96365 + 96366 + 96369 × 1 (unknown)',
    closed: { 15: '96365 + 96366 + 96372', 16: '96365 + 96366 + 96369' },
  },
  {
    name: 'a drug before fluid of which nobody knows how long it ran',
    of: (minutes) => [infusion('x', '08:00', 60), begun('saline', 'hydration iv-infusion', '12:00', minutes)],
    open: '96361 × 1 (unknown) + 96365',
    closed: { 30: '96365', 31: '96361 + 96365', 91: '96361 × 2 + 96365' },
  },
  {
    name: 'a push again so much later than the first, whatever else ran in between, in a hospital',
    of: (minutes) => [
      push('p', '08:00'),
      begun('x', DRUG, '08:10', minutes),
      clocked('c', CHEMO, '12:00', 60),
      push('p', '09:00'),
    ],
    open: '96367 × 1 (unknown) + 96375 + 96376 + 96413',
    closed: { 15: '96375 × 2 + 96376 + 96413', 16: '96367 + 96375 + 96376 + 96413' },
    head: HOSPITAL,
  },
];

function check({ of, open, closed, depends = [], head = OFFICE }: Uncertain): void {
  const { bill, lines, analysis } = bench.run(encounterOf(of(undefined), head));
  assert.deepEqual(lines, labels(open));
  const told = bill.lines.flatMap(({ code, outcome, because }) =>
    because.flatMap(({ sentence, clause }) => {
      const { other } =
        /^Unknown: the part of .+ depends on what (?<other>\w+) is, /.exec(sentence)?.groups ?? {};
      if (other === undefined) return [];
      assert.equal(outcome, 'unknown', sentence);
      assert.match(analysis.locate(clause)?.file ?? '', /family\.yaml$/);
      return [`${code} on ${other}`];
    }),
  );
  assert.deepEqual(told.sort(), depends);
  const billable = bill.lines.filter(({ outcome }) => outcome === 'billable');
  for (const [minutes, wanted] of Object.entries(closed)) {
    const text = encounterOf(of(Number(minutes)), head);
    assert.deepEqual(bench.lines(text), labels(wanted), text);
    for (const { code, modifiers } of billable) {
      const label = [code, ...modifiers].join('-');
      assert.ok(
        labels(wanted).some((line) => line.startsWith(`${label} ×`)),
        `${label} is billable without a stop, and not at ${minutes} minutes`,
      );
    }
  }
}

describe('without the stop of one infusion, unknown is', () => {
  for (const own of DEPENDING)
    test(own.name, () => {
      check(own);
    });
});

describe('without the stop of one infusion, billable stays', () => {
  for (const own of STANDING)
    test(own.name, () => {
      check(own);
    });
});

describe('the sentence of a line that depends on another administration', () => {
  const sentences = (administrations: readonly string[], code: string): readonly string[] =>
    bench
      .reasons(encounterOf(administrations, OFFICE), code)
      .filter((sentence) => /depends on/.test(sentence));

  test('says on which, what it lacks, and what it may be', () => {
    assert.deepEqual(sentences([push('z', '08:00'), begun('x', DRUG, '09:00', undefined)], '96375'), [
      'Unknown: the part of z depends on what x is, and minutes of x are not documented. It may be “Push into a vein” or “Therapeutic, prophylactic or diagnostic infusion”.',
    ]);
    assert.deepEqual(
      sentences([begun('c', CHEMO, '09:00', undefined), infusion('z', '12:00', 60)], '96367'),
      [
        'Unknown: the part of z depends on what c is, and minutes of c are not documented. It may be “Prolonged infusion of chemotherapy by pump”, “Push of chemotherapy or a complex drug” or “Infusion of chemotherapy or a complex drug”.',
      ],
    );
  });

  test('is not told of the administration itself', () => {
    assert.deepEqual(sentences([push('z', '08:00'), begun('x', DRUG, '09:00', undefined)], '96365'), []);
    assert.deepEqual(sentences([begun('x', DRUG, '09:00', undefined)], '96365'), []);
  });
});

test('what an infusion lacks is told once, at the infusion, with what it may be', () => {
  const { analysis, bill } = bench.run(
    encounterOf([push('z', '08:00'), begun('x', DRUG, '09:00', undefined)], OFFICE),
  );
  assert.deepEqual(
    bill.problems.map(({ code, message, at }) => [code, message, 'path' in at ? at.path : '']),
    [['missing-time', 'x has no stop time, so what it is billed as is unknown.', '/administrations/1']],
  );
  const [{ related } = { related: [] }] = bill.problems;
  assert.deepEqual(
    related.map(({ message }) => message),
    [
      'It may count as “Push into a vein”.',
      'It may count as “Therapeutic, prophylactic or diagnostic infusion”.',
    ],
  );
  for (const { at } of related) assert.match(analysis.locate(at)?.file ?? '', /family\.yaml$/);
});

test('what is denied stays denied, whether its part is known or not', () => {
  const { lines } = bench.run(
    encounterOf([push('z', '08:00'), begun('x', DRUG, '09:00', undefined)], {
      payer: undefined,
      place: '22',
    }),
  );
  assert.deepEqual(lines, ['96365 × 1 (denied)', '96375 × 1 (denied)']);
});

test('a start that is missing too leaves as much open', () => {
  const { lines } = bench.run(encounterOf([push('z', '08:00'), given('x', DRUG)], OFFICE));
  assert.deepEqual(lines, ['96365 × 1 (unknown)', '96375 × 1 (unknown)']);
});

test('the order of the administrations in the file changes nothing', () => {
  for (const { of, open, head = OFFICE } of [...DEPENDING, ...STANDING])
    assert.deepEqual(bench.lines(encounterOf([...of(undefined)].reverse(), head)), labels(open));
});
