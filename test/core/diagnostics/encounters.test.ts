/** The checks of encounters against the drug-administration example: for each rule where it fires and where it is quiet. */
import { describe, test } from 'node:test';
import { checkFix, checkProblems } from '../../support/checks.ts';

const checkWithLibrary = (fixture: string): void => {
  checkProblems(fixture, { library: true });
};

test('an encounter with nothing wrong', () => {
  checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: professional
place_of_service: "11"
provider: {taxonomy: 207R00000X}
diagnoses: [E86.0]
family: drug-administration
administrations:
  - {id: a, substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:35", minutes: 95, note: ran well}
  - {id: b, substance: y, purpose: therapeutic, route: iv-infusion, start: "12:00", stop: "12:20", repeats: a}
expect:
  - {code: "96365", units: 1, modifiers: []}
  - {code: "96366"}
  - {code: "96367", outcome: billable}`);
});

describe('missing-time', () => {
  test('at an administration whose class depends on it', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00"}
#    ^^^^^^^^^^^^ warning missing-time x has no stop time, so what it is billed as is unknown.
  - {substance: y, purpose: therapeutic, route: iv-infusion}
#    ^^^^^^^^^^^^ warning missing-time y has no minutes, so what it is billed as is unknown.
  - substance: z
#   ^^^^^^^^^^^^ warning missing-time z has no route or minutes, so what it is billed as is unknown.
    purpose: therapeutic`);
  });
});

describe('stop-before-start', () => {
  test('at the stop, with the next day as the fix', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "23:00", stop: "01:35"}
#                                                                                  ^^^^^^^ error stop-before-start The stop 01:35 lies before the start 23:00. If it was on the next day, write "01:35 +1d".`);
    const text = (stop: string): string =>
      `encounter: e\ndate: 2026-03-02\nclaim: facility\nadministrations:\n  - start: "23:00"\n    stop: ${stop}`;
    checkFix(`#- e.encounter.yaml\n${text('"01:35"<|>')}`, text('"01:35 +1d"'));
    checkFix(`#- e.encounter.yaml\n${text('1:35<|>')}`, text('"01:35 +1d"'));
  });

  test('not when it stopped at once, nor on the next day', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: flush, route: iv-push, start: "23:00", stop: "23:00"}
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "23:00", stop: "01:35 +1d"}`);
  });
});

describe('times-disagree', () => {
  test('at the minutes', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:00", minutes: 61}
#                                                                                                    ^^ error times-disagree From start to stop are 60 minutes, not 61 minutes; the clock times count.
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "12:00", stop: "13:00", minutes: 60}`);
  });
});

describe('unknown-reference', () => {
  test('with the nearest id', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {id: first-bag, substance: x, purpose: therapeutic, route: iv-infusion, minutes: 60}
  - {id: b, substance: y, purpose: therapeutic, route: iv-infusion, minutes: 60, repeats: first-bga}
#                                                                                         ^^^^^^^^^ error unknown-reference No other administration here has the id "first-bga". Did you mean "first-bag"?
  - {id: c, substance: z, purpose: therapeutic, route: iv-infusion, minutes: 60, repeats: c}
#                                                                                         ^ error unknown-reference No other administration here has the id "c". Did you mean "b"?`);
    const text = (id: string): string =>
      `encounter: e\ndate: 2026-03-02\nclaim: facility\nservices:\n  - {id: first, code: J2405}\nadministrations:\n  - {purpose: flush, repeats: ${id}}`;
    checkFix(`#- e.encounter.yaml\n${text('frist<|>')}`, text('first'));
  });
});

describe('no-version-in-force and not-covered', () => {
  test('before every version of a specification', () => {
    checkWithLibrary(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2030-01-01}
reports: {class: walk, as: each}
#- e.encounter.yaml
encounter: e
date: 2005-03-02
#     ^^^^^^^^^^ warning no-version-in-force No specification is in force on 2005-03-02, so nothing is computed.
claim: facility
administrations:
  - {route: x}`);
  });

  test('of a class or position that no specification reports, and of no class at all', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: chemotherapy, route: intrathecal}
#    ^^^^^^^^^^^^ warning not-covered No specification here reports “Chemotherapy by puncture of the spinal canal”, so what is billed for x is unknown.
  - {substance: z, purpose: therapeutic, route: intrathecal}
#    ^^^^^^^^^^^^ warning not-covered z is of no class of drug-administration, so what it is billed as is unknown.`);
  });
});

describe('ambiguous-line', () => {
  test('at the administration that two specifications report', () => {
    checkWithLibrary(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each, when: {claim: facility}}
#- t.spec.yaml
spec: "99998"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
family: walks
services:
  - {service: x, facts: {route: x}}
#    ^^^^^^^^^^ warning ambiguous-line 99998 and 99999 both report this service, so its code is unknown.
---
encounter: f
date: 2026-03-02
claim: professional
family: walks
services:
  - {service: x, facts: {route: x}}`);
  });
});

describe('unknown-payer', () => {
  const visit = (payer: string, mark: string): string => `
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
place_of_service: "11"
payer: ${payer}
${mark}
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30}`;

  test('is a payer of whom no policy speaks, with the nearest that one does', () => {
    checkWithLibrary(
      visit(
        'Medicaer',
        '#      ^^^^^^^^ information unknown-payer No policy here speaks for the payer Medicaer. Only the specifications hold for it. Did you mean "Medicare"?',
      ),
    );
    checkWithLibrary(
      visit(
        'Sample Health Plan of Nowhere',
        '#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unknown-payer No policy here speaks for the payer Sample Health Plan of Nowhere. Only the specifications hold for it.',
      ),
    );
  });

  test('is not one that is written in other capitals, nor the name of a plan', () => {
    checkWithLibrary(visit('aetna', ''));
    checkWithLibrary(visit('Highmark Medicare Advantage', ''));
  });
});

describe('diagnosis-not-listed and taxonomy-not-listed', () => {
  test('name the codes whose specifications list others', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
provider: {taxonomy: 208000000X}
#                    ^^^^^^^^^^ warning taxonomy-not-listed 208000000X is not a taxonomy that the specification of 96365 and 96366 lists.
diagnoses: [L03.115, C50.912]
#<^^^^^^^^ information diagnosis-not-listed None of L03.115 and C50.912 is a diagnosis that the specification of 96365 and 96366 lists.
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 95}
---
encounter: e
date: 2026-03-02
claim: facility
diagnoses: [L03.115]
#<^^^^^^^^ information diagnosis-not-listed L03.115 is not a diagnosis that the specification of 96365 lists.
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30}`);
  });

  test('not where one is listed, nor where nothing is billed or all is denied', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
diagnoses: [L03.115, E86.0]
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 95}
---
encounter: e
date: 2026-03-02
claim: professional
place_of_service: "22"
provider: {taxonomy: 208000000X}
diagnoses: [L03.115]
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 95}
---
encounter: e
date: 2026-03-02
claim: professional
diagnoses: [L03.115]`);
  });
});

describe('expectation-mismatch', () => {
  test('says what is missing, what was not expected and what has other units', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 151}
expect:
#<^^^^^ error expectation-mismatch Expected 96365 × 1 (denied), 96366 × 1, 96367 × 1, computed 96365 × 1, 96366 × 2: 96365 (denied) is missing; 96366 has 2 in place of 1; 96367 is missing; 96365 was not expected.
  - {code: "96365", outcome: denied}
  - {code: "96366", units: 1}
  - {code: "96367"}
---
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30}
expect: []
#<^^^^^ error expectation-mismatch Expected no lines, computed 96365 × 1: 96365 was not expected.
---
encounter: e
date: 2026-03-02
claim: facility
expect:
#<^^^^^ error expectation-mismatch Expected 96365-59 × 1, computed no lines: 96365-59 is missing.
  - code: "96365"
    modifiers: ["59"]`);
  });

  test('is silent where the key has no value, which the schema says', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30}
expect:
#<^^^^^ error wrong-type "expect" has no value; it takes a list.`);
  });

  test('compares modifiers only where they are named, and sums of units', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30, session: a}
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30, session: b}
expect:
  - {code: "96365", units: 2}
---
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30, session: a}
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30, session: b}
expect:
  - {code: "96365", modifiers: []}
  - {code: "96365", modifiers: ["59"]}
---
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30, session: a}
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30, session: b}
expect:
#<^^^^^ error expectation-mismatch Expected 96365 × 1, 96365-XE × 1, computed 96365 × 1, 96365-59 × 1: 96365-XE is missing; 96365-59 was not expected.
  - {code: "96365", modifiers: []}
  - {code: "96365", modifiers: [XE]}`);
  });
});

describe('unknown-fact-value', () => {
  test('of purpose and route, with the nearest value', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: x, purpose: theraputic, route: iv-infusion, minutes: 30}
#    ^^^^^^^^^^^^ warning not-covered x is of no class of drug-administration, so what it is billed as is unknown.
#                           ^^^^^^^^^^ error unknown-fact-value The vocabulary has no purpose "theraputic". Did you mean "therapeutic"?
  - {substance: y, purpose: therapeutic, route: zigzag, minutes: 30}
#    ^^^^^^^^^^^^ warning not-covered y is of no class of drug-administration, so what it is billed as is unknown.
#                                               ^^^^^^ error unknown-fact-value The vocabulary has no route "zigzag". Known are iv-infusion, iv-push, intra-arterial, intramuscular, subcutaneous, subcutaneous-infusion, on-body-injector, intrathecal and oral.`);
  });
});

describe('patient-identifier', () => {
  test('in any text of an encounter', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: e
title: Mrs. Miller's infusion
#      ^^^^^^^^^^^^^^^^^^^^^^ error patient-identifier This looks like a name. Encounters hold nothing that identifies a patient; take it out.
summary: MRN 0012345, born 01/02/1950
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error patient-identifier This looks like a record number. Encounters hold nothing that identifies a patient; take it out.
date: 2026-03-02
claim: facility
plan: 123-45-6789
#     ^^^^^^^^^^^ error patient-identifier This looks like a social security number. Encounters hold nothing that identifies a patient; take it out.
administrations:
  - {substance: x, purpose: flush, route: iv-push, note: "call (555) 123-4567"}
#                                                        ^^^^^^^^^^^^^^^^^^^^^ error patient-identifier This looks like a telephone number. Encounters hold nothing that identifies a patient; take it out.
  - {substance: x, purpose: flush, route: iv-push, note: ann@example.org}
#                                                        ^^^^^^^^^^^^^^^ error patient-identifier This looks like an e-mail address. Encounters hold nothing that identifies a patient; take it out.
  - {substance: x, purpose: flush, route: iv-push, note: 1EG4-TE5-MK73}
#                                                        ^^^^^^^^^^^^^ error patient-identifier This looks like a beneficiary identifier. Encounters hold nothing that identifies a patient; take it out.
  - {substance: x, purpose: flush, route: iv-push, facts: {who: "DOB: 1950-01-02"}}
#                                                               ^^^^^^^^^^^^^^^^^ error patient-identifier This looks like a date of birth. Encounters hold nothing that identifies a patient; take it out.`);
  });

  test('not in codes, times, numbers and sources', () => {
    checkWithLibrary(`
#- e.encounter.yaml
encounter: case-2026-03-02-123
title: Patient with vomiting, 65 years, second visit; seen at 10:00 for 95 minutes
date: 2026-03-02
claim: facility
payer: Aetna
diagnoses: [E86.0, R11.2, Z79.899]
provider: {taxonomy: 207R00000X, name: clinic A}
administrations:
  - {substance: x, purpose: flush, route: iv-push, note: 5 mg in 100 mL over 10-15 minutes}
source: {title: ann@example.org wrote it, url: "https://example.org/555-123-4567"}`);
  });
});
