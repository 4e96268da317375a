/** A table as it is written and read in place; damaged ones are refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { COLUMNS } from '../../../server/core/codes/tables/layout.ts';
import { TableReleases } from '../../../server/core/codes/tables/releases.ts';
import { openTable, readTableHeader } from '../../../server/core/codes/tables/table.ts';
import { RelationWriter, writeTable } from '../../../server/core/codes/tables/write.ts';
import { date } from '../../support/code-sets.ts';
import { opened, relation, tableFile, tableInfo } from '../../support/tables.ts';

const LIMITS = `
  A0001 | 2  | 3 | Data
  10000 | 1  | 2 | Nature of Analyte
  0001U | 0  | 3 | Data`;
const limits = writeTable(tableInfo(), [relation('limits', LIMITS)]);
const PAIRS = `
  10000 | A0001 | 2020-01-01 | 2023-12-31 | 0 | Misuse
  10000 | A0001 | 2024-01-01 |            | 1 | Misuse
  10000 | 0001U | 2020-01-01 |            | 9 | Misuse
  A0001 | 0001U | 2020-01-01 |            | 1 | Ångström`;

describe('a table', () => {
  test('has every row that was written, in the order of its columns', () => {
    const table = opened(limits);
    assert.equal(table.header.rows, 3);
    const own = table.relation('limits');
    assert.ok(own);
    assert.deepEqual(
      [0, 1, 2].map((row) => COLUMNS.limits.map((column) => own.textAt(row, column))),
      [
        ['0001U', '0', '3', 'Data'],
        ['10000', '1', '2', 'Nature of Analyte'],
        ['A0001', '2', '3', 'Data'],
      ],
    );
    assert.deepEqual(own.rowsOf('10000'), { from: 1, to: 2 });
    for (const code of ['', '1000', '100000', 'B0001', '0000U']) {
      const { from, to } = own.rowsOf(code);
      assert.equal(from, to, code);
    }
    assert.deepEqual(own.textsOf('indicator'), ['2', '3']);
    assert.equal(table.relation('pairs'), undefined);
  });

  test('finds all rows of a pair, and those in which a code stands anywhere', () => {
    const table = opened(writeTable(tableInfo({ kind: 'pairs' }), [relation('pairs', PAIRS)]));
    const own = table.relation('pairs');
    assert.ok(own);
    assert.deepEqual(own.rowsOf('10000', 'A0001'), { from: 1, to: 3 });
    assert.deepEqual(own.rowsOf('10000'), { from: 0, to: 3 });
    assert.deepEqual(own.rowsWith('second', '0001U'), [0, 3]);
    assert.deepEqual(own.rowsWith('second', '10000'), []);
    assert.equal(own.readerOf('rationale')(3), 'Ångström');
  });

  test('is the same bytes whatever the order of the rows, each of which is there once', () => {
    const lines = LIMITS.trim().split('\n');
    const again = [...lines].reverse().concat(lines).join('\n');
    assert.deepEqual(writeTable(tableInfo(), [relation('limits', again)]), limits);
  });

  test('may be empty, and may lie anywhere in its buffer', () => {
    const empty = opened(writeTable(tableInfo({ kind: 'fees' }), []));
    assert.deepEqual(empty.relation('fees')?.rowsOf('10000'), { from: 0, to: 0 });
    assert.equal(empty.relation('localities')?.size, 0);
    const shifted = new Uint8Array(limits.length + 1);
    shifted.set(limits, 1);
    assert.equal(opened(shifted.subarray(1)).relation('limits')?.textAt(2, 'code'), 'A0001');
  });

  test('that was cut short or changed anywhere is refused, never half read', () => {
    for (let length = 0; length < limits.length; length++)
      assert.ok('refused' in openTable(limits.slice(0, length)), String(length));
    for (let at = 0; at < limits.length; at++) {
      const changed = limits.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      assert.ok('refused' in openTable(changed), String(at));
    }
  });

  test('tells what it is from its beginning alone, and what it is not', () => {
    assert.deepEqual(readTableHeader(limits.subarray(0, 4000)), opened(limits).header);
    const headed = (header: string): Uint8Array => {
      const bytes = new Uint8Array(16 + header.length);
      bytes.set(new TextEncoder().encode('CODETAB1'));
      new DataView(bytes.buffer).setUint32(8, header.length, true);
      bytes.set(new TextEncoder().encode(header), 16);
      return bytes;
    };
    for (const [bytes, said] of [
      [new Uint8Array(3), /no table/],
      [new TextEncoder().encode('CODESET1 and more, at length'), /no table/],
      [headed('{"format":2}'), /layout 2, which is newer/],
      [headed('{"format":1}'), /damaged/],
      [headed('{"format":1,"set":"x","release":"y","effective":{"from":"z"},"kind":"limits"}'), /damaged/],
      [headed('[1'), /damaged/],
      [headed('null'), /damaged/],
    ] as const) {
      const header = readTableHeader(bytes);
      assert.ok('refused' in header);
      assert.match(header.refused, said);
    }
  });

  test('with more than 256 and more than 65,536 different texts finds each row', () => {
    for (const count of [255, 257, 70_000]) {
      const writer = new RelationWriter('limits');
      const code = (i: number): string => String((i * 7919) % 100_000).padStart(5, '0');
      for (let i = 0; i < count; i++)
        writer.add({ code: code(i), units: String(i), indicator: '3', rationale: '' });
      const own = opened(writeTable(tableInfo(), [writer])).relation('limits');
      assert.ok(own);
      for (let i = 0; i < count; i += 251) {
        const found: { readonly from: number; readonly to: number } = own.rowsOf(code(i));
        assert.deepEqual([found.to - found.from, own.textAt(found.from, 'units')], [1, String(i)]);
      }
    }
  });

  test('answers as a plain list of the same rows would', () => {
    const code = fc.constantFrom('A0001', 'A0002', '10000', '10001', '0001U', 'Ä');
    const row = fc.tuple(code, code, fc.constantFrom('2020-01-01', '2021-01-01'), fc.constantFrom('0', '1'));
    fc.assert(
      fc.property(fc.array(row), code, code, (rows, first, second) => {
        const writer = new RelationWriter('pairs');
        for (const [a, b, from, indicator] of rows)
          writer.add({ first: a, second: b, from, to: '', indicator, rationale: '' });
        const own = opened(writeTable(tableInfo({ kind: 'pairs' }), [writer])).relation('pairs');
        assert.ok(own);
        const range = own.rowsOf(first, second);
        const found = Array.from({ length: range.to - range.from }, (_, i) =>
          [own.textAt(range.from + i, 'from'), own.textAt(range.from + i, 'indicator')].join(),
        );
        const wanted = rows
          .filter(([a, b]) => a === first && b === second)
          .map(([, , day, indicator]) => [day, indicator].join());
        assert.deepEqual(found, [...new Set(wanted)].sort());
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('installed tables', () => {
  const writers = [relation('limits', LIMITS)];
  const next = { from: date('2026-07-01'), to: date('2026-09-30') };

  test('are picked by date, the latest first', () => {
    const files = [
      tableFile(writers),
      tableFile(writers, { release: '2026q3', effective: next }),
      tableFile(writers, { release: '2026q2-2', effective: { from: date('2026-05-01') } }),
      tableFile(writers, { set: 'others' }),
    ];
    const releases = new TableReleases(files);
    const on = (day: string): readonly string[] =>
      releases.on('limits', date(day)).map(({ file }) => file.header.release);
    assert.deepEqual(on('2026-04-30'), ['2026q2']);
    assert.deepEqual(on('2026-06-30'), ['2026q2-2', '2026q2']);
    assert.deepEqual(on('2026-07-01'), ['2026q3', '2026q2-2']);
    assert.deepEqual(on('2026-03-31'), []);
  });

  test('are the same objects while their files are, unless they were damaged', () => {
    const before = new TableReleases([tableFile(writers)]);
    const [own] = before.releases;
    assert.equal(new TableReleases([tableFile(writers)], before).releases[0], own);
    const other = new TableReleases([tableFile(writers, { release: '2026q3' })], before);
    assert.notEqual(other.releases[0], own);

    const broken = new TableReleases([tableFile(writers, {}, (bytes) => bytes.slice(0, -1))]);
    const [damaged] = broken.releases;
    assert.ok(damaged && 'refused' in damaged.open());
    const mended = new TableReleases([tableFile(writers)], broken);
    assert.ok(mended.releases[0] && !('refused' in mended.releases[0].open()));
  });

  test('that cannot be read any more are refused with the reason', () => {
    const gone = tableFile(writers, {}, () => {
      throw new Error('it is gone');
    });
    const [own] = new TableReleases([gone]).releases;
    assert.deepEqual(own?.open(), { refused: 'It cannot be read: it is gone.' });
  });
});
