/** The units of a single infusion around every threshold, from the documents of examples/. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, encounterOf, infusion } from '../../support/bench.ts';

const bench = new Bench();

/** Minutes, and the units of the first hour and of the further hours that they make. Up to 15 they are a push. */
const TABLE: readonly (readonly [minutes: number, first: number, further: number])[] = [
  [0, 0, 0],
  [1, 0, 0],
  [14, 0, 0],
  [15, 0, 0],
  [16, 1, 0],
  [59, 1, 0],
  [60, 1, 0],
  [61, 1, 0],
  [88, 1, 0],
  [90, 1, 0],
  [91, 1, 1],
  [95, 1, 1],
  [120, 1, 1],
  [149, 1, 1],
  [150, 1, 1],
  [151, 1, 2],
  [210, 1, 2],
  [211, 1, 3],
  [270, 1, 3],
  [271, 1, 4],
  [24 * 60, 1, 23],
];

const linesFor = (first: number, further: number): readonly string[] => [
  ...(first > 0 ? [`96365 × ${String(first)}`] : []),
  ...(further > 0 ? [`96366 × ${String(further)}`] : []),
];

/** What is too short for an infusion is a push; what took no time at all is nothing. */
const pushFor = (minutes: number, code: string): readonly string[] =>
  minutes >= 1 && minutes <= 15 ? [`${code} × 1`] : [];

describe('an infusion', () => {
  for (const [minutes, first, further] of TABLE) {
    test(`of ${String(minutes)} minutes, by minutes, by the clock and past midnight`, () => {
      const wanted = [...linesFor(first, further), ...pushFor(minutes, '96374')];
      const stated = `substance: x, purpose: therapeutic, route: iv-infusion, minutes: ${String(minutes)}`;
      assert.deepEqual(bench.run(encounterOf([stated])).lines, wanted);
      for (const start of ['00:00', '07:13', '10:00', '23:40'])
        assert.deepEqual(bench.run(encounterOf([infusion('x', start, minutes)])).lines, wanted, start);
    });
  }

  test('that is a further drug has the same bounds, for its own codes', () => {
    for (const [minutes, first, further] of TABLE.filter(([length]) => length < 600)) {
      const { lines } = bench.run(encounterOf([infusion('x', '00:00', 30), infusion('y', '01:00', minutes)]));
      const wanted = [
        '96365 × 1',
        ...(further > 0 ? [`96366 × ${String(further)}`] : []),
        ...(first > 0 ? ['96367 × 1'] : []),
        ...pushFor(minutes, '96375'),
      ];
      assert.deepEqual(lines, wanted, `${String(minutes)} minutes`);
    }
  });

  test('counts the minutes of the clock where the minutes given disagree, and says so', () => {
    const { lines, problems } = bench.run(encounterOf([infusion('x', '10:00', 95, 'minutes: 60')]));
    assert.deepEqual(lines, ['96365 × 1', '96366 × 1']);
    assert.deepEqual(problems, ['times-disagree']);
  });

  test('is dated the day on which it began', () => {
    const { bill } = bench.run(encounterOf([infusion('x', '23:40', 95)]));
    assert.deepEqual(
      bill.lines.map(({ code, date }) => [code, date]),
      [
        ['96365', '2026-03-02'],
        ['96366', '2026-03-02'],
      ],
    );
    const next =
      'substance: x, purpose: therapeutic, route: iv-infusion, start: "01:00 +1d", stop: "02:00 +1d"';
    assert.equal(bench.run(encounterOf([next], { date: '2026-02-28' })).bill.lines[0]?.date, '2026-03-01');
  });

  test('by a push, under the skin or against cancer is never the hour of an infusion', () => {
    for (const administration of [
      'substance: x, purpose: therapeutic, route: iv-push, minutes: 95',
      'substance: x, purpose: therapeutic, route: subcutaneous-infusion, minutes: 95',
      'substance: x, purpose: chemotherapy, route: iv-infusion, minutes: 95',
      'substance: x, purpose: complex-biologic, route: iv-infusion, minutes: 95',
      'substance: x, purpose: hydration, route: iv-infusion, minutes: 95',
    ])
      assert.ok(
        bench.run(encounterOf([administration])).lines.every((line) => !/^9636[567]/.test(line)),
        administration,
      );
  });

  test('to prevent or to diagnose counts like one to treat', () => {
    for (const purpose of ['therapeutic', 'prophylactic', 'diagnostic']) {
      const { lines } = bench.run(
        encounterOf([`substance: x, purpose: ${purpose}, route: iv-infusion, minutes: 95`]),
      );
      assert.deepEqual(lines, ['96365 × 1', '96366 × 1'], purpose);
    }
  });
});

test('without administrations there are no lines and no problems', () => {
  for (const text of [encounterOf([]), encounterOf([]).replace('administrations:', 'administrations: []')]) {
    const { lines, bill } = bench.run(text);
    assert.deepEqual(lines, []);
    assert.deepEqual(bill.notBilled, []);
  }
});
