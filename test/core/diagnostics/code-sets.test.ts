/** What installed releases of code sets say of the codes of an encounter. */
import { describe, test } from 'node:test';
import { checkFix, checkProblems, type FixtureOptions } from '../../support/checks.ts';
import { date, DIAGNOSES, fileOf, rowsOf } from '../../support/code-sets.ts';

const withNotes = DIAGNOSES.map((row) =>
  row.code === 'E86'
    ? { ...row, notes: { excludes1: ['P741', 'R110-R112'] } }
    : row.code === 'D6481'
      ? { ...row, notes: { codeFirst: ['C00-D49'] } }
      : row,
);
const next = fileOf(rowsOf('E86.0 Dehydration'), {
  release: 'FY2027',
  effective: { from: date('2026-10-01'), to: date('2027-09-30') },
});
const installed: FixtureOptions = { codeSets: [fileOf(withNotes), next] };

const visit = (diagnoses: string, marks = '', day = '2026-03-02'): string => `
#- e.encounter.yaml
encounter: e
date: ${day}
claim: professional
place_of_service: "11"
diagnoses: [${diagnoses}]
${marks}`;

describe('not-in-code-set', () => {
  test('is a code that the release for the date does not have, with those near it', () => {
    checkProblems(
      visit(
        'E86.0, E86.5, Q99.9',
        `#                  ^^^^^ error not-in-code-set E86.5 is not in ICD-10-CM FY2026. Near it: E86.0 (Dehydration), E86.1 (Hypovolemia) or E86.9 (Volume depletion, unspecified).
#                         ^^^^^ error not-in-code-set Q99.9 is not in ICD-10-CM FY2026.`,
      ),
      installed,
    );
  });

  test('says in which release a deleted code was', () => {
    checkProblems(
      visit(
        'E87.6',
        '#           ^^^^^ error not-in-code-set E87.6 was deleted on 2026-10-01: it was in ICD-10-CM FY2026 and is not in FY2027.',
        '2026-10-01',
      ),
      installed,
    );
    checkProblems(visit('E87.6', '', '2026-09-30'), installed);
  });

  test('is of an administration, too', () => {
    checkProblems(
      `${visit('E86.0')}
administrations:
  - {substance: x, diagnoses: [E87.6, E86.4]}
#    ^^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what x is.
#                                     ^^^^^ error not-in-code-set E86.4 is not in ICD-10-CM FY2026. Near it: E86.0 (Dehydration), E86.1 (Hypovolemia) or E86.9 (Volume depletion, unspecified).`,
      installed,
    );
  });

  test('names what is new beside a deleted code, and changes to it where that is one', () => {
    const later = fileOf(rowsOf('E86.0 Dehydration\n*E87 Others\nE87.60 Hypokalemia, unspecified'), {
      release: 'FY2027',
      effective: { from: date('2026-10-01'), to: date('2027-09-30') },
    });
    checkProblems(
      visit(
        'E87.6',
        '#           ^^^^^ error not-in-code-set E87.6 was deleted on 2026-10-01: it was in ICD-10-CM FY2026 and is not in FY2027. New beside it: E87.60 (Hypokalemia, unspecified).',
        '2026-10-01',
      ),
      { codeSets: [fileOf(), later] },
    );
    checkFix(
      visit('E87<|>.6', '', '2026-10-01'),
      'encounter: e\ndate: 2026-10-01\nclaim: professional\nplace_of_service: "11"\ndiagnoses: [E87.60]\n',
      { codeSets: [fileOf(), later], title: 'Change to E87.60' },
    );
  });

  test('is of each kind of procedure code and modifier in the set that lists it', () => {
    const hcpcs = fileOf(rowsOf('J1885 Injection, ketorolac'), {
      set: 'hcpcs',
      answers: 'procedure-code',
      lists: '^[A-V]\\d{4}$',
      release: '2026-01',
      title: 'HCPCS',
      pointAfter: 9,
    });
    const modifiers = fileOf(rowsOf('JW Drug thrown away'), {
      set: 'hcpcs-modifiers',
      answers: 'modifier',
      lists: '^[A-Z][A-Z0-9]$',
      title: 'HCPCS modifiers',
    });
    checkProblems(
      `#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
place_of_service: "11"
expect_excludes: [J1885, J1889, "99999"]
#                        ^^^^^ error not-in-code-set J1889 is not in HCPCS 2026-01. Near it: J1885 (Injection, ketorolac).
expect_includes: [{code: "99999", modifiers: [JW, JY, "59"]}]
#<^^^^^^^^^^^^^^ error expectation-mismatch Expected 99999-JW-JY-59 × 1 among others, and no J1885, J1889, 99999, computed no lines: 99999-59-JW-JY is missing.
#                                                 ^^ error not-in-code-set JY is not in HCPCS modifiers FY2026.
`,
      { codeSets: [hcpcs, modifiers] },
    );
  });
});

describe('code-not-checked', () => {
  const starter = fileOf(DIAGNOSES, {
    starter: true,
    release: 'starter',
    lists: '^[A-Z]',
    effective: { from: date('2000-01-01') },
  });

  test('is a code that a starter set does not have, told once', () => {
    checkProblems(visit('Q99.9'));
    checkProblems(
      visit(
        'Q99.9, E86.0, Q99.9',
        `\
#           ^^^^^ information code-not-checked Q99.9 is not in the starter set of ICD-10-CM, which has only some codes. Install a release to check it.`,
      ),
      { codeSets: [starter] },
    );
  });

  test('is one under releases of other days, and under one that has no last day', () => {
    checkProblems(
      visit(
        'Q99.9',
        '#           ^^^^^ information code-not-checked Q99.9 is not in ICD-10-CM FY2027, which is for other days than 2028-01-01. Install the release for that day to check it.',
        '2028-01-01',
      ),
      installed,
    );
    checkProblems(
      visit(
        'Q99.9',
        '#           ^^^^^ information code-not-checked Q99.9 is not in ICD-10-CM FY2026. Later releases may have it; install one to check it.',
      ),
      { codeSets: [fileOf(DIAGNOSES, { effective: { from: date('2025-10-01') } })] },
    );
  });

  test('is none that a rule document names, and none that begins as no code of the set does', () => {
    const spec = `#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
diagnoses: [{code: Q99.9, title: an own one}]
#- e.encounter.yaml
`;
    checkProblems(spec + visit('Q99.9').replace('\n#- e.encounter.yaml\n', ''), {
      codeSets: [starter],
      settings: { severity: { 'described-only': 'off' } },
    });
    const letters = fileOf(rowsOf('J1885 Ketorolac'), {
      set: 'hcpcs',
      answers: 'procedure-code',
      starter: true,
      lists: '^[A-Z]',
    });
    checkProblems(`${visit('')}expect_excludes: ["99998"]\n`.replace('diagnoses: []\n', ''), {
      codeSets: [letters],
    });
  });
});

describe('retired-code', () => {
  const quiet: FixtureOptions = { ...installed, settings: { severity: { 'described-only': 'off' } } };
  const spec = (effective: string, code: string, mark = ''): string => `
#- s.spec.yaml
spec: "99999"
title: T
effective: ${effective}
diagnoses: [{code: ${code}, title: x}]
${mark}`;

  test('is a code that is deleted while the document is in force', () => {
    const mark = `\
#                  ^^^^^ warning retired-code E87.6 was deleted on 2026-10-01 (ICD-10-CM FY2027), and this document is in force then.
`;
    checkProblems(spec('{from: 2026-01-01}', 'E87.6', mark), quiet);
    checkProblems(spec('{from: 2026-01-01, to: 2026-09-30}', 'E87.6'), quiet);
    checkProblems(spec('{from: 2026-01-01}', 'E86.0'), quiet);
  });

  test('is no code at all where the release for the first day does not have it', () => {
    const mark =
      '#                  ^^^^^ error not-in-code-set Q99.9 is not in ICD-10-CM FY2026, the release for 2026-01-01, the first day of this document.\n';
    checkProblems(spec('{from: 2026-01-01}', 'Q99.9', mark), quiet);
    checkProblems(spec('{from: 2020-01-01}', 'Q99.9'), quiet);
  });
});

describe('npi-check-digit', () => {
  test('is an identifier whose last digit does not fit the others', () => {
    const encounter = (npi: string, mark = ''): string =>
      `#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
place_of_service: "11"
provider: {npi: "${npi}"}
${mark}`;
    checkProblems(
      encounter(
        '1234567890',
        `\
#               ^^^^^^^^^^^^ error npi-check-digit The last digit of the NPI 1234567890 does not fit the others: it would be 3. One of the ten is mistyped.
`,
      ),
    );
    for (const right of ['1234567893', '1245319599', '1003000126']) checkProblems(encounter(right));
  });
});

describe('modifier-not-listed', () => {
  test('is one that the specification of the code does not list, nor a policy or table gives', () => {
    checkProblems(
      `#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
place_of_service: "11"
administrations:
  - {substance: ketorolac, purpose: therapeutic, route: iv-push, start: "09:00"}
expect: [{code: "96374", modifiers: [GY]}]
#<^^^^^ error expectation-mismatch Expected 96374-GY × 1, computed 96374 × 1: 96374-GY is missing; 96374 was not expected.
#                                    ^^ warning modifier-not-listed The specification of 96374 has no modifier GY, and no policy or table gives it; it has 59, XE, XS, XP, XU, 76 and 77.
`,
      { library: true },
    );
  });
});

describe('not-billable', () => {
  test('is a header, with the codes below it', () => {
    checkProblems(
      visit(
        'E86',
        `\
#           ^^^ error not-billable E86 only groups other codes and is not billable. Bill one of E86.0 (Dehydration), E86.1 (Hypovolemia) or E86.9 (Volume depletion, unspecified).`,
      ),
      installed,
    );
  });
});

describe('excluded-diagnosis', () => {
  test('is said once of two codes, for those below a header and in a range', () => {
    checkProblems(
      visit(
        'E86.0, P74.1',
        `\
#                  ^^^^^ warning excluded-diagnosis P74.1 is not coded together with E86.0: ICD-10-CM FY2026 has an Excludes1 note. It does not hold where the two are unrelated.`,
      ),
      installed,
    );
    checkProblems(
      visit(
        'R11.2, E86.9',
        `\
#                  ^^^^^ warning excluded-diagnosis E86.9 is not coded together with R11.2: ICD-10-CM FY2026 has an Excludes1 note. It does not hold where the two are unrelated.`,
      ),
      installed,
    );
    checkProblems(visit('E86.0, E86.0, E87.6, P74.32'), installed);
  });
});

describe('code-first', () => {
  test('is a manifestation without what stands behind it, or before it', () => {
    checkProblems(
      visit(
        'D64.81',
        `\
#           ^^^^^^ information code-first D64.81 stands after the diagnosis behind it, which is missing: ICD-10-CM FY2026 says to code C00 to D49 first, where it applies.`,
      ),
      installed,
    );
    const withCancer: FixtureOptions = {
      codeSets: [
        fileOf([
          ...withNotes,
          ...rowsOf('C50.912 Malignant neoplasm of unspecified site of left female breast'),
        ]),
      ],
    };
    checkProblems(visit('C50.912, D64.81'), withCancer);
    checkProblems(
      visit(
        'D64.81, C50.912',
        '#           ^^^^^^ information code-first C50.912 is coded before D64.81: ICD-10-CM FY2026 says to code it first.',
      ),
      withCancer,
    );
  });
});
