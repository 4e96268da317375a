/** What the schemas say becomes one sentence at the place that is wrong, in words that people know. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkFix, checkNoFix, checkProblems, foundProblems, hostOf } from '../support/checks.ts';
import { readExamples } from '../support/examples.ts';

const check = (fixture: string): void => {
  checkProblems(fixture, { settings: { severity: { 'described-only': 'off' } } });
};

/** An encounter, and whatever else it says. */
const encounter = (rest: string): string =>
  `#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\nclaim: professional\n${rest}`;

describe('unknown-key', () => {
  test('names the nearest key', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
provder: {taxonomy: 207R00000X}
#<^^^^^^ error unknown-key This encounter has no key "provder"; did you mean "provider"?
diagnoses: [E86.0]`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
provider: {taxonomi: 207R00000X}
#          ^^^^^^^^ error unknown-key "provider" has no key "taxonomi"; did you mean "taxonomy"?`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
administrations:
  - substence: x
#   ^^^^^^^^^ error unknown-key Item 1 of "administrations" has no key "substence"; did you mean "substance"?
#   ^^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what administration 1 is.
    minuts: 5
#   ^^^^^^ error unknown-key Item 1 of "administrations" has no key "minuts"; did you mean "minutes"?`);
  });

  test('names the keys there are where none is near', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
provider: {zzzzzzzz: 1}
#          ^^^^^^^^ error unknown-key "provider" has no key "zzzzzzzz"; the keys here are taxonomy, npi and name.`);
  });

  test('is fixed by the nearest key alone', () => {
    checkFix(
      encounter('provider: {taxonomi: 207R00000X}'),
      encounter('provider: {taxonomy: 207R00000X}').replace(/^#.*\n/, ''),
    );
    checkNoFix(encounter('provider: {zzzzzzzz: 1}'));
  });
});

describe('missing-key', () => {
  test('says what belongs there', () => {
    check(`
#- e.encounter.yaml
encounter: e
#<^^^^^^^^^^^ error missing-key This encounter needs the key "date". The date of service.
#<^^^^^^^^^^^ error missing-key This encounter needs the key "claim". Whose claim it is: the physician's or practice's (\`professional\`), or the hospital's (\`facility\`).`);
    check(`
#- s.spec.yaml
spec: "99999"
#<^^^^^^^^^^^^ error missing-key This specification needs the key "title". What the code stands for, in our own words and never the licensed descriptor.
#<^^^^^^^^^^^^ error missing-key This specification needs the key "effective". The dates of service for which this version speaks.
reports: {as: initial}
#<^^^^^^ error missing-key "reports" needs the key "class". The class of services that the code reports, or several.`);
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {to: 2024-01-01}
#<^^^^^^^^ error missing-key "effective" needs the key "from". The first date of service it applies to.
rules:
  - title: x
#   ^^^^^^^^ error missing-key Item 1 of "rules" needs the key "id". The name of the rule, for explanations and references.
#   ^^^^^^^^ error missing-key Item 1 of "rules" needs the key "then". What happens to the line: exactly one of these.`);
    check(`
#- f.family.yaml
family: f
title: F
facts:
  x: {}
# ^ error missing-key "x" needs the key "definition". What the fact means and how to record it.
classes:
  - class: c
#   ^^^^^^^^ error missing-key Item 1 of "classes" needs the key "title". What the class is called.
#   ^^^^^^^^ error missing-key Item 1 of "classes" needs the key "when". The facts of the services that belong to the class.`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
expect:
  - {units: 1}
#    ^^^^^^^^ error missing-key Item 1 of "expect" needs the key "code". The code of the line.
  - units: 2
#   ^^^^^^^^ error missing-key Item 2 of "expect" needs the key "code". The code of the line.`);
  });

  test('is added with the indentation of its neighbours, or in their braces', () => {
    checkFix(
      '#- e.encounter.yaml\nencounter: e<|>\ndate: 2026-03-02\n',
      'encounter: e\ndate: 2026-03-02\nclaim: professional\n',
    );
    checkFix(
      '#- e.encounter.yaml\n{encounter: e<|>, date: 2026-03-02}',
      '{encounter: e, date: 2026-03-02, claim: professional}',
    );
    checkFix(
      encounter('expect:\n  - units: 2<|>\n    outcome: denied\n'),
      encounter('expect:\n  - units: 2\n    outcome: denied\n    code: \n').replace(/^#.*\n/, ''),
    );
    checkFix(
      encounter('expect: [{units: 2<|>}]'),
      encounter('expect: [{units: 2, code: }]').replace(/^#.*\n/, ''),
    );
  });

  test('is added together with the others that the mapping lacks', () => {
    checkFix(
      '#- s.spec.yaml\nspec: "99999"<|>\n',
      'spec: "99999"\ntitle: \neffective: {from: 2024-01-01}\n',
      {
        title: 'Add all missing keys',
      },
    );
    checkFix(
      '#- p.policy.yaml\npolicy: p\ntitle: T\neffective: {from: 2024-01-01}\nrules:\n  - title: A rule<|>\n',
      'policy: p\ntitle: T\neffective: {from: 2024-01-01}\nrules:\n  - title: A rule\n    id: \n    then: {}\n',
      { title: 'Add all missing keys' },
    );
  });
});

describe('wrong-type', () => {
  test('says what the key takes', () => {
    check(`
#- e.encounter.yaml
encounter: e
title: [a]
#<^^^^ error wrong-type "title" takes a text, not a list.
date: 2026-03-02
claim: professional
administrations: {substance: x}
#<^^^^^^^^^^^^^^ error wrong-type "administrations" takes a list, not keys with values.`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
administrations:
  - x
#   ^ error wrong-type Item 1 of "administrations" takes keys with values, not "x".
  - {minutes: long, primary_reason: perhaps, substance: {a: b}}
#    ^^^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what administration 1 is.
#             ^^^^ error wrong-type "minutes" takes a whole number, not "long".
#                                   ^^^^^^^ error wrong-type "primary_reason" takes true or false, not "perhaps".
#                                            ^^^^^^^^^ error wrong-type "substance" takes a text, not keys with values.
  - {minutes: 1.5}
#    ^^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what administration 2 is.
#             ^^^ error wrong-type "minutes" takes a whole number, not "1.5".`);
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
taxonomies: [[a]]
#            ^^^ error wrong-type Item 1 of "taxonomies" takes a text or keys with values, not a list.
reports: {class: {a: b}, as: initial}
#         ^^^^^ error wrong-type "class" takes a text or a list, not keys with values.`);
  });

  test('in place of a list is put in brackets', () => {
    const fixed = (rest: string): string => encounter(rest).replace(/^#.*\n/, '');
    checkFix(encounter('diagnoses: E86<|>.0\n'), fixed('diagnoses: [E86.0]\n'));
    checkFix(encounter('diagnoses: "E86<|>.0" # why\n'), fixed('diagnoses: ["E86.0"] # why\n'));
    checkFix(encounter('diagnoses: E86<|>.0, R11.0\n'), fixed('diagnoses: [E86.0, R11.0]\n'));
    checkNoFix(encounter('administrations: x<|>\n'));
    checkNoFix(encounter('diagnoses: E86<|>]\n'));
    checkNoFix(encounter('diagnoses: |\n  E86<|>.0\n'));
  });

  test('says that a key has no value', () => {
    check(`
#- e.encounter.yaml
encounter: e
title:
#<^^^^ error wrong-type "title" has no value; it takes a text.
date: 2026-03-02
claim: professional`);
  });

  test('of a whole document', () => {
    check(`
#- e.encounter.yaml
- a list
#<^^^^^^^ error wrong-type This document takes keys with values, not a list.`);
    check(`
#- e.encounter.yaml
just text
#<^^^^^^^^ error wrong-type This document takes keys with values, not "just text".`);
  });
});

describe('wrong-value', () => {
  test('names the values there are, and fixes the nearest', () => {
    check(`
#- e.encounter.yaml
encounter: e
version: 2
#        ^ error wrong-value "version" is "2"; the only value it takes is 1.
date: 2026-03-02
claim: profesional
#      ^^^^^^^^^^^ error wrong-value "claim" is "profesional", which is not one of professional and facility.`);
    checkFix(encounter('').replace('professional', 'profesional'), encounter('').replace(/^#.*\n/, ''));
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
reports: {class: a, as: first}
#                       ^^^^^ error wrong-value "as" is "first", which is not one of initial, sequential, concurrent, repeat, additional-time, each and stated.`);
  });

  test('says how a code is written', () => {
    check(`
#- s.spec.yaml
spec: "9999"
#     ^^^^^^ error wrong-value "spec" is "9999", which is not written as a procedure code: five characters, digits and capital letters, for example "96365".
title: T
effective: {from: 2024-01-01}
modifiers:
  - {code: x, use: u}
#          ^ error wrong-value "code" is "x", which is not written as a modifier: two characters, digits and capital letters, for example "59".
diagnoses:
  - {code: e86.0}
#          ^^^^^ error wrong-value "code" is "e86.0", which is not written as an ICD-10-CM code: a letter, two characters, a point and up to four more, for example "E86.0".
taxonomies: [123]
#            ^^^ error wrong-value Item 1 of "taxonomies" is "123", which is not written as a taxonomy code: nine characters and an X, for example "261QI0500X".
settings: {professional: {places_of_service: ["1"]}}
#                                             ^^^ error wrong-value Item 1 of "places_of_service" is "1", which is not written as a place of service: two digits, for example "11".
sources:
  - {url: cms.gov}
#         ^^^^^^^ error wrong-value "url" is "cms.gov", which is not a web address: write it whole, from https:// on, for example "https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleId=53778".`);
  });

  test('says how a name or a quantity is written', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
reports: {class: Upper Case, as: each}
#                ^^^^^^^^^^ error wrong-value "class" is "Upper Case", which is not a name: lower-case letters, digits, and hyphens between them, for example "therapeutic-infusion".
time: {at_least: a while, covers: 5 .}
#                ^^^^^^^ error wrong-value "at_least" is "a while", which is not a quantity: write a number and a unit, for example "16 min".
#                                 ^^^ error wrong-value "covers" is "5 .", which is not a quantity: write a number and a unit, for example "60 min".`);
    check(`
#- e.encounter.yaml
encounter: The First
#          ^^^^^^^^^ error wrong-value "encounter" is "The First", which is not a name: lower-case letters, digits, and hyphens between them, for example "dehydration-with-vomiting".
date: 2026-03-02
claim: professional
payer: " x"
#      ^^^^ error wrong-value "payer" is " x", which begins or ends with a space, for example "Medicare".
plan: ""
#     ^^ error wrong-value "plan" is empty; write something or leave the key out.`);
    check(`
#- s.spec.yaml
spec: "99999"
title: ""
#      ^^ error wrong-value "title" is empty; write something.
effective: {from: 2024-01-01}`);
  });

  test('says how a time of day is written', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
administrations:
  - start: "25:00"
#   ^^^^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what administration 1 is.
#          ^^^^^^^ error wrong-value "start" is "25:00", which is not a time of day: write HH:MM, and HH:MM +1d for the next day, for example "10:00".
    stop: "9.30"
#         ^^^^^^ error wrong-value "stop" is "9.30", which is not a time of day: write HH:MM, and HH:MM +1d for the next day, for example "11:35".
  - start: "24:00"
#   ^^^^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what administration 2 is.
#          ^^^^^^^ error wrong-value "start" is "24:00", which is not a time of day: write HH:MM, and HH:MM +1d for the next day, for example "10:00".
    stop: "12:60"
#         ^^^^^^^ error wrong-value "stop" is "12:60", which is not a time of day: write HH:MM, and HH:MM +1d for the next day, for example "11:35".
  - start: "02:00 +0d"
#   ^^^^^^^^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what administration 3 is.
#          ^^^^^^^^^^^ error wrong-value "start" is "02:00 +0d", which is not a time of day: write HH:MM, and HH:MM +1d for the next day, for example "10:00".
    stop: 2 pm
#         ^^^^ error wrong-value "stop" is "2 pm", which is not a time of day: write HH:MM, and HH:MM +1d for the next day, for example "11:35".
  - start: 7:05
#   ^^^^^^^^^^^ warning not-covered No family in force on 2026-03-02 says what administration 4 is.
    stop: 23:59 +1d`);
  });

  test('says how a date is written', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-13-02
#     ^^^^^^^^^^ error wrong-value "date" is "2026-13-02", which is not a date: write year, month and day as YYYY-MM-DD, for example "2026-03-02".
claim: professional`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2.3.2026
#     ^^^^^^^^ error wrong-value "date" is "2.3.2026", which is not a date: write year, month and day as YYYY-MM-DD, for example "2026-03-02".
claim: professional`);
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-32, to: 2024-00-01}
#                 ^^^^^^^^^^ error wrong-value "from" is "2024-01-32", which is not a date: write year, month and day as YYYY-MM-DD, for example "2024-01-01".
#                                 ^^^^^^^^^^ error wrong-value "to" is "2024-00-01", which is not a date: write year, month and day as YYYY-MM-DD, for example "2025-12-31".`);
  });

  test('says which numbers are allowed', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
services:
  - {code: "96365", minutes: -5, units: -1}
#          ^^^^^^^ warning unknown-code No specification here is about 96365, so nothing can be said of it.
#                            ^^ error wrong-value "minutes" is "-5", but cannot be less than 0.
#                                       ^^ error wrong-value "units" is "-1", but cannot be less than 0.
expect:
#<^^^^^ error expectation-mismatch Expected 96365 × -1, computed 96365 × 1 (unknown): 96365 is missing; 96365 (unknown) was not expected.
  - {code: "96365", units: -1}
#                          ^^ error wrong-value "units" is "-1", but cannot be less than 0.`);
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
billing_unit: {measure: hour, quantity: 0}
#                                       ^ error wrong-value "quantity" is "0", but must be more than 0.
benchmarks:
  - {measure: x, value: "1", year: 1900}
#                                  ^^^^ error wrong-value "year" is "1900", but cannot be less than 1966.`);
  });

  test('does not take nothing for something', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
settings: {}
#<^^^^^^^ error wrong-value "settings" is empty; it takes professional or facility.
reports: {class: [], as: each}
#         ^^^^^ error wrong-value "class" is an empty list; name at least one or leave the key out.
time: {}
#<^^^ error wrong-value "time" is empty; it takes at_least, more_than, covers, repeats or note.
sources:
  - {}
#   ^^ error wrong-value Item 1 of "sources" is empty; it takes title, publisher, url, section, revision, retrieved or quote.`);
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules: []
#<^^^^ error wrong-value "rules" is an empty list; name at least one or leave the key out.`);
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, when: {}, then: {}}
#           ^^^^ error wrong-value "when" is empty; it takes all, any, not or a test of a fact.
#                     ^^^^ error wrong-value "then" is empty; it takes deny, require, prefer, limit, replace, note or omit.
  - {id: b, when: {any: []}, then: {require: {}}}
#                  ^^^ error wrong-value "any" is an empty list; name at least one or leave the key out.
#                                   ^^^^^^^ error wrong-value "require" is empty; it takes modifier, own_diagnosis or reason.`);
    check(`
#- p.policy.yaml
policy: p
title: T
effective: {from: 2024-01-01}
amends:
  - spec: "99999"
#   ^^^^^^^^^^^^^ error wrong-value Item 1 of "amends" says nothing yet beside "spec"; add reports, time, thresholds, limit, not_beside, excludes, settings, modifiers, diagnoses, diagnosis_lists or taxonomies.
#         ^^^^^^^ warning unknown-code No specification here is about 99999, so there is nothing to amend. None is known.
  - family: f
#           ^ error unknown-family No document defines the family "f". None is known.
#   ^^^^^^^^^ error wrong-value Item 2 of "amends" says nothing yet beside "family"; add facts, classes, groups, positions, deduct or unreported.`);
    check(`
#- f.family.yaml
family: f
title: F
facts:
  x: {definition: X, values: {}}
#                    ^^^^^^ error wrong-value "values" is empty; write at least one entry or leave the key out.
classes: []
#<^^^^^^ error wrong-value "classes" is an empty list; name at least one.`);
  });
});

describe('alternatives are told apart by their key', () => {
  test('actions of a policy', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, then: {deny: x, note: y}}
#           ^^^^ error wrong-value "then" takes only one of deny, require, prefer, limit, replace, note or omit.
  - {id: b, then: {dny: x}}
#                  ^^^ error unknown-key "then" has no key "dny"; did you mean "deny"?
  - {id: c, then: deny}
#                 ^^^^ error wrong-type "then" takes keys with values, not "deny".
  - {id: d, then: {limit: {units: 1}}}
#                  ^^^^^ error missing-key "limit" needs the key "per". For what: a \`day\` or an \`encounter\`.
  - {id: e, then: {limit: {units: -1, per: week}}}
#                                 ^^ error wrong-value "units" is "-1", but cannot be less than 0.
#                                          ^^^^ error wrong-value "per" is "week", which is not one of day and encounter.
  - {id: f, then: {prefer: {modifier: "59", over: XE}}}
#                                                 ^^ error wrong-type "over" takes a list, not "XE".`);
  });

  test('conditions', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, when: {minutes: {atleast: 5 min}}, then: {note: x}}
#                            ^^^^^^^ error unknown-key "minutes" has no key "atleast"; did you mean "at_least"?
  - {id: b, when: {any: {route: x}}, then: {note: x}}
#                  ^^^ error wrong-type "any" takes a list, not keys with values.
  - {id: c, when: {not: [route]}, then: {note: x}}
#                  ^^^ error wrong-type "not" takes keys with values, not a list.
  - {id: d, when: route, then: {note: x}}
#                 ^^^^^ error wrong-type "when" takes keys with values, not "route".
  - {id: e, when: {route: []}, then: {note: x}}
#                  ^^^^^ error wrong-value "route" is an empty list; name at least one or leave the key out.
  - {id: f, when: {minutes: {at_least: soon}}, then: {note: x}}
#                                      ^^^^ error wrong-value "at_least" is "soon", which is not a quantity: write a number and a unit, for example "16 min".
  - {id: g, when: {all: [{any: [{minutes: {atmost: 5 min}}]}]}, then: {note: x}}
#                                          ^^^^^^ error unknown-key "minutes" has no key "atmost"; did you mean "at_most"?`);
  });

  test('lists of codes or of codes with words', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
taxonomies: [207R00000X, {code: 207Q00000X, name: Family medicine}, {name: Nobody}, {code: x}, x]
#                                                                    ^^^^^^^^^^^^ error missing-key Item 3 of "taxonomies" needs the key "code". The NUCC provider taxonomy code.
#                                                                                          ^ error wrong-value "code" is "x", which is not written as a taxonomy code: nine characters and an X, for example "261QI0500X".
#                                                                                              ^ error wrong-value Item 5 of "taxonomies" is "x", which is not written as a taxonomy code: nine characters and an X, for example "261QI0500X".`);
  });
});

describe('unquoted-code', () => {
  test('at a code that other readers would change', () => {
    check(`
#- s.spec.yaml
spec: 00840
#     ^^^^^ warning unquoted-code Other YAML readers take 00840 for 840. Put the code in quotes: "00840".
title: T
effective: {from: 2024-01-01}
modifiers:
  - {code: 01, use: u}
#          ^^ warning unquoted-code Other YAML readers take 01 for 1. Put the code in quotes: "01".
  - {code: 1E, use: u}
settings: {professional: {places_of_service: [01, 11], denied_at: [02]}}
#                                             ^^ warning unquoted-code Other YAML readers take 01 for 1. Put the code in quotes: "01".
#                                                                  ^^ warning unquoted-code Other YAML readers take 02 for 2. Put the code in quotes: "02".
related:
  - {code: 1E100, relation: r}
#          ^^^^^ warning unquoted-code Other YAML readers take 1E100 for 1e+100. Put the code in quotes: "1E100".
#          ^^^^^ error wrong-value "code" is "1E100", which is not written as a procedure code: five characters, digits and capital letters, for example "96366".
  - {code: 00123, relation: r}
#          ^^^^^ warning unquoted-code Other YAML readers take 00123 for 123. Put the code in quotes: "00123".
excludes:
  - {route: x, instead: [01234, 96365]}
#                        ^^^^^ warning unquoted-code Other YAML readers take 01234 for 1234. Put the code in quotes: "01234".`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
place_of_service: 01
#                 ^^ warning unquoted-code Other YAML readers take 01 for 1. Put the code in quotes: "01".
services:
  - code: 0059T
#         ^^^^^ warning unknown-code No specification here is about 0059T, so nothing can be said of it.
  - code: 00590
#         ^^^^^ warning unquoted-code Other YAML readers take 00590 for 590. Put the code in quotes: "00590".
#         ^^^^^ warning unknown-code No specification here is about 00590, so nothing can be said of it.
expect:
#<^^^^^ error expectation-mismatch Expected 00590-07 × 1 (unknown), computed 0059T × 1 (unknown), 00590 × 1 (unknown): 00590-07 (unknown) is missing; 0059T (unknown) was not expected; 00590 (unknown) was not expected.
  - code: 00590
#         ^^^^^ warning unquoted-code Other YAML readers take 00590 for 590. Put the code in quotes: "00590".
    modifiers: [07]
#               ^^ warning unquoted-code Other YAML readers take 07 for 7. Put the code in quotes: "07".
    outcome: unknown`);
  });

  test('not at one that stays what it is, or is in quotes', () => {
    check(`
#- s.spec.yaml
spec: 96365
title: T
effective: {from: 2024-01-01}
modifiers:
  - {code: 59, use: u}
  - {code: "01", use: u}
  - {code: '07', use: u}
  - {code: XE, use: u}
diagnoses: [{code: E86.0}, {code: R11.2}, {code: Z51.81}]
related:
  - {code: "00123", relation: r}
  - {code: J2405, relation: r}
  - {code: 0059T, relation: r}`);
  });

  test('not at numbers and texts', () => {
    check(`
#- e.encounter.yaml
encounter: e
title: 007
date: 2026-03-02
claim: professional
plan: 1E5
services:
  - {code: J2405, minutes: 010, units: 1e1}
#          ^^^^^ warning unknown-code No specification here is about J2405, so nothing can be said of it.`);
  });

  test('is fixed by quotes around what is written', () => {
    const spec = (code: string): string => `spec: ${code}\ntitle: T\neffective: {from: 2024-01-01}`;
    for (const code of ['00840', '1E100', '0x1F0', '0o170', '01234'])
      checkFix(`#- s.spec.yaml\n${spec(`${code}<|>`)}`, spec(`"${code}"`));
    for (const code of ['96365', 'J2405', '"00840"']) checkNoFix(`#- s.spec.yaml\n${spec(code)}`);
  });
});

describe('kinds of documents', () => {
  test('come from the suffix of the file', () => {
    check(`
#- e.encounter.yaml
spec: "99999"
#<^^^^^^^^^^^^ error wrong-kind By its suffix this file holds documents of kind encounter, but this one is of kind spec. Move it to a file that ends in .spec.yaml.
title: T
effective: {from: 2024-01-01}
#- s.spec.yml
encounter: e
#<^^^^^^^^^^^ error wrong-kind By its suffix this file holds documents of kind spec, but this one is of kind encounter. Move it to a file that ends in .encounter.yaml.
date: 2026-03-02
claim: professional`);
  });

  test('come from the naming key where the suffix says nothing', () => {
    check(`
#- rules.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules: [{id: a, then: {nte: x}}]
#                      ^^^ error unknown-key "then" has no key "nte"; did you mean "note"?
---
encounter: e
date: 2026-03-02
claim: x
#      ^ error wrong-value "claim" is "x", which is not one of professional and facility.
---
something: else
#<^^^^^^^^^^^^^^ error wrong-kind This document has none of the keys family, spec, policy, table, encounter, so its kind is not known.`);
  });
});

test('no sentence speaks to programmers', () => {
  const broken = readExamples().flatMap(({ path, text }) =>
    ['x', '[x]', '-1', '""', '{}'].map((value) => ({
      path,
      text: text.replace(/(: )[^\n{[]+(?=\n)/g, (whole, colon: string, at: number) =>
        at % 5 === 0 ? `${colon}${value}` : whole,
      ),
    })),
  );
  let seen = 0;
  for (const { path, text } of broken) {
    const { analysis, files } = hostOf(`#- ${path}\n${text}`);
    for (const { id } of files)
      for (const { message } of foundProblems(analysis, id)) {
        seen++;
        assert.doesNotMatch(
          message,
          /must match|must be (?:string|number|integer|boolean|array|object|equal|[<>])|must NOT|must have|oneOf|anyOf|schema|undefined|\[object|NaN|null\b/,
          message,
        );
        assert.match(message, /[.?!]$/, message);
        assert.doesNotMatch(message, / {2}|\. \.|(?:takes|are|of) \./, message);
      }
  }
  assert.ok(seen > 200, `only ${String(seen)} sentences were seen`);
});
