import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importMue } from '../../../server/codes/importers/index.ts';
import { absent, failureOf, full, oneByteEach, refusals, taken } from './support.ts';

/** As published: seven lines of notice in one cell, then headings, of which the first is on two lines. */
const head =
  '"A notice.\n\nNot\u00ae UTF-8.\n\nMore.\n\nThe end.",,,\n"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n';

test('limits with their indicator and rationale, and whom they are for', () => {
  const { rows, read, refused, setting } = taken(
    importMue(
      oneByteEach(
        `${head}A0001,1,2 Date of Service Edit: Policy,Nature of Analyte\n0001U,0,3 Date of Service Edit: Clinical,"Data, clinical"\n10000,120,1 Line Edit,CMS Policy\n`,
      ),
    ),
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(rows, [
    { code: 'A0001', units: 1, indicator: 2, rationale: 'Nature of Analyte' },
    { code: '0001U', units: 0, indicator: 3, rationale: 'Data, clinical' },
    { code: '10000', units: 120, indicator: 1, rationale: 'CMS Policy' },
  ]);
  assert.deepEqual([read, setting], [3, 'Practitioner Services']);
});

describe('a row is refused with its line in the file and the reason', () => {
  for (const [row, reason] of [
    ['A001,1,1 Line Edit,x', 'The code “A001” is malformed.'],
    ['A0002,1.5,1 Line Edit,x', 'The units of A0002, “1.5”, are no whole number.'],
    ['A0002,-1,1 Line Edit,x', 'The units of A0002, “-1”, are no whole number.'],
    ['A0002,,1 Line Edit,x', 'The units of A0002, nothing, are no whole number.'],
    ['A0002,1,4 Edit,x', 'The adjudication indicator of A0002, “4 Edit”, does not begin with 1, 2 or 3.'],
    ['A0002,1,12,x', 'The adjudication indicator of A0002, “12”, does not begin with 1, 2 or 3.'],
    ['A0002,1,1 Line Edit,', 'The limit of A0002 has no rationale.'],
    ['A0002', 'The units of A0002, nothing, are no whole number.'],
    ['A0001,1,1 Line Edit,x', 'The code A0001 stands on line 10 already.'],
  ] as const)
    test(row, () => {
      const result = taken(importMue(`${head}A0001,1,1 Line Edit,x\r\n${row}\r\n`));
      assert.deepEqual(refusals(result), [`11: ${reason}`]);
      assert.deepEqual([result.rows.length, result.read], [1, 2]);
    });
});

test('columns are found by their headings', () => {
  const other =
    'HCPCS/CPT Code,MUE Rationale,DME Supplier Services MUE Values,MUE Adjudication Indicator\nA0001,x,7,1 Line Edit\n';
  assert.equal(
    failureOf(importMue(other.replace('MUE Adjudication Indicator', 'MAI'))),
    'This is not the table of Medically Unlikely Edits: expected the headings HCPCS/CPT Code, MUE Values, MUE Adjudication ' +
      'Indicator and MUE Rationale, and found “HCPCS/CPT Code,MUE Rationale,DME Supplier Services MUE Valu…” in its first line.',
  );
  const { rows, setting } = taken(importMue(other));
  assert.deepEqual(rows, [{ code: 'A0001', units: 7, indicator: 1, rationale: 'x' }]);
  assert.equal(setting, 'DME Supplier Services');
});

describe('the full files', { skip: absent }, () => {
  for (const [file, count, setting] of [
    ['mue-practitioner-2026q2.csv', 15_095, 'Practitioner Services'],
    ['mue-outpatient-hospital-2026q2.csv', 15_045, 'Outpatient Hospital Services'],
  ] as const)
    test(file, () => {
      const result = taken(importMue(full(file)));
      assert.deepEqual(result.refused, []);
      assert.deepEqual([result.rows.length, result.read, result.setting], [count, count, setting]);
    });
});
