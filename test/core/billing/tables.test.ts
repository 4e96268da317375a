/**
 * A repair shop and what others publish about it: limits of units, pairs of codes, fees, and how much of a material one
 * unit of its code stands for. What is not at hand is said not to be checked.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, type Outcome } from '../../support/bench.ts';
import { checkProblems } from '../../support/checks.ts';

const code = (name: string, when: string, more = ''): string =>
  `---\nspec: ${name}\ntitle: Code ${name}\nfamily: repairs\neffective: {from: 2024-01-01}\nreports: ${when}\n${more}\n`;
const MINUTES = 'time: {at_least: 1 min, covers: 1 min, repeats: true}';
const welding = (more = '', when = ''): string =>
  code('W0001', `{class: weld, as: each${when}}`, `${MINUTES}\n${more}`);
const painting = (more = ''): string => code('P0001', '{class: paint, as: each}', more);

/** A unit of W0001 for each minute of welding, P0001 for painting, G0001 for gluing, and what tables say. */
const shop = (tables: string, codes = welding() + painting()): string => `
#- repairs.family.yaml
family: repairs
title: Repairs
facts:
  corner: {definition: Where it was.}
classes:
  - {class: weld, title: Welding, when: {service: weld}}
  - {class: paint, title: Painting, when: {service: paint}}
  - {class: glue, title: Gluing, when: {route: glue}}
#- repairs.spec.yaml
${codes}${code('G0001', '{class: glue, as: each}')}${tables}`;

const policy = (uses: string, more = ''): string => `#- p.policy.yaml
policy: p
payer: Guild
title: The guild
effective: {from: 2024-01-01}
tables: [${uses}]
${more}
`;
const table = (name: string, body: string, effective = '{from: 2024-01-01}', release = 'R1'): string =>
  `#- ${name}-${release}.table.yaml
table: ${name}
title: Figures
release: ${release}
effective: ${effective}
${body}
`;

const weld = (minutes: number, more = ''): string => `service: weld, minutes: ${String(minutes)}${more}`;
const paint = (more = ''): string => `service: paint${more}`;

interface Head {
  readonly date?: string;
  readonly payer?: string;
  readonly more?: string;
}
const run = (
  rules: string,
  entries: readonly string[],
  { date = '2026-03-02', payer = 'Guild', more = '' }: Head = {},
  list = 'services',
): Outcome =>
  new Bench([], rules).run(
    `encounter: e\ndate: ${date}\npayer: ${payer}\nclaim: professional\n${more}${list}:\n${entries.map((item) => `  - {${item}}\n`).join('')}`,
  );
const lines = (rules: string, entries: readonly string[], head?: Head, list?: string): string =>
  run(rules, entries, head, list).lines.join(', ');
const told = ({ bill }: Outcome): string =>
  bill.lines.flatMap(({ because }) => because.map(({ sentence }) => sentence)).join('\n');

describe('unit_limits', () => {
  const limits = table(
    'limits',
    `indicators:
  d: {says: the whole day counts}
  l: {says: each line counts, per: line}
  r: {says: the record may justify more, per: day, excess: review}
  s: {says: each line may be justified, per: line, excess: review}
unit_limits:
  W0001: {units: 10, indicator: X}
  P0001: {units: 1}`,
  );
  const rules = (indicator: string, codes?: string): string =>
    shop(policy('{table: limits}') + limits.replace('indicator: X', `indicator: ${indicator}`), codes);

  test('what is beyond is denied, or stays with a warning, for the day or each line', () => {
    checkProblems(rules('d'));
    for (const [indicator, seven, eleven] of [
      ['d', 'W0001 × 7', 'W0001 × 1 (denied), W0001 × 10'],
      ['l', 'W0001 × 7', 'W0001 × 1 (denied), W0001 × 10'],
      ['r', 'W0001 × 7', 'W0001 × 11'],
      ['s', 'W0001 × 7', 'W0001 × 11'],
    ] as const) {
      assert.equal(lines(rules(indicator), [weld(7)]), seven);
      assert.equal(lines(rules(indicator), [weld(11)]), eleven);
      const isReview = eleven === 'W0001 × 11';
      assert.deepEqual(run(rules(indicator), [weld(11)]).problems, isReview ? ['units-over-limit'] : []);
      assert.deepEqual(run(rules(indicator), [weld(10)]).problems, []);
    }
  });

  test('lines of one day count together, those of two days and other codes do not', () => {
    const apart = welding('modifiers: [{code: XC, use: there, when: {corner: far}}]');
    const two = [
      weld(6, ', start: "08:00", facts: {corner: near}'),
      weld(6, ', start: "09:00", facts: {corner: far}'),
    ];
    assert.equal(lines(rules('d', apart), two), 'W0001 × 6, W0001-XC × 2 (denied), W0001-XC × 4');
    assert.equal(lines(rules('l', apart), two), 'W0001 × 6, W0001-XC × 6');
    assert.deepEqual(run(rules('r', apart), two).problems, ['units-over-limit']);
    assert.deepEqual(run(rules('s', apart), two).problems, []);
    const days = [weld(6, ', start: "08:00"'), weld(6, ', start: "08:00 +1d"')];
    assert.equal(lines(rules('d'), days), 'W0001 × 6, W0001 × 6');
    assert.equal(
      lines(rules('d'), [weld(10), paint(), paint()]),
      'P0001 × 1, P0001 × 1 (denied), W0001 × 10',
    );
  });

  test('the reason names table, release and indicator', () => {
    assert.match(
      told(run(rules('d'), [weld(11)])),
      /Figures \(R1\): at most 10 of W0001 a day, indicator d \(the whole day counts\)\./,
    );
  });

  test('what is denied anyway is not counted, and what is unknown stays so', () => {
    const deny = 'rules: [{id: a, when: {corner: far}, then: {deny: too far}}]';
    const denying = shop(policy('{table: limits}', deny) + limits.replace('indicator: X', 'indicator: d'));
    const near = (minutes: number): string => weld(minutes, ', facts: {corner: near}');
    assert.equal(
      lines(denying, [weld(9, ', facts: {corner: far}'), near(10)]),
      'W0001 × 10, W0001 × 9 (denied)',
    );
    assert.equal(lines(denying, [weld(11)]), 'W0001 × 1 (denied), W0001 × 10 (unknown)');
  });
});

describe('code_pairs', () => {
  const pairs = (indicator: string): string =>
    table(
      'pairs',
      `indicators:
  n: {says: never, bypass: never}
  m: {says: with a modifier, bypass: modifier}
  a: {says: no longer in force, bypass: always}
bypass_modifiers: [XB, XC]
code_pairs: {W0001: {P0001: ${indicator}}}`,
    );
  const use = '{code: XC, use: in another corner, when: {corner: far}}';
  const other = '{code: XO, use: in another corner, when: {corner: far}}';
  const rules = (indicator: string, codes?: string, more = ''): string =>
    shop(policy('{table: pairs}', more) + pairs(indicator), codes);
  const far = ', facts: {corner: far}';
  const near = ', facts: {corner: near}';
  const denied = 'P0001 × 1 (denied), W0001 × 1';

  test('the second code is denied; the first, and each by itself, is not', () => {
    checkProblems(rules('n'));
    assert.equal(lines(rules('n'), [weld(1), paint()]), denied);
    assert.equal(lines(rules('n'), [paint(), weld(1)]), denied);
    assert.equal(lines(rules('n'), [paint(), paint()]), 'P0001 × 2');
    assert.equal(lines(rules('n'), [weld(2)]), 'W0001 × 2');
    assert.equal(
      lines(rules('n'), [weld(1, ', start: "08:00"'), paint(', start: "08:00 +1d"')]),
      'P0001 × 1, W0001 × 1',
    );
    assert.match(
      told(run(rules('n'), [weld(1), paint()])),
      /Figures \(R1\): P0001 beside W0001, indicator n \(never\): denied/,
    );
  });

  test('a modifier of the table lets both be paid where the indicator allows it', () => {
    const marked = welding() + painting(`modifiers: [${use}]`);
    assert.equal(lines(rules('m', marked), [weld(1), paint(far)]), 'P0001-XC × 1, W0001 × 1');
    assert.equal(lines(rules('m', marked), [weld(1), paint(near)]), denied);
    assert.equal(lines(rules('n', marked), [weld(1), paint(far)]), 'P0001-XC × 1 (denied), W0001 × 1');
    assert.equal(lines(rules('a', marked), [weld(1), paint(near)]), 'P0001 × 1, W0001 × 1');
    const first = welding(`modifiers: [${use}]`) + painting();
    assert.equal(lines(rules('m', first), [weld(1, far), paint()]), 'P0001 × 1, W0001-XC × 1');
    const wrong = welding() + painting(`modifiers: [${other}]`);
    assert.equal(lines(rules('m', wrong), [weld(1), paint(far)]), 'P0001-XO × 1 (denied), W0001 × 1');
    const required = 'rules: [{id: a, when: {code: P0001}, then: {require: {modifier: XB}}}]';
    assert.equal(lines(rules('m', undefined, required), [weld(1), paint()]), 'P0001-XB × 1, W0001 × 1');
  });

  test('whether it fits is not documented: unknown, never denied or billable by luck', () => {
    const marked = welding() + painting(`modifiers: [${use}]`);
    assert.equal(lines(rules('m', marked), [weld(1), paint()]), 'P0001 × 1 (unknown), W0001 × 1');
    assert.equal(lines(rules('n', marked), [weld(1), paint()]), denied);
    assert.equal(lines(rules('a', marked), [weld(1), paint()]), 'P0001 × 1 (unknown), W0001 × 1');
    const described = welding() + painting('modifiers: [{code: XC, use: in another corner}]');
    assert.equal(lines(rules('m', described), [weld(1), paint()]), denied);
    assert.equal(
      lines(rules('m', welding() + painting(`modifiers: [${other}]`)), [weld(1), paint()]),
      denied,
    );
  });

  test('what is denied already denies nothing', () => {
    const deny = 'rules: [{id: a, when: {code: W0001}, then: {deny: not here}}]';
    assert.equal(lines(rules('n', undefined, deny), [weld(1), paint()]), 'P0001 × 1, W0001 × 1 (denied)');
  });
});

describe('which table', () => {
  const limit = (units: number, effective: string, release: string): string =>
    table('limits', `unit_limits: {W0001: {units: ${String(units)}}}`, effective, release);
  const releases =
    limit(2, '{from: 2025-01-01, to: 2025-12-31}', 'R1') + limit(3, '{from: 2026-01-01}', 'R2');
  const on = (date: string, rules = shop(policy('{table: limits}') + releases)): Outcome =>
    run(rules, [weld(5)], { date });
  const notChecked = ({ bill }: Outcome): readonly string[] => bill.notChecked.map((own) => own.table);

  test('the release in force on the date of service', () => {
    checkProblems(shop(policy('{table: limits}') + releases));
    assert.deepEqual(on('2025-12-31').lines, ['W0001 × 2', 'W0001 × 3 (denied)']);
    assert.deepEqual(on('2026-01-01').lines, ['W0001 × 2 (denied)', 'W0001 × 3']);
    assert.match(told(on('2025-12-31')), /Figures \(R1\)/);
    assert.deepEqual(notChecked(on('2026-01-01')), []);
  });

  test('one that is not at hand, or not on that date, is not checked, and the bill says so', () => {
    const early = on('2024-12-31');
    assert.deepEqual(
      [early.lines, notChecked(early), early.problems],
      [['W0001 × 5'], ['limits'], ['not-checked']],
    );
    assert.match(
      early.messages[0] ?? '',
      /no release of the table limits is at hand for 2024-12-31, which The guild looks up/,
    );
    const absent = on('2026-03-02', shop(policy('{table: limits}, {table: pairs}')));
    assert.deepEqual(notChecked(absent), ['limits', 'pairs']);
    assert.deepEqual(absent.problems, ['not-checked', 'not-checked']);
  });

  test('only for the encounters and payers that want it', () => {
    const rules = shop(
      policy(
        '{table: limits, when: {place_of_service: ["11", "12"]}}, {table: pairs, when: {place_of_service: "22"}}',
      ) + releases,
    );
    const at = (place: string, payer = 'Guild'): Outcome =>
      run(rules, [weld(5)], { payer, more: `place_of_service: "${place}"\n` });
    assert.deepEqual([at('12').lines, notChecked(at('12'))], [['W0001 × 2 (denied)', 'W0001 × 3'], []]);
    assert.deepEqual([at('22').lines, notChecked(at('22'))], [['W0001 × 5'], ['pairs']]);
    assert.deepEqual([at('12', 'Other').lines, notChecked(at('12', 'Other'))], [['W0001 × 5'], []]);
    assert.deepEqual(notChecked(at('22', 'Other')), []);
    assert.deepEqual(run(shop(releases), [weld(5)]).lines, ['W0001 × 5']);
  });
});

describe('fees', () => {
  const fees = (name: string, factor: string, more = ''): string =>
    table(
      name,
      `fees:
  year: 2026
  currency: XTS
  conversion_factor: "${factor}"
  codes:
    W0001: {total: "1.5", work: "1", practice_expense: "0.4", malpractice: "0.1"}
${more}
  localities:
    north: {work: "1.1", practice_expense: "0.75", malpractice: "2"}`,
    );
  const rules = shop(
    policy('{table: office, when: {place_of_service: "11"}}, {table: plant}') +
      fees('office', '10.01', '    P0001: {total: "2"}') +
      fees('plant', '20'),
  );
  const cents = (entries: readonly string[], more = '', own = rules): readonly (number | undefined)[] =>
    run(own, entries, { more }).bill.lines.map(({ benchmark }) => benchmark?.amount);
  const office = 'place_of_service: "11"\n';
  const north = 'locality: north\n';

  test('are whole cents, rounded for each unit, half a cent up', () => {
    checkProblems(rules);
    assert.deepEqual(cents([weld(1)], office), [1502]);
    assert.deepEqual(cents([weld(3)], office), [4506]);
    assert.deepEqual(cents([paint()], office), [2002]);
    assert.deepEqual(cents([weld(1), paint()], office), [1502, 2002]);
  });

  test('are adjusted to a locality where the parts and the indices are known', () => {
    assert.deepEqual(cents([weld(1)], office + north), [1602]);
    assert.deepEqual(cents([weld(2)], office + north), [3204]);
    assert.deepEqual(cents([paint()], office + north), [2002]);
    assert.deepEqual(cents([weld(1)], `${office}locality: south\n`), [1502]);
  });

  test('of another place come from the table that is for it', () => {
    assert.deepEqual(cents([weld(1)], 'place_of_service: "22"\n'), [3000]);
    assert.deepEqual(cents([weld(1)], `place_of_service: "22"\n${north}`), [3200]);
    assert.deepEqual(cents([paint()], 'place_of_service: "22"\n'), [undefined]);
  });

  test('are none for what is denied, for no policy, and for another payer', () => {
    const denying = rules.replace('tables:', 'rules: [{id: a, then: {deny: not paid}}]\ntables:');
    assert.deepEqual(cents([weld(1)], office, denying), [undefined]);
    assert.deepEqual(cents([weld(1)], office, shop(fees('office', '10.01'))), [undefined]);
    assert.equal(run(rules, [weld(1)], { payer: 'Other', more: office }).bill.lines[0]?.benchmark, undefined);
  });

  test('say where they come from', () => {
    const [line] = run(rules, [weld(3)], { more: office + north }).bill.lines;
    const {
      amount: _,
      clause: _clause,
      sentence,
      ...rest
    } = line?.benchmark ?? { amount: 0, clause: '', sentence: '' };
    assert.deepEqual(rest, { currency: 'XTS', year: 2026, table: 'office', release: 'R1' });
    assert.equal(
      sentence,
      'Benchmark of 2026, no price: 1.6 relative value units in locality north × 10.01 = 16.02 XTS, for 3 units 48.06 (Figures, R1).',
    );
  });
});

describe('dosage_units', () => {
  const modifiers = `modifiers:
  - {code: ZW, use: thrown away, when: {part: wasted, container: tube}}
  - {code: ZZ, use: nothing was thrown away, when: {part: given, all: [{container: {documented: true}}, {container: tube}, {wasted: {documented: true, at_most: "0"}}]}}`;
  const units = table(
    'units',
    `${modifiers}\ndosage_units: {J0001: {drug: resin, amount: 10 mg}, J0002: {drug: wax, amount: 4 pieces}}`,
  );
  const rules = shop(units);
  const glue = (dose: string, more = '', drug = 'J0001'): string =>
    `substance: resin, route: glue, drug: ${drug}${dose === '' ? '' : `, dose: ${dose}`}${more}`;
  const tube = ', container: tube';

  const cases: readonly (readonly [entries: readonly string[], lines: string])[] = [
    [[glue('10 mg')], 'J0001 × 1'],
    [[glue('10.1 mg')], 'J0001 × 2'],
    [[glue('1 mg')], 'J0001 × 1'],
    [[glue('0.1 g')], 'J0001 × 10'],
    [[glue('25000 mcg')], 'J0001 × 3'],
    [[glue('4 mg'), glue('5 mg')], 'J0001 × 1'],
    [[glue('4 mg'), glue('0.007 g')], 'J0001 × 2'],
    [[glue('4 mg', ', start: "08:00"'), glue('5 mg', ', start: "08:00 +1d"')], 'J0001 × 1, J0001 × 1'],
    [[glue('5 pieces', '', 'J0002'), glue('4 mg')], 'J0001 × 1, J0002 × 2'],
    [[glue('1 piece', '', 'J0002')], 'J0002 × 1'],
    [[glue('14 mg', ', wasted: 26 mg')], 'J0001 × 2, J0001 × 2 (unknown)'],
    [[glue('14 mg', `, wasted: 26 mg${tube}`)], 'J0001 × 2, J0001-ZW × 2'],
    [[glue('14 mg', `, wasted: 6 mg${tube}`)], 'J0001 × 2'],
    [[glue('14 mg', `, wasted: 7 mg${tube}`)], 'J0001 × 2, J0001-ZW × 1'],
    [[glue('14 mg', `, wasted: 0 mg${tube}`)], 'J0001-ZZ × 2'],
    [[glue('14 mg', tube)], 'J0001 × 2'],
    [[glue('14 mg', ', wasted: 0 mg')], 'J0001 × 2'],
    [[glue('14 mg', ', wasted: 26 mg, container: drum')], 'J0001 × 2, J0001 × 2'],
    [[glue('')], 'J0001 × 1 (unknown)'],
    [[glue('8 ml')], 'J0001 × 1 (unknown)'],
    [[glue('8 mg'), glue('')], 'J0001 × 1 (unknown)'],
    [[glue('14 mg', ', wasted: 3 ml')], 'J0001 × 1 (unknown), J0001 × 2'],
    [['substance: resin, route: glue, dose: 10 mg'], ''],
  ];
  for (const [entries, wanted] of cases) {
    test(entries.map((entry) => entry.replace(/^.*route: glue, /, '')).join(' and '), () => {
      const found = run(rules, entries, {}, 'administrations');
      assert.equal(found.lines.filter((line) => !line.startsWith('G0001')).join(', '), wanted);
      assert.deepEqual(found.problems, []);
    });
  }

  test('stand beside the line of the service, and follow the release in force', () => {
    checkProblems(rules);
    const entry = [glue('25 mg')];
    assert.equal(lines(rules, entry, {}, 'administrations'), 'G0001 × 1, J0001 × 3');
    const newer = shop(
      units.replace('{from: 2024-01-01}', '{from: 2024-01-01, to: 2025-12-31}') +
        table('units', 'dosage_units: {J0001: {amount: 5 mg}}', '{from: 2026-01-01}', 'R2'),
    );
    assert.equal(lines(newer, entry, { date: '2025-12-31' }, 'administrations'), 'G0001 × 1, J0001 × 3');
    assert.equal(lines(newer, entry, { date: '2026-01-01' }, 'administrations'), 'G0001 × 1, J0001 × 5');
  });

  test('that no table has are unknown, with a warning', () => {
    for (const [own, drug] of [
      [rules, 'J0003'],
      [shop(''), 'J0001'],
    ] as const) {
      const { lines: found, problems } = run(own, [glue('10 mg', '', drug)], {}, 'administrations');
      assert.deepEqual([found, problems], [['G0001 × 1', `${drug} × 1 (unknown)`], ['unknown-dosage-unit']]);
    }
  });
});
