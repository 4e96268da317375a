/** The checks that reason about rules: for each rule fixtures where it fires and fixtures where it is quiet. */
import { describe, test } from 'node:test';
import { checkProblems } from '../../support/checks.ts';

const check = (fixture: string): void => {
  checkProblems(fixture, { settings: { severity: { 'described-only': 'off' } } });
};

describe('gap-in-time', () => {
  test('between classes, at the bound of the lower one', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  pace: {definition: How fast., values: {slow: {definition: Slowly.}, fast: {definition: Quickly.}}}
  distance: {definition: How far., unit: km}
classes:
  - {class: short, title: A short walk, when: {pace: slow, minutes: {at_most: 15 min}}}
#                                                                             ^^^^^^ warning gap-in-time of 16 are beyond “A short walk”, and no other class begins there, though one does later.
  - {class: long, title: A long walk, when: {pace: slow, minutes: {at_least: 20 min}}}
  - {class: sprint, title: A sprint, when: {pace: fast, distance: {less_than: 5 km}}}
#                                                                             ^^^^ warning gap-in-time of 5 km are beyond “A sprint”, and no other class begins there, though one does later.
  - {class: marathon, title: A marathon, when: {pace: fast, distance: {at_least: 8 km}}}`);
  });

  test('between classes of which the lower one is an alternative', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - class: short
    title: A short walk
    when: {any: [{route: y}, {route: x, minutes: {at_most: 15 min}}]}
#                                                          ^^^^^^ warning gap-in-time of 16 are beyond “A short walk”, and no other class begins there, though one does later.
  - {class: long, title: A long walk, when: {route: x, minutes: {at_least: 31 min}}}`);
  });

  test('not between classes that meet, however their bounds are written', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  distance: {definition: How far., unit: km}
classes:
  - {class: walk-1, title: T, when: {route: x, minutes: {at_most: 15 min}}}
  - {class: walk-2, title: T, when: {route: x, minutes: {at_least: 16 min, less_than: 1 h}}}
  - {class: walk-3, title: T, when: {route: x, minutes: {at_least: 60 min, at_most: 2 h}}}
  - {class: walk-4, title: T, when: {route: x, minutes: {more_than: 120 min}}}
  - {class: run-1, title: T, when: {route: y, distance: {at_most: 2.5 km}}}
  - {class: run-2, title: T, when: {route: y, distance: {more_than: 2.5 km, at_most: 4.2 km}}}
  - {class: run-3, title: T, when: {route: y, distance: {more_than: 4.2 km}}}`);
  });

  test('not where another class takes what lies between, in whatever order they stand', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: middle, title: T, when: {route: x, minutes: {at_least: 16 min, at_most: 59 min}}}
  - {class: short, title: T, when: {route: x, minutes: {at_most: 15 min}}}
  - {class: long, title: T, when: {route: x, minutes: {at_least: 60 min}}}
  - {class: short-run, title: T, when: {route: y, minutes: {at_most: 15 min}}}
  - {class: long-run, title: T, when: {route: y, minutes: {at_least: 60 min}}}
  - {class: run, title: T, when: {route: y}}`);
  });

  test('not where nothing more begins, or only for another value or another measure', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  distance: {definition: How far., unit: km}
classes:
  - {class: walk, title: T, when: {route: x, minutes: {at_most: 15 min}}}
  - {class: run, title: T, when: {route: y, minutes: {at_least: 30 min}}}
  - {class: swim, title: T, when: {route: z, minutes: {at_most: 15 min}}}
  - {class: far, title: T, when: {route: z, distance: {at_least: 30 km}}}`);
  });

  test('not where the class between hangs on a default', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  pace: {definition: How fast., values: {slow: {definition: Slowly.}, fast: {definition: Quickly.}}, default: slow}
classes:
  - {class: short, title: T, when: {route: x, minutes: {at_most: 15 min}}}
  - {class: middle, title: T, when: {route: x, pace: slow, minutes: {at_least: 16 min, at_most: 59 min}}}
  - {class: fast, title: T, when: {route: x, pace: fast, minutes: {at_least: 16 min, at_most: 59 min}}}
  - {class: long, title: T, when: {route: x, minutes: {at_least: 60 min}}}`);
  });

  test('between codes of one class and position', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
thresholds: [{measure: minutes, at_most: 15 min}]
#             ^^^^^^^^^^^^^^^^ warning gap-in-time No code reports 16 minutes of “A walk” as each, though more is reported.
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
time: {at_least: 20 min}`);
  });

  test('below the least that a code reports, where the class says from where on it is', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  distance: {definition: How far., unit: km}
classes:
  - {class: walk, title: A walk, when: {route: x, minutes: {at_least: 16 min}}}
  - {class: run, title: A run, when: {route: y, distance: {more_than: 5 km}}}
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: initial}
time: {more_than: 30 min}
#<^^^ warning gap-in-time No code reports 16 minutes of “A walk” as initial, though more is reported.
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports:
  - {class: run, as: sequential, thresholds: [{measure: distance, at_least: 8 km}]}
#                                              ^^^^^^^^^^^^^^^^^ warning gap-in-time No code reports 6 km of “A run” as sequential, though more is reported.`);
  });

  test('not below the least of a class that does not say where it begins, nor for time beyond another code', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {any: [{route: y}, {route: z, minutes: {at_least: 16 min}}]}}
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: [walk, run], as: each}
time: {at_least: 16 min, covers: 60 min}
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99990"]}
time: {at_least: 31 min, covers: 60 min}`);
  });

  test('not between codes that meet, of which one takes all, or that count by different measures', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  distance: {definition: How far., unit: km}
classes:
  - {class: walk, title: A walk, when: {route: x, minutes: {at_least: 1 min}}}
  - {class: run, title: A run, when: {route: y, minutes: {at_least: 1 min}}}
  - {class: swim, title: A swim, when: {route: z}}
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports:
  - {class: walk, as: each, thresholds: [{measure: minutes, at_most: 15 min}]}
  - {class: run, as: initial, time: {at_least: 16 min}}
  - {class: run, as: initial}
  - {class: swim, as: each, thresholds: [{measure: distance, at_most: 1 km}]}
#- b.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports:
  - {class: walk, as: each, time: {more_than: 15 min}}
  - {class: run, as: sequential, time: {more_than: 0 min}}
  - {class: swim, as: each, time: {at_least: 30 min}}`);
  });

  test('not between codes of different classes, positions and families', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- g.family.yaml
family: swims
title: Swims
classes: [{class: walk, title: A walk in water, when: {route: z}}]
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: initial}
thresholds: [{measure: minutes, at_most: 15 min}]
#- b.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: sequential}
time: {at_least: 20 min}
#- c.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: initial}
time: {at_least: 20 min}
#- d.spec.yaml
spec: "99993"
title: T
family: swims
effective: {from: 2024-01-01}
reports: {class: walk, as: initial}
time: {at_least: 20 min}`);
  });
});

describe('never-applies', () => {
  test('of classes whose conditions cannot hold', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  pace: {definition: How fast., values: {slow: {definition: Slowly.}, fast: {definition: Quickly.}}}
classes:
  - {class: a, title: T, when: {minutes: {at_least: 20 min, at_most: 10 min}}}
#    ^^^^^^^^ warning never-applies The condition of the class a can never hold.
  - {class: b, title: T, when: {pace: slow, not: {pace: [slow, fast]}}}
#    ^^^^^^^^ warning never-applies The condition of the class b can never hold.
  - {class: c, title: T, when: {minutes: {documented: false, more_than: 5 min}}}
#    ^^^^^^^^ warning never-applies The condition of the class c can never hold.
  - {class: d, title: T, when: {all: [{pace: slow}, {any: [{pace: fast}, {minutes: {more_than: 1 h, at_most: 60 min}}]}]}}
#    ^^^^^^^^ warning never-applies The condition of the class d can never hold.
  - {class: e, title: T, when: {pace: slow}}`);
  });

  test('of classes behind others that take everything', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: long, title: A long walk, when: {route: x, minutes: {at_least: 60 min}}}
#    ^^^^^^^^^^^ warning never-applies Nothing is ever of the class long: whatever fits it is “A walk” before.
  - {class: run, title: A run, when: {route: [y, z], minutes: {at_least: 16 min}}}
  - {class: race, title: A race, when: {route: z, minutes: {more_than: 20 min}, session: a}}
#    ^^^^^^^^^^^ warning never-applies Nothing is ever of the class race: whatever fits it is “A run” before.`);
  });

  test('not of a class that takes what those before it leave', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  pace: {definition: How fast., values: {slow: {definition: Slowly.}, fast: {definition: Quickly.}, other: {definition: Otherwise.}}}
classes:
  - {class: a, title: T, when: {route: x, minutes: {at_most: 15 min}}}
  - {class: b, title: T, when: {route: x, minutes: {at_least: 30 min}}}
  - {class: c, title: T, when: {route: x}}
  - {class: d, title: T, when: {route: y, pace: slow}}
  - {class: e, title: T, when: {route: y, not: {pace: [slow, fast]}}}
  - {class: f, title: T, when: {route: y}}
  - {class: g, title: T, when: {route: z, session: a}}
  - {class: h, title: T, when: {route: z, session: b}}
  - {class: i, title: T, when: {route: z}}
  - {class: j, title: T, when: {not: {route: [x, y, z]}}}`);
  });

  test('not of a class for what is not documented, nor of an exception before its rule', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: long, title: T, when: {route: x, minutes: {more_than: 8 h}}}
  - {class: timed, title: T, when: {route: x, minutes: {more_than: 15 min}}}
  - {class: short, title: T, when: {route: x, minutes: {at_most: 15 min}}}
  - {class: untimed, title: T, when: {route: x, minutes: {documented: false}}}
  - {class: named, title: T, when: {route: y, session: {documented: true}}}
  - {class: unnamed, title: T, when: {route: y, session: {documented: false}}}`);
  });

  test('of what a specification reports, and of its modifiers', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x, claim: facility}}
  - {class: run, title: A run, when: {any: [{route: y, claim: facility}, {route: z, claim: [facility, professional], plan: a}]}}
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each, when: {claim: professional}}
#<^^^^^^ warning never-applies 99990 never reports this: no service of its class can fulfil "when".
modifiers:
  - {code: XE, use: u, when: {not: {claim: facility}}}
#    ^^^^^^^^ warning never-applies 99990 never gets modifier XE: no service that it reports can fulfil "when".
  - {code: XS, use: u, when: {class: run}}
#    ^^^^^^^^ warning never-applies 99990 never gets modifier XS: no service that it reports can fulfil "when".
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports:
  - {class: run, as: initial, when: {claim: professional, plan: b}}
#    ^^^^^^^^^^ warning never-applies 99991 never reports this: no service of its class can fulfil "when".
  - {class: run, as: sequential, when: {as: initial}}
#    ^^^^^^^^^^ warning never-applies 99991 never reports this: no service of its class can fulfil "when".
  - {class: run, as: concurrent, when: {claim: professional, plan: a, not: {as: initial}}}
modifiers:
  - {code: XE, use: u, when: {as: repeat}}
#    ^^^^^^^^ warning never-applies 99991 never gets modifier XE: no service that it reports can fulfil "when".
  - {code: XS, use: u, when: {as: [repeat, concurrent]}}`);
  });

  test('not of what some service of one of the classes fulfils', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {any: [{route: y}, {route: z, session: a}]}}
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: [walk, run], as: each, when: {any: [{route: none}, {route: z, session: a}]}}
modifiers:
  - {code: XE, use: u, when: {route: z, minutes: {documented: false}}}
  - {code: XS, use: u, when: {differs_by: access_site, not: {differs_by: session}}}
  - {code: XP, use: u, when: {initial: another-same-day, repeated_by: same-provider, beside: ["99991", J1234]}}
  - {code: XU, use: described}
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {as: stated, when: {minutes: {documented: false}}}
modifiers:
  - {code: XE, use: u, when: {route: x, other_lines: {at_least: "1"}}}`);
  });

  test('not where the family or the class is not known, which is a problem of its own', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: swim, as: each, when: {route: y}}
#                ^^^^ error unknown-class The family walks has no class "swim". Known is walk.
modifiers: [{code: XE, use: u, when: {route: z}}]
#- t.spec.yaml
spec: "99991"
title: T
family: swims-and-dives
#       ^^^^^^^^^^^^^^^ error unknown-family No document defines the family "swims-and-dives". Known is walks.
effective: {from: 2024-01-01}
reports: {class: walk, as: each, when: {route: y}}`);
  });

  test('of rules that contradict themselves, or ask for a line that no specification makes', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: [{class: walk, as: each}, {class: run, as: initial}]
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
applies_to: {family: walks}
rules:
  - {id: a, when: {claim: facility, not: {claim: facility}}, then: {note: x}}
#    ^^^^^ warning never-applies The condition of the rule a can never hold.
  - {id: b, when: {code: "99990", as: sequential}, then: {note: x}}
#    ^^^^^ warning never-applies The rule b never applies: no specification makes a line of such code, class and position.
  - {id: c, when: {class: walk, as: [initial, concurrent]}, then: {note: x}}
#    ^^^^^ warning never-applies The rule c never applies: no specification makes a line of such code, class and position.`);
  });

  test('not of rules about drugs, codes without a specification, and lines that some specification makes', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: [{class: walk, as: each}, {class: run, as: initial}]
#- t.spec.yaml
spec: "99213"
title: T
effective: {from: 2024-01-01}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
applies_to: {family: walks}
rules:
  - {id: a, when: {as: drug}, then: {note: x}}
  - {id: b, when: {as: [sequential, drug], minutes: {documented: false}}, then: {note: x}}
  - {id: c, when: {code: J1234, part: wasted}, then: {note: x}}
  - {id: d, when: {code: [J1234, "12345"], as: stated}, then: {note: x}}
  - {id: e, when: {code: "99213"}, then: {note: x}}
  - {id: f, when: {code: [J1234, "99990"], as: each}, then: {note: x}}
  - {id: g, when: {any: [{as: sequential}, {as: initial}]}, then: {note: x}}
  - {id: h, when: {not: {as: each}}, then: {note: x}}
  - {id: i, when: {class: [run, walk], beside: ["12345"]}, then: {note: x}}
  - {id: j, when: {minutes: {documented: false}}, then: {note: x}}
  - {id: k, then: {note: x}}`);
  });

  test('not of rules for codes or a family of which no specification is at hand', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
applies_to: {codes: [J1234, "12345"]}
rules:
  - {id: a, when: {code: J1234}, then: {note: x}}
  - {id: b, when: {class: swim, as: sequential}, then: {note: x}}
---
policy: q
payer: Medicare
title: T
effective: {from: 2024-01-01}
applies_to: {family: swims-and-dives}
#                    ^^^^^^^^^^^^^^^ error unknown-family No document defines the family "swims-and-dives". Known is walks.
rules: [{id: a, when: {as: sequential}, then: {note: x}}]`);
  });

  test('not of a specification in another file or of another version', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2026-01-01}
rules:
  - {id: a, when: {code: "99990", as: each}, then: {note: x}}
  - {id: b, when: {code: "99990", as: initial}, then: {note: x}}
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01, to: 2024-12-31}
reports: {class: walk, as: each}
---
spec: "99990"
title: T
family: walks
effective: {from: 2025-01-01}
reports: {class: walk, as: initial}`);
  });
});

describe('no-primary', () => {
  test('of time beyond codes that report other services', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {route: y}}
  - {class: swim, title: A swim, when: {route: z}}
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: each}
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99990"]}
#<^^^^^^ warning no-primary 99991 can never be reported: none of 99990 reports walk.
#- u.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
reports:
  - {class: run, as: additional-time, of: ["99990"]}
  - {class: swim, as: additional-time}
#    ^^^^^^^^^^^ warning no-primary 99992 can never be reported: no code reports swim.`);
  });

  test('of times beyond each other', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99991"]}
#<^^^^^^ warning no-primary 99990 can never be reported: none of 99991 reports walk.
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99990"]}
#<^^^^^^ warning no-primary 99991 can never be reported: none of 99990 reports walk.`);
  });

  test('of further services where no code reports the initial one of their hierarchy', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {route: y}}
  - {class: swim, title: A swim, when: {route: z}}
positions:
  - {id: land, initial: {among: [run, walk], choose: [{id: a, rank: [{by: hierarchy}]}]}}
  - {id: water, initial: {among: [swim], choose: [{id: a, rank: [{by: hierarchy}]}]}}
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: sequential}
#<^^^^^^ warning no-primary 99990 adds to an initial service, and no specification reports one of its hierarchy as initial.
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports:
  - {class: walk, as: concurrent}
#    ^^^^^^^^^^^ warning no-primary 99991 adds to an initial service, and no specification reports one of its hierarchy as initial.
  - {class: run, as: repeat}
#    ^^^^^^^^^^ warning no-primary 99991 adds to an initial service, and no specification reports one of its hierarchy as initial.
  - {class: swim, as: initial}`);
  });

  test('not where the primary is in another file, is one of several, or reports each of them', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {route: y}}
  - {class: swim, title: A swim, when: {route: z}}
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99991", "99992"]}
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: swim, as: each}
#- b.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: [walk, run], as: each}
#- c.spec.yaml
spec: "99993"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: additional-time}`);
  });

  test('not where a version of the primary reports them, whatever its dates', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01, to: 2024-12-31}
reports: {class: run, as: each}
---
spec: "99990"
title: T
family: walks
effective: {from: 2025-01-01}
reports: {class: walk, as: each}
#- b.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99990"]}`);
  });

  test('not where another class, another version or the code itself can be initial in the hierarchy', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes:
  - {class: walk, title: A walk, when: {route: x}}
  - {class: run, title: A run, when: {route: y}}
  - {class: swim, title: A swim, when: {route: z}}
positions:
  - {id: land, initial: {among: [run, walk], choose: [{id: a, rank: [{by: hierarchy}]}]}}
  - {id: water, initial: {among: [swim], choose: [{id: a, rank: [{by: hierarchy}]}]}}
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: sequential}
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01, to: 2024-12-31}
reports: {class: run, as: initial}
---
spec: "99991"
title: T
family: walks
effective: {from: 2025-01-01}
reports: {class: swim, as: repeat}
#- b.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
reports: [{class: swim, as: initial}, {class: swim, as: sequential}, {class: swim, as: concurrent}]`);
  });

  test('not of classes without a hierarchy, codes without a specification, and primaries that are described', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: sequential}
#- b.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["12345"]}
#                                                ^^^^^^^ warning unknown-code No specification here is about 12345, to which 99991 adds. Write one, or leave the code out.
#- c.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
#- d.spec.yaml
spec: "99993"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["99992"]}`);
  });
});

describe('contradicting-policies', () => {
  test('of two policies, and of two rules of one, at both', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, when: {differs_by: session}, then: {prefer: {modifier: XE, over: ["59"]}}}
#                                        ^^^^ warning contradicting-policies The rule b of q prefers the modifiers the other way round.
#- q.policy.yaml
policy: q
payer: medicare
title: T
effective: {from: 2025-01-01}
rules:
  - {id: b, then: {prefer: {modifier: "59", over: [XE, XS]}}}
#           ^^^^ warning contradicting-policies The rule a of p prefers the modifiers the other way round.
  - {id: c, when: {code: "99990"}, then: {replace: {code: "99991"}}}
#                                  ^^^^ warning contradicting-policies The rule d of q replaces the code of the same lines by another one.
  - {id: d, when: {code: ["99990", "99992"], claim: facility}, then: {replace: {code: "99993"}}}
#                                                              ^^^^ warning contradicting-policies The rule c of q replaces the code of the same lines by another one.`);
  });

  test('of what two policies amend in one document', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
time: {at_least: 16 min}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
amends:
  - {spec: "99990", time: {at_least: 20 min}}
#    ^^^^^^^^^^^^^ warning contradicting-policies q amends "time" of the same document, too; the last by name wins.
  - {family: walks, classes: [{class: walk, title: A walk, when: {route: z}}]}
#    ^^^^^^^^^^^^^ warning contradicting-policies q amends the class walk of the same document, too; the last by name wins.
#- q.policy.yaml
policy: q
payer: Medicare
title: T
effective: {from: 2024-01-01}
amends:
  - {spec: "99990", time: {at_least: 31 min}}
#    ^^^^^^^^^^^^^ warning contradicting-policies p amends "time" of the same document, too; the last by name wins.
  - {family: walks, classes: [{class: walk, title: A walk, when: {route: w}}]}
#    ^^^^^^^^^^^^^ warning contradicting-policies p amends the class walk of the same document, too; the last by name wins.`);
  });

  test('not where conditions exclude each other', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, when: {code: "99990", minutes: {at_most: 30 min}}, then: {replace: {code: "99991"}}}
  - {id: b, when: {code: "99990", minutes: {more_than: 0.5 h}, claim: facility}, then: {replace: {code: "99992"}}}
  - {id: c, when: {code: "99990", minutes: {more_than: 30 min}, not: {claim: facility}}, then: {replace: {code: "99993"}}}
  - {id: d, when: {code: "99990", minutes: {documented: false}}, then: {replace: {code: "99994"}}}
  - {id: e, when: {code: ["99995", "99996"]}, then: {replace: {code: "99997"}}}
  - {id: f, when: {claim: facility}, then: {prefer: {modifier: XE, over: ["59"]}}}
  - {id: g, when: {claim: professional}, then: {prefer: {modifier: "59", over: [XE]}}}`);
  });

  test('not of other days, payers, plans, families and codes, nor of readings', () => {
    const policy = (keys: string, code: string): string =>
      `title: T\n${keys}\nrules: [{id: a, then: {replace: {code: "${code}"}}}]\n`;
    const all = 'effective: {from: 2024-01-01}';
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- g.family.yaml
family: swims
title: Swims
classes: [{class: swim, title: A swim, when: {route: y}}]
#- days.policy.yaml
policy: before
payer: Medicare
${policy('effective: {from: 2020-01-01, to: 2023-12-31}', '99990')}---
policy: after
payer: Medicare
${policy(all, '99991')}#- payers.policy.yaml
policy: other-payer
payer: Aetna
${policy(all, '99992')}#- plans.policy.yaml
policy: plan-a
payer: Cigna
plan: A
${policy(all, '99990')}---
policy: plan-b
payer: Cigna
plan: B
${policy(all, '99991')}#- families.policy.yaml
policy: of-walks
payer: BCBS
${policy(`${all}\napplies_to: {family: walks}`, '99990')}---
policy: of-swims
payer: BCBS
${policy(`${all}\napplies_to: {family: swims}`, '99991')}#- codes.policy.yaml
policy: of-some-codes
payer: Anthem
${policy(`${all}\napplies_to: {codes: ["99995", "99996"]}`, '99990')}---
policy: of-other-codes
payer: Anthem
${policy(`${all}\napplies_to: {codes: ["99997"]}`, '99991')}#- readings.policy.yaml
policy: one-reading
${policy(all, '99990')}---
policy: another-reading
${policy(all, '99991')}`);
  });

  test('not of rules that agree, or that change different things', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, then: {prefer: {modifier: XE, over: ["59"]}}}
  - {id: b, then: {prefer: {modifier: XS, over: ["59"]}}}
  - {id: c, when: {code: "99990"}, then: {replace: {code: "99991", modifiers: ["53"]}}}
  - {id: d, when: {code: "99990"}, then: {deny: not here}}
  - {id: e, when: {code: "99990"}, then: {require: {modifier: "59"}}}
  - {id: f, then: {limit: {units: 1, per: day}}}
#- q.policy.yaml
policy: q
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, then: {prefer: {modifier: XE, over: ["59"]}}}
  - {id: b, when: {code: "99990"}, then: {replace: {code: "99991"}}}
  - {id: c, then: {limit: {units: 2, per: day}}}`);
  });

  test('not of amendments of different documents, or of different parts of one', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: each}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
amends:
  - {spec: "99990", time: {at_least: 20 min}}
  - {family: walks, classes: [{class: walk, title: A walk, when: {route: z}}]}
#- q.policy.yaml
policy: q
payer: Medicare
title: T
effective: {from: 2024-01-01}
amends:
  - {spec: "99991", time: {at_least: 31 min}}
  - {spec: "99990", limit: {units: 1, per: day}}
  - {family: walks, classes: [{class: run, title: A run, when: {route: w}}], groups: {by: [session]}}`);
  });
});

describe('hole-in-dates', () => {
  test('where the family is not in force, before, after and between', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
effective: {from: 2024-07-01}
classes: [{class: walk, title: A walk, when: {route: x}}]
#- g.family.yaml
family: swims
title: Swims
effective: {from: 2020-01-01, to: 2025-12-31}
classes: [{class: swim, title: A swim, when: {route: y}}]
#- h.family.yaml
family: runs
title: Runs
effective: {from: 2020-01-01, to: 2024-02-28}
classes: [{class: run, title: A run, when: {route: z}}]
---
family: runs
title: Runs
effective: {from: 2024-03-01}
#<^^^^^^^^ warning gap-between-versions No version of runs is in force on 2024-02-29.
classes: [{class: run, title: A run, when: {route: z}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
#<^^^^^^^^ warning hole-in-dates 99990 is in force from 2024-01-01 to 2024-06-30, and its family walks is not.
reports: {class: walk, as: each}
---
spec: "99991"
title: T
family: swims
effective: {from: 2024-01-01}
#<^^^^^^^^ warning hole-in-dates 99991 is in force from 2026-01-01 on, and its family swims is not.
reports: {class: swim, as: each}
---
spec: "99992"
title: T
family: runs
effective: {from: 2023-01-01, to: 2025-12-31}
#<^^^^^^^^ warning hole-in-dates 99992 is in force on 2024-02-29, and its family runs is not.
reports: {class: run, as: each}`);
  });

  test('where none of the codes that it adds to is', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01, to: 2024-06-30}
reports: {class: walk, as: each}
#- b.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-09-01}
reports: {class: walk, as: each}
#- c.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
#<^^^^^^^^ warning hole-in-dates 99992 is in force from 2024-07-01 to 2024-08-31
reports: {class: walk, as: additional-time, of: ["99990", "99991"]}`);
  });

  test('not of single versions that begin and end with the family, or within it', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
effective: {from: 2024-01-01, to: 2025-12-31}
classes: [{class: walk, title: A walk, when: {route: x}}]
#- g.family.yaml
family: swims
title: Swims
classes: [{class: swim, title: A swim, when: {route: y}}]
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01, to: 2025-12-31}
reports: {class: walk, as: initial}
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-02-29, to: 2024-02-29}
reports: {class: walk, as: sequential}
---
spec: "99992"
title: T
family: swims
effective: {from: 1990-01-01}
reports: {class: swim, as: each}
---
spec: "99993"
title: T
effective: {from: 1990-01-01}`);
  });

  test('not where versions of the family, or the codes together, leave no day out', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
effective: {from: 2025-01-01}
classes: [{class: walk, title: A walk, when: {route: x}}]
---
family: walks
title: Walks
effective: {from: 2020-01-01, to: 2024-12-31}
classes: [{class: walk, title: A walk, when: {route: x}}]
#- a.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01, to: 2024-06-30}
reports: {class: walk, as: each}
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-07-01, to: 2024-12-31}
reports: {class: walk, as: initial}
#- b.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-06-01}
reports: {class: walk, as: sequential}
#- c.spec.yaml
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01, to: 2026-12-31}
reports: {class: walk, as: additional-time, of: ["99991", "99990"]}`);
  });

  test('not where a version of the add-on is in force with each version of the primary', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
effective: {from: 2020-01-01}
classes: [{class: walk, title: A walk, when: {route: x}}]
#- a.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2020-01-01, to: 2022-12-31}
reports: {class: walk, as: each}
---
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
#<^^^^^^^^ warning gap-between-versions No version of 99990 is in force from 2023-01-01 to 2023-12-31.
reports: {class: walk, as: each}
#- b.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2020-01-01, to: 2022-12-31}
reports: {class: walk, as: additional-time, of: ["99990"]}
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
#<^^^^^^^^ warning gap-between-versions No version of 99991 is in force from 2023-01-01 to 2023-12-31.
reports: {class: walk, as: additional-time, of: ["99990"]}`);
  });

  test('not where the family or the primary is not at hand, which is a problem of its own', () => {
    check(`
#- s.spec.yaml
spec: "99990"
title: T
family: walks
#       ^^^^^ error unknown-family No document defines the family "walks". No family is at hand: add a .family.yaml file.
effective: {from: 2024-01-01}
reports: {class: walk, as: additional-time, of: ["12345"]}
#                                                ^^^^^^^ warning unknown-code No specification here is about 12345, to which 99990 adds. Write one, or leave the code out.`);
  });
});

describe('not-exercised', () => {
  test('at each modifier that no encounter gets, of codes that some encounter bills', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- r.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: each}
modifiers:
  - {code: XE, use: u, when: {minutes: {at_least: 10 min}}}
#    ^^^^^^^^ information not-exercised No encounter here gets modifier XE on 99991, so nothing shows that the clause does what it should.
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
modifiers:
  - {code: XE, use: u, when: {minutes: {at_least: 10 min}}}
  - {code: XS, use: u, when: {minutes: {at_least: 20 min}}}
#    ^^^^^^^^ information not-exercised No encounter here gets modifier XS on 99990, so nothing shows that the clause does what it should.
  - {code: XS, use: u, when: {minutes: {at_most: 10 min}}}
  - {code: XU, use: described}
#- a.encounter.yaml
encounter: a
date: 2026-03-02
claim: facility
administrations:
  - {route: x, minutes: 10}
---
encounter: b
date: 2026-03-02
claim: facility
administrations:
  - {route: x, minutes: 15}
  - {route: y, minutes: 5}`);
  });

  test('not of codes that no encounter bills', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}, {class: run, title: A run, when: {route: y}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- t.spec.yaml
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: each}
modifiers: [{code: XE, use: u, when: {minutes: {at_least: 10 min}}}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {route: x, minutes: 10}`);
  });

  test('not without encounters', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
modifiers: [{code: XE, use: u, when: {minutes: {at_least: 10 min}}}]`);
  });

  test('not where a payer puts another modifier in its place, denies the line, or makes its outcome unknown', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
modifiers:
  - {code: XE, use: u, when: {session: a}}
  - {code: XS, use: u, when: {session: b}}
  - {code: XP, use: u, when: {session: c}}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
rules:
  - {id: a, then: {prefer: {modifier: "59", over: [XE]}}}
  - {id: b, when: {session: b}, then: {deny: not here}}
  - {id: c, when: {session: c, place_of_service: "11"}, then: {deny: not here}}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {route: x, session: a}
  - {route: x, session: b}
  - {route: x, session: c}`);
  });

  test('not where another encounter, with the same lines, got it', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
modifiers:
  - {code: XE, use: u, when: {minutes: {at_least: 10 min}}}
  - {code: XE, use: u, when: {session: a}}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {route: x, minutes: 10}
  - {route: x, minutes: 5, session: a}`);
  });
});
