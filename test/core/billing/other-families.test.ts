/**
 * Fields of coding far from infusions, made of YAML alone: therapy by the quarter of an hour, intensive care by a first
 * period and further ones, a drug by the milligram. They prove that the engine knows no field of its own.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

const therapy = `
#- therapy.family.yaml
family: therapy
title: Therapy by time
facts:
  activity:
    definition: What was done with the patient.
    values:
      exercise: {definition: Exercises under guidance.}
      manual: {definition: Work with the hands.}
      supervised-rest: {definition: A pause, never_reported: a pause is no therapy}
  staff: {definition: Who did it.}
classes:
  - {class: one-to-one-exercise, title: Exercise with one patient, when: {activity: exercise}}
  - {class: manual-therapy, title: Manual therapy, when: {activity: manual}}
groups: {by: [session], combine: [activity]}
#- exercise.spec.yaml
spec: "97110"
title: Exercise, by the quarter of an hour
family: therapy
effective: {from: 2024-01-01}
reports: {class: one-to-one-exercise, as: each}
time: {at_least: 8 min, covers: 15 min, repeats: true}
excludes:
  - {staff: aide, instead: ["97150"], reason: an aide is not a therapist}
#- manual.spec.yaml
spec: "97140"
title: Manual therapy, by the quarter of an hour
family: therapy
effective: {from: 2024-01-01}
reports: {class: manual-therapy, as: each}
time: {at_least: 8 min, covers: 15 min, repeats: true}
`;

const critical = `
#- critical.family.yaml
family: intensive
title: Intensive care
classes:
  - {class: intensive-care, title: Intensive care, when: {service: intensive-care}}
groups: {by: [given_by], combine: [service]}
#- first.spec.yaml
spec: "99291"
title: Intensive care, the first 30 to 74 minutes
family: intensive
effective: {from: 2024-01-01}
reports: {class: intensive-care, as: each}
time: {at_least: 30 min, covers: 74 min}
#- further.spec.yaml
spec: "99292"
title: Intensive care, each further half hour
family: intensive
effective: {from: 2024-01-01}
reports: {class: intensive-care, as: additional-time, of: ["99291"]}
time: {at_least: 1 min, covers: 30 min}
`;

const dose = `
#- drug.family.yaml
family: drug
title: A drug by its weight
facts:
  dose: {definition: How much was given., unit: mg}
classes:
  - {class: drug, title: The drug, when: {substance: x}}
#- drug.spec.yaml
spec: J0001
title: The drug, 10 milligrams
family: drug
effective: {from: 2024-01-01}
reports: {class: drug, as: each}
thresholds:
  - {measure: dose, covers: 10 mg, repeats: true}
`;

const encounter = (services: readonly string[]): string =>
  `encounter: e\ndate: 2026-03-02\nclaim: professional\nservices:\n${services.map((item) => `  - {${item}}\n`).join('')}`;

test('the documents of these families have no problems', () => {
  checkProblems(`${therapy}${critical}${dose}`);
});

describe('therapy, a unit from 8 minutes on and another each 15', () => {
  const bench = new Bench([], therapy);
  const exercise = (minutes: number, more = ''): string =>
    `service: therapy, facts: {activity: exercise, staff: therapist}, minutes: ${String(minutes)}${more}`;
  const table: readonly (readonly [number, number])[] = [
    [0, 0],
    [7, 0],
    [8, 1],
    [15, 1],
    [22, 1],
    [23, 2],
    [37, 2],
    [38, 3],
    [52, 3],
    [53, 4],
    [60, 4],
  ];
  for (const [minutes, units] of table) {
    test(`${String(minutes)} minutes make ${String(units)}`, () => {
      const { lines } = bench.run(encounter([exercise(minutes)]));
      assert.deepEqual(lines, units === 0 ? [] : [`97110 × ${String(units)}`]);
    });
  }

  test('minutes of one activity add up, also over two parts of the day; those of another do not', () => {
    assert.deepEqual(bench.run(encounter([exercise(7), exercise(8)])).lines, ['97110 × 1']);
    const manual = 'service: therapy, facts: {activity: manual}, minutes: 7';
    assert.deepEqual(bench.run(encounter([exercise(8), manual])).lines, ['97110 × 1']);
    assert.deepEqual(bench.run(encounter([exercise(23), manual.replace('7', '8')])).lines, [
      '97110 × 2',
      '97140 × 1',
    ]);
  });

  test('sessions are apart', () => {
    const lines = bench.run(encounter([exercise(7, ', session: am'), exercise(7, ', session: pm')])).lines;
    assert.deepEqual(lines, []);
  });

  test('an exclusion names the code to look at', () => {
    const { lines, notBilled } = bench.run(encounter([exercise(30).replace('therapist', 'aide')]));
    assert.deepEqual(lines, []);
    assert.ok(
      notBilled.some((sentence) => /97110 .*excludes staff aide.*97150 reports it instead/.test(sentence)),
    );
  });

  test('an exclusion that asks for what the record lacks leaves the line unknown', () => {
    const { lines } = bench.run(encounter([exercise(30).replace(', staff: therapist', '')]));
    assert.deepEqual(lines, ['97110 × 2 (unknown)']);
  });

  test('without minutes the units are unknown', () => {
    const { lines } = bench.run(encounter([exercise(30).replace(', minutes: 30', '')]));
    assert.deepEqual(lines, ['97110 × 1 (unknown)']);
  });

  test('a pause is never reported', () => {
    const { lines, notBilled } = bench.run(
      encounter(['service: therapy, facts: {activity: supervised-rest}, minutes: 30']),
    );
    assert.deepEqual(lines, []);
    assert.ok(notBilled.some((sentence) => sentence.endsWith('a pause is no therapy')));
  });

  test('a rest of 7 minutes is a near miss', () => {
    assert.ok(
      bench
        .run(encounter([exercise(22)]))
        .notBilled.some((sentence) =>
          /^near: 97110 .*at least 8 minutes more are needed, 7 minutes/.test(sentence),
        ),
    );
  });
});

describe('intensive care, 30 to 74 minutes and each further half hour', () => {
  const bench = new Bench([], critical);
  const care = (minutes: number, by = 'a'): string =>
    `service: intensive-care, minutes: ${String(minutes)}, given_by: ${by}`;
  const table: readonly (readonly [number, readonly string[]])[] = [
    [0, []],
    [29, []],
    [30, ['99291 × 1']],
    [74, ['99291 × 1']],
    [75, ['99291 × 1', '99292 × 1']],
    [104, ['99291 × 1', '99292 × 1']],
    [105, ['99291 × 1', '99292 × 2']],
    [134, ['99291 × 1', '99292 × 2']],
    [135, ['99291 × 1', '99292 × 3']],
  ];
  for (const [minutes, lines] of table) {
    test(`${String(minutes)} minutes make ${lines.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(bench.run(encounter([care(minutes)])).lines, lines);
    });
  }

  test('the visits of one doctor add up, those of two do not', () => {
    assert.deepEqual(bench.run(encounter([care(20), care(20), care(40)])).lines, ['99291 × 1', '99292 × 1']);
    assert.deepEqual(bench.run(encounter([care(20, 'a'), care(20, 'b')])).lines, []);
    assert.deepEqual(bench.run(encounter([care(40, 'a'), care(40, 'b')])).lines, ['99291 × 2']);
  });
});

describe('a drug by the weight', () => {
  const bench = new Bench([], dose);
  const run = (amount: string): readonly string[] =>
    bench.run(
      encounter([]).replace('services:', `administrations:\n  - {substance: x, facts: {dose: "${amount}"}}`),
    ).lines;

  test('begun units count', () => {
    assert.deepEqual(run('10'), ['J0001 × 1']);
    assert.deepEqual(run('10.5'), ['J0001 × 2']);
    assert.deepEqual(run('3'), ['J0001 × 1']);
    assert.deepEqual(run('100'), ['J0001 × 10']);
  });

  test('an amount that is no number leaves the line unknown', () => {
    assert.deepEqual(run('a little'), ['J0001 × 1 (unknown)']);
  });
});

describe('a family with positions', () => {
  const ranked = (rank: string): Bench =>
    new Bench(
      [],
      `
#- f.family.yaml
family: f
title: F
classes:
  - {class: big, title: Big, when: {service: big}}
  - {class: small, title: Small, when: {service: small}}
  - {class: aside, title: Aside, when: {service: aside}}
positions:
  initial:
    among: [big, small]
    choose: [{id: only, rank: [${rank}]}]
  concurrent: {overlap: {at_least: 10 min}}
${['big', 'small', 'aside']
  .flatMap((name, i) =>
    ['initial', 'sequential', 'concurrent', 'each'].map(
      (as, j) => `#- ${name}-${as}.spec.yaml
spec: ${'ABC'.charAt(i)}000${String(j + 1)}
title: ${name} ${as}
family: f
effective: {from: 2024-01-01}
reports: {class: ${name}, as: ${as}}
`,
    ),
  )
  .filter((text) => (text.includes('as: each') ? text.includes('aside') : true))
  .join('')}`,
    );
  const service = (name: string, start: string, stop: string): string =>
    `service: ${name}, start: "${start}", stop: "${stop}"`;
  const two = [service('small', '08:00', '10:00'), service('big', '10:30', '11:00')];

  test('ranks by hierarchy, by the clock, by length or by a condition', () => {
    assert.deepEqual(ranked('{by: hierarchy}').run(encounter(two)).lines, ['A0001 × 1', 'B0002 × 1']);
    assert.deepEqual(ranked('{by: earliest}').run(encounter(two)).lines, ['A0002 × 1', 'B0001 × 1']);
    assert.deepEqual(ranked('{by: longest}').run(encounter(two)).lines, ['A0002 × 1', 'B0001 × 1']);
    assert.deepEqual(ranked('{by: condition, when: {minutes: {less_than: 1 h}}}').run(encounter(two)).lines, [
      'A0001 × 1',
      'B0002 × 1',
    ]);
  });

  test('places what is outside the hierarchy on its own, and what overlaps as concurrent', () => {
    const bench = ranked('{by: hierarchy}');
    assert.deepEqual(bench.run(encounter([...two, service('aside', '08:00', '09:00')])).lines, [
      'A0001 × 1',
      'B0002 × 1',
      'C0004 × 1',
    ]);
    const beside = [service('big', '08:00', '09:00'), service('small', '08:50', '10:00')];
    assert.deepEqual(bench.run(encounter(beside)).lines, ['A0001 × 1', 'B0003 × 1']);
    const chain = [
      service('big', '08:00', '09:00'),
      service('big', '12:00', '13:00'),
      service('small', '11:55', '12:30'),
    ];
    assert.deepEqual(bench.run(encounter(chain)).lines, ['A0001 × 1', 'A0002 × 1', 'B0003 × 1']);
    const before = [service('big', '08:00', '09:00'), service('small', '08:51', '10:00')];
    assert.deepEqual(bench.run(encounter(before)).lines, ['A0001 × 1', 'B0002 × 1']);
  });
});

test('an add-on that asks for what the record lacks is unknown, beside a certain first period', () => {
  const asking = critical.replace('of: ["99291"]}', 'of: ["99291"], when: {session: am}}');
  const run = (more: string): readonly string[] =>
    new Bench([], asking).run(encounter([`service: intensive-care, minutes: 120, given_by: a${more}`])).lines;
  assert.deepEqual(run(', session: am'), ['99291 × 1', '99292 × 2']);
  assert.deepEqual(run(', session: pm'), ['99291 × 1']);
  assert.deepEqual(run(''), ['99291 × 1', '99292 × 2 (unknown)']);
});

describe('a missing fact leaves the class open, wherever in the condition it is asked for', () => {
  const bench = (when: string): Bench =>
    new Bench(
      [],
      `
#- f.family.yaml
family: f
title: F
facts:
  dose: {definition: How much.}
classes:
  - {class: a, title: A, when: ${when}}
#- s.spec.yaml
spec: A0001
title: T
family: f
effective: {from: 2024-01-01}
reports: {class: a, as: each}
`,
    );
  const cases: readonly (readonly [
    when: string,
    facts: string,
    lines: readonly string[],
    problem: string,
  ])[] = [
    [
      '{any: [{route: x}, {route: y, dose: {at_least: "5"}}]}',
      'route: y',
      ['A0001 × 1 (unknown)'],
      'missing-time',
    ],
    ['{any: [{route: x}, {route: y, dose: {at_least: "5"}}]}', 'route: y, dose: "5"', ['A0001 × 1'], ''],
    ['{any: [{route: x}, {route: y, dose: {at_least: "5"}}]}', 'route: y, dose: "4"', [], 'not-covered'],
    ['{not: {route: x, dose: {at_least: "5"}}}', 'route: x', ['A0001 × 1 (unknown)'], 'missing-time'],
    ['{not: {route: x, dose: {at_least: "5"}}}', 'route: y', ['A0001 × 1'], ''],
    [
      '{all: [{route: x}, {not: {dose: {at_least: "5"}}}]}',
      'route: x',
      ['A0001 × 1 (unknown)'],
      'missing-time',
    ],
    ['{dose: {at_least: "5"}}', 'dose: a little', ['A0001 × 1 (unknown)'], 'missing-time'],
  ];
  for (const [when, facts, lines, problem] of cases) {
    test(`${when} of ${facts}`, () => {
      const outcome = bench(when).run(encounter([`service: s, facts: {${facts}}`]));
      assert.deepEqual(outcome.lines, lines);
      assert.deepEqual(outcome.problems, problem === '' ? [] : [problem]);
    });
  }

  test('a condition of the specification that asks for what is no number is open, too', () => {
    const rules = new Bench(
      [],
      `${dose}modifiers:\n  - {code: JW, use: u, when: {dose: {more_than: 5 mg}}}\n`.replace(
        'as: each}',
        'as: each, when: {dose: {at_least: 1 mg}}}',
      ),
    );
    const run = (amount: string): readonly string[] =>
      rules.run(
        encounter([]).replace(
          'services:',
          `administrations:\n  - {substance: x, facts: {dose: "${amount}"}}`,
        ),
      ).lines;
    assert.deepEqual(run('20'), ['J0001-JW × 2']);
    assert.deepEqual(run('0.5'), []);
    assert.deepEqual(run('a little'), ['J0001 × 1 (unknown)']);
  });
});
