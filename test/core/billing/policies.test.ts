/** Every action of a policy, each with a small policy on the codes of the example. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, encounterOf, infusion, type EncounterHead, type Outcome } from '../../support/bench.ts';
import { drugAdministration } from '../../support/examples.ts';

const rules = drugAdministration.filter(({ path }) => !path.endsWith('.policy.yaml'));

/** A policy of Medicare with these rules. */
const policy = (body: string, head = 'payer: Medicare'): string => `
#- p.policy.yaml
policy: p
${head}
title: The policy
effective: {from: 2024-01-01}
rules:
${body}
`;

const long = encounterOf([infusion('x', '10:00', 151)]);
const run = (fixture: string, encounter = long): Outcome => new Bench(rules, fixture).run(encounter);
const sentences = ({ bill }: Outcome): readonly string[] =>
  bill.lines.flatMap(({ because }) => because.map(({ sentence }) => sentence));

test('without a policy', () => {
  assert.deepEqual(new Bench(rules).run(long).lines, ['96365 × 1', '96366 × 2']);
});

describe('deny', () => {
  test('denies every line, or those its condition names, with its reason', () => {
    assert.deepEqual(run(policy('  - {id: a, then: {deny: not paid}}')).lines, [
      '96365 × 1 (denied)',
      '96366 × 2 (denied)',
    ]);
    const some = run(policy('  - {id: a, when: {code: "96366"}, then: {deny: "not paid."}}'));
    assert.deepEqual(some.lines, ['96365 × 1', '96366 × 2 (denied)']);
    assert.ok(sentences(some).includes('The policy, rule a: denied, not paid.'));
  });

  test('that depends on what the record lacks makes the line unknown, never billable', () => {
    const outcome = run(policy('  - {id: a, when: {given_by: nobody}, then: {deny: not paid}}'));
    assert.deepEqual(outcome.lines, ['96365 × 1 (unknown)', '96366 × 2 (unknown)']);
    assert.ok(
      sentences(outcome).includes(
        'Unknown: The policy, rule a depends on given by, which is not documented.',
      ),
    );
  });

  test('does not hold where its condition fails, or with `not` where it holds', () => {
    assert.deepEqual(run(policy('  - {id: a, when: {claim: facility}, then: {deny: no}}')).lines, [
      '96365 × 1',
      '96366 × 2',
    ]);
    assert.deepEqual(run(policy('  - {id: a, when: {not: {claim: facility}}, then: {deny: no}}')).lines, [
      '96365 × 1 (denied)',
      '96366 × 2 (denied)',
    ]);
  });

  test('asks for units and for minutes', () => {
    const byUnits = run(policy('  - {id: a, when: {units: {at_least: "2"}}, then: {deny: too many}}'));
    assert.deepEqual(byUnits.lines, ['96365 × 1', '96366 × 2 (denied)']);
    const byMinutes = policy('  - {id: a, when: {minutes: {more_than: 2 h}}, then: {deny: too long}}');
    assert.deepEqual(run(byMinutes).lines, ['96365 × 1 (denied)', '96366 × 2 (denied)']);
    assert.deepEqual(run(byMinutes, encounterOf([infusion('x', '10:00', 120)])).lines, [
      '96365 × 1',
      '96366 × 1',
    ]);
  });
});

describe('require', () => {
  test('adds a modifier once', () => {
    assert.deepEqual(run(policy('  - {id: a, when: {as: initial}, then: {require: {modifier: JW}}}')).lines, [
      '96365-JW × 1',
      '96366 × 2',
    ]);
    const twice = policy(
      '  - {id: a, then: {require: {modifier: JW}}}\n  - {id: b, then: {require: {modifier: JW}}}',
    );
    assert.deepEqual(run(twice).lines, ['96365-JW × 1', '96366-JW × 2']);
  });

  test('of a diagnosis of its own denies the administrations that have none', () => {
    const fixture = policy(
      '  - {id: a, then: {require: {own_diagnosis: true, reason: so that it can be told apart}}}',
    );
    const { lines, bill } = run(
      fixture,
      encounterOf([infusion('x', '10:00', 30, 'diagnoses: [R11.2]'), infusion('y', '11:00', 30)]),
    );
    assert.deepEqual(lines, ['96365 × 1', '96367 × 1 (denied)']);
    assert.match(
      bill.lines[1]?.because.at(-1)?.sentence ?? '',
      /diagnosis of its own.*so that it can be told apart/,
    );
  });
});

describe('prefer', () => {
  const sites = encounterOf([
    infusion('x', '10:00', 30, 'access_site: left'),
    infusion('x', '11:00', 30, 'access_site: right'),
  ]);

  test('puts one modifier in the place of others, and adds none where there was none', () => {
    const fixture = policy('  - {id: a, then: {prefer: {modifier: XS, over: ["59", XU]}}}');
    const outcome = run(fixture, sites);
    assert.deepEqual(outcome.lines, ['96365 × 1', '96365-XS × 1']);
    assert.ok(sentences(outcome).includes('The policy, rule a: modifier XS in place of 59.'));
  });
});

describe('limit', () => {
  const limit = (per: string, units: number): string =>
    policy(`  - {id: a, when: {code: "96366"}, then: {limit: {units: ${String(units)}, per: ${per}}}}`);

  test('leaves what it allows and denies the rest, with the rule as the reason', () => {
    const outcome = run(limit('day', 1));
    assert.deepEqual(outcome.lines, ['96365 × 1', '96366 × 1', '96366 × 1 (denied)']);
    assert.ok(sentences(outcome).includes('The policy, rule a: at most 1 of 96366 a day.'));
    assert.deepEqual(run(limit('day', 2)).lines, ['96365 × 1', '96366 × 2']);
    assert.deepEqual(run(limit('day', 0)).lines, ['96365 × 1', '96366 × 2 (denied)']);
  });

  test('counts the lines of the day together', () => {
    const two = encounterOf([infusion('x', '08:00', 91), infusion('y', '12:00', 91)]);
    assert.deepEqual(run(limit('day', 1), two).lines, [
      '96365 × 1',
      '96366 × 1',
      '96366 × 1 (denied)',
      '96367 × 1',
    ]);
  });

  test('per day begins anew on the next day, per encounter does not', () => {
    const tomorrow = infusion('x', '08:00', 91).replace(
      /start: "([^"]*)", stop: "([^"]*)"/,
      'start: "$1 +1d", stop: "$2 +1d"',
    );
    const two = encounterOf([infusion('x', '08:00', 91, 'session: one'), `${tomorrow}, session: two`]);
    assert.deepEqual(run(limit('day', 1), two).lines, ['96365 × 1', '96365 × 1', '96366 × 1', '96366 × 1']);
    assert.deepEqual(run(limit('encounter', 1), two).lines, [
      '96365 × 1',
      '96365 × 1',
      '96366 × 1',
      '96366 × 1 (denied)',
    ]);
  });

  test('of two limits, the stricter one counts', () => {
    const fixture = policy(
      '  - {id: a, then: {limit: {units: 3, per: day}}}\n  - {id: b, then: {limit: {units: 1, per: day}}}',
    );
    assert.deepEqual(run(fixture).lines, ['96365 × 1', '96366 × 1', '96366 × 1 (denied)']);
  });

  test('of what is denied anyway leaves the allowance to the others', () => {
    const fixture = policy(
      '  - {id: a, when: {minutes: {more_than: 2 h}}, then: {deny: no}}\n  - {id: b, when: {code: "96366"}, then: {limit: {units: 1, per: day}}}',
    );
    const two = encounterOf([infusion('x', '08:00', 151), infusion('y', '12:00', 91)]);
    assert.deepEqual(run(fixture, two).lines, [
      '96365 × 1 (denied)',
      '96366 × 1',
      '96366 × 2 (denied)',
      '96367 × 1',
    ]);
  });

  test('does not count what is denied anyway', () => {
    const fixture = policy(
      '  - {id: a, when: {code: "96366"}, then: {deny: no}}\n  - {id: b, then: {limit: {units: 1, per: day}}}',
    );
    assert.deepEqual(run(fixture).lines, ['96365 × 1', '96366 × 2 (denied)']);
  });
});

describe('replace and note', () => {
  test('replace changes the code of the line and says from which', () => {
    const outcome = run(policy('  - {id: a, when: {code: "96365"}, then: {replace: {code: G0999}}}'));
    assert.deepEqual(outcome.lines, ['96366 × 2', 'G0999 × 1']);
    assert.ok(sentences(outcome).includes('The policy, rule a: 96365 is reported as G0999.'));
  });

  test('note says something and changes nothing', () => {
    const outcome = run(policy('  - {id: a, then: {note: Keep the record.}}'));
    assert.deepEqual(outcome.lines, ['96365 × 1', '96366 × 2']);
    assert.ok(sentences(outcome).includes('The policy, rule a: Keep the record.'));
  });
});

describe('a rule that depends on what the record lacks', () => {
  const actions: readonly (readonly [action: string, outcome: string])[] = [
    ['{deny: no}', ' (unknown)'],
    ['{require: {modifier: JW}}', ' (unknown)'],
    ['{prefer: {modifier: XS, over: ["59"]}}', ' (unknown)'],
    ['{limit: {units: 1, per: day}}', ' (unknown)'],
    ['{replace: {code: G0999}}', ' (unknown)'],
    ['{note: x}', ''],
  ];
  for (const [action, outcome] of actions) {
    test(`${action}: the lines are ${outcome.trim() || 'as they were'}`, () => {
      const fixture = policy(`  - {id: a, when: {given_by: nobody}, then: ${action}}`);
      assert.deepEqual(run(fixture).lines, [`96365 × 1${outcome}`, `96366 × 2${outcome}`]);
    });
  }
});

describe('a policy speaks', () => {
  const deny = '  - {id: a, then: {deny: no}}';
  const denied = ['96365 × 1 (denied)', '96366 × 2 (denied)'];
  const paid = ['96365 × 1', '96366 × 2'];
  const cases: readonly (readonly [string, string, EncounterHead, readonly string[]])[] = [
    ['of its payer, in whatever case it is written', 'payer: MEDICARE', {}, denied],
    ['of no other payer', 'payer: Medicaid', {}, paid],
    ['of its plan', 'payer: Medicare\nplan: Part B', { plan: 'part b' }, denied],
    ['of no other plan', 'payer: Medicare\nplan: Part B', { plan: 'Part A' }, paid],
    ['of no encounter that does not name the plan', 'payer: Medicare\nplan: Part B', {}, paid],
    [
      'of its codes',
      'payer: Medicare\napplies_to: {codes: ["96366"]}',
      {},
      ['96365 × 1', '96366 × 2 (denied)'],
    ],
    ['of its family', 'payer: Medicare\napplies_to: {family: drug-administration}', {}, denied],
    ['of no other family', 'payer: Medicare\napplies_to: {family: another}', {}, paid],
  ];
  for (const [title, head, encounter, wanted] of cases) {
    test(title, () => {
      assert.deepEqual(
        run(policy(deny, head), encounterOf([infusion('x', '10:00', 151)], encounter)).lines,
        wanted,
      );
    });
  }

  test('from the day on which it is in force to its last day', () => {
    const fixture = policy(deny).replace('{from: 2024-01-01}', '{from: 2026-01-01, to: 2026-03-02}');
    const on = (date: string): readonly string[] =>
      run(fixture, encounterOf([infusion('x', '10:00', 151)], { date })).lines;
    assert.deepEqual(on('2025-12-31'), paid);
    assert.deepEqual(on('2026-01-01'), denied);
    assert.deepEqual(on('2026-03-02'), denied);
    assert.deepEqual(on('2026-03-03'), paid);
  });

  test('after another: rules apply in their order, policies in that of their names', () => {
    const fixture = `${policy('  - {id: a, then: {require: {modifier: ZZ}}}')}
#- o.policy.yaml
policy: o
payer: Medicare
title: The other
effective: {from: 2024-01-01}
rules:
  - {id: b, then: {require: {modifier: AA}}}
`;
    assert.deepEqual(run(fixture).lines, ['96365-AA-ZZ × 1', '96366-AA-ZZ × 2']);
  });

  test('the policy of the example denies at a place that the specification does not deny', () => {
    const nursing = encounterOf([infusion('x', '10:00', 60)], {
      payer: 'BCBS',
      plan: 'Regence',
      place: '32',
    });
    assert.deepEqual(new Bench().run(nursing).lines, ['96365 × 1 (denied)']);
    assert.deepEqual(new Bench(rules).run(nursing).lines, ['96365 × 1 (unknown)']);
  });
});
