import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importIcdAddenda } from '../../../server/codes/importers/index.ts';
import { absent, columns, failureOf, full, refusals, taken } from './support.ts';

const row = (label: string, flag: string, code: string, title: string): string =>
  columns([1, `${label}:`], [14, flag], [16, code], [24, title], [85, title]);

const footer = `
Headers
      2 headers in icd10cm_order_2026.txt
      3 headers in icd10cm_order_2027.txt
      1 additions
      0 deletions
      0 revisions
of which
      0 revisions to both long and short titles

Codes
     20 codes in icd10cm_order_2026.txt
     21 codes in icd10cm_order_2027.txt
      1 additions
      1 deletions
      1 revisions
of which
      1 revisions to both long and short titles
      0 revisions to long title only
`.replaceAll('\n', '\r\n');

const changes = [
  row('Delete', '1', 'A000', 'One'),
  row('Add', '0', 'A000', 'One'),
  row('Add', '1', 'A0001', 'One of them'),
  row('Revise from', '1', 'A001', 'Tow'),
  row('Revise to', '1', 'A001', 'Two'),
].join('\r\n');

test('additions, deletions and revisions, and a footer that agrees', () => {
  const result = taken(importIcdAddenda(`${changes}\r\n${footer}`));
  assert.deepEqual(refusals(result), []);
  assert.deepEqual(result.changes, [
    { kind: 'deleted', code: 'A000', title: 'One', billable: true },
    { kind: 'added', code: 'A000', title: 'One', billable: false },
    { kind: 'added', code: 'A0001', title: 'One of them', billable: true },
    { kind: 'revised', code: 'A001', title: 'Two', billable: true, before: 'Tow' },
  ]);
  assert.equal(result.read, 5);
  assert.deepEqual(result.footer, {
    added: 2,
    deleted: 1,
    revised: 1,
    releases: [
      { file: 'icd10cm_order_2026.txt', headers: 2, codes: 20 },
      { file: 'icd10cm_order_2027.txt', headers: 3, codes: 21 },
    ],
  });
  assert.deepEqual(result.disagreements, []);
});

test('a footer that does not agree', () => {
  const less = changes.split('\r\n').slice(2).join('\r\n');
  assert.deepEqual(taken(importIcdAddenda(`${less}\r\n${footer}`)).disagreements, [
    'The footer counts 2 additions; 1 could be read.',
    'The footer counts 1 deletion; 0 could be read.',
  ]);
});

test('without a footer nothing is counted against', () => {
  const result = taken(importIcdAddenda(changes));
  assert.equal(result.footer, undefined);
  assert.deepEqual(result.disagreements, []);
});

describe('a row is refused with its line and the reason', () => {
  for (const [name, lines, reasons] of [
    [
      'a change of another kind',
      ['Move:        1 A000'],
      ['2: The row begins with “Move:”, which is no kind of change.'],
    ],
    ['a code', [row('Add', '1', 'A?', 'x')], ['2: The code “A?” in columns 16 to 22 is malformed.']],
    ['a flag', [row('Add', '7', 'A000', 'x')], ['2: The flag of A000 in column 14 is “7”, neither 0 nor 1.']],
    [
      'cut off',
      ['Add:         1 A000    On'],
      ['2: The row is too short: it has 25 characters, and the title begins in column 85.'],
    ],
    ['no title', [row('Add', '1', 'A000', '').padEnd(90)], ['2: The code A000 has no title.']],
    [
      'a revision of which one half is missing',
      [
        row('Revise to', '1', 'A000', 'x'),
        row('Revise from', '1', 'A001', 'x'),
        row('Add', '1', 'A002', 'x'),
      ],
      [
        '2: “Revise to” of A000 has no “Revise from” before it.',
        '3: “Revise from” of A001 has no “Revise to” after it.',
      ],
    ],
    [
      'halves of two revisions',
      [row('Revise from', '1', 'A000', 'x'), row('Revise to', '1', 'A001', 'x')],
      [
        '2: “Revise from” of A000 has no “Revise to” after it.',
        '3: “Revise to” of A001 has no “Revise from” before it.',
      ],
    ],
  ] as const)
    test(name, () => {
      const result = taken(importIcdAddenda([row('Add', '1', 'B000', 'x'), ...lines].join('\n')));
      assert.deepEqual(refusals(result), reasons);
    });
});

test('an order file is none', () => {
  assert.match(
    failureOf(importIcdAddenda(columns([1, '00001'], [7, 'A00'], [15, '0'], [17, 'x'], [78, 'x']))),
    /^This is not the addenda to the ICD-10-CM order file: expected rows that begin with “Add:”/,
  );
});

test('the full file', { skip: absent }, () => {
  const result = taken(importIcdAddenda(full('icd10cm_order_addenda_2027.txt')));
  const count = (kind: string): number => result.changes.filter((change) => change.kind === kind).length;
  assert.deepEqual([count('added'), count('deleted'), count('revised')], [253, 36, 4]);
  assert.deepEqual(result.refused, []);
  assert.deepEqual(result.disagreements, []);
  assert.deepEqual(
    result.footer?.releases.map(({ headers, codes }) => [headers, codes]),
    [
      [23_467, 74_719],
      [23_524, 74_879],
    ],
  );
});
