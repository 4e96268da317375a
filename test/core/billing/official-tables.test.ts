/**
 * Official releases of tables that are installed, in a repair shop: which one answers on a date, what its indicators mean, and
 * what is said where it cannot be used.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileId } from '../../../server/core/base/origin.ts';
import type { Bill } from '../../../server/core/billing/line.ts';
import type { TableFile } from '../../../server/core/codes/tables/releases.ts';
import { problemsOf } from '../../../server/core/diagnostics/registry.ts';
import { billReport } from '../../../server/core/features/bill-report.ts';
import { hover } from '../../../server/core/features/hover.ts';
import type { Analysis } from '../../../server/core/workspace/analysis.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';
import { labelsOf } from '../../support/checks.ts';
import { date } from '../../support/code-sets.ts';
import { relation, tableFile } from '../../support/tables.ts';

const SHOP: Readonly<Record<string, string>> = {
  'repairs.family.yaml': `family: repairs
title: Repairs
facts:
  corner: {definition: Where it was.}
classes:
  - {class: weld, title: Welding, when: {service: weld}}
  - {class: paint, title: Painting, when: {service: paint}}
`,
  'w.spec.yaml': `spec: W0001
title: Welding
family: repairs
effective: {from: 2020-01-01}
reports: {class: weld, as: each}
time: {at_least: 1 min, covers: 1 min, repeats: true}
modifiers: [{code: XC, use: in a far corner, when: {corner: far}}]
`,
  'p.spec.yaml': `spec: P0001
title: Painting
family: repairs
effective: {from: 2020-01-01}
reports: {class: paint, as: each}
`,
  'p.policy.yaml': `policy: p
payer: Guild
title: The guild
effective: {from: 2020-01-01}
tables: [{table: figures}]
`,
};

const document = (body: string, effective = '{from: 2026-01-01}', release = 'R1'): string =>
  `table: figures
title: Figures
release: ${release}
effective: ${effective}
indicators:
  d: {says: the whole day counts, excess: deny, bypass: never}
  m: {says: a modifier lets both be paid, bypass: modifier}
bypass_modifiers: [XC]
${body}`;
const limitOf = (units: number): string => `unit_limits: {W0001: {units: ${String(units)}, indicator: d}}\n`;

interface Given {
  /** The library's documents of the table. */
  readonly library?: string;
  /** The workspace's own. */
  readonly own?: string;
  readonly tables?: readonly TableFile[];
}

function shop({ library, own, tables = [] }: Given): AnalysisHost {
  const host = new AnalysisHost();
  const file = (name: string, text: string, isLibrary: boolean): Parameters<AnalysisHost['apply']>[0] => ({
    files: [{ file: fileId(name), content: { text }, library: isLibrary }],
  });
  for (const [name, text] of Object.entries(SHOP)) host.apply(file(name, text, true));
  if (library !== undefined) host.apply(file('library.table.yaml', library, true));
  if (own !== undefined) host.apply(file('own.table.yaml', own, false));
  host.apply({ tables });
  return host;
}

const ENCOUNTER = fileId('e.encounter.yaml');
function visit(host: AnalysisHost, entries: readonly string[], on = '2026-05-04', more = ''): Seen {
  const services = entries.map((item) => `  - {${item}}\n`).join('');
  const text = `encounter: e\ndate: ${on}\npayer: Guild\nclaim: professional\n${more}services:\n${services}`;
  host.apply({ files: [{ file: ENCOUNTER, content: { text } }] });
  const analysis = host.snapshot();
  const [found] = analysis.documents(ENCOUNTER);
  const encounter = found && analysis.encounter(found.source);
  const bill = encounter && analysis.bill(encounter);
  assert.ok(bill);
  return { analysis, bill, lines: labelsOf(bill).join(', ') };
}
interface Seen {
  readonly analysis: Analysis;
  readonly bill: Bill;
  readonly lines: string;
}

const weld = (minutes: number, corner = 'near'): string =>
  `service: weld, minutes: ${String(minutes)}, facts: {corner: ${corner}}`;
const notChecked = ({ bill }: Seen): readonly string[] =>
  bill.notChecked.map(({ because }) => because.sentence);
const reasons = ({ bill }: Seen): string =>
  bill.lines.flatMap(({ because }) => because.map(({ sentence }) => sentence)).join('\n');

const official = (units: number, more: Parameters<typeof tableFile>[1] = {}): TableFile =>
  tableFile([relation('limits', `W0001 | ${String(units)} | d | Data`)], { set: 'figures', ...more });
const fiveWelds = [weld(5)];

describe('which table answers', () => {
  test('an installed release goes before the excerpt of the library, on its days', () => {
    const host = shop({ library: document(limitOf(1)), tables: [official(3)] });
    const inside = visit(host, fiveWelds);
    assert.equal(inside.lines, 'W0001 × 2 (denied), W0001 × 3');
    assert.match(
      reasons(inside),
      /Figures \(2026q2, installed\): at most 3 of W0001 a day, indicator d \(the whole day counts\)\./,
    );
    const outside = visit(host, fiveWelds, '2026-07-01');
    assert.equal(outside.lines, 'W0001 × 1, W0001 × 4 (denied)');
    assert.match(reasons(outside), /Figures \(R1\)/);
    assert.deepEqual([notChecked(inside), notChecked(outside)], [[], []]);
  });

  test('a document of the workspace goes before both, on its days', () => {
    const own = document(limitOf(2), '{from: 2026-05-01}');
    const host = shop({ library: document(limitOf(1)), own, tables: [official(3)] });
    assert.equal(visit(host, fiveWelds).lines, 'W0001 × 2, W0001 × 3 (denied)');
    assert.equal(visit(host, fiveWelds, '2026-04-30').lines, 'W0001 × 2 (denied), W0001 × 3');
  });

  test('one of the workspace without figures gives meaning, and is no table itself', () => {
    const own = document('').replace('excess: deny', 'excess: review');
    const host = shop({ own, tables: [official(3)] });
    assert.equal(visit(host, fiveWelds).lines, 'W0001 × 5');
    const codes = problemsOf(host.snapshot(), ENCOUNTER).map(({ code }) => code);
    assert.deepEqual(codes, ['units-over-limit']);
    assert.deepEqual(notChecked(visit(host, fiveWelds, '2026-07-01')), [
      'Not checked: no release of the table figures is at hand for 2026-07-01, which The guild looks up.',
    ]);
  });

  test('the latest release for the date', () => {
    const later = official(4, { release: '2026q2-2', effective: { from: date('2026-05-01') } });
    const host = shop({ own: document(''), tables: [official(3), later] });
    assert.equal(visit(host, fiveWelds, '2026-04-30').lines, 'W0001 × 2 (denied), W0001 × 3');
    assert.equal(visit(host, fiveWelds).lines, 'W0001 × 1 (denied), W0001 × 4');
  });
});

describe('what cannot be used is not checked, never clean', () => {
  test('a date without a release', () => {
    const host = shop({ own: document('', '{from: 2026-04-01}'), tables: [official(3)] });
    const seen = visit(host, fiveWelds, '2026-03-31');
    assert.equal(seen.lines, 'W0001 × 5');
    assert.match(notChecked(seen).join(), /no release of the table figures is at hand for 2026-03-31/);
  });

  test('a release whose indicators no document explains', () => {
    const seen = visit(shop({ tables: [official(3)] }), fiveWelds);
    assert.equal(seen.lines, 'W0001 × 5');
    assert.deepEqual(notChecked(seen), [
      'Not checked: no document of the table figures says what the installed release 2026q2 of the table figures means, which The guild looks up.',
    ]);
    const unknown = tableFile([relation('limits', 'W0001 | 3 | z | Data')], { set: 'figures' });
    assert.deepEqual(notChecked(visit(shop({ own: document(''), tables: [unknown] }), fiveWelds)), [
      'Not checked: no document says what the indicator z of the installed release 2026q2 of the table figures means, which The guild looks up.',
    ]);
  });

  test('a damaged release, beside which an excerpt still answers', () => {
    const damaged = tableFile([relation('limits', 'W0001 | 3 | d | Data')], { set: 'figures' }, (bytes) =>
      bytes.slice(0, -4),
    );
    const said =
      /the installed release 2026q2 of the table figures cannot be used \(The file is damaged: .* Install the release again\), which The guild looks up\./;
    const alone = visit(shop({ own: document(''), tables: [damaged] }), fiveWelds);
    assert.equal(alone.lines, 'W0001 × 5');
    assert.match(notChecked(alone).join(), said);
    const beside = visit(shop({ library: document(limitOf(1)), tables: [damaged] }), fiveWelds);
    assert.equal(beside.lines, 'W0001 × 1, W0001 × 4 (denied)');
    assert.match(notChecked(beside).join(), said);
    const earlier = official(4, { release: '2026q1', effective: { from: date('2026-01-01') } });
    const other = visit(shop({ own: document(''), tables: [damaged, earlier] }), fiveWelds);
    assert.equal(other.lines, 'W0001 × 1 (denied), W0001 × 4');
  });
});

describe('pairs', () => {
  const pairs = tableFile(
    [
      relation(
        'pairs',
        `W0001 | P0001 | 2020-01-01 | 2026-04-30 | d | Why
         W0001 | P0001 | 2026-05-01 | 2026-05-31 | m | Why
         W0001 | P0001 | 2026-06-01 | 2026-06-01 | n | Why`,
      ),
    ],
    { kind: 'pairs', set: 'figures', neverInForce: ['n'] },
  );
  const host = shop({ own: document(''), tables: [pairs] });
  const both = (on: string, corner = 'near'): Seen => visit(host, [weld(1, corner), 'service: paint'], on);

  test('are those of the date, each with its days', () => {
    assert.equal(both('2026-04-30', 'far').lines, 'P0001 × 1 (denied), W0001-XC × 1');
    assert.equal(both('2026-05-01').lines, 'P0001 × 1 (denied), W0001 × 1');
    assert.equal(both('2026-05-31', 'far').lines, 'P0001 × 1, W0001-XC × 1');
    assert.match(
      reasons(both('2026-05-31', 'far')),
      /Figures \(2026q2, installed\): P0001 beside W0001, indicator m \(a modifier lets both be paid\): modifier XC lets both be paid\./,
    );
  });

  test('that were never in force say nothing, and need no meaning', () => {
    const seen = both('2026-06-01');
    assert.deepEqual([seen.lines, notChecked(seen)], ['P0001 × 1, W0001 × 1', []]);
  });
});

describe('fees', () => {
  const fees = tableFile(
    [
      relation(
        'fees',
        `W0001 |    | A | 1   | 0.4 | 0.1 | 1.5 |    | 10.01
         W0001 | XC | A | 0.5 | 0.4 | 0.1 | 1   |    | 10.01
         P0001 |    | A | 1   | 1   | 0   | 2   | NA | 10.01`,
      ),
      relation('localities', '00001-02 | ZZ | Somewhere | 1.1 | 0.75 | 2'),
    ],
    { kind: 'fees', set: 'figures', paid: ['A'], year: 2026, currency: 'XTS' },
  );
  const host = shop({ own: document(''), tables: [fees] });
  const cents = (entries: readonly string[], more = ''): readonly (number | undefined)[] =>
    visit(host, entries, undefined, more).bill.lines.map(({ benchmark }) => benchmark?.amount);

  test('are looked up by code and modifier, and adjusted to a locality', () => {
    assert.deepEqual(cents([weld(1)]), [1502]);
    assert.deepEqual(cents([weld(1, 'far')]), [1001]);
    assert.deepEqual(cents([weld(1)], 'locality: 00001-02\n'), [1602]);
    const [line] = visit(host, [weld(2)]).bill.lines;
    assert.equal(
      line?.benchmark?.sentence,
      'Benchmark of 2026, no price: 1.5 relative value units, national × 10.01 = 15.02 XTS, for 2 units 30.04 (Figures, 2026q2, installed).',
    );
  });

  test('are none for what is rarely given there, and for a status that is not paid', () => {
    assert.deepEqual(cents(['service: paint']), [undefined]);
    const unpaid = tableFile([relation('fees', 'W0001 | | B | 1 | 0 | 0 | 1 | | 10')], {
      kind: 'fees',
      set: 'figures',
      paid: ['A'],
    });
    const [line] = visit(shop({ own: document(''), tables: [unpaid] }), [weld(1)]).bill.lines;
    assert.equal(line?.benchmark, undefined);
  });
});

describe('a clause of an installed release', () => {
  const host = shop({ own: document(''), tables: [official(3)] });

  test('is named, and is nothing that can be opened', () => {
    const { analysis, bill } = visit(host, fiveWelds);
    const clause = bill.lines
      .flatMap(({ because }) => because)
      .find(({ sentence }) => /installed/.test(sentence))?.clause;
    assert.ok(clause);
    assert.equal(analysis.locate(clause), undefined);
    const [report] = billReport(analysis, ENCOUNTER);
    const places = report?.lines.flatMap(({ because }) => because.map((reason) => reason.clause)) ?? [];
    assert.deepEqual(
      places.find(({ installed }) => installed),
      {
        file: 'figures 2026q2 (installed)',
        document: 1,
        path: '/unit_limits/W0001',
        name: 'unit_limits.W0001',
        line: 1,
        column: 1,
        installed: true,
      },
    );
    const text = analysis.file(ENCOUNTER)?.source.text ?? '';
    const shown = hover(analysis, ENCOUNTER, text.indexOf('weld'));
    assert.match(shown?.markdown ?? '', /\*figures 2026q2 \\\(installed\\\): unit\\_limits\.W0001\*/);
  });
});

describe('what was computed', () => {
  test('is computed anew when a table is installed, and only then', () => {
    const host = shop({ library: document(limitOf(1)) });
    assert.equal(visit(host, fiveWelds).lines, 'W0001 × 1, W0001 × 4 (denied)');
    const text = host.snapshot().file(ENCOUNTER)?.source.text ?? '';
    const again = (): string => {
      const analysis = host.snapshot();
      const [found] = analysis.documents(ENCOUNTER);
      const encounter = found && analysis.encounter(found.source);
      const bill = encounter && analysis.bill(encounter);
      assert.ok(bill && text !== '');
      return labelsOf(bill).join(', ');
    };
    host.apply({ tables: [official(3)] });
    assert.equal(again(), 'W0001 × 2 (denied), W0001 × 3');
    const before = host.work;
    host.apply({ tables: [official(3)] });
    assert.equal(again(), 'W0001 × 2 (denied), W0001 × 3');
    host.apply({ tables: [official(3), official(4, { set: 'others' })] });
    assert.equal(again(), 'W0001 × 2 (denied), W0001 × 3');
    assert.deepEqual(host.work, before);
    host.apply({ tables: [] });
    assert.equal(again(), 'W0001 × 1, W0001 × 4 (denied)');
  });
});
