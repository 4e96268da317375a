/**
 * A language school and what its payers read otherwise: amendments of codes and of the family, readings that an encounter
 * names, policies of a plan, several policies at once, and how grave findings are.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsOf } from '../../../server/core/diagnostics/registry.ts';
import { fileId } from '../../../server/core/base/origin.ts';
import { Bench, type Outcome } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

const code = (name: string, reports: string, more = ''): string =>
  `---\nspec: ${name}\ntitle: Code ${name}\nfamily: school\neffective: {from: 2024-01-01}\nreports: ${reports}\n${more}\n`;

/** Talks by the half hour, and reading and writing, of which one is the initial lesson of a day. */
const school = (more = ''): string => `
#- school.family.yaml
family: school
title: A school
facts:
  room: {definition: Where., default: hall, values: {hall: {definition: The hall.}, yard: {definition: Outside.}}}
  tutor: {definition: Who., default: ann}
  book: {definition: Which book.}
classes:
  - {class: talk, title: Talking, when: {service: talk}}
  - {class: sing, title: Singing, when: {service: sing}}
  - {class: read, title: Reading, when: {service: read}}
  - {class: write, title: Writing, when: {service: write}}
groups: {by: [given_by], combine: [book]}
positions:
  - id: main
    initial: {among: [read, write], choose: [{id: only, rank: [{by: hierarchy}, {by: earliest}]}]}
    concurrent: [{id: beside, overlap: {at_least: 10 min}}]
deduct: [{id: d, from: [talk], overlap_with: [sing]}]
unreported: [{id: yard, when: {room: yard}, reason: It was a break.}]
#- school.spec.yaml
${code(
  'T0001',
  '{class: talk, as: each}',
  `time: {at_least: 10 min, covers: 30 min, repeats: true}
modifiers: [{code: XA, use: with Ann, when: {tutor: ann}}, {code: XT, use: a talk, when: {class: talk}}]`,
)}${code('S0001', '{class: sing, as: each}', 'time: {at_least: 20 min}')}${['read', 'write']
  .flatMap((name) =>
    ['initial', 'sequential', 'concurrent'].map((as, i) =>
      code(`${name.charAt(0).toUpperCase()}000${String(i + 1)}`, `{class: ${name}, as: ${as}}`),
    ),
  )
  .join('')}${more}`;

/** A policy of the state; `body` may have further keys. */
const policy = (body: string, head = 'payer: State', id = 'p', effective = '{from: 2024-01-01}'): string =>
  `#- ${id}.policy.yaml\npolicy: ${id}\n${head}\ntitle: Policy ${id}\neffective: ${effective}\n${body}\n`;
const amends = (amendment: string): string => policy(`amends: [${amendment}]`);

const run = (
  rules: string,
  services: readonly string[],
  head = 'payer: State',
  date = '2026-03-02',
): Outcome =>
  new Bench([], rules).run(
    `encounter: e\ndate: ${date}\n${head}\nclaim: professional\nservices:\n${services.map((item) => `  - {${item}}\n`).join('')}`,
  );
const lines = (rules: string, services: readonly string[], head?: string, date?: string): string =>
  run(rules, services, head, date).lines.join(', ');

const talk = (minutes: number, more = ', facts: {tutor: bob}'): string =>
  `service: talk, minutes: ${String(minutes)}${more}`;
const read = (more = ''): string => `service: read${more}`;

/** Rows of a table: an amendment or rules, the services, their lines without it, and with it. */
const rows = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
const entries = (cell: string): readonly string[] => cell.split('; ').map((entry) => `service: ${entry}`);

function checkAmendments(key: string, text: string): void {
  for (const [amendment = '', services = '', before = '', after = ''] of rows(text)) {
    test(amendment, () => {
      const rules = school(amends(`{${key}, ${amendment}}`));
      checkProblems(rules);
      assert.equal(lines(school(), entries(services)), before);
      assert.equal(lines(rules, entries(services)), after);
      assert.equal(lines(rules, entries(services), 'payer: Other'), before);
    });
  }
}

describe('an amended specification', () => {
  checkAmendments(
    'spec: T0001',
    `
time: {at_least: 20 min}                         | talk, minutes: 45, facts: {tutor: bob} | T0001-XT × 2 | T0001-XT × 1
time: {more_than: 5 min}                         | talk, minutes: 36, facts: {tutor: bob} | T0001-XT × 1 | T0001-XT × 2
time: {covers: 15 min}                           | talk, minutes: 45, facts: {tutor: bob} | T0001-XT × 2 | T0001-XT × 3
time: {repeats: false}                           | talk, minutes: 45, facts: {tutor: bob} | T0001-XT × 2 | T0001-XT × 1
thresholds: [{measure: units, at_least: "2"}]    | talk, minutes: 10, units: 1, facts: {tutor: bob} | T0001-XT × 1 |
reports: {class: talk, as: each, when: {tutor: ann}} | talk, minutes: 10, facts: {tutor: bob} | T0001-XT × 1 |
limit: {units: 1, per: day}                      | talk, minutes: 60, facts: {tutor: bob} | T0001-XT × 2 | T0001-XT × 1
not_beside: [{codes: [R0001], reason: no}]       | talk, minutes: 10, facts: {tutor: bob}; read | R0001 × 1, T0001-XT × 1 | R0001 × 1
excludes: [{tutor: bob}]                         | talk, minutes: 10, facts: {tutor: bob} | T0001-XT × 1 |
settings: {professional: {places_of_service: ["11"]}} | talk, minutes: 10, facts: {tutor: bob} | T0001-XT × 1 | T0001-XT × 1 (unknown)
modifiers: [{code: XT, use: u, when: {tutor: ann}}]   | talk, minutes: 10, facts: {tutor: bob} | T0001-XT × 1 | T0001 × 1
modifiers: [{code: XN, use: u, when: {class: talk}}]  | talk, minutes: 10, facts: {tutor: bob} | T0001-XT × 1 | T0001-XN-XT × 1
`,
  );

  test('tells why with the lines that it led to, once, and with no others', () => {
    const sentences = (minutes: number, amendment: string): readonly string[] =>
      run(school(amends(amendment)), [talk(minutes), read()])
        .bill.lines.flatMap(({ code: own, because }) => because.map(({ sentence }) => `${own}: ${sentence}`))
        .filter((sentence) => sentence.includes('reads it so'));
    assert.deepEqual(sentences(45, '{spec: T0001, because: Talks are long., time: {at_least: 20 min}}'), [
      'T0001: Policy p reads it so: Talks are long.',
    ]);
    assert.deepEqual(sentences(45, '{spec: S0001, because: Songs are long., time: {at_least: 9 min}}'), []);
    assert.deepEqual(sentences(45, '{spec: T0001, time: {at_least: 20 min}}'), []);
  });

  test('others stay as they are', () => {
    const rules = school(amends('{spec: R0001, time: {at_least: 30 min}}'));
    assert.equal(lines(rules, [read(', minutes: 20'), talk(20)]), 'T0001-XT × 1');
    assert.equal(lines(rules, [read(', minutes: 30'), 'service: write']), 'R0001 × 1, W0002 × 1');
  });

  test('lists are replaced, not added to', () => {
    const excluding = school().replace('time: {at', 'excludes: [{room: hall}]\ntime: {at');
    const own = ', facts: {tutor: bob, room: hall}';
    assert.equal(lines(excluding, [talk(10, own)]), '');
    assert.equal(lines(excluding + amends('{spec: T0001, excludes: []}'), [talk(10, own)]), 'T0001-XT × 1');
    const other = amends('{spec: T0001, excludes: [{tutor: ann}]}');
    assert.equal(lines(excluding + other, [talk(10, own)]), 'T0001-XT × 1');
  });
});

describe('an amended family', () => {
  const two = 'read, start: "10:00", stop: "11:00"; write, start: "10:55", stop: "12:00"';
  const sung =
    'sing, start: "10:00", stop: "10:30"; talk, start: "10:00", stop: "11:00", facts: {tutor: bob}';
  checkAmendments(
    'family: school',
    `
classes: [{class: song, title: Song, when: {service: write}}] | write; read | R0001 × 1, W0002 × 1 | R0001 × 1
classes: [{class: write, title: W, when: {service: write, book: x}}] | write, facts: {book: x}; write | W0001 × 1, W0002 × 1 | W0001 × 1, W0002 × 1 (unknown)
facts: {tutor: {definition: Who., default: bob}}           | talk, minutes: 10 | T0001-XA-XT × 1 | T0001-XT × 1
facts: {room: {definition: R, values: {hall: {definition: H, never_reported: It is free.}}}} | write, facts: {room: hall} | W0001 × 1 |
groups: {by: [session]}                                    | read, session: am; write, session: pm | R0001 × 1, W0002 × 1 | R0001 × 1, W0001 × 1
groups: {by: [session]}                                    | read, facts: {book: x}; read, facts: {book: x} | R0001 × 1 | R0001 × 1
groups: {combine: [room]}                                  | read, facts: {room: hall, book: x}; read, facts: {room: hall, book: y} | R0001 × 1, R0002 × 1 | R0001 × 1
groups: {combine: [substance]}                             | read, facts: {book: x}; read, facts: {book: x} | R0001 × 1 | R0001 × 1, R0002 × 1
positions: [{id: main, initial: {among: [write, read]}}]   | read; write | R0001 × 1, W0002 × 1 | R0002 × 1, W0001 × 1
positions: [{id: main, initial: {choose: [{id: only, rank: [{by: longest}]}]}}] | ${two} | R0001 × 1, W0002 × 1 | R0002 × 1, W0001 × 1
positions: [{id: main, initial: {choose: [{id: new, when: {claim: professional}, rank: [{by: longest}]}]}}] | ${two} | R0001 × 1, W0002 × 1 | R0002 × 1, W0001 × 1
positions: [{id: main, initial: {choose: [{id: new, when: {claim: facility}, rank: [{by: longest}]}]}}] | ${two} | R0001 × 1, W0002 × 1 | R0001 × 1, W0002 × 1
positions: [{id: main, concurrent: [{id: beside, overlap: {at_least: 5 min}}]}] | ${two} | R0001 × 1, W0002 × 1 | R0001 × 1, W0003 × 1
positions: [{id: main, concurrent: {overlap: {at_least: 5 min}}}] | ${two} | R0001 × 1, W0002 × 1 | R0001 × 1, W0003 × 1
positions: [{id: main, concurrent: {id: new, overlap: {at_least: 5 min}}}] | ${two} | R0001 × 1, W0002 × 1 | R0001 × 1, W0003 × 1
positions: [{id: other, initial: {among: [write], choose: [{id: o, rank: [{by: earliest}]}]}}] | read; write | R0001 × 1, W0002 × 1 | R0001 × 1, W0001 × 1
deduct: [{id: d, from: [sing], overlap_with: [talk]}]      | ${sung} | S0001 × 1, T0001-XT × 1 | T0001-XT × 2
deduct: [{id: e, from: [sing], overlap_with: [talk]}]      | ${sung} | S0001 × 1, T0001-XT × 1 | T0001-XT × 1
unreported: [{id: yard, when: {room: hall}, reason: Free.}] | write, facts: {room: hall} | W0001 × 1 |
unreported: [{id: yard, when: {room: hall}, reason: Free.}] | write, facts: {room: yard} | | W0001 × 1
unreported: [{id: new, when: {room: hall}, reason: Free.}]  | write, facts: {room: yard}; write, facts: {room: hall} | W0001 × 1 |
`,
  );
});

describe('what an amendment leaves out stays', () => {
  test('of the settings of a claim', () => {
    const set = 'settings: {professional: {places_of_service: ["11"], denied_at: ["21"]}}';
    const rules = school().replace('time: {at', `${set}\ntime: {at`);
    const at = (amended: string): readonly string[] =>
      ['11', '12', '21'].map((place) =>
        lines(amended, [talk(10)], `payer: State\nplace_of_service: "${place}"`).replace('T0001-XT × 1', ''),
      );
    const places = amends('{spec: T0001, settings: {professional: {places_of_service: ["12"]}}}');
    const denied = amends('{spec: T0001, settings: {professional: {denied_at: ["12"]}}}');
    checkProblems(rules + places);
    assert.deepEqual(at(rules), ['', ' (unknown)', ' (denied)']);
    assert.deepEqual(at(rules + places), [' (unknown)', '', ' (denied)']);
    assert.deepEqual(at(rules + denied), ['', ' (denied)', ' (unknown)']);
  });

  test('of the groups of a hierarchy', () => {
    const own = '- id: main\n    groups: {by: [given_by], combine: [book]}';
    const rules = school(amends('{family: school, positions: [{id: main, groups: {by: [session]}}]}'))
      .replace(', combine: [book]', '')
      .replace('- id: main', own);
    const book = (session: string): string => read(`, session: ${session}, facts: {book: x}`);
    checkProblems(rules);
    assert.equal(lines(rules, [book('am'), book('am')]), 'R0001 × 1');
    assert.equal(lines(rules, [book('am'), book('pm')]), 'R0001 × 2');
    assert.equal(lines(rules, [book('am'), book('pm')], 'payer: Other'), 'R0001 × 1');
  });
});

describe('whose amendments and rules', () => {
  const later = '{spec: T0001, time: {at_least: 20 min}}';
  const earlier = '{spec: T0001, time: {at_least: 5 min}}';
  const deny = 'rules: [{id: a, then: {deny: "no"}}]';
  const of = (rules: string, minutes: number, head?: string, date?: string): string =>
    lines(rules, [talk(minutes)], head, date);

  test('by date: those in force on the date of service', () => {
    const rules = school(
      policy(`amends: [${earlier}]`, 'payer: State', 'p', '{from: 2025-01-01, to: 2025-12-31}') +
        policy(`amends: [${later}]`, 'payer: State', 'p', '{from: 2026-01-01}').replace(
          'p.policy',
          'p2.policy',
        ),
    );
    checkProblems(rules);
    const on = (date: string): readonly string[] =>
      [5, 15, 20].map((minutes) => of(rules, minutes, undefined, date));
    assert.deepEqual(on('2024-12-31'), ['', 'T0001-XT × 1', 'T0001-XT × 1']);
    assert.deepEqual(on('2025-12-31'), ['T0001-XT × 1', 'T0001-XT × 1', 'T0001-XT × 1']);
    assert.deepEqual(on('2026-01-01'), ['', '', 'T0001-XT × 1']);
  });

  test('a reading, which has no payer, only where an encounter names it', () => {
    const rules = school(
      policy(`amends: [${later}]`, 'summary: A reading.', 'strict') + policy(deny, 'payer: Town', 'town'),
    );
    checkProblems(rules);
    assert.equal(of(rules, 15), 'T0001-XT × 1');
    assert.equal(of(rules, 15, 'policies: [strict]'), '');
    assert.equal(of(rules, 15, 'payer: Town'), 'T0001-XT × 1 (denied)');
    assert.equal(of(rules, 20, 'payer: State\npolicies: [town]'), 'T0001-XT × 1 (denied)');
    assert.equal(of(rules, 15, 'payer: Town\npolicies: [strict]'), '');
    assert.deepEqual(run(rules, [talk(15)], 'policies: [lax]').problems, ['unknown-policy']);
  });

  test('the readings in the order of the encounter, after the policies of the payer: the last one wins', () => {
    const rules = school(
      policy(`amends: [${later}]`, 'summary: A reading.', 'a') +
        policy(`amends: [${earlier}]`, 'summary: A reading.', 'b') +
        policy(`amends: [${later}]`, 'payer: State', 'c'),
    );
    const heads = ['payer: State', 'payer: State\npolicies: [b]', 'policies: [a, b]', 'policies: [b, a]'];
    assert.deepEqual(
      heads.map((head) => of(rules, 15, head)),
      ['', 'T0001-XT × 1', 'T0001-XT × 1', ''],
    );
  });

  test('of a plan only for its encounters, which may name the plan as their payer', () => {
    const rules = school(policy(`amends: [${later}]`, 'payer: State\nplan: Basic'));
    checkProblems(rules);
    const heads = [
      'payer: State',
      'payer: State\nplan: basic',
      'payer: Basic',
      'payer: State\nplan: Extra',
      'payer: Town\nplan: Basic',
    ];
    const kept = 'T0001-XT × 1';
    assert.deepEqual(
      heads.map((head) => of(rules, 15, head)),
      [kept, '', '', kept, kept],
    );
  });

  test('two policies in one file, and two that hold at once', () => {
    const both = policy(`amends: [${later}]`, 'payer: State', 'p').replace(
      /$/,
      `---\npolicy: q\npayer: State\ntitle: Q\neffective: {from: 2024-01-01}\n${deny}\n`,
    );
    checkProblems(school(both));
    assert.equal(of(school(both), 15), '');
    assert.equal(of(school(both), 20), 'T0001-XT × 1 (denied)');
  });
});

describe('severity', () => {
  const of = (policies: string, head = 'payer: State'): readonly string[] => {
    const { analysis } = run(school(policies), ['service: nothing', talk(10)], head);
    return problemsOf(analysis, fileId('case.encounter.yaml'))
      .filter(({ code: rule }) => rule === 'not-covered')
      .map(({ code: rule, severity }) => `${rule} ${severity}`);
  };

  test('of a finding is what the policies of the payer say, the last one', () => {
    const p = (level: string, id: string, head = 'payer: State'): string =>
      policy(`severity: {not-covered: ${level}}`, head, id);
    checkProblems(school(p('error', 'a')));
    assert.deepEqual(of(''), ['not-covered warning']);
    assert.deepEqual(of(p('error', 'a')), ['not-covered error']);
    assert.deepEqual(of(p('error', 'a'), 'payer: Town'), ['not-covered warning']);
    assert.deepEqual(of(p('off', 'a')), []);
    assert.deepEqual(of(p('error', 'a') + p('hint', 'b')), ['not-covered hint']);
    assert.deepEqual(
      of(p('hint', 'a', 'summary: A reading.') + p('error', 'b'), 'payer: State\npolicies: [a]'),
      ['not-covered hint'],
    );
    assert.deepEqual(of(policy('severity: {missing-time: "off"}')), ['not-covered warning']);
  });
});

describe('actions', () => {
  const both = [talk(45), read()];
  const kept = 'R0001 × 1, T0001-XT × 2';
  const T = 'when: {code: T0001}, ';
  for (const [own = '', wanted] of rows(`
{id: a, ${T}then: {omit: no need}}                      | R0001 × 1
{id: a, ${T}then: {deny: not paid}}                     | R0001 × 1, T0001-XT × 2 (denied)
{id: a, ${T}then: {note: Keep a list.}}                 | ${kept}
{id: a, ${T}then: {replace: {code: X0001}}}             | R0001 × 1, X0001-XT × 2
{id: a, ${T}then: {replace: {code: X0001, modifiers: [AA, XT, BB]}}} | R0001 × 1, X0001-XT-AA-BB × 2
{id: a, ${T}then: {replace: {code: R0001}}}             | R0001 × 1, R0001-XT × 2
{id: a, then: {prefer: {modifier: AA, over: [XT, BB]}}} | R0001 × 1, T0001-AA × 2
{id: a, then: {require: {modifier: XT}}}                | R0001-XT × 1, T0001-XT × 2
{id: a, when: {as: initial}, then: {require: {own_diagnosis: true}}} | R0001 × 1 (denied), T0001-XT × 2
{id: a, ${T}then: {limit: {units: 1, per: day}}}        | R0001 × 1, T0001-XT × 1, T0001-XT × 1 (denied)
{id: a, when: {units: {at_least: "3"}}, then: {deny: too much}} | ${kept}
{id: a, ${T}then: {replace: {code: X0001}}}, {id: b, when: {code: X0001}, then: {deny: no}} | R0001 × 1, X0001-XT × 2 (denied)
{id: a, ${T}then: {deny: no}}, {id: b, ${T}then: {omit: no need}} | R0001 × 1
{id: a, ${T}then: {require: {modifier: AA}}}, {id: b, when: {modifier: AA}, then: {prefer: {modifier: BB, over: [AA]}}} | R0001 × 1, T0001-XT-BB × 2
`)) {
    test(own, () => {
      const rules = school(policy(`rules: [${own}]`));
      checkProblems(rules);
      assert.equal(lines(rules, both), wanted);
      assert.equal(lines(rules, both, 'payer: Town'), kept);
    });
  }

  const actions = [
    '{omit: x}',
    '{deny: x}',
    '{replace: {code: X0001}}',
    '{require: {modifier: AA}}',
    '{require: {own_diagnosis: true}}',
    '{limit: {units: 1, per: day}}',
  ];
  for (const action of actions) {
    test(`${action} on a condition that the record does not answer makes the line unknown`, () => {
      const rules = school(policy(`rules: [{id: a, when: {book: x}, then: ${action}}]`));
      assert.equal(lines(rules, both), 'R0001 × 1 (unknown), T0001-XT × 2 (unknown)');
      assert.equal(lines(rules, [read(', facts: {book: y}')]), 'R0001 × 1');
    });
  }

  test('what is omitted is told with its reason; a note changes nothing, whether it holds or not', () => {
    const omitting = run(school(policy(`rules: [{id: a, ${T}then: {omit: no need}}]`)), both);
    assert.ok(omitting.notBilled.includes('near: T0001 not reported for talk: Policy p, rule a, no need.'));
    assert.equal(lines(school(policy('rules: [{id: a, when: {book: x}, then: {note: Look.}}]')), both), kept);
  });
});
