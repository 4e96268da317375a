import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importIcdOrder } from '../../../server/codes/importers/index.ts';
import { absent, columns, full, refusals, taken } from './support.ts';

const row = (number: string, code: string, flag: string, title: string): string =>
  columns([1, number], [7, code], [15, flag], [17, title.slice(0, 60)], [78, title]);

test('codes, headers and long titles in the order of the file', () => {
  const long =
    'A title that is longer than the sixty characters which the short one may have, so it is cut there';
  const { rows, read, refused } = taken(
    importIcdOrder(
      [
        row('00001', 'A00', '0', 'Cholera'),
        row('00002', 'A000', '1', long),
        '',
        row('00003', 'S060X1A', '1', 'With a  placeholder  '),
        row('00004', 'C7A', '0', 'A letter in the third place'),
        row('00005', 'QA0', '0', 'A letter in the second place'),
      ].join('\n'),
    ),
  );
  assert.deepEqual(refused, []);
  assert.equal(read, 5);
  assert.deepEqual(rows, [
    { code: 'A00', title: 'Cholera', billable: false },
    { code: 'A000', title: long, billable: true },
    { code: 'S060X1A', title: 'With a placeholder', billable: true },
    { code: 'C7A', title: 'A letter in the third place', billable: false },
    { code: 'QA0', title: 'A letter in the second place', billable: false },
  ]);
});

describe('a row is refused with its line and the reason', () => {
  const good = row('00001', 'A000', '1', 'One');
  for (const [name, line, reason] of [
    ['no code', row('00002', '', '1', 'Two'), 'The code nothing in columns 7 to 13 is malformed.'],
    ['a point', row('00002', 'A00.1', '1', 'Two'), 'The code “A00.1” in columns 7 to 13 is malformed.'],
    ['small letters', row('00002', 'a001', '1', 'Two'), 'The code “a001” in columns 7 to 13 is malformed.'],
    ['two characters', row('00002', 'A0', '1', 'Two'), 'The code “A0” in columns 7 to 13 is malformed.'],
    [
      'another flag',
      row('00002', 'A001', '2', 'Two'),
      'The flag of A001 in column 15 is “2”, neither 0 nor 1.',
    ],
    [
      'no flag',
      row('00002', 'A001', ' ', 'Two'),
      'The flag of A001 in column 15 is nothing, neither 0 nor 1.',
    ],
    ['no title', `${row('00002', 'A001', '1', '').padEnd(90)}`, 'The code A001 has no title.'],
    [
      'no number',
      row('2', 'A001', '1', 'Two'),
      'The order number “2” in columns 1 to 5 is not of five digits.',
    ],
    ['the same code', row('00002', 'A000', '1', 'Two'), 'The code A000 stands on line 1 already.'],
    [
      'cut off',
      row('00002', 'A001', '1', 'Two').slice(0, 40).trimEnd(),
      'The row is too short: it has 19 characters, and the title begins in column 78.',
    ],
    ['another text', 'Two', 'The row is too short: it has 3 characters, and the title begins in column 78.'],
    [
      'shifted',
      row('00002', 'A001', '1', 'x'.repeat(60)).replace('x ', 'xx'),
      'The columns of A001 are shifted: 6, 14, 16 and 77 should be blank.',
    ],
  ] as const)
    test(name, () => {
      const result = taken(importIcdOrder(`${good}\r\n\r\n${line}\r\n`));
      assert.deepEqual(refusals(result), [`3: ${reason}`]);
      assert.equal(result.read, 2);
      assert.deepEqual(
        result.rows.map(({ code }) => code),
        ['A000'],
      );
    });
});

describe('the full files', { skip: absent }, () => {
  for (const [file, all, billable] of [
    ['icd10cm-order-2027-rebuilt.zip', 98_276, 74_879],
    ['icd10cm-order-2021.zip', 95_358, 72_621],
  ] as const)
    test(file, () => {
      const bytes = full(file);
      const { rows, read, refused } = taken(importIcdOrder(bytes));
      assert.deepEqual(refused, []);
      assert.deepEqual([rows.length, read], [all, all]);
      assert.equal(rows.filter((each) => each.billable).length, billable);
    });
});
