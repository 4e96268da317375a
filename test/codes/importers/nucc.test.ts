import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importNucc, NUCC_NOTICE } from '../../../server/codes/importers/index.ts';
import { absent, failureOf, full, refusals, taken } from './support.ts';

const head = 'Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\r\n';

test('titles from the display name, or composed', () => {
  const { rows, read, refused, notice } = taken(
    importNucc(
      `${head}111A00000X,G,Healer,,"A definition,\r\nin two lines",[7/1/2003: new],Healer of all,Individual\r\n` +
        '111AB0000X,G,Healer,Backs,,,,Individual\r\n111AC0000X,G,Healer,,,,,Individual\r\n',
    ),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(rows, [
    { code: '111A00000X', title: 'Healer of all', billable: true },
    { code: '111AB0000X', title: 'Healer, Backs', billable: true },
    { code: '111AC0000X', title: 'Healer', billable: true },
  ]);
  assert.equal(read, 3);
  assert.equal(notice, NUCC_NOTICE);
  assert.match(notice, /American Medical Association.*National Uniform Claim Committee/);
});

test('the layout before there were display names', () => {
  const older = 'Code,Grouping,Classification,Specialization,Definition,Notes\n111AB0000X,G,Healer,Backs,,\n';
  assert.deepEqual(taken(importNucc(older)).rows, [
    { code: '111AB0000X', title: 'Healer, Backs', billable: true },
  ]);
});

describe('codes that were taken out', () => {
  for (const [notes, to] of [
    ['[1/1/2023: marked inactive]<br/>Deactivation Date: 3/31/2023', '2023-03-31'],
    ['[1/1/2007: marked inactive, use  111A00000X]', '2007-03-31'],
    ['7/1/2009: marked inactive', '2009-09-30'],
    ['[1/1/2007: new, 7/1/2008: modified]', undefined],
  ] as const)
    test(notes, () => {
      assert.equal(taken(importNucc(`${head}111A00000X,G,Healer,,,"${notes}",x,Individual`)).rows[0]?.to, to);
    });
});

test('refusals', () => {
  const result = taken(
    importNucc(
      `${head}111A00000X,G,Healer,,,,x,Individual\n111A00000Y,G,Healer,,,,x,Individual\n111A00000X,G,Healer,,,,x,Individual\n` +
        '111AB0000X,G,Healer\n111AC0000X,G,,,,,,Individual\n',
    ),
  );
  assert.deepEqual(refusals(result), [
    '3: The code “111A00000Y” is malformed: expected nine letters or digits and an X.',
    '4: The code 111A00000X stands on line 2 already.',
    '5: The row of 111AB0000X is too short: it has 3 cells of 8.',
    '6: The code 111AC0000X has neither a display name nor a classification.',
  ]);
  assert.equal(result.read, 5);
});

test('another CSV', () => {
  assert.match(
    failureOf(importNucc('Code,Title\n1,x\n')),
    /expected the headings Code, Grouping, .* found “Code,Title”/,
  );
});

test('the full file', { skip: absent }, () => {
  const { rows, read, refused } = taken(importNucc(full('nucc_taxonomy_251.csv')));
  assert.deepEqual(refused, []);
  assert.deepEqual([rows.length, read], [883, 883]);
  assert.equal(rows.filter(({ to }) => to !== undefined).length, 28);
});
