/** What is not billed, and why: near misses, exclusions, what is never reported, and what nobody can tell. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, encounterOf, infusion, type Outcome } from '../../support/bench.ts';
import { drugAdministration, threeCodes } from '../../support/examples.ts';

const bench = new Bench();
const run = (...administrations: string[]): Outcome => bench.run(encounterOf(administrations));
/** With the first three codes alone. */
const few = new Bench(threeCodes);

describe('near misses', () => {
  test('88 minutes: 31 beyond the hour are needed, 28 are there', () => {
    const { notBilled, bill } = run(infusion('x', '10:00', 88));
    assert.ok(
      notBilled.includes(
        'near: 96366 not reported for x: at least 31 minutes beyond what 96365 covers are needed, 28 minutes are documented.',
      ),
      notBilled.join('\n'),
    );
    const miss = bill.notBilled.find(({ code }) => code === '96366');
    assert.equal(miss?.because.clause.path, '/time');
    assert.deepEqual(
      miss.administrations.map(({ path }) => path),
      ['/administrations/0'],
    );
  });

  test('148 minutes: a second further hour is begun', () => {
    assert.ok(
      run(infusion('x', '10:00', 148)).notBilled.includes(
        'near: 96366 not reported for x: for another unit at least 31 minutes more are needed, 28 minutes are documented.',
      ),
    );
  });

  test('60 minutes: no further hour was begun, so none is near', () => {
    const { bill } = run(infusion('x', '10:00', 60));
    assert.deepEqual(
      bill.notBilled.filter(({ near }) => near),
      [],
    );
  });

  test('120 and 180 minutes: nothing is left over', () => {
    for (const minutes of [120, 180])
      assert.deepEqual(
        run(infusion('x', '10:00', minutes)).bill.notBilled.filter(({ near }) => near),
        [],
      );
  });

  test('15 minutes: one minute short of an infusion', () => {
    const { notBilled } = run(infusion('x', '10:00', 15));
    assert.ok(
      notBilled.some((sentence) => /^near: 96365 .*at least 16 minutes.* 15 minutes/.test(sentence)),
      notBilled.join('\n'),
    );
  });

  test('a code that is billed for one administration is not said to be missing for another', () => {
    const { bill } = run(infusion('x', '10:00', 30), infusion('y', '10:35', 30));
    assert.ok(bill.notBilled.every(({ code }) => code !== '96365' && code !== '96367'));
  });
});

describe('exclusions', () => {
  test('chemotherapy: says which code reports it instead', () => {
    const chemotherapy = encounterOf([
      'substance: x, purpose: chemotherapy, route: iv-infusion, minutes: 60',
    ]);
    const { lines, notBilled } = few.run(chemotherapy);
    assert.deepEqual(lines, []);
    assert.ok(
      notBilled.some((sentence) =>
        /^near: 96365 not reported for x: it excludes purpose chemotherapy \(.*\); 96413 reports it instead\.$/.test(
          sentence,
        ),
      ),
      notBilled.join('\n'),
    );
  });

  test('where the code that reports it instead is billed, the exclusion is not near', () => {
    const { lines, notBilled } = run('substance: x, purpose: chemotherapy, route: iv-infusion, minutes: 60');
    assert.deepEqual(lines, ['96413 × 1']);
    assert.ok(notBilled.some((sentence) => /^96365 not reported for x: it excludes purpose/.test(sentence)));
    assert.ok(
      notBilled.every((sentence) => !sentence.startsWith('near: ')),
      notBilled.join('\n'),
    );
  });

  test('a complex biologic: the same', () => {
    const { notBilled } = run('substance: x, purpose: complex-biologic, route: iv-infusion, minutes: 60');
    assert.ok(
      notBilled.some((sentence) =>
        /excludes purpose complex biologic.*96413/.test(sentence.replace(/complex-/g, 'complex ')),
      ),
    );
  });
});

describe('what is never reported', () => {
  for (const purpose of ['flush', 'keep-vein-open', 'carrier', 'diluent', 'contrast']) {
    test(`${purpose}: no line beside the drug, and the reason is said`, () => {
      const { lines, bill, problems } = run(
        infusion('x', '10:00', 95),
        `substance: saline, purpose: ${purpose}, route: iv-infusion, start: "12:00", stop: "15:00"`,
      );
      assert.deepEqual(lines, ['96365 × 1', '96366 × 1']);
      assert.deepEqual(problems, []);
      const [miss] = bill.notBilled.filter(({ code }) => code === '');
      assert.deepEqual(
        miss?.administrations.map(({ path }) => path),
        ['/administrations/1'],
      );
      assert.match(miss.because.sentence, /^saline is not reported: /);
      assert.equal(miss.because.clause.path, `/facts/purpose/values/${purpose}/never_reported`);
    });
  }

  test('a drug by mouth: its route is never reported', () => {
    const { lines, notBilled } = run('substance: x, purpose: therapeutic, route: oral');
    assert.deepEqual(lines, []);
    assert.ok(notBilled.some((sentence) => /^x is not reported: /.test(sentence)));
  });
});

describe('what nobody can tell', () => {
  const second = `
#- second.spec.yaml
spec: "99999"
title: Another code for the first hour
family: drug-administration
effective: {from: 2024-01-01}
reports: {class: therapeutic-infusion, as: initial}
time: {at_least: 16 min}
`;

  test('two codes for one administration: a line with outcome unknown, and a problem', () => {
    const { lines, problems, messages } = new Bench(drugAdministration, second).run(
      encounterOf([infusion('x', '10:00', 30)]),
    );
    assert.deepEqual(lines, ['96365 × 1 (unknown)']);
    assert.deepEqual(problems, ['ambiguous-line']);
    assert.match(messages.join(), /96365 and 99999 both report/);
  });

  test('two codes told apart by a condition: the one that holds', () => {
    const apart = second.replace('as: initial}', 'as: initial, when: {minutes: {more_than: 2 h}}}');
    const rules = new Bench(drugAdministration, apart);
    assert.deepEqual(rules.run(encounterOf([infusion('x', '10:00', 30)])).lines, ['96365 × 1']);
    assert.deepEqual(rules.run(encounterOf([infusion('x', '10:00', 121)])).problems, ['ambiguous-line']);
  });

  test('a class that no specification reports: a problem that names the class', () => {
    const { lines, problems, messages } = few.run(
      encounterOf(['substance: x, purpose: therapeutic, route: iv-push'], { payer: undefined }),
    );
    assert.deepEqual(lines, []);
    assert.deepEqual(problems, ['not-covered']);
    assert.match(messages.join(), /Push into a vein/);
  });

  test('an administration of no class: a problem', () => {
    const { lines, problems } = run('substance: x, purpose: therapeutic, route: intrathecal');
    assert.deepEqual(lines, []);
    assert.deepEqual(problems, ['not-covered']);
  });

  test('a family that is not the one to use computes nothing', () => {
    const other = encounterOf([infusion('x', '10:00', 60)], { more: 'family: another' });
    const { lines, problems } = bench.run(other);
    assert.deepEqual(lines, []);
    assert.ok(problems.includes('unknown-family'));
  });
});

describe('codes that the record states', () => {
  const stated = (code: string, more = ''): Outcome =>
    bench.run(
      encounterOf([], { more: `services:\n  - {code: "${code}"${more}}` }).replace('administrations:\n', ''),
    );

  test('stand with outcome unknown, in the units stated', () => {
    assert.deepEqual(stated('96365', ', units: 2').lines, ['96365 × 2 (unknown)']);
    assert.deepEqual(stated('96365').problems, []);
  });

  test('without a specification are complained of', () => {
    assert.deepEqual(stated('12345').lines, ['12345 × 1 (unknown)']);
    assert.deepEqual(stated('12345').problems, ['unknown-code']);
  });

  test('in units that are no whole number are one unit', () => {
    for (const units of ['0', '1.5'])
      assert.deepEqual(stated('96365', `, units: ${units}`).lines, ['96365 × 1 (unknown)']);
  });
});
