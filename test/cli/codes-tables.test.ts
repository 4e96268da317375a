/** `coding-spec codes` with tables, and what the bill makes of them, on the built program. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { absent } from '../codes/importers/support.ts';
import { assertNoStack, cli, expectStatus, folder, json, root, type Ended } from './support.ts';

const limits = (setting: string, ...rows: readonly string[]): string =>
  `"A notice.\n\nThe end.",,,\n"HCPCS/\nCPT Code",${setting} Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n${rows.join('\n')}\n`;
const CLINICAL = '3 Date of Service Edit: Clinical,Clinical: Data';
const MUE = limits('Practitioner', `96365,1,${CLINICAL}`, `96366,2,2 Date of Service Edit: Policy,A policy`);

const pairs = (...rows: readonly string[]): string =>
  [
    'A notice.',
    'Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale',
    ...rows,
    '',
  ].join('\r\n');
const part = (number: number, setting = 'pra'): string => `cci${setting}-v321r0-f${String(number)}.txt`;
const PAIRS: Readonly<Record<string, string>> = {
  [part(1)]: pairs('0001U\t0002T\t\t20220101\t*\t0\tOne reason'),
  [part(2)]: pairs(
    '96365\t96372\t\t20200101\t20231231\t0\tOne reason',
    '96365\t96372\t\t20240101\t*\t1\tAnother',
  ),
  [part(3)]: pairs(
    '96365\t99213\t\t20260501\t20260531\t0\tOne reason',
    '96365\tG0463\t\t20260401\t20260401\t9\tOne reason',
  ),
  [part(4)]: pairs('99213\t96372\t\t20200101\t*\t1\tAnother'),
};
const FOUR = [1, 2, 3, 4].map((number) => part(number));

const fees = (...rows: readonly string[]): string =>
  [
    ',,2026 National Physician Fee Schedule Relative Value File April Release',
    ',, , ,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,',
    ',,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS',
    ',,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT',
    'HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT',
    ...rows.map((row) => `${row},0,XXX,0.00,0.00,0.00,0,0,0,0,0,,40.00,09,0,99,0.00,0.00,0.00`),
    '',
  ].join('\r\n');
const PPRRVU = fees(
  '96365,,"A secret descriptor",A,,0.25,1.50,,1.50,NA,0.25,2.00,2.00',
  '93000,26,"A secret descriptor",A,,0.10,0.10,,0.10,,0.00,0.20,0.20',
  '96376,,"A secret descriptor",X,,0.00,0.00,,0.00,,0.00,0.00,0.00',
);
const gpci = (year: number): string =>
  `ADDENDUM E,,,,,,\r\nMedicare Administrative Contractor (MAC),State,Locality Number,Locality Name,${String(year)} PW GPCI (with 1.0 Floor),${String(year)} PE GPCI,${String(year)} MP GPCI\r\n01112,AL,00,ALABAMA,1,0.5,2\r\n`;

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly codes: string;
  readonly stored: () => readonly string[];
}

function place(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): Place {
  const cwd = folder(t, files);
  const codes = path.join(cwd, 'codes');
  const env = { ...process.env, NO_COLOR: '1', CODING_SPEC_CODES: codes };
  return { cwd, env, codes, stored: () => (existsSync(codes) ? readdirSync(codes).sort() : []) };
}

const run = (own: Place, status: number, ...args: readonly string[]): Promise<Ended> =>
  expectStatus(status, args, own);
const install = (own: Place, ...args: readonly string[]): Promise<Ended> =>
  run(own, 0, 'codes', 'install', ...args);

interface InstallJson {
  readonly releases: readonly {
    readonly set: string;
    readonly release: string;
    readonly kind: string;
    readonly from: string;
    readonly to?: string;
    readonly rows: number;
    readonly localities?: number;
    readonly sources: readonly { readonly name: string; readonly sha256: string }[];
    readonly replaced: boolean;
  }[];
  readonly read: number;
  readonly refused: readonly { readonly file?: string; readonly line: number; readonly reason: string }[];
  readonly doubts: readonly string[];
}
const installJson = (own: Place, status: number, ...args: readonly string[]): Promise<InstallJson> =>
  json<InstallJson>(status, ['codes', 'install', ...args], own);
const named = ({ releases }: InstallJson): readonly string[] =>
  releases.map(({ set, release, from, to, rows }) => `${set} ${release} ${from} ${to ?? ''} ${String(rows)}`);

describe('codes install, of a table', { concurrency: 4 }, () => {
  it('installs limits, for those to whom they apply', async (t) => {
    const own = place(t, {
      'mue_2026q2.csv': MUE,
      'hospital.csv': limits('Outpatient Hospital', `96365,2,${CLINICAL}`),
    });
    const { stdout } = await install(own, 'mue_2026q2.csv');
    const sha256 = createHash('sha256').update(MUE).digest('hex');
    assert.deepEqual(stdout.replace(own.codes, 'codes').split('\n'), [
      'mue-practitioner 2026q2  Medically Unlikely Edits, practitioner  installed',
      '  in force  2026-04-01 to 2026-06-30',
      '  holds     2 limits',
      `  source    mue_2026q2.csv, sha256 ${sha256}`,
      '            CMS',
      '  file      codes/mue-practitioner.2026q2.table, 1 kB',
      '2 rows read, none refused.',
      '',
    ]);
    const days = ['--release', 'R3', '--from', '2026-07-01', '--to', '2026-07-31'];
    assert.deepEqual(named(await installJson(own, 0, 'hospital.csv', ...days)), [
      'mue-outpatient-hospital R3 2026-07-01 2026-07-31 1',
    ]);
    assert.deepEqual(own.stored(), ['mue-outpatient-hospital.R3.table', 'mue-practitioner.2026q2.table']);
    assert.equal((await installJson(own, 0, 'mue_2026q2.csv')).releases[0]?.replaced, true);
  });

  it('makes one release of the four files of pairs, zipped or not', async (t) => {
    const zip = zipSync({ [part(2)]: strToU8(PAIRS[part(2)] ?? '') });
    const own = place(t, { ...PAIRS, 'two.zip': zip });
    const report = await installJson(own, 0, ...FOUR);
    assert.deepEqual(named(report), ['ncci-practitioner 2026q2 2026-04-01 2026-06-30 6']);
    assert.deepEqual([report.read, report.refused, report.doubts], [6, [], []]);
    assert.deepEqual(
      report.releases[0]?.sources.map(({ name }) => name),
      FOUR,
    );
    const bytes = readFileSync(path.join(own.codes, 'ncci-practitioner.2026q2.table'));
    const again = await installJson(own, 0, part(4), 'two.zip', part(1), part(3));
    assert.equal(again.releases[0]?.rows, 6);
    assert.notDeepEqual(readFileSync(path.join(own.codes, 'ncci-practitioner.2026q2.table')), bytes);
    await run(own, 0, 'codes', 'verify');
  });

  it('makes two tables of relative values, with the indices beside them, and keeps no descriptor', async (t) => {
    const own = place(t, {
      'PPRRVU2026_Apr.csv': PPRRVU,
      'GPCI2026.csv': gpci(2026),
      'GPCI2025.csv': gpci(2025),
    });
    const report = await installJson(own, 0, 'GPCI2026.csv', 'PPRRVU2026_Apr.csv');
    assert.deepEqual(named(report), [
      'medicare-fees 2026q2 2026-04-01 2026-06-30 3',
      'medicare-fees-facility 2026q2 2026-04-01 2026-06-30 3',
    ]);
    assert.deepEqual([report.read, report.releases[0]?.localities], [4, 1]);
    for (const file of own.stored())
      assert.ok(!readFileSync(path.join(own.codes, file)).includes('secret'), file);
    const { doubts } = await installJson(own, 1, 'PPRRVU2026_Apr.csv', 'GPCI2025.csv');
    assert.deepEqual(doubts, ['The relative values are of 2026, and the indices of 2025.']);
    const other = await installJson(own, 0, 'PPRRVU2026_Apr.csv', '--set', 'our-fees');
    assert.deepEqual(
      other.releases.map(({ set }) => set),
      ['our-fees', 'our-fees-facility'],
    );
  });

  it('names the file and the line of what it refuses', async (t) => {
    const own = place(t, {
      ...PAIRS,
      [part(3)]: `${PAIRS[part(3)] ?? ''}96365\t9637\t\t20220101\t*\t0\tx\r\n`,
      'mue_2026q2.csv': `${MUE}96367,many,${CLINICAL}\n`,
    });
    const report = await installJson(own, 1, ...FOUR);
    assert.deepEqual(report.refused, [
      { file: part(3), line: 5, reason: 'The code “9637” in column 2 is malformed.' },
    ]);
    const { stdout } = await run(own, 1, 'codes', 'install', 'mue_2026q2.csv');
    assert.match(
      stdout,
      /3 rows read, 1 refused\.\n {2}line 8: The units of 96367, “many”, are no whole number\.\n$/,
    );
  });

  it('refuses what is no release, in one line, and leaves nothing', async (t) => {
    const own = place(t, {
      ...PAIRS,
      [part(1, 'oph')]: PAIRS[part(1)] ?? '',
      'ccipra-v320r0-f2.txt': PAIRS[part(2)] ?? '',
      'mue_2026q2.csv': MUE,
      'other_mue_2026q2.csv': MUE,
      'cut_mue_2026q2.csv': MUE.slice(0, -3),
      'mue.csv': MUE,
      'PPRRVU2026_Apr.csv': PPRRVU,
      'GPCI2026.csv': gpci(2026),
      'icd10cm_order_2027.txt':
        '00001 E860    1 Dehydration                                                  Dehydration\r\n',
    });
    for (const [args, said] of [
      [[part(1)], /come in 4 files, -f1 to -f4, which are installed together: -f2, -f3, -f4 is missing/],
      [[part(1, 'oph'), ...FOUR.slice(1)], /it is of another setting than ccioph-v321r0-f1\.txt/],
      [
        [part(1), 'ccipra-v320r0-f2.txt', part(3), part(4)],
        /ccipra-v320r0-f2\.txt: it is of 2026q1, and ccipra-v321r0-f1\.txt is of 2026q2/,
      ],
      [
        ['mue_2026q2.csv', 'other_mue_2026q2.csv'],
        /other_mue_2026q2\.csv: each file of limits is a table of its own/,
      ],
      [
        ['mue_2026q2.csv', part(1)],
        /ccipra-v321r0-f1\.txt: this is the file of NCCI .* they are no parts of one table/,
      ],
      [
        ['mue_2026q2.csv', 'icd10cm_order_2027.txt'],
        /icd10cm_order_2027\.txt: this is the ICD-10-CM order file, which is installed by itself/,
      ],
      [['GPCI2026.csv'], /indices go with relative values/],
      [['PPRRVU2026_Apr.csv', 'PPRRVU2026_Apr.csv'], /a file of this layout is given already/],
      [['cut_mue_2026q2.csv'], /does not end with the end of a line/],
      [['mue.csv'], /does not tell which release .* Add --release and --from/],
      [['mue_2026q2.csv', '--sha256', '0'.repeat(64)], /and not 0{64}, which was expected/],
      [['PPRRVU2026_Apr.csv', 'GPCI2026.csv', '--sha256', '0'.repeat(64)], /a sha256 is of one file/],
      [['mue_2026q2.csv', '--notes', 'mue.csv'], /notes and addenda go with an ICD-10-CM order file/],
    ] as const) {
      const { stdout, stderr } = await run(own, 2, 'codes', 'install', ...args);
      assert.equal(stdout, '');
      assert.match(stderr, said);
      assert.match(stderr, /^coding-spec: [^\n]+\n$/);
      assertNoStack(stderr);
      assert.deepEqual(own.stored(), [], args.join(' '));
    }
    const { doubts } = await installJson(
      place(t, { 'ncci-ptp-practitioner-2026q2.txt': PAIRS[part(1)] ?? '' }),
      1,
      'ncci-ptp-practitioner-2026q2.txt',
    );
    assert.match(doubts.join(), /do not say which parts of the edits they are/);
  });
});

/** With limits, pairs and fees of the second quarter of 2026. */
async function installed(t: TestContext, files: Readonly<Record<string, string>> = {}): Promise<Place> {
  const own = place(t, {
    ...PAIRS,
    'mue_2026q2.csv': MUE,
    'mue_2026q3.csv': limits('Practitioner', `96365,2,${CLINICAL}`, `96367,4,${CLINICAL}`),
    'PPRRVU2026_Apr.csv': PPRRVU,
    'GPCI2026.csv': gpci(2026),
    ...files,
  });
  await install(own, 'mue_2026q2.csv');
  await install(own, ...FOUR);
  await install(own, 'PPRRVU2026_Apr.csv', 'GPCI2026.csv');
  return own;
}

describe('codes, with tables', { concurrency: 4 }, () => {
  it('lists, shows, compares, checks and removes them; a search leaves them out', async (t) => {
    const own = await installed(t);
    const { stdout: listed } = await run(own, 0, 'codes', 'releases');
    assert.match(
      listed,
      /^medicare-fees 2026q2[^]*holds {5}3 fees, indices of 1 localities[^]*\nncci-practitioner 2026q2[^]*holds {5}6 pairs/,
    );
    const { stdout: shown } = await run(own, 0, 'codes', 'show', '96365', '--date', '2026-05-04');
    assert.equal(
      shown,
      `96365  Relative values and geographic indices of the physician fee schedule, outside facilities
  release   medicare-fees 2026q2, in force 2026-04-01 to 2026-06-30
  fee       2.00 relative value units (work 0.25, expenses 1.50, malpractice 0.25) × 40.00, status A

96365  Relative values and geographic indices of the physician fee schedule, in facilities
  release   medicare-fees-facility 2026q2, in force 2026-04-01 to 2026-06-30
  fee       2.00 relative value units (work 0.25, expenses 1.50, malpractice 0.25) × 40.00, status A; rarely or never given there

96365  Medically Unlikely Edits, practitioner
  release   mue-practitioner 2026q2, in force 2026-04-01 to 2026-06-30
  limit     1, indicator 3 (Clinical: Data)

96365  NCCI procedure-to-procedure edits, practitioner
  release   ncci-practitioner 2026q2, in force 2026-04-01 to 2026-06-30
  paid, not 96372  indicator 1, from 2024-01-01 (Another)
            99213  indicator 0, 2026-05-01 to 2026-05-31 (One reason)
`,
    );
    const { stdout: none } = await run(
      own,
      1,
      'codes',
      'show',
      '12345',
      '--date',
      '2026-05-04',
      '--set',
      'mue-practitioner',
    );
    assert.match(none, /^12345 is not in mue-practitioner 2026q2\./);
    const { tables } = await json<{ tables: { pairs: { paid: string; notPaid: string }[] }[] }>(
      0,
      ['codes', 'show', '96372', '--date', '2026-05-04'],
      own,
    );
    assert.deepEqual(
      tables.flatMap(({ pairs: all }) => all.map(({ paid, notPaid }) => `${paid} ${notPaid}`)),
      ['96365 96372', '99213 96372'],
    );
    const { stderr } = await run(own, 2, 'codes', 'search', 'infusion');
    assert.match(stderr, /Only tables are installed/);

    await install(own, 'mue_2026q3.csv');
    const { stdout: changes } = await run(own, 0, 'codes', 'diff', 'mue-practitioner', '2026q2', '2026q3');
    assert.equal(
      changes,
      `mue-practitioner 2026q2 → 2026q3  1 added, 1 deleted, 1 revised
~ 96365  units 2, indicator 3, rationale Clinical: Data
         before: units 1, indicator 3, rationale Clinical: Data
- 96366  units 2, indicator 2, rationale A policy
+ 96367  units 4, indicator 3, rationale Clinical: Data
`,
    );
    const { stdout: verified } = await run(own, 0, 'codes', 'verify');
    assert.match(verified, /5 releases checked, all fine\./);
    await run(own, 0, 'codes', 'remove', 'mue-practitioner', '2026q3');
    assert.ok(!own.stored().includes('mue-practitioner.2026q3.table'));
  });

  it('says which file is damaged, and by its beginning or not', async (t) => {
    const own = await installed(t);
    const file = path.join(own.codes, 'mue-practitioner.2026q2.table');
    const bytes = readFileSync(file);
    for (const damaged of [bytes.subarray(0, -5), bytes.subarray(0, 10)]) {
      writeFileSync(file, damaged);
      const { stdout } = await run(own, 1, 'codes', 'verify');
      assert.match(stdout, /damaged.*\n* *The file is (?:damaged: it is not what was written|no table)/);
      await run(own, 1, 'codes', 'releases');
    }
    await run(own, 0, 'codes', 'remove', 'mue-practitioner', '2026q2');
  });
});

const visit = (date: string, more = ''): string => `encounter: two-sites
date: ${date}
payer: Medicare
claim: professional
place_of_service: "11"
${more}administrations:
  - {substance: ondansetron, purpose: therapeutic, route: iv-infusion, minutes: 255, access_site: left forearm}
  - {substance: pantoprazole, purpose: therapeutic, route: iv-infusion, minutes: 45, access_site: right forearm}
`;

interface BillJson {
  readonly encounters: readonly {
    readonly lines: readonly {
      readonly code: string;
      readonly units: number;
      readonly outcome: string;
      readonly because: readonly {
        readonly sentence: string;
        readonly clause: { readonly file: string; readonly installed?: true };
      }[];
      readonly benchmark?: { readonly cents: number; readonly release: string };
    }[];
    readonly notChecked: readonly {
      readonly table: string;
      readonly because: { readonly sentence: string };
    }[];
  }[];
}

describe('bill, with tables', { concurrency: 4 }, () => {
  const bill = async (own: Place, file: string): Promise<BillJson['encounters'][number]> => {
    // Warnings are findings, and are not what is asked here.
    const { stdout } = await cli(['bill', file, '--format', 'json'], own);
    const { encounters } = JSON.parse(stdout) as BillJson;
    const [first] = encounters;
    assert.ok(first);
    return first;
  };

  it('uses the release of the date of service, and names it', async (t) => {
    const own = await installed(t, {
      'may.encounter.yaml': visit('2026-05-04', 'locality: 01112-00\n'),
      'july.encounter.yaml': visit('2026-07-06'),
    });
    const may = await bill(own, 'may.encounter.yaml');
    assert.deepEqual(
      may.lines.filter(({ code }) => code === '96366').map(({ units, outcome }) => [units, outcome]),
      [
        [2, 'billable'],
        [1, 'denied'],
      ],
    );
    const said = may.lines.flatMap(({ because }) => because).filter(({ clause }) => clause.installed);
    assert.ok(
      said.some(
        ({ sentence, clause }) =>
          clause.file === 'mue-practitioner 2026q2 (installed)' &&
          /\(2026q2, installed\): at most 2 of 96366 a day/.test(sentence),
      ),
      JSON.stringify(said),
    );
    const [infusion] = may.lines;
    assert.deepEqual([infusion?.benchmark?.cents, infusion?.benchmark?.release], [6000, '2026q2, installed']);

    const { stdout } = await cli(['bill', 'may.encounter.yaml'], own);
    assert.match(stdout, /\n {10}mue-practitioner 2026q2 \(installed\) {2}unit_limits\.96366\n/);
    const july = await bill(own, 'july.encounter.yaml');
    assert.ok(
      july.lines.every(({ because }) => because.every(({ clause }) => clause.installed === undefined)),
    );
  });

  it('says not checked without a document that gives meaning, and outside its days', async (t) => {
    const hospital = Object.fromEntries(
      [1, 2, 3, 4].map((number) => [part(number, 'oph'), PAIRS[part(number)] ?? '']),
    );
    const facility = (date: string): string =>
      visit(date).replace('professional', 'facility').replace('"11"', '"22"');
    const own = place(t, {
      ...hospital,
      'may.encounter.yaml': facility('2026-05-04'),
      'july.encounter.yaml': facility('2026-07-06'),
    });
    await install(own, ...Object.keys(hospital));
    const table = 'ncci-outpatient-hospital';
    const sentence = async (file: string): Promise<string | undefined> =>
      (await bill(own, file)).notChecked.find((one) => one.table === table)?.because.sentence;
    assert.match(
      (await sentence('may.encounter.yaml')) ?? '',
      /no document of the table ncci-outpatient-hospital says what the installed release 2026q2 .* means/,
    );
    const meaning = `table: ${table}
title: Codes not paid together, outpatient hospital (NCCI)
release: every one that is installed
effective: {from: 2020-01-01}
indicators:
  "0": {says: no modifier lets both be paid, bypass: never}
  "1": {says: a modifier lets both be paid where the record supports it, bypass: modifier}
bypass_modifiers: ["59", XE, XS]
`;
    writeFileSync(path.join(own.cwd, 'hospital.table.yaml'), meaning);
    assert.equal(await sentence('may.encounter.yaml'), undefined);
    assert.match(
      (await sentence('july.encounter.yaml')) ?? '',
      /no release of the table ncci-outpatient-hospital is at hand for 2026-07-06/,
    );
  });

  it('goes on with a damaged table, and says so', async (t) => {
    const own = await installed(t, { 'may.encounter.yaml': visit('2026-05-04') });
    const file = path.join(own.codes, 'mue-practitioner.2026q2.table');
    writeFileSync(file, readFileSync(file).subarray(0, -5));
    const { notChecked } = await bill(own, 'may.encounter.yaml');
    assert.match(
      notChecked.map(({ because }) => because.sentence).join(),
      /the installed release 2026q2 of the table mue-practitioner cannot be used \(The file is damaged/,
    );
  });
});

describe('tables, from the full files', { skip: absent, concurrency: 2 }, () => {
  const full = (file: string): string => path.join(root, '../shared/codesets', file);
  for (const [files, read, releases] of [
    [['mue-practitioner-2026q2.csv'], 15_095, ['mue-practitioner 2026q2 2026-04-01 2026-06-30 15095']],
    [
      ['mue-outpatient-hospital-2026q2.csv'],
      15_045,
      ['mue-outpatient-hospital 2026q2 2026-04-01 2026-06-30 15045'],
    ],
    [
      ['pprrvu-2025-oct-without-descriptors.zip', 'gpci-2025.csv'],
      19_199,
      [
        'medicare-fees 2025q4 2025-10-01 2025-12-31 19090',
        'medicare-fees-facility 2025q4 2025-10-01 2025-12-31 19090',
      ],
    ],
  ] as const)
    it(`installs ${files.join(' and ')}, whole`, async (t) => {
      const own = place(t, {});
      const report = await installJson(own, 0, ...files.map(full));
      assert.deepEqual(named(report), releases);
      assert.deepEqual([report.read, report.refused, report.doubts], [read, [], []]);
      await run(own, 0, 'codes', 'verify');
    });
});
