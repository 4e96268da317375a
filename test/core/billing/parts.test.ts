/**
 * Music lessons: what one code reports. It may play several parts, each with a time of its own; it may be stated by the
 * record; it may be reported only so often, or not beside others.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, type Outcome } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

const code = (name: string, reports: string, more = ''): string =>
  `---\nspec: ${name}\ntitle: Code ${name}\nfamily: music\neffective: {from: 2024-01-01}\n${reports === '' ? '' : `reports: ${reports}\n`}${more}\n`;

/** Singing, playing and marching; the first two compete for the initial lesson of a session. */
const music = (...codes: readonly string[]): string => `
#- music.family.yaml
family: music
title: Music lessons
facts:
  piece: {definition: What was sung or played.}
  hall: {definition: Where it was.}
classes:
  - {class: song, title: Singing, when: {service: song}}
  - {class: play, title: Playing, when: {service: play}}
  - {class: march, title: Marching, when: {service: march}}
groups: {by: [session]}
positions:
  initial: {among: [song, play], choose: [{id: only, rank: [{by: hierarchy}, {by: earliest}]}]}
  repeat: [{id: again, among: [song], alike: [piece]}]
#- music.spec.yaml
${codes.join('')}`;

const run = (rules: string, services: readonly string[], head = ''): Outcome =>
  new Bench([], rules).run(
    `encounter: e\ndate: 2026-03-02\nclaim: professional\n${head}services:\n${services.map((item) => `  - {${item}}\n`).join('')}`,
  );
const lines = (rules: string, ...services: readonly string[]): string =>
  run(rules, services).lines.join(', ');

const song = (minutes: number, more = ''): string => `service: song, minutes: ${String(minutes)}${more}`;
const play = (minutes: number, more = ''): string => `service: play, minutes: ${String(minutes)}${more}`;
const march = (more = ''): string => `service: march${more}`;
const FIRST = code('S0001', '{class: song, as: initial}', 'time: {at_least: 10 min, covers: 60 min}');

describe('several parts', () => {
  const further = (more = ''): string =>
    code(
      'S0002',
      `
  - {class: song, as: additional-time, of: [S0001]}
  - {class: song, as: sequential, time: {at_least: 45 min}}`,
      `time: {at_least: 31 min, covers: 60 min}\n${more}`,
    );
  const rules = music(FIRST, further());

  test('have no problems', () => {
    checkProblems(rules);
  });

  const cases: readonly (readonly [first: number, second: number | undefined, lines: string])[] = [
    [90, undefined, 'S0001 × 1'],
    [91, undefined, 'S0001 × 1, S0002 × 1'],
    [211, undefined, 'S0001 × 1, S0002 × 3'],
    [60, 44, 'S0001 × 1'],
    [60, 45, 'S0001 × 1, S0002 × 1'],
    [60, 200, 'S0001 × 1, S0002 × 1'],
    [91, 45, 'S0001 × 1, S0002 × 2'],
  ];
  for (const [first, second, wanted] of cases) {
    test(`each with its own time or that of the document: ${String(first)} and ${String(second ?? 0)} minutes`, () => {
      const services = [song(first, ', start: "08:00"')];
      if (second !== undefined) services.push(song(second, ', start: "14:00"'));
      assert.equal(lines(rules, ...services), wanted);
    });
  }

  test('own thresholds stand in place of those of the document, an own time leaves them', () => {
    const units = (own: string): string =>
      music(
        code('M0001', `[{class: march, as: each${own}}]`, 'thresholds: [{measure: units, at_least: "3"}]'),
      );
    const of = (own: string, count: number): string =>
      lines(units(own), march(`, units: ${String(count)}, minutes: 20`));
    assert.equal(of('', 2), '');
    assert.equal(of('', 3), 'M0001 × 1');
    assert.equal(of(', thresholds: [{measure: units, at_least: "2"}]', 2), 'M0001 × 1');
    assert.equal(of(', thresholds: []', 1), 'M0001 × 1');
    assert.equal(of(', time: {at_least: 10 min}', 2), '');
    assert.equal(of(', time: {at_least: 10 min}', 3), 'M0001 × 1');
    assert.equal(of(', time: {at_least: 30 min}', 3), '');
  });

  test('of several classes, and of one class under several conditions', () => {
    const both = music(
      code(
        'B0001',
        '[{class: march, as: each, when: {hall: big}, time: {at_least: 30 min}}, {class: march, as: each, when: {hall: small}, time: {at_least: 10 min}}, {class: play, as: each}]',
      ),
    );
    checkProblems(both);
    const of = (hall: string, minutes: number): string =>
      lines(both, march(`, minutes: ${String(minutes)}, facts: {hall: ${hall}}`));
    assert.deepEqual(
      ['big', 'small', 'other'].map((hall) => of(hall, 20)),
      ['', 'B0001 × 1', ''],
    );
    assert.equal(of('big', 30), 'B0001 × 1');
    assert.equal(lines(both, play(1), march(', minutes: 30, facts: {hall: big}')), 'B0001 × 2');
    assert.equal(lines(both, march(', minutes: 30')), 'B0001 × 1 (unknown)');
  });

  test('of one code that both fit are one line; those of two codes are unknown', () => {
    const twice = '[{class: song, as: initial}, {class: [song, play], as: each}]';
    assert.equal(lines(music(code('S0001', twice)), song(20)), 'S0001 × 1');
    const two = run(
      music(code('S0001', '{class: song, as: initial}'), code('S0003', '{class: song, as: each}')),
      [song(20)],
    );
    assert.deepEqual([two.lines, two.problems], [['S0001 × 1 (unknown)'], ['ambiguous-line']]);
  });
});

describe('as repeat', () => {
  const again = code(
    'S0004',
    '{class: song, as: repeat, when: {hall: big}}',
    'thresholds: [{measure: minutes_since_previous, more_than: 30 min}]',
  );
  const rules = music(FIRST, code('S0002', '{class: song, as: sequential}'), again);
  const anthem = (start: string, hall = 'big'): string =>
    song(20, `, start: "${start}", stop: "${start.slice(0, 3)}20", facts: {piece: anthem, hall: ${hall}}`);

  test('reports what is alike in what the family says, when its own conditions hold', () => {
    checkProblems(rules);
    assert.equal(lines(rules, anthem('08:00'), anthem('09:00')), 'S0001 × 1, S0004 × 1');
    assert.equal(lines(rules, anthem('08:00'), anthem('09:00', 'small')), 'S0001 × 1');
    assert.equal(
      lines(rules, anthem('08:00'), anthem('09:00').replace('anthem', 'hymn')),
      'S0001 × 1, S0002 × 1',
    );
  });

  test('without a code for it, what repeats is not reported by any other', () => {
    const { lines: found, problems } = run(music(FIRST, code('S0002', '{class: song, as: sequential}')), [
      anthem('08:00'),
      anthem('09:00'),
    ]);
    assert.deepEqual([found, problems], [['S0001 × 1'], ['not-covered']]);
  });
});

describe('as stated', () => {
  const visit = code(
    'V0001',
    '{as: stated}',
    'modifiers: [{code: XV, use: apart, when: {separately_identifiable: "true"}}]',
  );
  const rules = music(visit, FIRST, code('V0002', '{as: stated, when: {hall: big}}'), code('D0001', ''));

  test('reports what the record states under services, as often as it says', () => {
    const plain = 'code: V0001, separately_identifiable: false';
    assert.equal(lines(rules, plain), 'V0001 × 1');
    assert.equal(lines(rules, `${plain}, units: 3`), 'V0001 × 3');
    assert.equal(lines(rules, `${plain}, units: 3`, plain), 'V0001 × 4');
    assert.equal(lines(rules, 'code: V0001'), 'V0001 × 1 (unknown)');
    assert.equal(
      lines(rules, 'code: V0001, separately_identifiable: true', song(20)),
      'S0001 × 1, V0001-XV × 1',
    );
    assert.equal(
      lines(rules, `${plain}, start: "08:00"`, `${plain}, start: "08:00 +1d"`),
      'V0001 × 1, V0001 × 1',
    );
  });

  test('matches no other code, and nothing that is not stated', () => {
    assert.equal(lines(rules, 'code: V0002, facts: {hall: big}'), 'V0002 × 1');
    assert.equal(lines(rules, 'code: V0002, facts: {hall: small}'), '');
    assert.equal(lines(rules, 'code: V0002'), 'V0002 × 1 (unknown)');
    assert.equal(lines(rules, song(20)), 'S0001 × 1');
  });

  test('a code that is stated and not reported as such is unknown, and no administration of it is made', () => {
    assert.equal(lines(rules, 'code: S0001, units: 2', song(20)), 'S0001 × 1, S0001 × 2 (unknown)');
    assert.equal(lines(rules, 'code: D0001, units: 2'), 'D0001 × 2 (unknown)');
    const { lines: found, problems } = run(rules, ['code: X9999']);
    assert.deepEqual([found, problems], [['X9999 × 1 (unknown)'], ['unknown-code']]);
    assert.deepEqual(run(rules, ['code: S0001, service: song, minutes: 20']).lines, ['S0001 × 1 (unknown)']);
  });

  test('has settings, limits and thresholds as others have', () => {
    const set = music(
      code(
        'V0001',
        '{as: stated}',
        'settings: {professional: {places_of_service: ["11"]}}\nlimit: {units: 2, per: day}',
      ),
    );
    const at = (place: string, units: number): readonly string[] =>
      run(set, [`code: V0001, units: ${String(units)}`], `place_of_service: "${place}"\n`).lines;
    checkProblems(set);
    assert.deepEqual(at('11', 2), ['V0001 × 2']);
    assert.deepEqual(at('11', 3), ['V0001 × 2']);
    assert.deepEqual(at('22', 1), ['V0001 × 1 (denied)']);
    const timed = music(code('V0001', '{as: stated}', 'time: {at_least: 20 min}'));
    assert.equal(lines(timed, 'code: V0001, minutes: 20, units: 2'), 'V0001 × 2');
    assert.equal(lines(timed, 'code: V0001, minutes: 19'), '');
    assert.equal(lines(timed, 'code: V0001'), 'V0001 × 1 (unknown)');
  });
});

describe('limit', () => {
  const rules = (per: string, units = 1): string =>
    music(
      FIRST,
      code(
        'S0002',
        '{class: song, as: additional-time, of: [S0001]}',
        `time: {at_least: 31 min, covers: 60 min}\nlimit: {units: ${String(units)}, per: ${per}, reason: once is enough}`,
      ),
      code('M0001', '{class: march, as: each}', `limit: {units: ${String(units)}, per: ${per}}`),
    );
  const tomorrow = ', start: "08:00 +1d", session: b';

  const cases: readonly (readonly [
    title: string,
    services: readonly string[],
    day: string,
    encounter: string,
    group: string,
  ])[] = [
    ['within one line', [song(300)], 'S0001 × 1, S0002 × 1', 'S0001 × 1, S0002 × 1', 'S0001 × 1, S0002 × 1'],
    [
      'over two sessions',
      [march(', session: a'), march(', session: b')],
      'M0001 × 1',
      'M0001 × 1',
      'M0001 × 2',
    ],
    ['over two of one session', [march(), march()], 'M0001 × 1', 'M0001 × 1', 'M0001 × 1'],
    [
      'over two days',
      [march(', start: "08:00", session: a'), march(tomorrow)],
      'M0001 × 1, M0001 × 1',
      'M0001 × 1',
      'M0001 × 1, M0001 × 1',
    ],
    [
      'for each code by itself',
      [song(100), march()],
      'M0001 × 1, S0001 × 1, S0002 × 1',
      'M0001 × 1, S0001 × 1, S0002 × 1',
      'M0001 × 1, S0001 × 1, S0002 × 1',
    ],
  ];
  for (const [title, services, day, encounter, group] of cases) {
    test(`per day, encounter and group: ${title}`, () => {
      checkProblems(rules('day'));
      const wanted = [day, encounter, group];
      assert.deepEqual(
        ['day', 'encounter', 'group'].map((per) => lines(rules(per), ...services)),
        wanted,
      );
    });
  }

  test('leaves what it allows, and says why there is no more', () => {
    assert.equal(lines(rules('day', 3), song(300)), 'S0001 × 1, S0002 × 3');
    const { notBilled } = run(rules('day', 3), [song(400)]);
    assert.ok(
      notBilled.includes(
        'near: S0002 not reported for song: it is reported 3 times for each day at most (once is enough).',
      ),
    );
    assert.ok(
      run(rules('encounter', 1), [march(), march()]).notBilled.includes(
        'near: M0001 not reported for march: it is reported once for each encounter at most.',
      ),
    );
  });
});

describe('not_beside', () => {
  const alone = (list: string, more = ''): string =>
    music(
      FIRST,
      code('V0001', '{as: stated}'),
      code('P0001', '{class: play, as: each}', more),
      code('M0001', '{class: march, as: each}', `not_beside: [${list}]`),
    );
  const any = alone('{reason: only alone}');
  const some = alone('{codes: [S0001], reason: a song has it}, {codes: [V0001], reason: so has a visit}');

  test('of any other line of the day', () => {
    checkProblems(any);
    assert.equal(lines(any, march()), 'M0001 × 1');
    assert.equal(lines(any, march(), play(5)), 'P0001 × 1');
    assert.equal(lines(any, march(), 'code: V0001'), 'V0001 × 1');
    assert.equal(lines(any, march(), song(5)), 'M0001 × 1');
    assert.equal(
      lines(any, march(', start: "08:00"'), play(5, ', start: "08:00 +1d"')),
      'M0001 × 1, P0001 × 1',
    );
    const reason = 'near: M0001 not reported for march beside P0001: only alone.';
    assert.ok(run(any, [march(), play(5)]).notBilled.includes(reason));
  });

  test('of some codes, each with its reason', () => {
    checkProblems(some);
    assert.equal(lines(some, march(), play(5)), 'M0001 × 1, P0001 × 1');
    assert.equal(lines(some, march(), song(20)), 'S0001 × 1');
    assert.equal(lines(some, march(), march()), 'M0001 × 2');
    assert.ok(
      run(some, [march(), 'code: V0001']).notBilled.includes(
        'near: M0001 not reported for march beside V0001: so has a visit.',
      ),
    );
  });

  test('not beside what is denied', () => {
    const denied = alone('{reason: only alone}', 'settings: {professional: {places_of_service: ["11"]}}');
    const at = (place: string): readonly string[] =>
      run(denied, [march(), play(5)], `place_of_service: "${place}"\n`).lines;
    assert.deepEqual(at('11'), ['P0001 × 1']);
    assert.deepEqual(at('22'), ['M0001 × 1', 'P0001 × 1 (denied)']);
  });
});
