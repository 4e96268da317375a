import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importGpci } from '../../../server/codes/importers/index.ts';
import { absent, failureOf, full, refusals, taken } from './support.ts';

const head =
  'ADDENDUM E,,,,,,\r\n,,,,,,\r\nMedicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2031 PW GPCI (with 1.0 Floor),2031 PE GPCI,2031 MP GPCI\r\n';

test('indices by locality as decimal text, and footnotes', () => {
  const result = taken(
    importGpci(
      `${head}01112,AL,00,ALABAMA,1,0.869,0.575\r\n2102,AK,1,ALASKA*,1.5,1.081,.592\r\n"As of a day, once",,,,,,\r\n,,,,,,\r\n*A floor.,,,,,,\r\n`,
    ),
  );
  assert.deepEqual(refusals(result), []);
  assert.deepEqual(result.rows, [
    {
      mac: '01112',
      state: 'AL',
      locality: '00',
      name: 'ALABAMA',
      work: '1',
      practiceExpense: '0.869',
      malpractice: '0.575',
    },
    {
      mac: '02102',
      state: 'AK',
      locality: '01',
      name: 'ALASKA',
      work: '1.5',
      practiceExpense: '1.081',
      malpractice: '0.592',
    },
  ]);
  assert.deepEqual(
    [result.read, result.workHeading, result.footnotes],
    [2, '2031 PW GPCI (with 1.0 Floor)', ['As of a day, once', '*A floor.']],
  );
});

test('the work index with its floor, where there are both', () => {
  const both = head.replace('2031 PW GPCI (with', '2031 PW GPCI (without 1.0 Floor),2031 PW GPCI (with');
  assert.equal(taken(importGpci(`${both}01112,AL,00,ALABAMA,0.9,1,0.869,0.575\n`)).rows[0]?.work, '1');
});

test('the work index without it, where there is only that', () => {
  const { rows, workHeading } = taken(
    importGpci(`${head.replace('(with', '(without')}01112,AL,00,ALABAMA,0.9,0.869,0.575\n`),
  );
  assert.deepEqual([rows[0]?.work, workHeading], ['0.9', '2031 PW GPCI (without 1.0 Floor)']);
});

describe('a row is refused with its line and the reason', () => {
  for (const [row, reason] of [
    ['x,AL,01,A,1,1,1', 'The contractor “x” is not of five digits.'],
    ['01112,AL,x,A,1,1,1', 'The locality number “x” is not of two digits.'],
    ['01112,,01,A,1,1,1', 'The locality 01 of 01112 has no state or no name.'],
    [
      '01112,AL,01,A,1,one,1',
      'The indices of locality 01 of 01112, “1, one, 1”, are not three decimal numbers.',
    ],
    ['01112,AL,01,A,1,1', 'The indices of locality 01 of 01112, “1, 1,”, are not three decimal numbers.'],
    ['01112,AL,00,A,1,1,1', 'The locality 01112 AL 00 stands on line 4 already.'],
  ] as const)
    test(row, () => {
      const result = taken(importGpci(`${head}01112,AL,00,ALABAMA,1,0.869,0.575\n${row}\n`));
      assert.deepEqual(refusals(result), [`5: ${reason}`]);
      assert.deepEqual([result.rows.length, result.read], [1, 2]);
    });
});

test('another table', () => {
  assert.match(
    failureOf(importGpci('State,County\n')),
    /expected headings such as State, .* found “State,County”/,
  );
});

test('the full file', { skip: absent }, () => {
  const { rows, refused, footnotes } = taken(importGpci(full('gpci-2025.csv')));
  assert.deepEqual(refused, []);
  assert.deepEqual([rows.length, footnotes.length], [109, 3]);
});
