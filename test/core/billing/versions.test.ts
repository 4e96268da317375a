/** Several versions of one specification: the date of service chooses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bench, encounterOf, infusion } from '../../support/bench.ts';
import { drugAdministration } from '../../support/examples.ts';

const others = drugAdministration.filter(({ path }) => !path.includes('cpt-96366'));

/** Further hours by 31 minutes at first, by 15 later, and between the two for some weeks not at all. */
const versions = `
#- old.spec.yaml
spec: "96366"
title: Further hours, the old way
family: drug-administration
effective: {from: 2024-01-01, to: 2025-06-30}
reports: {class: therapeutic-infusion, as: additional-time, of: ["96365", "96367"]}
time: {at_least: 31 min, covers: 60 min}
#- new.spec.yaml
spec: "96366"
title: Further hours, the new way
family: drug-administration
effective: {from: 2025-08-01}
reports: {class: therapeutic-infusion, as: additional-time, of: ["96365", "96367"]}
time: {at_least: 15 min, covers: 30 min}
`;
const bench = new Bench(others, versions);
const on = (date: string, minutes: number): readonly string[] =>
  bench.run(encounterOf([infusion('x', '10:00', minutes)], { date })).lines;

test('the date of service chooses the version, both its days included', () => {
  assert.deepEqual(on('2024-01-01', 90), ['96365 × 1']);
  assert.deepEqual(on('2025-06-30', 91), ['96365 × 1', '96366 × 1']);
  assert.deepEqual(on('2025-06-30', 150), ['96365 × 1', '96366 × 1']);
  assert.deepEqual(on('2025-08-01', 75), ['96365 × 1', '96366 × 1']);
  assert.deepEqual(on('2025-08-01', 150), ['96365 × 1', '96366 × 3']);
});

test('where no version is in force, the code is not computed', () => {
  assert.deepEqual(on('2025-07-01', 200), ['96365 × 1']);
  assert.deepEqual(on('2025-07-31', 200), ['96365 × 1']);
});

test('before every version, nothing is computed and the encounter says so', () => {
  const early = new Bench().run(encounterOf([infusion('x', '10:00', 95)], { date: '2005-12-31' }));
  assert.deepEqual(early.lines, []);
  assert.ok(early.problems.includes('not-covered') || early.problems.includes('no-version-in-force'));
  assert.ok(early.messages.some((message) => message.includes('2005-12-31')));
});

test('an administration that goes on into a new version follows the date of the encounter', () => {
  const text = encounterOf([infusion('x', '23:30', 150)], { date: '2025-06-30' });
  assert.deepEqual(bench.run(text).lines, ['96365 × 1', '96366 × 1']);
});

test('of two versions of one day the older counts, so that a bill never has both', () => {
  const both = new Bench(others, versions.replace('2025-08-01', '2025-06-01'));
  const { lines } = both.run(encounterOf([infusion('x', '10:00', 150)], { date: '2025-06-15' }));
  assert.deepEqual(lines, ['96365 × 1', '96366 × 1']);
});
