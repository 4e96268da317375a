import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importNcciPairs } from '../../../server/codes/importers/index.ts';
import { failureOf, refusals, taken } from './support.ts';

/** As published: a notice, a title, and headings over four rows. */
const head = [
  'A notice.\t\t\t\t\t\t',
  'Column1/Column2 Edits\t\t\t\t\t\t',
  'Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale',
  '\t\tprior to 1996\tDate\tDate\t0=not allowed\t',
  '\t\t\t\t*=no data\t1=allowed\t',
  '\t\t\t\t\t9=not applicable\t',
];
const file = (...rows: readonly string[]): string => [...head, ...rows, ''].join('\r\n');

test('pairs with their days, indicator and rationale', () => {
  const { rows, read, refused } = taken(
    importNcciPairs(
      file(
        '10000\tA0001\t*\t19960101\t*\t0\tOne reason',
        '10000\tA0002\t\t20220101\t20231231\t1\tAnother reason',
        '0001U\t0002T\t\t20220101\t20220101\t9\tOne reason',
      ),
    ),
  );
  assert.deepEqual(refused, []);
  assert.equal(read, 3);
  assert.deepEqual(rows, [
    {
      column1: '10000',
      column2: 'A0001',
      before1996: true,
      from: '1996-01-01',
      modifier: 0,
      rationale: 'One reason',
    },
    {
      column1: '10000',
      column2: 'A0002',
      before1996: false,
      from: '2022-01-01',
      to: '2023-12-31',
      modifier: 1,
      rationale: 'Another reason',
    },
    {
      column1: '0001U',
      column2: '0002T',
      before1996: false,
      from: '2022-01-01',
      to: '2022-01-01',
      modifier: 9,
      rationale: 'One reason',
    },
  ]);
});

test('one pair has several rows where it was made again', () => {
  const { rows, refused } = taken(
    importNcciPairs(
      file(
        '13121\t13120\t\t19960101\t19960101\t9\tx',
        '13121\t13120\t*\t19960101\t*\t0\tx',
        '13121\t13122\t\t19960101\t*\t0\tx',
      ),
    ),
  );
  assert.deepEqual([rows.length, refused], [3, []]);
});

test('rows without a heading', () => {
  assert.equal(taken(importNcciPairs('10000\t10001\t\t20220101\t*\t1\tx\n')).rows.length, 1);
});

describe('a row is refused with its line and the reason', () => {
  for (const [row, reason] of [
    ['1000\t10001\t\t20220101\t*\t1\tx', 'The code “1000” in column 1 is malformed.'],
    ['10000\tx\t\t20220101\t*\t1\tx', 'The code “x” in column 2 is malformed.'],
    [
      '10000\t10001\t?\t20220101\t*\t1\tx',
      'The third column of 10000 and 10001 is “?”, neither “*” nor empty.',
    ],
    [
      '10000\t10001\t\t20220230\t*\t1\tx',
      'The effective date of 10000 and 10001, “20220230”, is no day of the calendar.',
    ],
    ['10000\t10001\t\t*\t*\t1\tx', 'The effective date of 10000 and 10001, “*”, is no day of the calendar.'],
    [
      '10000\t10001\t\t20220101\t\t1\tx',
      'The deletion date of 10000 and 10001, nothing, is neither “*” nor a day of the calendar.',
    ],
    [
      '10000\t10001\t\t20220101\t*\t2\tx',
      'The modifier indicator of 10000 and 10001 is “2”, none of 0, 1 and 9.',
    ],
    ['10000\t10001\t\t20220101\t*', 'The row is too short: it has 5 of 7 columns, separated by tabs.'],
    ['99999\t99998\t\t20220101\t*\t1\tx', 'The row of 99999 and 99998 stands on line 7 already.'],
  ] as const)
    test(reason, () => {
      const result = taken(
        importNcciPairs(file('99999\t99998\t\t20220101\t*\t1\tx', row, '99999\t99999\t\t20220101\t*\t1\tx')),
      );
      assert.deepEqual(refusals(result), [`8: ${reason}`]);
      assert.deepEqual([result.rows.length, result.read], [2, 3]);
    });
});

test('a comma-separated file', () => {
  assert.match(
    failureOf(importNcciPairs('Column 1,Column 2\n')),
    /expected seven columns between tabs.*found “Column 1,Column 2”/,
  );
});

test('a quarter of a million rows', () => {
  const rows = Array.from(
    { length: 250_000 },
    (_, index) =>
      `${String(10_000 + Math.floor(index / 100))}\t${String(20_000 + (index % 100))}\t\t20220101\t*\t1\tx`,
  );
  const text = [...head, ...rows].join('\r\n');
  const start = performance.now();
  assert.equal(taken(importNcciPairs(text)).rows.length, 250_000);
  const took = performance.now() - start;
  assert.ok(took < 4000, `took ${String(Math.round(took))} ms`);
});
