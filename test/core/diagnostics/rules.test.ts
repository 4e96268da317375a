/** The checks of families, specifications and policies: for each rule a fixture where it fires and one where it is quiet. */
import { describe, test } from 'node:test';
import { checkFix, checkProblems } from '../../support/checks.ts';

const check = (fixture: string): void => {
  checkProblems(fixture, { settings: { severity: { 'described-only': 'off' } } });
};

const family = `
#- f.family.yaml
family: walks
title: Walks
facts:
  pace:
    definition: How fast.
    values:
      slow: {definition: Slowly.}
      fast: {definition: Quickly.}
  distance: {definition: How far., unit: km}
classes:
  - {class: walk, title: A walk, when: {pace: slow}}
  - {class: run, title: A run, when: {pace: fast}}
`;

describe('unknown-family', () => {
  test('in a specification, a policy and an encounter, with the nearest name', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99999"
title: T
family: walk
#       ^^^^ error unknown-family No document defines the family "walk". Did you mean "walks"?
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
applies_to: {family: swims-and-dives}
#                    ^^^^^^^^^^^^^^^ error unknown-family No document defines the family "swims-and-dives". Known is walks.
rules: [{id: a, then: {note: x}}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
family: talks
#       ^^^^^ error unknown-family No document defines the family "talks". Did you mean "walks"?`);
    checkFix(
      `${family}#- s.spec.yaml\nspec: "99999"\ntitle: T\neffective: {from: 2024-01-01}\nfamily: walk<|>`,
      'spec: "99999"\ntitle: T\neffective: {from: 2024-01-01}\nfamily: walks',
    );
  });

  test('with no family at all', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
family: walks
#       ^^^^^ error unknown-family No document defines the family "walks". No family is at hand: add a .family.yaml file.
effective: {from: 2024-01-01}`);
  });

  test('not when a document defines it, nor when none is named', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
#- t.spec.yaml
spec: "99998"
title: T
effective: {from: 2024-01-01}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
family: walks`);
  });
});

describe('unknown-class', () => {
  test('in what a specification reports and in the positions of the family', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {route: y}}
positions:
  initial:
    among: [walk, ran]
#                 ^^^ error unknown-class The family walks has no class "ran". Did you mean "run"?
    choose: [{id: a, rank: [{by: hierarchy}]}]
  concurrent: {overlap: {more_than: 1 min}, among: [swim]}
#                                                   ^^^^ error unknown-class The family walks has no class "swim". Known are walk and run.
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: [walk, waltz], as: each}
#                       ^^^^^ error unknown-class The family walks has no class "waltz". Did you mean "walk"?`);
  });

  test('of a name that is only begun, with the one that is meant', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: marathon-run, title: A run, when: {route: x}}
  - {class: marathon-run-by-night, title: Another, when: {route: y}}
positions: {initial: {among: [mara], choose: [{id: a, rank: [{by: hierarchy}]}]}}
#                             ^^^^ error unknown-class The family walks has no class "mara". Did you mean "marathon-run"?`);
  });

  test('not where the classes are defined, or the family is not known', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
positions: {initial: {among: [walk], choose: [{id: a, rank: [{by: hierarchy}]}]}}
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- t.spec.yaml
spec: "99998"
title: T
family: nothing-like-it
#       ^^^^^^^^^^^^^^^ error unknown-family No document defines the family "nothing-like-it". Known is walks.
effective: {from: 2024-01-01}
reports: {class: swim, as: each}`);
  });
});

describe('unknown-fact and unknown-fact-value', () => {
  test('in every condition of families, specifications and policies', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  pace:
    definition: How fast.
    values:
      slow: {definition: Slowly.}
      fast: {definition: Quickly.}
classes:
  - {class: walk, title: A walk, when: {pce: slow}}
#                                       ^^^ error unknown-fact There is no fact "pce". Did you mean "pace"?
  - {class: run, title: A run, when: {pace: [fast, fsat]}}
#                                     ^^^^ error unknown-fact-value The vocabulary has no pace "fsat". Did you mean "fast"?
positions:
  initial:
    among: [walk, run]
    choose:
      - {id: a, when: {weather: rain}, rank: [{by: condition, when: {pace: quick}}]}
#                      ^^^^^^^ error unknown-fact There is no fact "weather". Define it under \`facts\` of the family.
#                                                                          ^^^^^ error unknown-fact-value The vocabulary has no pace "quick". Known are slow and fast.
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each, when: {all: [{not: {pace: slwo}}]}}
#                                                          ^^^^ error unknown-fact-value The vocabulary has no pace "slwo". Did you mean "slow"?
excludes:
  - {color: red, instead: ["99998"]}
#    ^^^^^ error unknown-fact There is no fact "color". Define it under \`facts\` of the family.
modifiers:
  - {code: XE, use: u, when: {initial: second, repeated_by: nobody}}
#                                      ^^^^^^ error unknown-fact-value The vocabulary has no initial "second". Known are first and another-same-day.
#                                                           ^^^^^^ error unknown-fact-value The vocabulary has no repeated by "nobody". Known are same-provider and another-provider.
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
applies_to: {family: walks}
rules:
  - {id: a, when: {any: [{distance: {at_least: 1 km}}, {as: firts}]}, then: {note: x}}
#                                    ^^^^^^^^ error unknown-fact There is no fact "distance". Define it under \`facts\` of the family.
#                                                           ^^^^^ error unknown-fact-value The vocabulary has no as "firts". Known are initial, sequential, concurrent, repeat, additional-time, each, stated and drug.`);
  });

  test('in an encounter, where families give the fact values', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  pace:
    definition: How fast.
    values:
      slow: {definition: Slowly.}
      fast: {definition: Quickly.}
classes:
  - {class: walk, title: A walk, when: {pace: slow}}
  - {class: run, title: A run, when: {pace: fast}}
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
services:
  - {service: outdoors, facts: {pace: slwo, weather: rain}}
#    ^^^^^^^^^^^^^^^^^ warning not-covered outdoors is of no class of walks, so what it is billed as is unknown.
#                                     ^^^^ error unknown-fact-value The vocabulary has no pace "slwo". Did you mean "slow"?
  - {service: outdoors, facts: {pace: slow}}`);
  });

  test('not for facts of the encounter, of lines and of the family', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  pace: {definition: How fast., values: {slow: {definition: Slowly.}}}
  distance: {definition: How far., unit: km}
classes:
  - class: walk
    title: A walk
    when:
      pace: slow
      distance: {more_than: 1 km}
      any: [{claim: facility}, {payer: Medicare}, {plan: x}, {place_of_service: "11"}, {taxonomy: x}, {diagnosis: E86.0}]
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each, when: {minutes: {at_least: 5 min}, substance: x, session: am}}
modifiers:
  - {code: XE, use: u, when: {initial: another-same-day, differs_by: session, repeated_by: same-provider}}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, when: {code: "99999", class: walk, as: each, units: {more_than: "1"}, modifier: XE, own_diagnosis: E86.0}, then: {note: x}}`);
  });
});

describe('unknown-code', () => {
  test('where an add-on adds to a code without a specification', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: initial}
#- t.spec.yaml
spec: "99998"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99999", "99989", "12345"]}
#                                                         ^^^^^^^ warning unknown-code No specification here is about 99989, to which 99998 adds. Did you mean "99999"?
#                                                                  ^^^^^^^ warning unknown-code No specification here is about 12345, to which 99998 adds. Write one, or leave the code out.`);
  });

  test('where an encounter states one', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
services:
  - code: "99999"
  - code: "12345"
#         ^^^^^^^ warning unknown-code No specification here is about 12345, so nothing can be said of it.`);
  });
});

describe('overlapping-versions', () => {
  test('of specifications, families and policies, at both', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01, to: 2024-06-30}
#<^^^^^^^^ error overlapping-versions Another version of 99999 is in force from 2024-06-30, on some of the same days. End the earlier one with "to".
---
spec: "99999"
title: T
effective: {from: 2024-06-30}
#<^^^^^^^^ error overlapping-versions Another version of 99999 is in force 2024-01-01 to 2024-06-30, on some of the same days. End the earlier one with "to".
#- f.family.yaml
family: walks
#       ^^^^^ error overlapping-versions Another version of walks is in force from 2025-01-01, on some of the same days. End the earlier one with "to".
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- g.family.yaml
family: walks
title: Walks
effective: {from: 2025-01-01}
#<^^^^^^^^ error overlapping-versions Another version of walks is in force on every day, on some of the same days. End the earlier one with "to".
classes: [{class: walk, title: A walk, when: {route: x}}]`);
  });

  test('not where one ends before the next begins, nor of two codes', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01, to: 2024-06-30}
---
spec: "99999"
title: T
effective: {from: 2024-07-01}
---
spec: "99998"
title: T
effective: {from: 2024-01-01}`);
  });
});

describe('gap-between-versions', () => {
  test('names the days', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-07-03}
#<^^^^^^^^ warning gap-between-versions No version of 99999 is in force from 2024-07-01 to 2024-07-02.
---
spec: "99999"
title: T
effective: {from: 2024-01-01, to: 2024-02-28}
---
spec: "99999"
title: T
effective: {from: 2024-03-01, to: 2024-06-30}
#<^^^^^^^^ warning gap-between-versions No version of 99999 is in force on 2024-02-29.`);
  });

  test('not before the first and after the last', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-02-01, to: 2024-02-28}
---
spec: "99999"
title: T
effective: {from: 2024-02-29, to: 2024-12-31}`);
  });
});

describe('same-administrations', () => {
  test('of two specifications with nothing to choose by, at both', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {route: y}}
#- s.spec.yaml
spec: "99999"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: [walk, run], as: each}
#<^^^^^^ error same-administrations 99998 reports the same administrations (walk, each) on the same days. Tell them apart with "when", a time, or effective dates.
#- t.spec.yaml
spec: "99998"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#<^^^^^^ error same-administrations 99999 reports the same administrations (walk, each) on the same days. Tell them apart with "when", a time, or effective dates.`);
  });

  test('not where positions, conditions, dates, bands of time or primary codes tell them apart', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {route: y}}
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: initial}
#- b.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: sequential}
#- c.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: initial, when: {claim: facility}}
#- d.spec.yaml
spec: "99993"
title: T
family: walks
effective: {from: 2020-01-01, to: 2023-12-31}
reports: {class: walk, as: initial}
#- e.spec.yaml
spec: "99994"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: each}
thresholds: [{measure: minutes, at_most: 10 min}]
#- f.spec.yaml
spec: "99995"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: each}
thresholds: [{measure: minutes, more_than: 10 min}]
#- g.spec.yaml
spec: "99996"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99990"]}
#- h.spec.yaml
spec: "99997"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99991"]}`);
  });
});

describe('duplicate-name', () => {
  test('of classes, of rules and of administrations', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: walk, title: Another walk, when: {route: y}}
#    ^^^^^^^^^^^ error duplicate-name Another class here is called "walk" already.
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, then: {note: x}}
  - {id: a, then: {note: y}}
#    ^^^^^ error duplicate-name Another rule here is called "a" already.
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
administrations:
  - {id: a, route: x}
  - {id: a, route: x}
#    ^^^^^ error duplicate-name Two administrations have the id "a", so a reference to it is ambiguous.`);
  });

  test('not of names in different documents', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules: [{id: a, then: {note: x}}]
---
policy: q
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules: [{id: a, then: {note: x}}]`);
  });
});

describe('impossible-date and reversed-dates', () => {
  test('in effective ranges', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2023-02-29, to: 2024-02-30}
#                 ^^^^^^^^^^ error impossible-date There is no 2023-02-29 in the calendar.
#                                 ^^^^^^^^^^ error impossible-date There is no 2024-02-30 in the calendar.
#- t.spec.yaml
spec: "99998"
title: T
effective:
  from: 2024-01-02
  to: 2024-01-01
#     ^^^^^^^^^^ error reversed-dates The range ends on 2024-01-01, before it begins on 2024-01-02.
#- e.encounter.yaml
encounter: e
date: 2026-04-31
#     ^^^^^^^^^^ error impossible-date There is no 2026-04-31 in the calendar.
claim: professional`);
  });

  test('not for a leap day and a range of one day', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-02-29, to: 2024-02-29}`);
  });
});

describe('described-only', () => {
  test('says that a specification computes nothing', () => {
    checkProblems(`
#- s.spec.yaml
spec: "99999"
#     ^^^^^^^ information described-only 99999 is described here, not executable
title: T
effective: {from: 2024-01-01}`);
  });

  test('not of one that reports something', () => {
    checkProblems(
      `${family}#- s.spec.yaml\nspec: "99999"\ntitle: T\nfamily: walks\neffective: {from: 2024-01-01}\nreports: {class: run, as: each}`,
    );
  });
});
