/** Claims, places of service, and what the record lacks. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, encounterOf, infusion, type EncounterHead } from '../../support/bench.ts';

const bench = new Bench();
const hour = infusion('x', '10:00', 95);

describe('a professional claim', () => {
  const cases: readonly (readonly [place: string, outcome: string])[] = [
    ['11', 'billable'],
    ['20', 'billable'],
    ['49', 'billable'],
    ['19', 'denied'],
    ['21', 'denied'],
    ['22', 'denied'],
    ['23', 'denied'],
    ['24', 'denied'],
    ['61', 'denied'],
    ['12', 'unknown'],
    ['99', 'unknown'],
  ];
  for (const [place, outcome] of cases) {
    test(`at place of service ${place} is ${outcome}`, () => {
      const { bill } = bench.run(encounterOf([hour], { place }));
      assert.deepEqual(
        bill.lines.map((line) => [line.code, line.outcome]),
        [
          ['96365', outcome],
          ['96366', outcome],
        ],
      );
    });
  }

  test('that is denied says that the facility reports it', () => {
    const reasons = bench.reasons(encounterOf([hour], { place: '22' }), '96365');
    assert.ok(
      reasons.some((reason) =>
        /Denied at place of service 22 on a professional claim.*the facility reports it/.test(reason),
      ),
    );
  });

  test('without a place of service is unknown, and the line says why', () => {
    const encounter = encounterOf([hour], { place: undefined });
    assert.deepEqual(bench.run(encounter).lines, ['96365 × 1 (unknown)', '96366 × 1 (unknown)']);
    assert.ok(
      bench
        .reasons(encounter, '96365')
        .some((reason) => /place of service, which is not documented/.test(reason)),
    );
  });
});

test('a facility claim is billable wherever it was given, since the specifications say nothing of it', () => {
  for (const place of ['11', '22', '24', undefined]) {
    const { lines } = bench.run(encounterOf([hour], { claim: 'facility', place }));
    assert.deepEqual(lines, ['96365 × 1', '96366 × 1'], place);
  }
});

describe('what the record lacks', () => {
  const without = (...keys: string[]): string =>
    hour
      .split(', ')
      .filter((part) => !keys.some((key) => part.startsWith(`${key}:`)))
      .join(', ');

  test('no stop: the likeliest line, unknown, with a problem at the administration', () => {
    const { lines, problems, messages } = bench.run(encounterOf([without('stop')]));
    assert.deepEqual(lines, ['96365 × 1 (unknown)']);
    assert.deepEqual(problems, ['missing-time']);
    assert.match(messages[0] ?? '', /x has no stop time/);
  });

  test('no times at all: the same', () => {
    const { lines, problems } = bench.run(encounterOf([without('start', 'stop')]));
    assert.deepEqual(lines, ['96365 × 1 (unknown)']);
    assert.deepEqual(problems, ['missing-time']);
  });

  test('no stop of one bag of two: their total is unknown, so the whole line is', () => {
    const { lines } = bench.run(
      encounterOf([hour, infusion('x', '12:00', 20).replace(/, stop: "[^"]*"/, '')]),
    );
    assert.deepEqual(lines, ['96365 × 1 (unknown)']);
  });

  test('no stop of a second drug: only its own line is unknown', () => {
    const { lines } = bench.run(
      encounterOf([hour, infusion('y', '12:00', 20).replace(/, stop: "[^"]*"/, '')]),
    );
    assert.deepEqual(lines, ['96365 × 1', '96366 × 1', '96367 × 1 (unknown)']);
  });

  test('no purpose or no route: nothing is ever billable', () => {
    for (const key of ['purpose', 'route']) {
      const { bill, problems } = bench.run(encounterOf([without(key)]));
      assert.ok(
        bill.lines.every(({ outcome }) => outcome === 'unknown'),
        key,
      );
      assert.ok(problems.length > 0, key);
    }
  });

  test('a stop before the start: no line is billable, and the stop is complained of', () => {
    const { bill, problems } = bench.run(encounterOf([without('stop') + ', stop: "09:00"']));
    assert.deepEqual(problems, ['stop-before-start']);
    assert.ok(bill.lines.every(({ outcome }) => outcome !== 'billable'));
  });

  test('no date, or none that exists: no bill at all', () => {
    for (const date of ['2026-02-30', '2026-13-01', 'yesterday', '""'])
      assert.throws(() => bench.run(encounterOf([hour], { date })), /there is no bill/, date);
  });

  test('no claim type: the place of service decides nothing, and which tables are wanted is unknown', () => {
    const { problems } = bench.run(encounterOf([hour]).replace('claim: professional\n', ''));
    assert.deepEqual([...new Set(problems)], ['missing-key', 'not-checked']);
  });
});

describe('diagnoses', () => {
  const diagnosesOf = (text: string): readonly (readonly string[])[] =>
    bench.run(text).bill.lines.map(({ diagnoses }) => diagnoses);

  test('of a line are those of the encounter that its specification lists', () => {
    const text = encounterOf([hour]).replace('[E86.0]', '[L03.115, R11.2, E86.0]');
    assert.deepEqual(diagnosesOf(text), [
      ['R11.2', 'E86.0'],
      ['R11.2', 'E86.0'],
    ]);
  });

  test('of the administration itself come first', () => {
    const text = encounterOf([infusion('x', '10:00', 45, 'diagnoses: [K92.2]')]);
    assert.deepEqual(diagnosesOf(text), [['K92.2']]);
  });

  const named: readonly (readonly [string, EncounterHead, readonly string[]])[] = [
    ['one that is listed', {}, []],
    ['a taxonomy that is listed', { more: 'provider: {taxonomy: 207R00000X}' }, []],
    ['a taxonomy that is not', { more: 'provider: {taxonomy: 208000000X}' }, ['taxonomy-not-listed']],
  ];
  for (const [title, head, wanted] of named) {
    test(`${title}: ${wanted.join() || 'no problem'}`, () => {
      assert.deepEqual(bench.run(encounterOf([hour], head)).problems, wanted);
    });
  }
});
