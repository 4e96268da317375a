/**
 * What the author of an encounter expects, against what is computed: sums of units, modifiers and outcomes where they are
 * named, parts of an answer, and codes that must not be reported.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, type Outcome } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

/** A unit of W0001 for each half hour of walking, and H0001 for a hike with a guide, which is denied where nobody pays. */
const outings = `
#- outings.family.yaml
family: outings
title: Outings
facts:
  guided: {definition: Whether somebody led it.}
  paid: {definition: Whether somebody paid for it., default: "true"}
  way: {definition: How it went., default: flat}
  dog: {definition: Whether a dog came along., default: "false"}
classes:
  - {class: walk, title: Walk, when: {service: walk}}
  - {class: hike, title: Hike, when: {service: hike}}
#- walk.spec.yaml
spec: W0001
title: A walk of half an hour
family: outings
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
time: {at_least: 20 min, covers: 30 min, repeats: true}
modifiers: [{code: XS, use: steep, when: {way: steep}}, {code: XD, use: with a dog, when: {dog: "true"}}]
#- hike.spec.yaml
spec: H0001
title: A hike
family: outings
effective: {from: 2024-01-01}
reports: {class: hike, as: each, when: {guided: "true"}}
modifiers: [{code: XS, use: steep, when: {way: steep}}]
#- club.policy.yaml
policy: club
payer: Club
title: The club
effective: {from: 2024-01-01}
rules: [{id: a, when: {paid: "false"}, then: {deny: nobody paid}}]
`;
const bench = new Bench([], outings);

const ENTRIES: Readonly<Record<string, string>> = {
  short: 'service: walk, minutes: 10',
  walk: 'service: walk, minutes: 30',
  long: 'service: walk, minutes: 60',
  steep: 'service: walk, minutes: 30, facts: {way: steep}',
  steepdog: 'service: walk, minutes: 30, facts: {way: steep, dog: "true"}',
  tomorrow: 'service: walk, minutes: 30, start: "08:00 +1d"',
  unpaid: 'service: walk, minutes: 30, facts: {paid: "false"}',
  hike: 'service: hike, facts: {guided: "true"}',
  steephike: 'service: hike, facts: {guided: "true", way: steep}',
  unpaidhike: 'service: hike, facts: {guided: "true", paid: "false"}',
  openhike: 'service: hike',
};

/** The outcome of an encounter with these entries, by their names, and these keys. */
const run = (entries: string, keys: string): Outcome =>
  bench.run(
    `encounter: e\ndate: 2026-03-02\npayer: Club\nclaim: professional\nservices:\n${entries
      .split(' ')
      .map((name) => `  - {${ENTRIES[name] ?? name}}\n`)
      .join('')}${keys}`,
  );

/** Half sentences of what differs; empty where the lines are as expected. */
function differences(entries: string, keys: string): string {
  const { problems, messages } = run(entries, keys);
  if (problems.length === 0) return '';
  assert.deepEqual(problems, ['expectation-mismatch']);
  return (messages[0] ?? '').replace(/^.*: /, '').replace(/\.$/, '');
}

/** Rows of entries, what is expected of them, and what differs. */
function check(key: string, table: string): void {
  for (const row of table.trim().split('\n')) {
    const [entries = '', expected = '', wanted] = row.split('|').map((cell) => cell.trim());
    test(`${entries}, ${key} ${expected}: ${wanted === '' ? 'as expected' : String(wanted)}`, () => {
      assert.equal(differences(entries, `${key}: ${expected}\n`), wanted);
    });
  }
}

test('the documents have no problems, nor has an encounter that expects nothing', () => {
  checkProblems(outings);
  assert.equal(differences('walk hike', ''), '');
});

describe('expect names every billable line', () => {
  check(
    'expect',
    `
walk        | [{code: W0001}]                           |
walk        | [{code: W0001, outcome: billable}]        |
walk hike   | [{code: H0001}, {code: W0001}]            |
walk hike   | [{code: W0001}]                           | H0001 was not expected
walk        | [{code: W0001}, {code: H0001}]            | H0001 is missing
walk        | [{code: H0001}]                           | H0001 is missing; W0001 was not expected
short       | []                                        |
short       | [{code: W0001}]                           | W0001 is missing
walk        | []                                        | W0001 was not expected
`,
  );
});

describe('units are compared as sums', () => {
  check(
    'expect',
    `
long          | [{code: W0001, units: 2}]               |
long          | [{code: W0001}, {code: W0001}]          |
walk walk     | [{code: W0001, units: 2}]               |
walk tomorrow | [{code: W0001, units: 2}]               |
walk steep    | [{code: W0001, units: 2}]               |
long          | [{code: W0001}]                         | W0001 has 2 in place of 1
walk          | [{code: W0001, units: 2}]               | W0001 has 1 in place of 2
short         | [{code: W0001, units: 0}]               |
walk          | [{code: W0001, units: 0}]               | W0001 was not expected
`,
  );
});

describe('modifiers are compared for the codes of which one is named', () => {
  check(
    'expect',
    `
steep            | [{code: W0001}]                                                 |
steep            | [{code: W0001, modifiers: [XS]}]                                |
steep            | [{code: W0001, modifiers: []}]                                  | W0001 is missing; W0001-XS was not expected
walk             | [{code: W0001, modifiers: [XS]}]                                | W0001-XS is missing; W0001 was not expected
walk             | [{code: W0001, modifiers: []}]                                  |
steepdog         | [{code: W0001, modifiers: [XS, XD]}]                            |
steepdog         | [{code: W0001, modifiers: [XD, XS]}]                            |
steepdog         | [{code: W0001, modifiers: [XS]}]                                | W0001-XS is missing; W0001-XD-XS was not expected
walk steep       | [{code: W0001}, {code: W0001, modifiers: [XS]}]                 |
walk steep       | [{code: W0001, modifiers: []}, {code: W0001, modifiers: [XS]}]  |
walk steep       | [{code: W0001, units: 2, modifiers: [XS]}]                      | W0001-XS has 1 in place of 2; W0001 was not expected
steep steep      | [{code: W0001, modifiers: [XS]}, {code: W0001, modifiers: [XS]}] |
steep steephike  | [{code: W0001, modifiers: [XS]}, {code: H0001}]                 |
steep steephike  | [{code: W0001}, {code: H0001, modifiers: []}]                   | H0001 is missing; H0001-XS was not expected
`,
  );
});

describe('denied lines count where one of the code is named, unknown ones always', () => {
  check(
    'expect',
    `
walk unpaidhike | [{code: W0001}]                                        |
unpaidhike      | []                                                     |
unpaidhike      | [{code: H0001, outcome: denied}]                       |
unpaidhike      | [{code: H0001}]                                        | H0001 is missing
unpaidhike      | [{code: H0001, units: 2, outcome: denied}]             | H0001 (denied) has 1 in place of 2
hike            | [{code: H0001, outcome: denied}]                       | H0001 (denied) is missing; H0001 was not expected
walk unpaid     | [{code: W0001}]                                        |
walk unpaid     | [{code: W0001}, {code: W0001, outcome: denied}]        |
walk unpaid     | [{code: W0001, outcome: denied}]                       | W0001 was not expected
walk unpaid     | [{code: W0001, units: 2}]                              | W0001 has 1 in place of 2
unpaid unpaidhike | [{code: W0001, outcome: denied}]                     |
openhike        | []                                                     | H0001 (unknown) was not expected
openhike        | [{code: H0001}]                                        | H0001 is missing; H0001 (unknown) was not expected
openhike        | [{code: H0001, outcome: unknown}]                      |
hike openhike   | [{code: H0001}]                                        | H0001 (unknown) was not expected
hike openhike   | [{code: H0001}, {code: H0001, outcome: unknown}]       |
openhike        | [{code: H0001, outcome: denied}]                       | H0001 (denied) is missing; H0001 (unknown) was not expected
`,
  );
});

describe('expect_includes names some of the lines', () => {
  check(
    'expect_includes',
    `
walk hike       | [{code: W0001}]                                 |
walk hike       | [{code: W0001}, {code: H0001}]                  |
walk openhike   | [{code: W0001}]                                 |
walk unpaidhike | [{code: W0001}]                                 |
hike            | [{code: W0001}]                                 | W0001 is missing
long hike       | [{code: W0001}]                                 | W0001 has 2 in place of 1
long hike       | [{code: W0001}, {code: W0001}]                  |
walk steep      | [{code: W0001, modifiers: [XS]}]                |
walk hike       | [{code: W0001, modifiers: [XS]}]                | W0001-XS is missing
openhike        | [{code: H0001}]                                 | H0001 is missing
openhike        | [{code: H0001, outcome: unknown}]               |
unpaidhike      | [{code: H0001}]                                 | H0001 is missing
unpaidhike      | [{code: H0001, outcome: denied}]                |
`,
  );
});

describe('expect_excludes names codes that are not reported', () => {
  check(
    'expect_excludes',
    `
walk            | [H0001]         |
walk hike       | [H0001]         | H0001 must not be reported
walk hike       | [H0001, W0001]  | H0001 must not be reported; W0001 must not be reported
openhike        | [H0001]         | H0001 must not be reported
unpaidhike      | [H0001]         |
hike unpaidhike | [H0001]         | H0001 must not be reported
`,
  );
});

describe('together', () => {
  const includes = 'expect_includes: [{code: H0001}]\n';
  const excludes = 'expect_excludes: [W0001]\n';

  test('every one of them is asked', () => {
    assert.equal(differences('hike', includes + excludes), '');
    assert.equal(differences('hike walk', includes + excludes), 'W0001 must not be reported');
    assert.equal(differences('walk', includes + excludes), 'H0001 is missing; W0001 must not be reported');
    assert.equal(differences('hike', `expect: [{code: H0001}]\n${excludes}`), '');
    assert.equal(differences('walk', `expect: [{code: W0001}]\n${includes}`), 'H0001 is missing');
    assert.equal(differences('hike', `expect: []\n${includes}`), 'H0001 was not expected');
  });

  test('the message tells what was expected and what was computed', () => {
    const { messages } = run(
      'walk openhike',
      `expect: [{code: W0001, units: 2}]\nexpect_excludes: [H0001]\n`,
    );
    assert.deepEqual(messages, [
      'Expected W0001 × 2, and no H0001, computed W0001 × 1, H0001 × 1 (unknown): W0001 has 1 in place of 2; H0001 (unknown) was not expected; H0001 must not be reported.',
    ]);
    assert.match(
      run('walk', includes).messages[0] ?? '',
      /^Expected H0001 × 1 among others, computed W0001 × 1: /,
    );
    assert.match(run('walk', 'expect: []\n').messages[0] ?? '', /^Expected no lines, computed W0001 × 1: /);
  });

  test('a line without a code expects nothing that could be compared', () => {
    assert.deepEqual(run('walk', 'expect: [{units: 2}]\n').problems, ['missing-key']);
  });
});
