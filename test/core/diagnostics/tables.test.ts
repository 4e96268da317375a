/** The checks of tables and policies that encounters use: for each rule fixtures where it fires and fixtures where it is quiet. */
import { describe, test } from 'node:test';
import { checkFix, checkNoFix, checkProblems } from '../../support/checks.ts';

const check = (fixture: string): void => {
  checkProblems(fixture, { settings: { severity: { 'described-only': 'off' } } });
};

describe('units-over-limit', () => {
  test('at each administration beyond the limit of the day', () => {
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
time: {at_least: 1 min, covers: 10 min, repeats: true}
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01}
indicators: {"3": {says: a limit of the day, per: day, excess: review}}
unit_limits: {"99990": {units: 2, indicator: "3"}}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
tables: [{table: limits}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x, minutes: 10}
  - {substance: b, route: x, minutes: 20}
#    ^^^^^^^^^^^^ warning units-over-limit 99990 is billed more often than Limits (July) allows: 2 a day. Expect a denial, and keep the record for an appeal.
  - {substance: c, route: x, minutes: 5}
#    ^^^^^^^^^^^^ warning units-over-limit 99990 is billed more often than Limits (July) allows: 2 a day. Expect a denial, and keep the record for an appeal.`);
  });

  test('as grave as the policy has it', () => {
    const encounter = (payer: string, level: string, marks: string): string => `
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
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01}
indicators: {"3": {says: a limit of the day, per: day, excess: review}}
unit_limits: {"99990": {units: 0, indicator: "3"}}
#- p.policy.yaml
policy: p
payer: ${payer}
title: T
effective: {from: 2024-01-01}
tables: [{table: limits}]
severity: {units-over-limit: ${level}}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: ${payer}
claim: facility
administrations:
  - {substance: a, route: x}${marks}`;
    check(encounter('Medicare', 'error', '\n#    ^^^^^^^^^^^^ error units-over-limit 99990 is billed'));
    check(encounter('Aetna', 'off', ''));
  });

  test('not at the limit, on another day, nor where units are denied', () => {
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
reports: {class: walk, as: each}
---
spec: "99991"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: run, as: each}
---
spec: "99992"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: swim, as: each}
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01}
indicators:
  "2": {says: an absolute limit, per: day, excess: deny}
  "3": {says: a limit of the day, per: day, excess: review}
unit_limits:
  "99990": {units: 2, indicator: "3"}
  "99991": {units: 1, indicator: "2"}
  "99992": {units: 1, indicator: "3"}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
tables: [{table: limits}]
rules: [{id: a, when: {session: b}, then: {deny: not in this session}}]
#- e.encounter.yaml
encounter: at-the-limit
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}
  - {substance: b, route: x}
  - {substance: c, route: z}
---
encounter: past-midnight
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x, start: "22:00", stop: "22:10"}
  - {substance: b, route: x, start: "23:00", stop: "23:10"}
  - {substance: c, route: x, start: "01:00 +1d", stop: "01:10 +1d"}
---
encounter: denied-by-a-rule
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}
  - {substance: b, route: x}
  - {substance: c, route: x, session: b}
---
encounter: denied-by-the-table
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: y}
  - {substance: b, route: y}`);
  });

  test('not for another payer, another claim, another date, or a limit of each line', () => {
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
modifiers: [{code: XE, use: u, when: {substance: c}}]
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2026-01-01}
indicators: {"3": {says: a limit of the day, per: day, excess: review}}
unit_limits: {"99990": {units: 1, indicator: "3"}}
---
table: limits
title: Limits
release: before
effective: {from: 2024-01-01, to: 2025-12-31}
indicators: {"3": {says: a limit of the day, per: day, excess: review}}
unit_limits: {"99990": {units: 2, indicator: "3"}}
---
table: limits-of-lines
title: Limits of lines
release: July
effective: {from: 2024-01-01}
indicators: {"1": {says: a limit of the line, per: line, excess: review}}
unit_limits: {"99990": {units: 1, indicator: "1"}}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
tables: [{table: limits, when: {claim: facility}}]
---
policy: q
payer: Aetna
title: T
effective: {from: 2024-01-01}
tables: [{table: limits-of-lines}]
#- e.encounter.yaml
encounter: nobody
date: 2026-03-02
claim: facility
administrations:
  - {substance: a, route: x}
  - {substance: b, route: x}
---
encounter: another-claim
date: 2026-03-02
payer: Medicare
claim: professional
administrations:
  - {substance: a, route: x}
  - {substance: b, route: x}
---
encounter: another-date
date: 2025-12-31
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}
  - {substance: b, route: x}
---
encounter: each-line
date: 2026-03-02
payer: Aetna
claim: facility
administrations:
  - {substance: a, route: x}
  - {substance: c, route: x}`);
  });

  test('once, however many policies name the table', () => {
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
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01}
indicators: {r: {says: s, per: day, excess: review}}
unit_limits: {"99990": {units: 0, indicator: r}}
#- p.policy.yaml
policy: p
payer: Medicare
title: Rules for walks
effective: {from: 2024-01-01}
tables: [{table: limits}]
#- q.policy.yaml
policy: q
payer: Medicare
title: Rules for walks
effective: {from: 2024-01-01}
tables: [{table: limits}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}
#    ^^^^^^^^^^^^ warning units-over-limit 99990 is billed more often than Limits (July) allows: 0 a day.`);
  });

  test('in the words of the limit, which may be one of a line', () => {
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
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01}
indicators: {r: {says: s, per: line, excess: review}}
unit_limits: {"99990": {units: 0, indicator: r}}
#- p.policy.yaml
policy: p
payer: Medicare
title: Rules for walks
effective: {from: 2024-01-01}
tables: [{table: limits}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}
#    ^^^^^^^^^^^^ warning units-over-limit 99990 is billed more often than Limits (July) allows: 0 a line.`);
  });
});

describe('not-checked', () => {
  test('where no release of the table is in force, or no document defines it', () => {
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
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01, to: 2025-12-31}
unit_limits: {"99990": {units: 1}}
#- p.policy.yaml
policy: p
payer: Medicare
title: Rules for walks
effective: {from: 2024-01-01}
tables: [{table: limits}, {table: pairs, when: {claim: facility}}]
#                                 ^^^^^ information unknown-table No document defines the table "pairs". Encounters are not checked against it, and say so.
#- e.encounter.yaml
encounter: late
#          ^^^^ information not-checked Not checked: no release of the table limits is at hand for 2026-03-02, which Rules for walks looks up.
#          ^^^^ information not-checked Not checked: no release of the table pairs is at hand for 2026-03-02, which Rules for walks looks up.
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}`);
  });

  test('once, however many policies name the table', () => {
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
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2030-01-01}
unit_limits: {"99990": {units: 1}}
#- p.policy.yaml
policy: p
payer: Medicare
title: Rules for walks
effective: {from: 2024-01-01}
tables: [{table: limits}]
---
policy: q
payer: Medicare
title: Other rules for walks
effective: {from: 2024-01-01}
applies_to: {family: walks}
tables: [{table: limits}]
#- e.encounter.yaml
encounter: e
#          ^ information not-checked Not checked: no release of the table limits is at hand for 2026-03-02, which Rules for walks looks up.
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}`);
  });

  test('not where a release is in force, nor where nobody looks it up', () => {
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
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01, to: 2025-12-31}
unit_limits: {"99990": {units: 1}}
---
table: limits
title: Limits
release: August
effective: {from: 2026-01-01}
unit_limits: {"99990": {units: 1}}
---
table: old
title: Old limits
release: July
effective: {from: 2024-01-01, to: 2024-12-31}
unit_limits: {"99990": {units: 1}}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
tables: [{table: limits}, {table: old, when: {claim: professional}}]
---
policy: q
payer: Aetna
title: T
effective: {from: 2024-01-01}
tables: [{table: old}]
---
policy: r
payer: Medicare
title: T
effective: {from: 2020-01-01, to: 2024-12-31}
tables: [{table: old}]
---
policy: s
title: T
effective: {from: 2024-01-01}
tables: [{table: old}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}
---
encounter: f
date: 2024-12-31
payer: Medicare
claim: professional
administrations:
  - {substance: a, route: x}`);
  });

  test('not where the encounter names a family that the policy does not speak of', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- g.family.yaml
family: swims
title: Swims
classes: [{class: swim, title: A swim, when: {route: y}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2030-01-01}
unit_limits: {"99990": {units: 1}}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
applies_to: {family: swims}
tables: [{table: limits}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
family: walks
administrations:
  - {substance: a, route: x}`);
  });

  test('where the record does not say whether the table is for it', () => {
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
title: Rules for walks
effective: {from: 2024-01-01}
tables:
  - {table: limits, when: {place_of_service: "11"}}
#           ^^^^^^ information unknown-table
#- e.encounter.yaml
encounter: e
#          ^ information not-checked Not checked: the record does not say whether the table limits is for it
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}`);
  });

  test('not where there is nothing to check', () => {
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
title: Rules for walks
effective: {from: 2024-01-01}
tables:
  - {table: limits}
#           ^^^^^^ information unknown-table
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility`);
  });

  test('not for a family of which the encounter has nothing', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- g.family.yaml
family: swims
title: Swims
classes: [{class: swim, title: A swim, when: {route: z}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- p.policy.yaml
policy: p
payer: Medicare
title: Rules for walks
effective: {from: 2024-01-01}
applies_to: {family: swims}
tables:
  - {table: limits}
#           ^^^^^^ information unknown-table
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x}`);
  });
});

describe('unknown-dosage-unit', () => {
  test('at the code of a drug that no table in force has, once a day', () => {
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
#- t.table.yaml
table: units
title: Units
release: July
effective: {from: 2024-01-01, to: 2025-12-31}
dosage_units: {J1234: {drug: a, amount: 1 mg}}
---
table: other-units
title: Other units
release: July
effective: {from: 2024-01-01}
dosage_units: {J1235: {drug: b, amount: 1 mg}}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: a, route: x, drug: J1234, dose: 2 mg}
#                                  ^^^^^ warning unknown-dosage-unit No table here says how much of J1234 one unit stands for, so its units are unknown.
  - {substance: a, route: x, drug: J1234, dose: 4 mg}
  - {substance: b, route: x, drug: J1236, dose: 2 mg}
#                                  ^^^^^ warning unknown-dosage-unit No table here says how much of J1236 one unit stands for, so its units are unknown.`);
  });

  test('where no table is at hand, and the dose is not needed to say so', () => {
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
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: a, route: x, drug: J1234}
#                                  ^^^^^ warning unknown-dosage-unit No table here says how much of J1234 one unit stands for, so its units are unknown.`);
  });

  test('not where a table has it, whoever the payer is, nor where no drug is named or it is never reported', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
facts:
  purpose: {definition: Why., values: {rinse: {definition: To rinse., never_reported: Rinsing is not reported.}, other: {definition: Otherwise.}}}
classes: [{class: walk, title: A walk, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- t.table.yaml
table: a-few-units
title: Units
release: July
effective: {from: 2024-01-01}
dosage_units: {J1237: {drug: c, amount: 1 mg}}
---
table: units
title: Units
release: before
effective: {from: 2024-01-01, to: 2025-12-31}
dosage_units: {J1235: {drug: b, amount: 1 mg}}
---
table: units
title: Units
release: July
effective: {from: 2026-01-01}
dosage_units: {J1234: {drug: a, amount: 1 mg}}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
administrations:
  - {substance: a, route: x, drug: J1234, dose: 2 mg}
  - {substance: a, route: x, drug: J1234}
  - {substance: b, route: x, dose: 2 mg}
  - {substance: c, route: x, purpose: rinse, drug: J1236, dose: 2 mg}
---
encounter: f
date: 2025-12-31
payer: Medicare
claim: facility
administrations:
  - {substance: b, route: x, drug: J1235, dose: 2 mg}`);
  });

  test('once, where two families have a class for the administration', () => {
    check(`
#- f.family.yaml
family: walks
title: Walks
classes: [{class: walk, title: A walk, when: {route: x}}]
#- g.family.yaml
family: swims
title: Swims
classes: [{class: swim, title: A swim, when: {route: x}}]
#- s.spec.yaml
spec: "99990"
title: T
family: walks
effective: {from: 2024-01-01}
reports: {class: walk, as: each}
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
claim: facility
administrations:
  - {substance: a, route: x, drug: J1234, dose: 2 mg}
#                                  ^^^^^ warning unknown-dosage-unit`);
  });
});

describe('unknown-policy', () => {
  test('at each name that no document defines, with the nearest one', () => {
    check(`
#- p.policy.yaml
policy: each-walk-alone
title: T
effective: {from: 2024-01-01}
rules: [{id: a, then: {note: x}}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
policies: [each-walk-alone, each-walk-alnoe, swims]
#                           ^^^^^^^^^^^^^^^ error unknown-policy No document defines the policy "each-walk-alnoe". Did you mean "each-walk-alone"?
#                                            ^^^^^ error unknown-policy No document defines the policy "swims". Known is each-walk-alone.`);
    const policy = `#- p.policy.yaml\npolicy: walks\ntitle: T\neffective: {from: 2024-01-01}\nrules: [{id: a, then: {note: x}}]\n`;
    const text = (name: string): string =>
      `encounter: e\ndate: 2026-03-02\nclaim: facility\npolicies:\n  - ${name}`;
    checkFix(`${policy}#- e.encounter.yaml\n${text('wlaks<|>')}`, text('walks'));
    checkNoFix(`${policy}#- e.encounter.yaml\n${text('something-else')}`);
  });

  test('with no policy at all', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
policies: [walks]
#          ^^^^^ error unknown-policy No document defines the policy "walks". None is known.`);
  });

  test('at each policy that is not in force on the date of service', () => {
    check(`
#- p.policy.yaml
policy: of-old
title: T
effective: {from: 2020-01-01, to: 2023-12-31}
rules: [{id: a, then: {note: x}}]
---
policy: in-versions
title: T
effective: {from: 2020-01-01, to: 2023-12-31}
rules: [{id: a, then: {note: x}}]
---
policy: in-versions
title: T
effective: {from: 2024-01-01}
rules: [{id: a, then: {note: x}}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: facility
policies: [of-old, in-versions]
#          ^^^^^^ error unknown-policy The policy "of-old" is not in force on 2026-03-02, so it changes nothing.
---
encounter: f
date: 2023-12-31
claim: facility
policies: [of-old, in-versions]`);
  });

  test('not of readings and policies of any payer, and where none is named', () => {
    check(`
#- p.policy.yaml
policy: a-reading
title: T
effective: {from: 2024-01-01}
rules: [{id: a, then: {note: x}}]
---
policy: of-a-payer
payer: Aetna
title: T
effective: {from: 2024-01-01}
rules: [{id: a, then: {note: x}}]
#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: Medicare
#      ^^^^^^^^ information unknown-payer No policy here speaks for the payer Medicare. Only the specifications hold for it.
claim: facility
policies: [a-reading, of-a-payer]
---
encounter: f
date: 2026-03-02
payer: Medicare
#      ^^^^^^^^ information unknown-payer No policy here speaks for the payer Medicare. Only the specifications hold for it.
claim: facility`);
  });
});

describe('unknown-table', () => {
  test('at each table that no document defines', () => {
    check(`
#- t.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01}
unit_limits: {"99990": {units: 1}}
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2024-01-01}
tables:
  - {table: limits}
  - {table: limit}
#           ^^^^^ information unknown-table No document defines the table "limit". Encounters are not checked against it, and say so.
  - {table: pairs, when: {claim: facility}}
#           ^^^^^ information unknown-table No document defines the table "pairs". Encounters are not checked against it, and say so.`);
  });

  test('not where it is defined in another file, or for other days', () => {
    check(`
#- p.policy.yaml
policy: p
payer: Medicare
title: T
effective: {from: 2026-01-01}
tables: [{table: limits}, {table: pairs}]
#- tables/limits.table.yaml
table: limits
title: Limits
release: July
effective: {from: 2024-01-01, to: 2024-12-31}
unit_limits: {"99990": {units: 1}}
#- tables/pairs.table.yaml
table: pairs
title: Pairs
release: July
effective: {from: 2030-01-01}
indicators: {"0": {says: never paid together, bypass: never}}
code_pairs: {"99990": {"99991": "0"}}`);
  });
});
