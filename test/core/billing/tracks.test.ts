/**
 * Outings on land and in the water: several hierarchies that do not compete, what belongs together in each, what runs
 * beside another or repeats it, and what does not count. The words are made up; the machinery is that of every family.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, type Outcome } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

const PARTS = ['initial', 'sequential', 'concurrent', 'repeat'];
const CLASSES = ['hike', 'walk', 'dive', 'swim'];
const code = (name: string, letter: string, reports: string, more = ''): string =>
  `---\nspec: ${letter}\ntitle: ${name} ${letter}\nfamily: outings\neffective: {from: 2024-01-01}\nreports: ${reports}\n${more}\n`;

/** A code for each part that a class may play: H0001 for an initial hike, H0002 sequential, H0003 concurrent, H0004 repeat. */
const codes = (more: (as: string) => string = () => ''): string =>
  CLASSES.flatMap((name) =>
    PARTS.map((as, i) =>
      code(
        name,
        `${name.charAt(0).toUpperCase()}000${String(i + 1)}`,
        `{class: ${name}, as: ${as}}`,
        more(as),
      ),
    ),
  ).join('');

/** Outings with these keys and codes. A talk competes with nothing. */
const outings = (keys: string, own = codes()): string => `
#- outings.family.yaml
family: outings
title: Outings
facts:
  trail: {definition: The way that was taken.}
  boat: {definition: The boat that was taken.}
  booked: {definition: Whether somebody asked for it., default: "true"}
classes:
${[...CLASSES, 'talk'].map((name) => `  - {class: ${name}, title: A ${name}, when: {service: ${name}}}\n`).join('')}
${keys}
#- outings.spec.yaml
${code('talk', 'T0005', '{class: talk, as: each}')}${own}`;

const rank = (by: string, ...among: readonly string[]): string =>
  `initial: {among: [${among.join(', ')}], choose: [{id: only, rank: [{by: ${by}}, {by: earliest}]}]}`;

const run = (rules: string, services: readonly string[]): Outcome =>
  new Bench([], rules).run(
    `encounter: e\ndate: 2026-03-02\nclaim: professional\nservices:\n${services.map((item) => `  - {${item}}\n`).join('')}`,
  );
/** The lines, which are the same in whatever order the file lists the services. */
function lines(rules: string, ...services: readonly string[]): string {
  const found = run(rules, services).lines;
  assert.deepEqual(run(rules, [...services].reverse()).lines, found);
  return found.join(', ');
}
const told = (rules: string, ...services: readonly string[]): string =>
  run(rules, services)
    .bill.lines.flatMap(({ because }) => because.map(({ sentence }) => sentence))
    .join('\n');

const at = (service: string, start: string, stop: string, more = ''): string =>
  `service: ${service}, start: "${start}", stop: "${stop}"${more === '' ? '' : `, ${more}`}`;

describe('several hierarchies', () => {
  const XG = '{code: XG, use: another guide, when: {initial: another-same-day, differs_by: given_by}}';
  const XS = '{code: XS, use: another session, when: {initial: another-same-day, differs_by: session}}';
  const rules = outings(
    `groups: {by: [given_by], combine: [trail]}
positions:
  - {id: land, ${rank('hierarchy', 'hike', 'walk')}}
  - {id: water, groups: {by: [session]}, ${rank('hierarchy', 'dive', 'swim')}}`,
    codes((as) => (as === 'initial' ? `modifiers: [${XG}, ${XS}]` : '')),
  );
  const outing = (service: string, hour: string, by = 'a', session = 'am', more = ''): string =>
    `service: ${service}, start: "${hour}:00", given_by: ${by}, session: ${session}${more}`;
  const [hike, walk, swim] = [outing('hike', '08'), outing('walk', '09'), outing('swim', '10')];

  test('do not compete: each has an initial service', () => {
    checkProblems(rules);
    assert.equal(lines(rules, walk, swim), 'S0001 × 1, W0001 × 1');
    assert.equal(lines(rules, hike, walk), 'H0001 × 1, W0002 × 1');
    assert.equal(
      lines(rules, hike, walk, outing('dive', '11'), swim),
      'D0001 × 1, H0001 × 1, S0002 × 1, W0002 × 1',
    );
    assert.equal(lines(rules, outing('talk', '07'), walk), 'T0005 × 1, W0001 × 1');
  });

  test('one with groups of its own leaves the others those of the family', () => {
    assert.equal(lines(rules, hike, outing('walk', '09', 'a', 'pm')), 'H0001 × 1, W0002 × 1');
    assert.equal(lines(rules, hike, outing('walk', '09', 'b', 'am')), 'H0001 × 1, W0001-XG × 1');
    assert.equal(lines(rules, swim, outing('swim', '11', 'a', 'pm')), 'S0001 × 1, S0001-XS × 1');
    assert.equal(lines(rules, swim, outing('swim', '11', 'b', 'am')), 'S0001 × 1, S0002 × 1');
  });

  test('each has a first service of the day: the first in the water is no further one', () => {
    const swims = [swim, outing('swim', '15', 'a', 'pm')];
    assert.equal(lines(rules, walk, ...swims), 'S0001 × 1, S0001-XS × 1, W0001 × 1');
  });

  test('what its own groups do not combine stays apart there', () => {
    const lake = (service: string, hour: string): string =>
      outing(service, hour, 'a', 'am', ', facts: {trail: lake}');
    assert.equal(lines(rules, lake('walk', '09'), lake('walk', '11')), 'W0001 × 1');
    assert.equal(lines(rules, lake('swim', '09'), lake('swim', '11')), 'S0001 × 1, S0002 × 1');
  });
});

describe('combine', () => {
  const half = (name: string, letter: string): string =>
    code(name, `${letter}0005`, `{class: ${name}, as: each}`, 'time: {at_least: 30 min}');
  const rules = (combine: string): string =>
    outings(`groups: {combine: ${combine}}`, half('walk', 'W') + half('swim', 'S'));
  const twenty = (service: string, facts: string): string =>
    `service: ${service}, minutes: 20, facts: {${facts}}`;
  const two = (service: string, one: string, other = one): readonly string[] => [
    twenty(service, one),
    twenty(service, other),
  ];

  test('by facts: services of one class that are alike in all of them are one', () => {
    const byTrail = rules('[trail]');
    checkProblems(byTrail);
    assert.equal(lines(byTrail, ...two('walk', 'trail: lake')), 'W0005 × 1');
    assert.equal(lines(byTrail, ...two('walk', 'trail: lake', 'trail: LAKE')), 'W0005 × 1');
    assert.equal(lines(byTrail, ...two('walk', 'trail: lake', 'trail: hill')), '');
    assert.equal(lines(byTrail, twenty('walk', 'trail: lake'), twenty('swim', 'trail: lake')), '');
    const byBoth = rules('[trail, boat]');
    assert.equal(lines(byBoth, ...two('walk', 'trail: lake, boat: x')), 'W0005 × 1');
    assert.equal(lines(byBoth, ...two('walk', 'trail: lake, boat: x', 'trail: lake, boat: y')), '');
  });

  test('what the record does not name is not alike', () => {
    assert.equal(lines(rules('[trail]'), ...two('walk', 'boat: x')), '');
    assert.equal(lines(rules('[trail, boat]'), ...two('walk', 'trail: lake')), '');
  });

  test('minutes on the clock count once, those without a clock are added', () => {
    const byTrail = rules('[trail]');
    const lake = (start: string, stop: string): string => at('walk', start, stop, 'facts: {trail: lake}');
    assert.equal(lines(byTrail, lake('10:00', '10:15'), lake('10:20', '10:35')), 'W0005 × 1');
    assert.equal(lines(byTrail, lake('10:00', '10:20'), lake('10:10', '10:29')), '');
    assert.equal(lines(byTrail, lake('10:00', '10:10'), twenty('walk', 'trail: lake')), 'W0005 × 1');
  });

  test('by rules: each for its classes, any one of them is enough', () => {
    const ways = '{id: ways, classes: [walk], alike: [trail], reason: One way is one walk.}';
    const byClass = rules(`[${ways}, {id: boats, classes: [swim], alike: [boat]}]`);
    checkProblems(byClass);
    assert.equal(lines(byClass, ...two('walk', 'trail: lake')), 'W0005 × 1');
    assert.equal(lines(byClass, ...two('walk', 'boat: x')), '');
    assert.equal(lines(byClass, ...two('swim', 'trail: lake')), '');
    assert.equal(lines(byClass, ...two('swim', 'boat: x')), 'S0005 × 1');
    const why = told(byClass, ...two('walk', 'trail: lake'));
    assert.match(why, /alike in trail .*40 minutes together\. One way is one walk\./);
  });

  test('by facts and rules in one list, and from one to the next', () => {
    const mixed = rules('[trail, {classes: [walk], alike: [boat]}]');
    checkProblems(mixed);
    const chain = ['trail: lake', 'trail: lake, boat: x', 'boat: x'].map((facts) =>
      twenty('walk', facts).replace('20', '10'),
    );
    assert.equal(lines(mixed, ...chain), 'W0005 × 1');
    assert.equal(lines(mixed, ...chain.map((item) => item.replace('walk', 'swim'))), '');
    assert.equal(lines(mixed, ...chain.slice(1)), '');
  });
});

describe('the order of placing', () => {
  const rules = outings(
    `positions: {${rank('hierarchy', 'dive', 'hike', 'walk')}, concurrent: {overlap: {at_least: 10 min}}}`,
  );
  const dive = at('dive', '08:00', '09:00');

  test('is that of the hierarchy: the lower service runs beside the higher, whichever began first', () => {
    checkProblems(rules);
    const walk = at('walk', '10:00', '11:00');
    assert.equal(lines(rules, dive, walk, at('hike', '10:30', '11:30')), 'D0001 × 1, H0002 × 1, W0003 × 1');
    assert.equal(lines(rules, dive, at('hike', '09:30', '10:30'), walk), 'D0001 × 1, H0002 × 1, W0003 × 1');
    assert.equal(lines(rules, dive, at('hike', '11:00', '11:30'), walk), 'D0001 × 1, H0002 × 1, W0002 × 1');
  });

  test('of one class is that of the clock', () => {
    const walks = [at('walk', '10:20', '10:50'), at('walk', '10:00', '10:30')];
    assert.equal(lines(rules, dive, ...walks), 'D0001 × 1, W0002 × 1, W0003 × 1');
    const beside = run(rules, [dive, ...walks]).bill.lines.find((line) => line.code === 'W0003');
    assert.deepEqual(
      beside?.administrations.map(({ path }) => path),
      ['/services/1'],
    );
  });

  test('beside what is concurrent itself, nothing is concurrent', () => {
    const chain = [at('walk', '08:45', '09:45'), at('walk', '09:30', '10:30')];
    assert.equal(lines(rules, dive, ...chain), 'D0001 × 1, W0002 × 1, W0003 × 1');
  });
});

describe('concurrent', () => {
  const rules = (concurrent: string): string =>
    outings(
      `groups: {by: [session]}\npositions: {${rank('hierarchy', 'hike', 'walk', 'swim')}, concurrent: ${concurrent}}`,
    );
  const hike = at('hike', '10:00', '12:00');
  const beside = 'H0001 × 1, W0003 × 1';
  const after = 'H0001 × 1, W0002 × 1';

  const bounds: readonly (readonly [rule: string, start: string, stop: string, lines: string])[] = [
    ['{overlap: {more_than: 15 min}}', '11:44', '13:00', beside],
    ['{overlap: {more_than: 15 min}}', '11:45', '13:00', after],
    ['{overlap: {at_least: 15 min}}', '11:45', '13:00', beside],
    ['{overlap: {at_least: 15 min}}', '11:46', '13:00', after],
    ['{overlap: {at_least: 15 min}}', '12:00', '13:00', after],
    ['{share: {more_than: 50 %}}', '10:30', '10:40', beside],
    ['{share: {more_than: 50 %}}', '11:00', '12:59', beside],
    ['{share: {more_than: 50 %}}', '11:00', '13:00', after],
    ['{share: {at_least: 50 %}}', '11:00', '13:00', beside],
    ['{overlap: {more_than: 15 min}, share: {more_than: 50 %}}', '11:40', '12:10', beside],
    ['{overlap: {more_than: 15 min}, share: {more_than: 50 %}}', '11:50', '12:05', after],
    ['{overlap: {more_than: 15 min}, share: {more_than: 50 %}}', '11:40', '13:00', after],
    ['{overlap: {at_least: 9 min}, among: [walk], beside: [hike]}', '11:00', '13:00', beside],
    ['{overlap: {at_least: 9 min}, among: [walk]}', '11:00', '13:00', after],
    ['{overlap: {at_least: 9 min}, among: [hike], beside: [walk]}', '11:00', '13:00', after],
  ];
  for (const [rule, start, stop, wanted] of bounds) {
    test(`${rule}: a walk from ${start} to ${stop} beside a hike from 10:00 to 12:00`, () => {
      assert.equal(lines(rules(rule), hike, at('walk', start, stop)), wanted);
    });
  }

  test('minutes beside two others are not put together', () => {
    const hikes = [at('hike', '10:00', '10:30'), at('hike', '10:45', '11:15')];
    const of = (start: string, stop: string): string =>
      lines(rules('{overlap: {at_least: 20 min}}'), ...hikes, at('walk', start, stop));
    assert.equal(of('10:20', '10:55'), 'H0001 × 1, H0002 × 1, W0002 × 1');
    assert.equal(of('10:10', '10:55'), 'H0001 × 1, H0002 × 1, W0003 × 1');
  });

  test('by a list of rules: each for its classes, the first one that holds', () => {
    const walks = '{id: walks, among: [walk], beside: [hike], overlap: {more_than: 30 min}}';
    const list = rules(
      `[${walks}, {id: swims, among: [swim], beside: [hike, walk], overlap: {more_than: 5 min}}]`,
    );
    checkProblems(list);
    assert.equal(lines(list, hike, at('walk', '11:40', '12:40')), after);
    assert.equal(lines(list, hike, at('walk', '11:20', '12:40')), beside);
    assert.equal(lines(list, hike, at('swim', '11:50', '12:40')), 'H0001 × 1, S0003 × 1');
    assert.equal(
      lines(list, at('walk', '10:00', '11:00'), at('walk', '10:00', '11:00')),
      'W0001 × 1, W0002 × 1',
    );
    assert.match(
      told(list, hike, at('swim', '11:50', '12:40')),
      /for 10 minutes, more than 5 minutes are needed/,
    );
  });

  test('at most so many in a group: further ones are sequential', () => {
    const one = rules('{overlap: {at_least: 10 min}, at_most: 1}');
    const walks = [at('walk', '10:10', '10:40'), at('walk', '10:20', '10:50')];
    assert.equal(lines(one, hike, ...walks), 'H0001 × 1, W0002 × 1, W0003 × 1');
    assert.equal(lines(rules('{overlap: {at_least: 10 min}}'), hike, ...walks), 'H0001 × 1, W0003 × 2');
    const sessions = [hike, ...walks].flatMap((item) => [`${item}, session: one`, `${item}, session: two`]);
    assert.equal(lines(one, ...sessions), 'H0001 × 2, W0002 × 2, W0003 × 2');
  });
});

describe('repeat', () => {
  const rules = (repeat: string, threshold = ''): string =>
    outings(
      `groups: {by: [session]}\npositions: {${rank('hierarchy', 'hike', 'walk')}, repeat: [${repeat}]}`,
      codes((as) => (as === 'repeat' ? threshold : '')),
    );
  const of = '{id: again, among: [walk], of: [walk, hike], alike: [trail]}';
  const apart = of.replace('}', ', apart: {more_than: 30 min}}');
  const since = 'thresholds: [{measure: minutes_since_previous, more_than: 30 min}]';
  const lake = (service: string, times = '', facts = 'trail: lake'): string =>
    `service: ${service}, ${times}facts: {${facts}}`;
  const walk = (start: string): string => lake('walk', `start: "${start}", `);
  const hike = lake('hike', 'start: "09:00", ');

  test('what is alike is neither initial nor sequential, wherever it stands in time', () => {
    checkProblems(rules(apart, since));
    assert.equal(lines(rules(of), walk('08:00'), walk('09:00'), walk('10:00')), 'W0001 × 1, W0004 × 2');
    assert.equal(
      lines(rules(of), walk('08:00'), walk('09:00').replace('lake', 'hill')),
      'W0001 × 1, W0002 × 1',
    );
    assert.equal(lines(rules(of), walk('08:00'), 'service: walk, start: "09:00"'), 'W0001 × 1, W0002 × 1');
    assert.equal(lines(rules(of), walk('10:00'), hike), 'H0001 × 1, W0004 × 1');
    assert.equal(lines(rules(of), walk('08:00'), hike), 'H0001 × 1, W0004 × 1');
    assert.equal(lines(rules(of), hike, hike.replace('09', '11')), 'H0001 × 1, H0002 × 1');
    const lower = rules(of).replace('[hike, walk]', '[dive, walk, hike]');
    assert.equal(lines(lower, lake('dive'), walk('10:00'), hike), 'D0001 × 1, H0002 × 1, W0004 × 1');
    assert.equal(
      lines(rules(of.replace('of: [walk, hike], ', '')), walk('10:00'), hike),
      'H0001 × 1, W0002 × 1',
    );
    assert.equal(
      lines(rules(of), `${walk('08:00')}, session: am`, `${walk('15:00')}, session: pm`),
      'W0001 × 2',
    );
  });

  test('the time since the one before, from its stop to the start; with apart, what is too close starts no clock', () => {
    const first = at('walk', '07:30', '08:00', 'facts: {trail: lake}');
    assert.equal(lines(rules(of, since), first, walk('08:30')), 'W0001 × 1');
    assert.equal(lines(rules(of, since), first, walk('08:31')), 'W0001 × 1, W0004 × 1');
    assert.equal(lines(rules(of, since), first, walk('08:20'), walk('08:40')), 'W0001 × 1');
    assert.equal(lines(rules(apart, since), first, walk('08:20'), walk('08:40')), 'W0001 × 1, W0004 × 1');
    assert.equal(lines(rules(apart, since), first, walk('08:40'), walk('09:00')), 'W0001 × 1, W0004 × 1');
  });

  test('without times, what the record says of it; without that, nobody knows', () => {
    const stated = (minutes: string): string =>
      lake('walk', '', `trail: lake, minutes_since_previous: "${minutes}"`);
    assert.equal(lines(rules(of, since), hike, stated('31')), 'H0001 × 1, W0004 × 1');
    assert.equal(lines(rules(of, since), hike, stated('30')), 'H0001 × 1');
    assert.equal(lines(rules(of, since), hike, lake('walk')), 'H0001 × 1, W0004 × 1 (unknown)');
  });
});

describe('deduct', () => {
  const deduction = '{id: a, from: [swim], overlap_with: [walk, hike], reason: Two at once are one.}';
  const rules = (deduct: string, by = 'hierarchy'): string =>
    outings(
      `positions: {${rank(by, 'hike', 'walk', 'swim')}}\ndeduct: [${deduct}]`,
      codes(() => 'time: {at_least: 1 min, covers: 1 min, repeats: true}'),
    );
  const walk = at('walk', '10:00', '11:00');

  test('minutes beside the others do not count, and once beside several', () => {
    checkProblems(rules(deduction));
    const all = rules(deduction);
    assert.equal(lines(all, walk, at('swim', '10:30', '11:30')), 'S0002 × 30, W0001 × 60');
    assert.equal(lines(all, walk, at('swim', '11:00', '11:30')), 'S0002 × 30, W0001 × 60');
    assert.equal(lines(all, walk, at('swim', '10:10', '10:20')), 'W0001 × 60');
    assert.equal(
      lines(all, at('swim', '10:00', '11:00'), at('swim', '10:00', '11:00')),
      'S0001 × 60, S0002 × 60',
    );
    const both = [at('hike', '10:00', '11:00'), at('walk', '10:30', '11:30'), at('swim', '10:00', '12:00')];
    assert.equal(lines(all, ...both), 'H0001 × 60, S0002 × 30, W0002 × 60');
    assert.match(
      told(all, walk, at('swim', '10:30', '11:30')),
      /30 minutes are left\. Two at once are one\./,
    );
  });

  test('for some positions: the initial service keeps its minutes', () => {
    const early = at('swim', '09:30', '10:30');
    assert.equal(lines(rules(deduction, 'earliest'), walk, early), 'S0001 × 30, W0002 × 60');
    const late = rules(deduction.replace('}', ', as: [sequential]}'), 'earliest');
    checkProblems(late);
    assert.equal(lines(late, walk, early), 'S0001 × 60, W0002 × 60');
    assert.equal(lines(late, walk, at('swim', '10:30', '11:30')), 'S0002 × 30, W0001 × 60');
  });
});

describe('unreported', () => {
  const rules = (rule: string): string =>
    outings(
      `positions: {${rank('hierarchy', 'hike', 'walk', 'swim')}, concurrent: {overlap: {at_least: 10 min}}}
unreported: [{id: a, ${rule}reason: It is no outing.}]`,
    );
  const [hike, walk, swim] = [
    at('hike', '08:00', '09:00'),
    at('walk', '08:30', '09:30'),
    at('swim', '10:00', '11:00'),
  ];
  const unbooked = `${walk}, facts: {booked: "false"}`;

  const cases: readonly (readonly [rule: string, services: readonly string[], lines: string])[] = [
    ['class: [walk], ', [walk, swim], 'S0001 × 1'],
    ['class: [walk], as: [initial], ', [walk, swim], 'S0002 × 1'],
    ['class: [walk], as: [initial], ', [hike, walk], 'H0001 × 1, W0003 × 1'],
    ['class: [walk], as: [concurrent], ', [hike, walk], 'H0001 × 1'],
    ['as: [sequential, concurrent], ', [hike, walk, swim], 'H0001 × 1'],
    ['class: [talk], as: [each], ', [hike, 'service: talk'], 'H0001 × 1'],
    ['when: {booked: "false"}, ', [hike, unbooked], 'H0001 × 1'],
    ['when: {booked: "false"}, ', [hike, walk], 'H0001 × 1, W0003 × 1'],
    ['class: [swim], as: [concurrent], when: {booked: "false"}, ', [hike, unbooked], 'H0001 × 1, W0003 × 1'],
  ];
  for (const [rule, services, wanted] of cases) {
    test(`${rule}of ${String(services.length)} services leaves ${wanted}`, () => {
      checkProblems(rules(rule));
      assert.equal(lines(rules(rule), ...services), wanted);
    });
  }

  test('says why', () => {
    assert.ok(
      run(rules('class: [walk], '), [walk]).notBilled.includes('walk is not reported: It is no outing.'),
    );
  });
});
