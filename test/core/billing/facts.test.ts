/**
 * Swimming lessons: what a condition is told of a fact. It is recorded, worked out from others, or has a default; one of
 * the two lists may have no place for it; and amounts have units.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

const code = (name: string, reports: string, more = ''): string =>
  `---\nspec: ${name}\ntitle: Code ${name}\nfamily: lessons\neffective: {from: 2024-01-01}\nreports: ${reports}\n${more}\n`;

/** Lessons with these facts, and classes of which each has a code L0001, L0002, … */
const lessons = (facts: string, whens: readonly string[], more = '', keys = ''): string => `
#- lessons.family.yaml
family: lessons
title: Lessons
facts:
${facts}
classes:
${whens.map((when, i) => `  - {class: c${String(i + 1)}, title: Class ${String(i + 1)}, when: ${when}}\n`).join('')}
${keys}
#- lessons.spec.yaml
${whens.map((_, i) => code(`L000${String(i + 1)}`, `{class: c${String(i + 1)}, as: each}`, more)).join('')}`;

type List = 'administrations' | 'services';

/** The lines and problems of an encounter with these entries. */
function bill(
  rules: string,
  entries: readonly string[],
  list: List = 'services',
  head = '',
): readonly [lines: string, ...problems: readonly string[]] {
  const { lines, problems } = new Bench([], rules).run(
    `encounter: e\ndate: 2026-03-02\nclaim: professional\n${head}${list}:\n${entries.map((item) => `  - {${item}}\n`).join('')}`,
  );
  return [lines.join(', '), ...problems];
}
const lesson = (facts: string, more = ''): string =>
  `service: lesson${more}${facts === '' ? '' : `, facts: {${facts}}`}`;
const MINUTES = 'time: {at_least: 1 min, covers: 1 min, repeats: true}';

describe('derive', () => {
  const rules = lessons(
    `  way: {definition: How far.}
  pace: {definition: How fast.}
  minutes: {definition: How long., unit: min, derive: {divide: way, by: pace}}`,
    ['{service: lesson, minutes: {at_least: 30 min}}', '{service: lesson, minutes: {less_than: 30 min}}'],
    MINUTES,
    'groups: {combine: [session]}',
  );

  test('has no problems', () => {
    checkProblems(rules);
  });

  const cases: readonly (readonly [facts: string, lines: string, more?: string])[] = [
    ['way: 10 km, pace: 5 km/h', 'L0001 × 120'],
    ['way: 6 km, pace: 5 km/h', 'L0001 × 72'],
    ['way: 2 km, pace: 5 km/h', 'L0002 × 24'],
    ['way: 1 l, pace: 250 ml/h', 'L0001 × 240'],
    ['way: 250 ml, pace: 1 l/h', 'L0002 × 15'],
    ['way: 1 l, pace: 250 ml/min', 'L0002 × 4'],
    ['way: 10 km, pace: 5 km/h', 'L0001 × 70', ', minutes: 70'],
    ['way: 10 km, pace: 5 km/h', 'L0002 × 20', ', start: "08:00", stop: "08:20"'],
    ['way: 10 km, pace: 5 km/h', 'L0001 × 120', ', start: "08:00"'],
  ];
  for (const [facts, lines, more = ''] of cases) {
    test(`a quantity divided by another where nobody recorded it: ${facts}${more}`, () => {
      assert.deepEqual(bill(rules, [lesson(facts, more)]), [lines]);
    });
  }

  for (const facts of [
    'way: 10 km',
    'pace: 5 km/h',
    'way: 10 km, pace: 0 km/h',
    'way: 10 km, pace: fast',
    'way: 10 km, pace: 5 ml/h',
  ]) {
    test(`that cannot be worked out is not known: ${facts}`, () => {
      assert.deepEqual(bill(rules, [lesson(facts)]), ['L0002 × 1 (unknown)', 'missing-time']);
    });
  }

  test('counts among the minutes of services that are one', () => {
    const one = [
      lesson('way: 10 km, pace: 5 km/h', ', session: am'),
      lesson('', ', session: am, minutes: 40'),
    ];
    assert.deepEqual(bill(rules, one), ['L0001 × 160']);
  });

  test('of two of a kind is a bare number, for thresholds of other measures', () => {
    const laps = lessons(
      `  way: {definition: How far.}
  lap: {definition: How far a lap is.}
  laps: {definition: How many laps., derive: {divide: way, by: lap}}`,
      ['{service: lesson}'],
      'thresholds: [{measure: laps, at_least: "1", covers: "1", repeats: true}]',
    );
    checkProblems(laps);
    assert.deepEqual(bill(laps, [lesson('way: 400 m, lap: 100 m')]), ['L0001 × 4']);
    assert.deepEqual(bill(laps, [lesson('way: 1 l, lap: 250 ml')]), ['L0001 × 4']);
    assert.deepEqual(bill(laps, [lesson('way: 350 m, lap: 100 m')]), ['L0001 × 3']);
    assert.deepEqual(bill(laps, [lesson('way: 400 m, lap: 100 m, laps: "2"')]), ['L0001 × 2']);
    assert.deepEqual(bill(laps, [lesson('way: 400 m')]), ['L0001 × 1 (unknown)']);
  });
});

describe('of', () => {
  const rules = (of: string, when: string): string =>
    lessons(`  float: {definition: A float to hold.${of}}`, [when]);
  const wants: readonly (readonly [when: string, absent: string, open: readonly string[]])[] = [
    ['{session: am, float: board}', '', ['L0001 × 1 (unknown)', 'missing-time']],
    ['{session: am, not: {float: board}}', 'L0001 × 1', ['L0001 × 1 (unknown)', 'missing-time']],
    ['{session: am, float: {at_most: "3"}}', '', ['L0001 × 1 (unknown)', 'missing-time']],
    ['{session: am, any: [{float: board}, {session: am}]}', 'L0001 × 1', ['L0001 × 1']],
  ];
  const lists: readonly (readonly [List, List])[] = [
    ['administrations', 'services'],
    ['services', 'administrations'],
  ];
  for (const [list, other] of lists) {
    for (const [when, absent, open] of wants) {
      test(`${list}: to ${when}, an entry of the other list surely has none`, () => {
        const own = rules(`, of: ${list}`, when);
        checkProblems(own);
        assert.deepEqual(bill(own, ['session: am'], other), absent === '' ? ['', 'not-covered'] : [absent]);
        assert.deepEqual(bill(own, ['session: am'], list), open);
        assert.deepEqual(bill(rules('', when), ['session: am'], other), open);
      });
    }
  }

  test('what is recorded all the same counts', () => {
    const own = rules(', of: administrations', '{session: am, float: board}');
    assert.deepEqual(bill(own, ['session: am, facts: {float: board}']), ['L0001 × 1']);
    assert.deepEqual(bill(own, ['session: am, facts: {float: board}'], 'administrations'), ['L0001 × 1']);
  });

  test('it is not documented either', () => {
    const own = rules(', of: administrations', '{session: am, float: {documented: false}}');
    assert.deepEqual(bill(own, ['session: am']), ['L0001 × 1']);
    const documented = rules(', of: administrations', '{session: am, float: {documented: true}}');
    assert.deepEqual(bill(documented, ['session: am']), ['', 'not-covered']);
  });
});

describe('a default', () => {
  const facts = `  pool: {definition: Where., values: {indoor: {definition: Inside.}, outdoor: {definition: Outside.}}, default: indoor}
  coach: {definition: Who., default: ann}`;
  const rules = lessons(
    facts,
    ['{service: lesson, pool: indoor}', '{service: lesson, pool: outdoor}'],
    'modifiers: [{code: XA, use: with Ann, when: {coach: ann}}]',
  );

  test('holds where nobody recorded the fact, for classes and modifiers', () => {
    checkProblems(rules);
    assert.deepEqual(bill(rules, [lesson('')]), ['L0001-XA × 1']);
    assert.deepEqual(bill(rules, [lesson('pool: outdoor')]), ['L0002-XA × 1']);
    assert.deepEqual(bill(rules, [lesson('coach: bob')]), ['L0001 × 1']);
  });

  test('without it, what is not recorded is not known', () => {
    const without = rules.replace(', default: indoor', '');
    assert.deepEqual(bill(without, [lesson('')]), ['L0002-XA × 1 (unknown)', 'missing-time']);
  });

  test('holds for specifications, policies and the choice of the initial service', () => {
    const only = lessons(facts, ['{service: lesson}']).replace('as: each}', 'as: each, when: {coach: ann}}');
    assert.deepEqual(bill(only, [lesson('')]), ['L0001 × 1']);
    assert.deepEqual(bill(only, [lesson('coach: bob')]), ['']);
    const policy = `#- p.policy.yaml
policy: p
payer: Club
title: The club
effective: {from: 2024-01-01}
rules: [{id: a, when: {coach: ann}, then: {deny: Ann is paid already}}]
`;
    const paid = (entry: string): readonly string[] =>
      bill(rules + policy, [entry], 'services', 'payer: Club\n');
    assert.deepEqual(paid(lesson('')), ['L0001-XA × 1 (denied)']);
    assert.deepEqual(paid(lesson('coach: bob')), ['L0001 × 1']);
    const rank = (when: string, by: string): string =>
      `{id: ${by}, when: {coach: ${when}}, rank: [{by: ${by}}]}`;
    const first = lessons(
      facts,
      ['{service: lesson}'],
      '',
      `positions: {initial: {among: [c1], choose: [${rank('bob', 'longest')}, ${rank('ann', 'earliest')}]}}`,
    ).replaceAll('as: each', 'as: initial');
    checkProblems(first);
    const two = [
      lesson('', ', start: "08:00", stop: "08:10", id: a'),
      lesson('', ', start: "09:00", stop: "09:50"'),
    ];
    const line = new Bench([], first).run(
      `encounter: e\ndate: 2026-03-02\nclaim: professional\nservices:\n${two.map((item) => `  - {${item}}\n`).join('')}`,
    ).bill.lines[0];
    assert.deepEqual(
      line?.administrations.map(({ path }) => path),
      ['/services/0'],
    );
  });
});

describe('documented', () => {
  const rules = (when: string): string =>
    lessons('  laps: {definition: How many.}', [`{service: lesson, ${when}}`]);
  const none = ['', 'not-covered'];
  const cases: readonly (readonly [when: string, absent: readonly string[], three: readonly string[]])[] = [
    ['laps: {documented: true}', none, ['L0001 × 1']],
    ['laps: {documented: false}', ['L0001 × 1'], none],
    ['not: {laps: {documented: true}}', ['L0001 × 1'], none],
    ['laps: {documented: true, at_least: "3"}', none, ['L0001 × 1']],
    ['laps: {documented: true, more_than: "3"}', none, none],
    ['not: {laps: {documented: true, more_than: "3"}}', ['L0001 × 1'], ['L0001 × 1']],
    ['any: [{laps: {documented: false}}, {laps: {at_least: "3"}}]', ['L0001 × 1'], ['L0001 × 1']],
    ['any: [{laps: {documented: false}}, {laps: {at_least: "4"}}]', ['L0001 × 1'], none],
  ];
  for (const [when, absent, three] of cases) {
    test(`${when} is never unknown`, () => {
      checkProblems(rules(when));
      assert.deepEqual(bill(rules(when), [lesson('')]), absent);
      assert.deepEqual(bill(rules(when), [lesson('laps: "3"')]), three);
    });
  }

  test('asks of the encounter and of times, too', () => {
    assert.deepEqual(bill(rules('payer: {documented: true}'), [lesson('')]), none);
    assert.deepEqual(bill(rules('payer: {documented: true}'), [lesson('')], 'services', 'payer: Club\n'), [
      'L0001 × 1',
    ]);
    assert.deepEqual(bill(rules('minutes: {documented: false}'), [lesson('', ', start: "08:00"')]), [
      'L0001 × 1',
    ]);
    assert.deepEqual(
      bill(rules('minutes: {documented: false}'), [lesson('', ', start: "08:00", stop: "08:01"')]),
      none,
    );
  });
});

describe('quantities', () => {
  const one = ['L0001 × 1'];
  const none = ['', 'not-covered'];
  const open = ['L0001 × 1 (unknown)', 'missing-time'];
  const cases: readonly (readonly [test: string, value: string, lines: readonly string[]])[] = [
    ['{at_least: 1 h}', '60 min', one],
    ['{at_least: 1 h}', '59 min', none],
    ['{at_most: 90 min}', '1.5 h', one],
    ['{less_than: 90 min}', '1.5 h', none],
    ['{at_least: 1 g}', '1000 mg', one],
    ['{at_least: 1 g}', '999 mg', none],
    ['{more_than: 1 mg}', '1000 mcg', none],
    ['{more_than: 1 mg}', '1001 mcg', one],
    ['{at_least: 0.5 l}', '500 ml', one],
    ['{at_least: 2 laps}', '1 lap', none],
    ['{at_least: 1 lap}', '2 laps', one],
    ['{at_least: 1 g}', '2 km', open],
    ['{at_least: 1 g}', 'a lot', open],
    ['{at_least: "2"}', '2 km', one],
    ['{at_least: "3"}', '2 km', none],
    ['{at_least: 2 km}', '"2"', one],
    ['{at_least: 1 km, at_most: 3 km}', '2 km', one],
    ['{at_least: 1 km, at_most: 3 km}', '3.5 km', none],
  ];
  for (const [test_, value, lines] of cases) {
    test(`${test_} of ${value}`, () => {
      const rules = lessons('  size: {definition: How much.}', [`{service: lesson, size: ${test_}}`]);
      assert.deepEqual(bill(rules, [lesson(`size: ${value}`)]), lines);
    });
  }

  const units: readonly (readonly [value: string, lines: string])[] = [
    ['25 mg', 'L0001 × 3'],
    ['0.02 g', 'L0001 × 2'],
    ['5000 mcg', 'L0001 × 1'],
    ['"10"', 'L0001 × 1'],
    ['0 mg', ''],
    ['1 km', 'L0001 × 1 (unknown)'],
    ['some', 'L0001 × 1 (unknown)'],
  ];
  for (const [value, lines] of units) {
    test(`${value} in begun tens of milligrams`, () => {
      const threshold = 'thresholds: [{measure: size, covers: 10 mg, repeats: true}]';
      const rules = lessons('  size: {definition: How much., unit: mg}', ['{service: lesson}'], threshold);
      checkProblems(rules);
      assert.deepEqual(bill(rules, [lesson(`size: ${value}`)]), [lines]);
    });
  }
});
