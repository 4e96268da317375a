/** Lines that change one another: what stands alone, what is limited, what is a pair, what is left out before it counts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench } from '../../support/bench.ts';

const spec = (code: string, reports: string, more = '', family = 'walks'): string =>
  `#- ${code}.spec.yaml\nspec: ${code}\ntitle: Code ${code}\nfamily: ${family}\neffective: {from: 2024-01-01}\nreports: ${reports}\n${more}\n`;
const walks = (more = ''): string => `#- walks.family.yaml
family: walks
title: Walks
facts:
  dog: {definition: Which dog.}
classes:
  - {class: hike, title: Hike, when: {service: hike}}
  - {class: walk, title: Walk, when: {service: walk}}
  - {class: swim, title: Swim, when: {service: swim}}
${more}
`;
const [hike, walk, swim] = ['hike', 'walk', 'swim'].map((name) => `service: ${name}`) as [
  string,
  string,
  string,
];
const at = (entry: string, start: string): string => `${entry}, start: "${start}"`;
const rex = ', facts: {dog: rex}';

const outcome = (
  rules: string,
  entries: readonly string[],
  list = 'services',
): { readonly lines: string; readonly problems: readonly string[] } => {
  const text = `encounter: e\ndate: 2026-03-02\npayer: Club\nclaim: professional\n${list}:\n${entries.map((item) => `  - {${item}}\n`).join('')}`;
  const { lines, problems } = new Bench([], rules).run(text);
  return { lines: lines.join(', '), problems };
};
const lines = (rules: string, entries: readonly string[], list?: string): string =>
  outcome(rules, entries, list).lines;

/** Whatever the order of the entries, the lines are these. */
function always(rules: string, entries: readonly string[], wanted: string): void {
  assert.equal(lines(rules, entries), wanted);
  assert.equal(lines(rules, [...entries].reverse()), wanted);
}

const one = (name: string, more = '', when = ''): string =>
  spec(`${name.charAt(0).toUpperCase()}0001`, `{class: ${name}, as: each${when}}`, more);
const policy = (body: string): string =>
  `#- p.policy.yaml\npolicy: p\npayer: Club\ntitle: The club\neffective: {from: 2024-01-01}\n${body}\n`;
const table = (body: string): string =>
  `#- t.table.yaml\ntable: t\ntitle: Figures\nrelease: R1\neffective: {from: 2024-01-01}\n${body}\n`;

describe('not_beside', () => {
  const alone = 'not_beside: [{reason: It stands alone.}]';
  const without = (code: string): string => `not_beside: [{codes: [${code}], reason: Part of it.}]`;

  test('two that each want to stand alone: one stays', () => {
    const rules = walks() + one('hike', alone) + one('walk', alone);
    always(rules, [walk, hike], 'H0001 × 1');
    always(rules, [walk], 'W0001 × 1');
  });

  test('the same code again is not another', () => {
    always(walks() + one('hike', alone), [at(hike, '08:00'), at(hike, '09:00')], 'H0001 × 2');
  });

  test('what is left out itself keeps nothing else away', () => {
    const rules = walks() + one('hike', without('W0001')) + one('walk', without('S0001')) + one('swim');
    always(rules, [walk, hike, swim], 'H0001 × 1, S0001 × 1');
    always(rules, [walk, hike], 'W0001 × 1');
  });

  test('beside a line that is unknown, it is unknown', () => {
    const rules = walks() + one('hike', without('W0001')) + one('walk', '', ', when: {dog: rex}');
    always(rules, [walk, hike], 'H0001 × 1 (unknown), W0001 × 1 (unknown)');
    always(rules, [walk + rex, hike], 'W0001 × 1');
  });

  test('beside what a policy omits, it stays', () => {
    const omit = policy('rules: [{id: a, when: {code: W0001}, then: {omit: It is free.}}]');
    always(walks() + one('hike', without('W0001')) + one('walk') + omit, [walk, hike], 'H0001 × 1');
  });
});

describe('limits of a specification', () => {
  const once = 'limit: {units: 1, per: day}';
  test('count sure lines first, and never drop what is unknown', () => {
    const rules = walks() + one('walk', once, ', when: {dog: rex}');
    const [first, second] = [at(walk, '08:00'), at(walk, '09:00')];
    always(rules, [first, second + rex], 'W0001 × 1, W0001 × 1 (unknown)');
    always(rules, [first + rex, second], 'W0001 × 1, W0001 × 1 (unknown)');
    always(rules, [first + rex, second + rex], 'W0001 × 1');
  });

  test('do not count what a policy omits', () => {
    const omit = policy('rules: [{id: a, when: {dog: rex}, then: {omit: It is free.}}]');
    const rules = walks() + one('walk', once) + omit;
    const max = ', facts: {dog: max}';
    always(rules, [at(walk, '08:00') + rex, at(walk, '09:00') + max], 'W0001 × 1');
  });
});

describe('a code', () => {
  const time = 'time: {at_least: 1 min, covers: 30 min}';
  test('that two of its parts report is reported once, by the part that surely does', () => {
    const parts = '[{class: walk, as: each, when: {dog: rex}}, {class: walk, as: each}]';
    assert.equal(lines(walks() + spec('W0001', parts), [walk]), 'W0001 × 1');
  });

  test('that two of its parts add is added once', () => {
    const adds =
      '[{class: walk, as: additional-time, of: [W0001]}, {class: [walk, hike], as: additional-time}]';
    const rules = walks() + one('walk', time) + spec('W0002', adds, time);
    assert.equal(lines(rules, [`${walk}, minutes: 60`]), 'W0001 × 1, W0002 × 1');
    assert.equal(lines(rules, [`${walk}, minutes: 30`]), 'W0001 × 1');
  });

  test('that is stated needs a whole number of units above zero', () => {
    const rules = walks() + spec('W0001', '{as: stated}');
    for (const units of ['0', '-1', '2.5', 'many'])
      assert.equal(lines(rules, [`code: W0001, units: ${units}`]), 'W0001 × 1 (unknown)', units);
    assert.equal(lines(rules, ['code: W0001, units: 2']), 'W0001 × 2');
  });
});

describe('pairs of codes', () => {
  const use = policy('tables: [{table: t}]');
  const pairs = (body: string): string =>
    table(`indicators: {m: {says: with a modifier, bypass: modifier}, n: {says: never, bypass: never}}
bypass_modifiers: [XX]
code_pairs: ${body}`);
  const marked = (name: string): string =>
    one(name, 'modifiers: [{code: XX, use: another dog, when: {dog: rex}}]');
  const max = ', facts: {dog: max}';

  test('what is denied itself denies nothing', () => {
    const rules = walks() + one('walk') + one('hike') + one('swim') + use;
    const chain = rules + pairs('{W0001: {H0001: n}, H0001: {S0001: n}}');
    always(chain, [walk, hike, swim], 'H0001 × 1 (denied), S0001 × 1, W0001 × 1');
    always(chain, [hike, swim], 'H0001 × 1, S0001 × 1 (denied)');
  });

  test('of which nobody can say whether the first has the modifier are both unknown', () => {
    const rules = walks() + marked('walk') + one('hike') + use + pairs('{W0001: {H0001: m}}');
    always(rules, [walk + rex, hike], 'H0001 × 1, W0001-XX × 1');
    always(rules, [walk + max, hike], 'H0001 × 1 (denied), W0001 × 1');
    always(rules, [walk, hike], 'H0001 × 1 (unknown), W0001 × 1 (unknown)');
  });

  test('of a first that is unknown itself make the second unknown', () => {
    const rules = walks() + one('walk', '', ', when: {dog: rex}') + one('hike') + use;
    always(rules + pairs('{W0001: {H0001: n}}'), [walk, hike], 'H0001 × 1 (unknown), W0001 × 1 (unknown)');
  });

  test('are not checked, and said not to be, where the record does not say whether the table is for it', () => {
    const open = policy('tables: [{table: t, when: {dog: rex}}]');
    const rules = walks() + one('walk') + one('hike') + open + pairs('{W0001: {H0001: n}}');
    assert.deepEqual(outcome(rules, [walk, hike]), {
      lines: 'H0001 × 1, W0001 × 1',
      problems: ['not-checked'],
    });
  });
});

describe('limits of a table', () => {
  const rules = (indicator: string, uses = '{table: t}'): string =>
    walks() +
    spec('W0001', '{class: walk, as: each}', 'time: {at_least: 1 min, covers: 1 min, repeats: true}') +
    policy(`tables: [${uses}]`) +
    table(`indicators: {x: {says: x, ${indicator}}}\nunit_limits: {W0001: {units: 1, indicator: x}}`);
  const two = [at(`${walk}, minutes: 1`, '08:00'), at(`${walk}, minutes: 1`, '09:00')];

  test('a line: lines that are put together are one', () => {
    assert.equal(lines(rules('per: line'), two), 'W0001 × 1, W0001 × 1 (denied)');
    assert.deepEqual(outcome(rules('per: line, excess: review'), two), {
      lines: 'W0001 × 2',
      problems: ['units-over-limit'],
    });
  });

  test('are told once, however many policies name the table', () => {
    const again = rules('excess: review') + policy('tables: [{table: t}]').replace(/\bp\b/g, 'q');
    assert.deepEqual(outcome(again, two).problems, ['units-over-limit']);
  });
});

describe('what is left out', () => {
  const drug = table('dosage_units: {J0001: {drug: a, amount: 1 mg}}');
  const given = 'substance: a, route: walk, drug: J0001, dose: 2 mg';
  const family = (more: string, name = 'walks'): string =>
    walks(more)
      .replace(/\bwalks\b/g, name)
      .replace('{service: walk}', '{route: walk}');

  test('by a rule that the record does not answer is unknown', () => {
    const rules = walks('unreported: [{id: u, when: {dog: rex}, reason: It is free.}]') + one('walk');
    assert.equal(lines(rules, [walk]), 'W0001 × 1 (unknown)');
    assert.equal(lines(rules, [walk + rex]), '');
    assert.equal(lines(rules, [`${walk}, facts: {dog: max}`]), 'W0001 × 1');
  });

  test('leaves the drug to be billed, unless the rule takes that too', () => {
    const rule = (more: string): string =>
      family(`unreported: [{id: u, class: [walk], reason: It is free.${more}}]`) + one('walk') + drug;
    assert.equal(lines(rule(''), [given], 'administrations'), 'J0001 × 2');
    const whole = rule(' , drugs: left-out').replace('free. ,', 'free.,');
    assert.equal(lines(whole, [given], 'administrations'), '');
  });

  test('a drug of an administration that two families know is billed once', () => {
    const other = spec('W0009', '{class: walk, as: each}', '', 'strolls');
    const rules = family('') + family('', 'strolls').replace('walks.family', 'strolls.family') + one('walk');
    assert.equal(lines(rules + other + drug, [given], 'administrations'), 'J0001 × 2, W0001 × 1, W0009 × 1');
  });
});

describe('groups and hierarchies', () => {
  const hierarchy = (id: string, among: string): string =>
    `{${id}initial: {among: [${among}], choose: [{id: x, rank: [{by: earliest}]}]}}`;
  const again = 'modifiers: [{code: XX, use: again, when: {initial: another-same-day}}]';
  const initial = (name: string): string =>
    spec(`${name.charAt(0).toUpperCase()}0001`, `{class: ${name}, as: initial}`, again) +
    spec(`${name.charAt(0).toUpperCase()}0002`, `{class: ${name}, as: sequential}`);

  test('what the record leaves open joins a group that agrees in all that both tell', () => {
    const rules =
      walks(`groups: {by: [session, given_by]}\npositions: ${hierarchy('', 'walk')}`) + initial('walk');
    const [am, pm, open] = [
      at(`${walk}, session: am, given_by: ann`, '08:00'),
      at(`${walk}, session: pm, given_by: bob`, '12:00'),
      at(`${walk}, session: pm`, '13:00'),
    ];
    assert.equal(lines(rules, [am, pm, open]), 'W0001 × 1, W0001-XX × 1, W0002 × 1');
  });

  test('each hierarchy has a first service of its own, whether it has an id or not', () => {
    for (const [a, b] of [
      ['', ''],
      ['id: a, ', 'id: b, '],
    ] as const) {
      const positions = `groups: {by: [session]}\npositions: [${hierarchy(a, 'walk')}, ${hierarchy(b, 'hike')}]`;
      const rules = walks(positions) + initial('walk') + initial('hike');
      always(rules, [at(walk, '08:00'), at(hike, '09:00')], 'H0001 × 1, W0001 × 1');
    }
  });
});

describe('times that the record leaves open', () => {
  const rules =
    walks(
      'positions: {initial: {among: [walk, hike], choose: [{id: x, rank: [{by: hierarchy}]}]}, concurrent: {overlap: {at_least: 10 min}}}',
    ) +
    ['walk', 'hike']
      .flatMap((name) =>
        ['initial', 'sequential', 'concurrent'].map((as, i) =>
          spec(`${name.charAt(0).toUpperCase()}000${String(i + 1)}`, `{class: ${name}, as: ${as}}`),
        ),
      )
      .join('');
  const first = `${walk}, start: "08:00", stop: "09:00"`;

  test('make unknown whether one ran beside another', () => {
    always(rules, [first, at(hike, '08:10')], 'H0002 × 1 (unknown), W0001 × 1');
    always(rules, [first, `${at(hike, '08:10')}, stop: "08:30"`], 'H0003 × 1, W0001 × 1');
    always(rules, [first, `${at(hike, '08:55')}, stop: "10:00"`], 'H0002 × 1, W0001 × 1');
  });

  test('and make nothing unknown where it began after the other', () => {
    always(rules, [first, at(hike, '09:10')], 'H0002 × 1, W0001 × 1');
  });
});
