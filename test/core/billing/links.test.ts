/**
 * Repairs in a workshop: what one entry of a record says of another. Work that was interrupted and resumed, or done in one
 * go with another, is one service; work beside another or done again has its place by what the record says.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, type Outcome } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

const code = (name: string, reports: string, more = ''): string =>
  `---\nspec: ${name}\ntitle: Code ${name}\nfamily: repairs\neffective: {from: 2024-01-01}\nreports: ${reports}\n${more}\n`;

/** Welding takes long or is short; polishing is a class of its own. */
const repairs = (keys: string, codes: string): string => `
#- repairs.family.yaml
family: repairs
title: Repairs
classes:
  - {class: long, title: Long welding, when: {route: weld, minutes: {at_least: 16 min}}}
  - {class: short, title: Short welding, when: {route: weld, minutes: {at_most: 15 min}}}
  - {class: polish, title: Polishing, when: {route: polish}}
groups: {by: [session, access_site]}
${keys}
#- repairs.spec.yaml
${codes}`;

/** A unit for each minute: L0005 of long work, S0005 of short work, P0005 of polishing. */
const byTheMinute = repairs(
  '',
  ['long', 'short', 'polish']
    .map((name) =>
      code(
        `${name.charAt(0).toUpperCase()}0005`,
        `{class: ${name}, as: each}`,
        'time: {at_least: 1 min, covers: 1 min, repeats: true}',
      ),
    )
    .join(''),
);

const by = (value: string, modifier: string): string =>
  `{code: ${modifier}, use: done again, when: {repeated_by: ${value}}}`;
/** 1 initial, 2 sequential, 3 concurrent, 4 repeat. */
const placed = repairs(
  `positions:
  initial: {among: [long, short, polish], choose: [{id: only, rank: [{by: hierarchy}, {by: earliest}, {by: longest}]}]}
  concurrent: {overlap: {more_than: 15 min}}
  repeat: [{id: again, among: [polish], of: [polish, long], alike: [substance]}]`,
  ['long', 'short', 'polish']
    .flatMap((name) =>
      ['initial', 'sequential', 'concurrent', 'repeat'].map((as, i) =>
        code(
          `${name.charAt(0).toUpperCase()}000${String(i + 1)}`,
          `{class: ${name}, as: ${as}}`,
          as === 'repeat' ? `modifiers: [${by('same-provider', 'XA')}, ${by('another-provider', 'XB')}]` : '',
        ),
      ),
    )
    .join(''),
);

const run = (rules: string, entries: readonly string[]): Outcome =>
  new Bench([], rules).run(
    `encounter: e\ndate: 2026-03-02\nclaim: professional\nadministrations:\n${entries.map((item) => `  - {${item}}\n`).join('')}`,
  );
/** The lines, which are the same in whatever order the file lists the entries. */
function lines(rules: string, ...entries: readonly string[]): string {
  const { lines: found, problems } = run(rules, entries);
  assert.deepEqual(problems, []);
  assert.deepEqual(run(rules, [...entries].reverse()).lines, found);
  return found.join(', ');
}
/** Lines and problems, where something cannot be found. */
const unresolved = (rules: string, ...entries: readonly string[]): readonly string[] => {
  const { lines: found, problems } = run(rules, entries);
  return [found.join(', '), ...problems];
};

const weld = (substance: string, more: string): string => `substance: ${substance}, route: weld, ${more}`;
const polish = (substance: string, more = ''): string =>
  `substance: ${substance}, route: polish${more === '' ? '' : `, ${more}`}`;

test('the documents have no problems', () => {
  checkProblems(byTheMinute);
  checkProblems(placed);
});

describe('resumes', () => {
  const first = weld('x', 'id: a, minutes: 10');
  const rest = weld('x', 'resumes: a, minutes: 10');

  test('makes one service, whose minutes add up and whose class is that of the whole', () => {
    assert.equal(lines(byTheMinute, first, rest), 'L0005 × 20');
    assert.equal(lines(byTheMinute, first, rest.replace('resumes: a, ', '')), 'S0005 × 20');
    assert.equal(lines(byTheMinute, first, rest.replace('10', '5')), 'S0005 × 15');
    assert.equal(lines(byTheMinute, first, rest, weld('y', 'minutes: 12')), 'L0005 × 20, S0005 × 12');
    const clocked = [
      weld('x', 'id: a, start: "08:00", stop: "08:10"'),
      weld('x', 'resumes: a, start: "09:00", stop: "09:06"'),
    ];
    assert.equal(lines(byTheMinute, ...clocked), 'L0005 × 16');
    const { bill } = run(byTheMinute, [first, rest]);
    assert.deepEqual(
      bill.lines[0]?.administrations.map(({ path }) => path),
      ['/administrations/0', '/administrations/1'],
    );
    assert.ok(
      bill.lines[0]?.because.some(({ sentence }) =>
        sentence.endsWith('2 administrations interrupted and resumed are one service: 20 minutes together.'),
      ),
    );
  });

  test('reaches across sites and sessions: what goes on elsewhere belongs where it was begun', () => {
    const elsewhere = 'access_site: right, session: pm';
    const begun = `${first}, access_site: left, session: am`;
    const other = weld('y', `minutes: 30, ${elsewhere}`);
    assert.equal(lines(byTheMinute, begun, `${rest}, ${elsewhere}`), 'L0005 × 20');
    // What is given where it was resumed goes on there with it.
    assert.equal(lines(placed, begun, `${rest}, ${elsewhere}`, other), 'L0001 × 1, L0002 × 1');
    const apart = `${rest.replace('resumes: a, ', '')}, ${elsewhere}`;
    assert.equal(lines(placed, begun, apart, other), 'L0001 × 1, S0001 × 1, S0002 × 1');
  });

  test('goes on from one to the next, and forks; a circle is a mistake, and taken apart', () => {
    const six = (more: string): string => weld('x', `${more}, minutes: 6, access_site: ${more.slice(-1)}`);
    assert.equal(lines(byTheMinute, six('id: a'), six('id: b, resumes: a'), six('resumes: b')), 'L0005 × 18');
    assert.equal(lines(byTheMinute, six('id: a'), six('id: b, resumes: a'), six('resumes: a')), 'L0005 × 18');
    const [one, two, three] = ['id: a, resumes: c', 'id: b, resumes: a', 'id: c, resumes: b'].map(six);
    assert.deepEqual(unresolved(byTheMinute, one ?? '', two ?? '', three ?? ''), [
      'L0005 × 18',
      'unknown-reference',
    ]);
  });

  test('names an id, or a substance that only one other has', () => {
    const other = weld('y', 'resumes: x, minutes: 10');
    assert.equal(lines(byTheMinute, weld('x', 'minutes: 10'), other), 'L0005 × 20');
    assert.equal(
      lines(byTheMinute, weld('x', 'minutes: 10'), weld('x', 'resumes: x, minutes: 10')),
      'L0005 × 20',
    );
    assert.equal(
      lines(
        byTheMinute,
        weld('x', 'id: y, minutes: 10'),
        weld('y', 'id: x, minutes: 12'),
        weld('z', 'resumes: x, minutes: 10'),
      ),
      'L0005 × 22, S0005 × 10',
    );
    assert.deepEqual(unresolved(byTheMinute, first, weld('x', 'minutes: 11'), other), [
      'S0005 × 31',
      'unknown-reference',
    ]);
  });

  test('of nobody, or of itself, is a mistake, and the entry stands alone', () => {
    assert.deepEqual(unresolved(byTheMinute, first, rest.replace('resumes: a', 'resumes: b')), [
      'S0005 × 20',
      'unknown-reference',
    ]);
    assert.deepEqual(unresolved(byTheMinute, weld('x', 'id: a, resumes: a, minutes: 10')), [
      'S0005 × 10',
      'unknown-reference',
    ]);
  });
});

describe('mixed_with', () => {
  const work = weld('x', 'id: a, minutes: 20');

  test('makes one service of the class and the time of what it was mixed with', () => {
    assert.equal(lines(byTheMinute, work, weld('y', 'mixed_with: a')), 'L0005 × 20');
    assert.equal(
      lines(byTheMinute, work, weld('y', 'mixed_with: a'), weld('z', 'mixed_with: a')),
      'L0005 × 20',
    );
    assert.equal(lines(byTheMinute, work, polish('y', 'mixed_with: a')), 'L0005 × 20');
    assert.equal(lines(byTheMinute, work, 'substance: y, mixed_with: a'), 'L0005 × 20');
    assert.equal(lines(byTheMinute, work, weld('y', 'mixed_with: a, minutes: 20')), 'L0005 × 20');
    assert.equal(lines(byTheMinute, work, weld('y', 'minutes: 20')), 'L0005 × 40');
  });

  test('reaches across sites, and goes on from one to the next', () => {
    const [left, right] = ['access_site: left', 'access_site: right'];
    const mixed = [
      `${work}, ${left}`,
      weld('y', `mixed_with: a, ${right}`),
      weld('z', `minutes: 30, ${right}`),
    ];
    assert.equal(lines(placed, ...mixed), 'L0001 × 2');
    assert.equal(
      lines(byTheMinute, work, weld('y', 'id: b, mixed_with: a'), weld('z', 'mixed_with: b')),
      'L0005 × 20',
    );
  });

  test('with something that was resumed has all its time', () => {
    const parts = [weld('x', 'id: a, minutes: 10'), weld('x', 'id: b, resumes: a, minutes: 10')];
    assert.equal(lines(byTheMinute, ...parts, weld('y', 'mixed_with: a')), 'L0005 × 20');
    assert.equal(
      lines(byTheMinute, ...parts, weld('y', 'mixed_with: a'), weld('y', 'mixed_with: b')),
      'L0005 × 20',
    );
  });

  test('with nobody is a mistake', () => {
    const alone = weld('y', 'mixed_with: b, minutes: 5');
    assert.deepEqual(unresolved(byTheMinute, work, alone), ['L0005 × 20, S0005 × 5', 'unknown-reference']);
  });
});

describe('concurrent_with', () => {
  const main = weld('x', 'id: a, minutes: 60');
  const side = (more: string): string => weld('y', `minutes: 20, ${more}`);
  const beside = 'L0001 × 1, L0003 × 1';
  const after = 'L0001 × 1, L0002 × 1';

  test('counts where there are no times to tell, whichever of the two says so', () => {
    assert.equal(lines(placed, main, side('id: b')), after);
    assert.equal(lines(placed, main, side('concurrent_with: a')), beside);
    assert.equal(lines(placed, main, side('concurrent_with: x')), beside);
    assert.equal(lines(placed, `${main}, concurrent_with: b`, side('id: b')), beside);
    assert.equal(
      lines(placed, main, weld('y', 'start: "08:00", stop: "08:20", concurrent_with: a')),
      'L0001 × 1, L0003 × 1',
    );
  });

  test('does not count against the clock, nor between two groups', () => {
    const clocked = weld('x', 'id: a, start: "08:00", stop: "09:00"');
    const later = (start: string, stop: string): string =>
      weld('y', `start: "${start}", stop: "${stop}", concurrent_with: a`);
    assert.equal(lines(placed, clocked, later('09:30', '10:30')), after);
    assert.equal(lines(placed, clocked, later('08:45', '09:45')), after);
    assert.equal(lines(placed, clocked, later('08:44', '09:44')), beside);
    assert.equal(lines(placed, `${main}, session: am`, side('concurrent_with: a, session: pm')), 'L0001 × 2');
  });

  test('that names nobody, or more than one, is a mistake', () => {
    assert.deepEqual(unresolved(placed, main, side('concurrent_with: b')), [after, 'unknown-reference']);
    const third = weld('x', 'minutes: 30');
    assert.deepEqual(unresolved(placed, main, third, side('concurrent_with: x')), [
      'L0001 × 1, L0002 × 2',
      'unknown-reference',
    ]);
  });

  test('without a clock, the shorter is wholly beside the longer where minutes are deducted', () => {
    const rules = byTheMinute.replace(
      'groups:',
      'deduct: [{id: d, from: [polish], overlap_with: [long]}]\ngroups:',
    );
    const both = (minutes: number, more = ', concurrent_with: a'): string =>
      lines(rules, main, polish('y', `minutes: ${String(minutes)}${more}`));
    checkProblems(rules);
    assert.equal(both(70), 'L0005 × 60, P0005 × 10');
    assert.equal(both(60), 'L0005 × 60');
    assert.equal(both(20), 'L0005 × 60');
    assert.equal(both(20, ''), 'L0005 × 60, P0005 × 20');
  });
});

describe('repeats', () => {
  const first = polish('x', 'id: a');
  /** Which modifier belongs on a repetition depends on who gave it. */
  const unknownBy = 'P0001 × 1, P0004 × 1 (unknown)';

  test('says which one it repeats where nothing else does', () => {
    assert.equal(lines(placed, first, polish('x')), 'P0001 × 1, P0004 × 1');
    assert.equal(lines(placed, first, polish('y')), 'P0001 × 1, P0002 × 1');
    assert.equal(lines(placed, first, polish('y', 'repeats: a')), unknownBy);
    assert.equal(lines(placed, first, polish('y', 'repeats: x')), unknownBy);
    const ann = ', given_by: ann';
    const chain = [first, polish('y', 'id: b, repeats: a'), polish('z', 'repeats: b')].map(
      (own) => own + ann,
    );
    assert.equal(lines(placed, ...chain), 'P0001 × 1, P0004-XA × 2');
  });

  test('only of the classes that the rule names, in the same group', () => {
    const short = weld('x', 'id: a, minutes: 5');
    assert.equal(lines(placed, short, polish('y', 'repeats: a')), 'P0002 × 1, S0001 × 1');
    assert.equal(
      lines(placed, weld('x', 'id: a, minutes: 30'), polish('y', 'repeats: a')),
      'L0001 × 1, P0004 × 1 (unknown)',
    );
    assert.equal(
      lines(placed, weld('x', 'id: a, minutes: 30'), weld('x', 'minutes: 30, repeats: a')),
      'L0001 × 1, L0002 × 1',
    );
    assert.equal(lines(placed, `${first}, session: am`, polish('y', 'repeats: a, session: pm')), 'P0001 × 2');
  });

  test('tells by whom; where the record does not say who did both, that is unknown', () => {
    const ann = `${first}, given_by: ann`;
    assert.equal(lines(placed, ann, polish('x', 'repeats: a, given_by: ann')), 'P0001 × 1, P0004-XA × 1');
    assert.equal(lines(placed, ann, polish('x', 'repeats: a, given_by: bob')), 'P0001 × 1, P0004-XB × 1');
    assert.equal(lines(placed, ann, polish('x', 'repeats: a')), unknownBy);
    assert.equal(lines(placed, first, polish('x', 'repeats: a, given_by: ann')), unknownBy);
    assert.equal(lines(placed, ann, polish('x', 'given_by: ann')), 'P0001 × 1, P0004 × 1');
  });

  test('of nobody is a mistake', () => {
    const wrong = unresolved(placed, first, polish('y', 'repeats: b'));
    assert.deepEqual(wrong, ['P0001 × 1, P0002 × 1', 'unknown-reference']);
  });
});
