import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importPprrvu } from '../../../server/codes/importers/index.ts';
import { absent, failureOf, full, refusals, taken } from './support.ts';

/** The rows above the data, as published: notices in the column of descriptors, headings set over four rows. */
const head = [
  ',,2031 National Physician Fee Schedule Relative Value File April Release',
  ',,A notice.',
  ',, , ,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,',
  ',,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS',
  ',,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT',
  'HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT',
];
const rest = '0,XXX,0.00,0.00,0.00,0,0,0,0,0,';
const row = (start: string, factor = '32.3465'): string =>
  `${start},${rest},${factor},09,0,99,0.00,0.00,0.00`;
const file = (...rows: readonly string[]): string => [...head, ...rows, ''].join('\r\n');
const good = row('A0001,,,A,,0.17,1.25,,0.50,,0.01,1.43,0.68');

test('relative value units and the factor as decimal text, by place', () => {
  const { rows, read, refused, heading } = taken(
    importPprrvu(
      file(
        good,
        row('10000,26,"A descriptor, licensed",C,,.5,0.10,NA,2,,0.02,0.62,2.52', '33.4009'),
        row('10000,TC,,A,,0.00,0.10,,0.10,NA,0.00,0.10,0.10'),
      ),
    ),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(rows.slice(0, 2), [
    {
      code: 'A0001',
      status: 'A',
      work: '0.17',
      practiceExpense: { facility: '0.50', nonFacility: '1.25' },
      malpractice: '0.01',
      total: { facility: '0.68', nonFacility: '1.43' },
      conversionFactor: '32.3465',
    },
    {
      code: '10000',
      modifier: '26',
      status: 'C',
      work: '0.5',
      practiceExpense: { facility: '2', nonFacility: '0.10', notApplicable: ['nonFacility'] },
      malpractice: '0.02',
      total: { facility: '2.52', nonFacility: '0.62' },
      conversionFactor: '33.4009',
    },
  ]);
  assert.deepEqual(rows[2]?.practiceExpense.notApplicable, ['facility']);
  assert.deepEqual(
    [read, heading],
    [3, '2031 National Physician Fee Schedule Relative Value File April Release'],
  );
  assert.doesNotMatch(JSON.stringify(rows), /descriptor/);
});

describe('a row is refused with its line and the reason', () => {
  for (const [line, reason] of [
    [row('A1,,,A,,0.17,1.25,,0.50,,0.01,1.43,0.68'), 'The code “A1” is malformed.'],
    [row('A0002,LONG,,A,,0.17,1.25,,0.50,,0.01,1.43,0.68'), 'The modifier “LONG” of A0002 is malformed.'],
    [row('A0002,,,,,0.17,1.25,,0.50,,0.01,1.43,0.68'), 'The status of A0002, nothing, is not one letter.'],
    [row('A0002,,,A,,x,1.25,,0.50,,0.01,1.43,0.68'), 'The work RVU of A0002, “x”, is no decimal number.'],
    [
      row('A0002,,,A,,0.17,,,0.50,,0.01,1.43,0.68'),
      'The non-facility PE RVU of A0002, nothing, is no decimal number.',
    ],
    [
      row('A0002,,,A,,0.17,1.25,,0.50,,0.01,1.43,1e3'),
      'The facility total of A0002, “1e3”, is no decimal number.',
    ],
    [
      row('A0002,,,A,,0.17,1.25,,0.50,,0.01,1.43,0.68', '$32'),
      'The conversion factor of A0002, “$32”, is no decimal number.',
    ],
    ['A0002,,,A,,0.17', 'The non-facility PE RVU of A0002, nothing, is no decimal number.'],
    [good, 'The row of A0001 stands on line 7 already.'],
  ] as const)
    test(reason, () => {
      const result = taken(importPprrvu(file(good, line)));
      assert.deepEqual(refusals(result), [`8: ${reason}`]);
      assert.deepEqual([result.rows.length, result.read], [1, 2]);
    });
});

describe('columns are found by their headings', () => {
  test('with a column more', () => {
    const wider = [...head, good].map((line, index) => {
      const cells = line.split(',');
      cells.splice(5, 0, index === 4 ? 'NEW' : index === 5 ? 'ONE' : '');
      return cells.join(',');
    });
    assert.equal(taken(importPprrvu(wider.join('\n'))).rows[0]?.work, '0.17');
  });

  test('with one missing', () => {
    assert.equal(
      failureOf(importPprrvu(file(good).replace('FACTOR', 'FIGURE'))),
      'This National Physician Fee Schedule Relative Value File has no column that is headed like “CONV FACTOR”.',
    );
  });
});

test('another file', () => {
  assert.match(
    failureOf(importPprrvu('HCPCS,Units\n')),
    /headings that begins with HCPCS, MOD and DESCRIPTION, and found “HCPCS,Units”/,
  );
});

test('the full file', { skip: absent }, () => {
  const { rows, read, refused, heading } = taken(
    importPprrvu(full('pprrvu-2025-oct-without-descriptors.zip')),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual([rows.length, read], [19_090, 19_090]);
  assert.equal(heading, '2025 National Physician Fee Schedule Relative Value File October Release');
  // Hundredths, so that sums are exact.
  const hundredths = (text: string): number => Math.round(Number(text) * 100);
  for (const { code, work, practiceExpense, malpractice, total } of rows)
    for (const place of ['facility', 'nonFacility'] as const)
      assert.equal(
        hundredths(work) + hundredths(practiceExpense[place]) + hundredths(malpractice),
        hundredths(total[place]),
        `${code} ${place}`,
      );
  assert.deepEqual(new Set(rows.map(({ conversionFactor }) => conversionFactor)), new Set(['32.3465']));
});
