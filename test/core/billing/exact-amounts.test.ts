/** Amounts as the record writes them: in other units, with tenths that binary fractions cannot hold, and never twice. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench } from '../../support/bench.ts';

const code = (name: string, reports: string, more = ''): string =>
  `---\nspec: ${name}\ntitle: Code ${name}\nfamily: walks\neffective: {from: 2024-01-01}\nreports: ${reports}\n${more}\n`;
const MINUTES = 'time: {at_least: 1 min, covers: 1 min, repeats: true}';

const walks = (facts: string, when: string, codes: string, more = ''): string => `
#- walks.family.yaml
family: walks
title: Walks
facts: {${facts}}
classes:
  - {class: walk, title: Walk, when: ${when}}
  - {class: swim, title: Swim, when: {service: swim}}
  - {class: rest, title: Rest, when: {service: rest}}
${more}
#- walks.spec.yaml
${codes}`;

const lines = (rules: string, entries: readonly string[], list = 'services'): string =>
  new Bench([], rules)
    .lines(
      `encounter: e\ndate: 2026-03-02\nclaim: professional\n${list}:\n${entries.map((item) => `  - {${item}}\n`).join('')}`,
    )
    .join(', ');

describe('a number without a unit is in the unit of its fact', () => {
  for (const [unit, bound, value, holds] of [
    ['h', 'at_least: 1 h', '2', true],
    ['h', 'at_least: 90 min', '1', false],
    ['h', 'at_least: 90 min', '2', true],
    ['kg', 'at_least: 500 g', '2', true],
    ['mg', 'at_most: "5"', '1 g', false],
    ['mg', 'at_most: "5"', '5', true],
  ] as const)
    test(`${value} in ${unit}: ${bound}`, () => {
      const rules = walks(
        `size: {definition: How much., unit: ${unit}}`,
        `{service: walk, size: {${bound}}}`,
        code('W0001', '{class: walk, as: each}'),
      );
      assert.equal(lines(rules, [`service: walk, facts: {size: "${value}"}`]), holds ? 'W0001 × 1' : '');
    });
});

describe('units of a threshold', () => {
  for (const [unit, threshold, value, units] of [
    ['laps', 'covers: "0.1"', '0.3', 3],
    ['laps', 'covers: "0.3"', '0.9', 3],
    ['laps', 'covers: "0.3"', '0.91', 4],
    ['laps', 'covers: "1.1"', '3.3', 3],
    ['g', 'covers: 10 mg', '1', 100],
    ['g', 'at_least: 0.1 g, covers: 0.1 g', '300 mg', 3],
    ['g', 'at_least: 0.1 g, covers: 0.1 g', '299 mg', 2],
    ['mg', 'at_least: 0.1 mg, covers: 0.1 mg', '0.3 mg', 3],
    ['km', 'at_least: 0.3 km, covers: 0.3 km', '0.9 km', 3],
    ['h', 'covers: 1 h', '2', 2],
  ] as const)
    test(`${value} in ${unit}: ${threshold}`, () => {
      const rules = walks(
        `size: {definition: How much., unit: ${unit}}`,
        '{service: walk}',
        code(
          'W0001',
          '{class: walk, as: each}',
          `thresholds: [{measure: size, ${threshold}, repeats: true}]`,
        ),
      );
      assert.equal(lines(rules, [`service: walk, facts: {size: "${value}"}`]), `W0001 × ${String(units)}`);
    });
});

describe('units of a drug', () => {
  const tables = `#- t.table.yaml
table: units
title: Units
release: R1
effective: {from: 2024-01-01}
modifiers: [{code: ZZ, use: nothing was left, when: {part: given, all: [{wasted: {documented: true}}, {wasted: {at_most: "0"}}]}}]
dosage_units: {J0001: {drug: a, amount: 0.1 mg}, J0002: {drug: b, amount: 1 mg}}
`;
  const rules = walks('', '{route: walk}', code('W0001', '{class: walk, as: each}')) + tables;
  for (const [given, wanted] of [
    [['J0001, dose: 0.1 mg', 'J0001, dose: 0.2 mg'], 'J0001 × 3'],
    [['J0001, dose: 0.3 mg'], 'J0001 × 3'],
    [['J0001, dose: 0.7 mg'], 'J0001 × 7'],
    [['J0001, dose: 2.3 mg'], 'J0001 × 23'],
    [['J0002, dose: 0 mg, wasted: 2 mg'], 'J0002 × 2'],
    [['J0002, dose: 1.5 mg, wasted: 0 mg', 'J0002, dose: 1.5 mg, wasted: 2 mg'], 'J0002 × 2, J0002 × 3'],
    [['J0002, dose: 1.5 mg, wasted: 2 mg', 'J0002, dose: 1.5 mg, wasted: 0 mg'], 'J0002 × 2, J0002 × 3'],
    [['J0002, dose: 1.5 mg, wasted: 0 mg', 'J0002, dose: 1.5 mg'], 'J0002 × 3'],
    [['J0002, dose: 1.5 mg, wasted: 0 mg', 'J0002, dose: 1.5 mg, wasted: 0 mg'], 'J0002-ZZ × 3'],
    [['J0002, dose: 1.5 mg, container: vial', 'J0002, dose: 1.5 mg, container: tube'], 'J0002 × 4'],
  ] as const)
    test(given.join('; '), () => {
      const entries = given.map((drug) => `substance: a, route: walk, drug: ${drug}`);
      assert.equal(lines(rules, entries, 'administrations').replace(/, W0001.*$/, ''), wanted);
    });
});

describe('minutes that are deducted', () => {
  const rules = (deduct: string): string =>
    walks(
      '',
      '{service: walk}',
      code('W0001', '{class: walk, as: each}', MINUTES) + code('S0001', '{class: swim, as: each}'),
      `deduct: [${deduct}]`,
    );
  const walk = 'service: walk, start: "08:00", stop: "09:00"';
  const during = (service: string, start: string, stop: string): string =>
    `service: ${service}, start: "${start}", stop: "${stop}"`;

  test('are taken once, whatever runs in them and however many rules take them', () => {
    const two = '{id: a, from: [walk], overlap_with: [swim]}, {id: b, from: [walk], overlap_with: [rest]}';
    const swim = during('swim', '08:00', '08:30');
    assert.equal(lines(rules(two), [walk, swim]), 'S0001 × 1, W0001 × 30');
    assert.equal(lines(rules(two), [walk, swim, during('rest', '08:00', '08:30')]), 'S0001 × 1, W0001 × 30');
    assert.equal(lines(rules(two), [walk, swim, during('rest', '08:20', '08:40')]), 'S0001 × 1, W0001 × 20');
    assert.equal(lines(rules(two), [walk, swim, during('swim', '08:10', '08:40')]), 'S0001 × 2, W0001 × 20');
  });

  test('are told with those that overlap, and no others', () => {
    const { bill } = new Bench([], rules('{id: a, from: [walk], overlap_with: [swim, rest]}')).run(
      `encounter: e\ndate: 2026-03-02\nclaim: professional\nservices:\n${[
        walk,
        'service: swim, start: "08:00", stop: "08:30"',
        'service: rest, start: "10:00", stop: "10:30"',
      ]
        .map((item) => `  - {${item}}\n`)
        .join('')}`,
    );
    const told = bill.lines
      .filter(({ code: own }) => own === 'W0001')
      .flatMap(({ because }) => because.map(({ sentence }) => sentence))
      .filter((sentence) => /beside/.test(sentence));
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /beside swim/);
    assert.doesNotMatch(told[0] ?? '', /rest/);
  });
});
