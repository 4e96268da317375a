/** What installed releases of code sets say of the codes of an encounter. */
import { describe, test } from 'node:test';
import { checkProblems, type FixtureOptions } from '../../support/checks.ts';
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
        '#           ^^^^^ error not-in-code-set E87.6 is no longer in ICD-10-CM FY2027; it was in FY2026.',
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

  test('is nothing without a release for the date, or with a starter set', () => {
    checkProblems(visit('Q99.9'));
    checkProblems(visit('Q99.9', '', '2028-01-01'), installed);
    const starter = fileOf(DIAGNOSES, { starter: true, effective: { from: date('2000-01-01') } });
    checkProblems(visit('Q99.9'), { codeSets: [starter] });
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
