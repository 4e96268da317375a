import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { recognise } from '../../../server/codes/importers/index.ts';
import { absent, bytes, columns, full } from './support.ts';

const order = columns([1, '00001'], [7, 'A00'], [15, '0'], [17, 'x'], [78, 'x']);
const addenda = `${columns([1, 'Add:'], [14, '1'], [16, 'A000'], [24, 'x'], [85, 'x'])}\n\nHeaders\n 1 headers in icd10cm_order_2026.txt\n 1 headers in icd10cm_order_2027.txt\n`;
const hcpcs = columns([1, 'A0001'], [6, '001003x'], [92, 'x']);
const mue = 'HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n';
const pairs = '10000\t10001\t\t20220101\t*\t1\tx\n';
const fees =
  ',,2025 National Physician Fee Schedule Relative Value File October Release\nHCPCS,MOD,DESCRIPTION,CODE\n';
const gpci = 'MAC,State,Locality Number,Locality Name,2025 PW GPCI,2025 PE GPCI,2025 MP GPCI\n';
const medium = `10001 ${'x'.repeat(40)}\n10002 y\n`;

/** The importer, the release and its days, in short. */
function of(name: string, first: string | Uint8Array): string {
  const known = recognise(name, first);
  if ('unknown' in known) return known.unknown;
  const { importer, release, effective, variant } = known;
  return [importer, release, effective?.from, effective?.to, variant]
    .filter((part) => part !== undefined)
    .join(' ');
}

describe('by content, with what name and content tell of the release', () => {
  for (const [name, first, expected] of [
    ['icd10cm_order_2027.txt', order, 'icd-10-cm-order FY2027 2026-10-01 2027-09-30'],
    ['FY2027.txt', order, 'icd-10-cm-order FY2027 2026-10-01 2027-09-30'],
    ['april-1-2026-order.txt', order, 'icd-10-cm-order FY2026-04 2026-04-01 2026-09-30'],
    ['2025-order-april.txt', order, 'icd-10-cm-order FY2025-04 2025-04-01 2025-09-30'],
    ['january-1-2021.txt', order, 'icd-10-cm-order FY2021-01 2021-01-01 2021-09-30'],
    ['order.txt', order, 'icd-10-cm-order'],
    ['order-2026-11-03.txt', order, 'icd-10-cm-order'],
    ['order-11-03-2026.txt', order, 'icd-10-cm-order'],
    ['order-20261103.txt', order, 'icd-10-cm-order'],
    ['x.xml', '<ICD10CM.tabular><version>2027</version>', 'icd-10-cm-tabular FY2027 2026-10-01 2027-09-30'],
    ['tabular-April-1-2026.xml', '<ICD10CM.tabular>', 'icd-10-cm-tabular FY2026-04 2026-04-01 2026-09-30'],
    ['x.txt', addenda, 'icd-10-cm-addenda FY2027 2026-10-01 2027-09-30'],
    ['HCPC2026_JAN_ANWEB_01122026.txt', hcpcs, 'hcpcs 2026-01 2026-01-01 2026-03-31'],
    ['HCPC2025_OCT_ANWEB.txt', hcpcs, 'hcpcs 2025-10 2025-10-01 2025-12-31'],
    ['HCPC2019_CONTR_ANWEB.txt', hcpcs, 'hcpcs 2019-01 2019-01-01 2019-03-31'],
    ['HCPC17_ANWEB.txt', hcpcs, 'hcpcs 2017-01 2017-01-01 2017-03-31'],
    ['codes.txt', hcpcs, 'hcpcs'],
    [
      'hcpcs-2026-jan.csv',
      'HCPCS_CODE,SHORT_DESCRIPTION,LONG_DESCRIPTION\n',
      'hcpcs-csv 2026-01 2026-01-01 2026-03-31',
    ],
    [
      'nucc_taxonomy_251.csv',
      'Code,Grouping,Classification,Specialization\n',
      'nucc 25.1 2025-10-01 2026-03-31',
    ],
    [
      'nucc_taxonomy_260.csv',
      'Code,Grouping,Classification,Specialization\n',
      'nucc 26.0 2026-04-01 2026-09-30',
    ],
    ['taxonomy.csv', 'Code,Grouping,Classification,Specialization\n', 'nucc'],
    ['mue-practitioner-2026q2.csv', mue, 'mue 2026q2 2026-04-01 2026-06-30'],
    ['MCR_MUE_PractitionerServices_Eff_01-01-2026.csv', mue, 'mue 2026q1 2026-01-01 2026-03-31'],
    ['limits.csv', mue, 'mue'],
    ['ccipra-v321r0-f1.txt', pairs, 'ncci-pairs 2026q2 2026-04-01 2026-06-30'],
    ['ccioph-v313r0-f4.TXT', pairs, 'ncci-pairs 2025q4 2025-10-01 2025-12-31'],
    ['medicare-ncci-2026q1-ptp-edits.txt', pairs, 'ncci-pairs 2026q1 2026-01-01 2026-03-31'],
    ['fees.csv', fees, 'pprrvu 2025q4 2025-10-01 2025-12-31'],
    [
      'PPRRVU2026_Jan_nonQPP.csv',
      'HCPCS,MOD,DESCRIPTION,CODE\n',
      'pprrvu 2026q1 2026-01-01 2026-03-31 non-QPP',
    ],
    ['PPRRVU2026_Apr_QPP.csv', 'HCPCS,MOD,DESCRIPTION,CODE\n', 'pprrvu 2026q2 2026-04-01 2026-06-30 QPP'],
    ['fees.csv', 'HCPCS,MOD,DESCRIPTION,CODE\n', 'pprrvu'],
    ['x.csv', gpci, 'gpci 2025 2025-01-01 2025-12-31'],
    ['LONGULT.txt', 'A notice\n\n10001\tx\n', 'cpt-long'],
    ['cpt-2026-LONGULT.txt', '10001\tx\n', 'cpt-long 2026 2026-01-01 2026-12-31'],
    ['MEDU.txt', '10001 x\n', 'cpt-medium'],
    ['SHORTU.txt', '10001 x\n', 'cpt-short'],
    ['a.txt', medium, 'cpt-medium'],
    ['a.txt', '10001 x\n10002 y\n', 'cpt-short'],
    ['ConsumerDescriptor.txt', 'Concept Id\tCPT Code\tText\n1000001\t10001\tx\n', 'cpt-consumer'],
    ['MODUL.txt', 'A notice\n\nAppendix A\n\nModifiers\n', 'cpt-modifiers'],
  ] as const)
    test(`${name}: ${expected}`, () => {
      assert.equal(of(name, first), expected);
      assert.equal(of(`a/folder\\${name}`, bytes(`\uFEFF${first}`)), expected);
    });
});

test('the content decides, whatever the name says', () => {
  assert.equal(of('mue-2026q2.csv', order), 'icd-10-cm-order');
});

test('what is told for people', () => {
  assert.deepEqual(recognise('icd10cm_order_2027.txt', order), {
    importer: 'icd-10-cm-order',
    set: 'icd-10-cm',
    title: 'ICD-10-CM order file',
    publisher: 'CDC (NCHS) and CMS',
    release: 'FY2027',
    effective: { from: '2026-10-01', to: '2027-09-30' },
  });
});

describe('zips', () => {
  const zip = (name: string, text: string): Uint8Array => zipSync({ [name]: strToU8(text) });

  test('of several files are what their list is, wherever it stands among them', () => {
    const bytes = zipSync({
      'readme.txt': strToU8('Read this first.\n'),
      'icd10cm_order_addenda_2027.txt': strToU8('Add:     00001 E8601   1 A new one\n'),
      'icd10cm_order_2027.txt': strToU8(order.repeat(50)),
    });
    assert.equal(of('download.zip', bytes), 'icd-10-cm-order FY2027 2026-10-01 2027-09-30');
  });

  test('by what their first entry holds, and by its name', () => {
    assert.equal(
      of('download.zip', zip('icd10cm_order_2027.txt', order.repeat(5000)).subarray(0, 400)),
      'icd-10-cm-order FY2027 2026-10-01 2027-09-30',
    );
    assert.equal(of('a.zip', zip('x.csv', gpci)), 'gpci 2025 2025-01-01 2025-12-31');
  });

  for (const [name, expected] of [
    ['2027-code-descriptions-tabular-order.zip', 'icd-10-cm-order FY2027 2026-10-01 2027-09-30'],
    ['2027-code-tables-tabular-and-index.zip', 'icd-10-cm-tabular FY2027 2026-10-01 2027-09-30'],
    ['january-2026-alpha-numeric-hcpcs-file.zip', 'hcpcs 2026-01 2026-01-01 2026-03-31'],
    ['medicare-ncci-2026q2-practitioner-services-mue-table.zip', 'mue 2026q2 2026-04-01 2026-06-30'],
    [
      'medicare-ncci-2026q2-practitioner-ptp-edits-ccipra-v321r0-f1.zip',
      'ncci-pairs 2026q2 2026-04-01 2026-06-30',
    ],
    ['rvu26b.zip', 'pprrvu 2026q2 2026-04-01 2026-06-30'],
    ['rvu26ar_1.zip', 'pprrvu 2026q1 2026-01-01 2026-03-31'],
  ] as const)
    test(`by their name, where something else comes first: ${name}`, () => {
      assert.equal(of(name, zip('guide.pdf', 'A guide')), expected);
    });

  test('that are damaged', () => {
    assert.match(
      of('a.zip', Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2])),
      /^“a\.zip” is of no layout that is known\./,
    );
    const broken = zip('a.txt', order.repeat(50)).fill(0xff, 35);
    assert.match(of('a.zip', broken), /is of no layout that is known\./);
  });
});

test('what is known is listed where nothing fits', () => {
  const message = of('holiday.jpg', 'nothing');
  assert.match(message, /^“holiday\.jpg” is of no layout that is known\. Known are: ICD-10-CM order file, /);
  for (const title of [
    'ICD-10-CM tabular list',
    'provider taxonomy',
    'Medically Unlikely Edits',
    'licensed file of modifiers',
  ])
    assert.ok(message.includes(title), title);
});

describe('the full files, by their first 16 kB', { skip: absent }, () => {
  for (const [name, expected] of [
    ['icd10cm-order-2027-rebuilt.zip', 'icd-10-cm-order FY2027 2026-10-01 2027-09-30'],
    ['icd10cm-tabular-2021.zip', 'icd-10-cm-tabular FY2021 2020-10-01 2021-09-30'],
    ['icd10cm_order_addenda_2027.txt', 'icd-10-cm-addenda FY2027 2026-10-01 2027-09-30'],
    ['hcpcs-2019.zip', 'hcpcs 2019-01 2019-01-01 2019-03-31'],
    ['hcpcs-2026-jan.csv', 'hcpcs-csv 2026-01 2026-01-01 2026-03-31'],
    ['nucc_taxonomy_251.csv', 'nucc 25.1 2025-10-01 2026-03-31'],
    ['mue-practitioner-2026q2.csv', 'mue 2026q2 2026-04-01 2026-06-30'],
    ['mue-outpatient-hospital-2026q2.csv', 'mue 2026q2 2026-04-01 2026-06-30'],
    ['pprrvu-2025-oct-without-descriptors.zip', 'pprrvu 2025q4 2025-10-01 2025-12-31'],
    ['gpci-2025.csv', 'gpci 2025 2025-01-01 2025-12-31'],
  ] as const)
    test(name, () => {
      assert.equal(of(name, full(name).subarray(0, 16_384)), expected);
    });

  test('hcpcs-2019-recordlayout.txt', () => {
    assert.match(
      of('hcpcs-2019-recordlayout.txt', full('hcpcs-2019-recordlayout.txt')),
      /is of no layout that is known/,
    );
  });
});
