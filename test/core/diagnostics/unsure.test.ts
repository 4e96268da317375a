/**
 * What the checks that reason about rules do not conclude, since a right document would be blamed; and beside it, as near
 * as can be, what they do.
 */
import { describe, test } from 'node:test';
import { checkProblems } from '../../support/checks.ts';

const check = (...documents: readonly string[]): void => {
  checkProblems(documents.join('\n'), { settings: { severity: { 'described-only': 'off' } } });
};

const WALK = '{class: walk, title: A walk, when: {route: x}}';
const RUN = '{class: run, title: A run, when: {route: y}}';
const ALWAYS = '{from: 2024-01-01}';
const OLD = '{from: 2020-01-01, to: 2023-12-31}';

/** A line for each class; lines that begin with `#` are expectations. */
const classList = (classes: readonly string[]): string =>
  classes.map((own) => (own.startsWith('#') ? own : `  - ${own}`)).join('\n');

const family = (classes: readonly string[], keys = ''): string => `#- f.family.yaml
family: walks
title: Walks
facts:
  pace: {definition: How fast., values: {slow: {definition: Slowly.}, fast: {definition: Quickly.}}}
  distance: {definition: How far., unit: km}
${keys}classes:
${classList(classes)}`;

/** Versions of a family, with what each has beside its name and title. */
const versions = (...keys: readonly string[]): string =>
  `#- f.family.yaml\n${keys.map((own) => `family: walks\ntitle: Walks\n${own}`).join('\n---\n')}`;

const spec = (code: string, keys: string, effective = ALWAYS, file = code): string => `#- ${file}.spec.yaml
spec: "${code}"
title: T
family: walks
effective: ${effective}
${keys}`;

const policy = (id: string, keys: string, payer = 'Medicare'): string => `#- ${id}.policy.yaml
policy: ${id}
payer: ${payer}
title: T
effective: ${ALWAYS}
${keys}`;

const encounter = (keys: string, payer = 'Medicare'): string => `#- e.encounter.yaml
encounter: e
date: 2026-03-02
payer: ${payer}
claim: facility
${keys}`;

const each = (threshold: string, keys = ''): string =>
  `reports: {class: walk, as: each${keys}}\nthresholds: [{measure: minutes, ${threshold}}]`;
const eachOf = (name: string): string => `reports: {class: ${name}, as: each}`;

describe('gap-in-time', () => {
  test('between classes of which the later one leaves its own bound out', () => {
    check(
      family([
        '{class: a, title: A, when: {route: x, minutes: {at_most: 15 min}}}',
        '#                                                            ^^^^^^ warning gap-in-time Minutes of 16 are beyond “A”',
        '{class: b, title: B, when: {route: x, minutes: {more_than: 20 min}}}',
        '{class: d, title: D, when: {route: y, minutes: {at_most: 15 min}}}',
        '{class: e, title: E, when: {route: y, minutes: {more_than: 15 min}}}',
      ]),
    );
  });

  test('not between classes that a fact tells apart which the lower class does not name', () => {
    check(
      family([
        '{class: a, title: A, when: {route: x, minutes: {at_most: 15 min}}}',
        '{class: b, title: B, when: {route: x, claim: facility, minutes: {at_least: 16 min, at_most: 59 min}}}',
        '{class: c, title: C, when: {route: x, claim: professional, minutes: {at_least: 16 min, at_most: 59 min}}}',
        '{class: d, title: D, when: {route: x, minutes: {at_least: 60 min}}}',
      ]),
    );
  });

  test('not where more is only of a kind that the lower class does not name', () => {
    check(
      family([
        '{class: a, title: A, when: {route: x, minutes: {at_most: 15 min}}}',
        '{class: b, title: B, when: {route: x, substance: a, minutes: {at_least: 60 min}}}',
      ]),
    );
  });

  test('where more is of every value that a fact may have', () => {
    check(
      family([
        '{class: a, title: A, when: {route: x, minutes: {at_most: 15 min}}}',
        '#                                                            ^^^^^^ warning gap-in-time Minutes of 16 are beyond “A”',
        '{class: b, title: B, when: {route: x, pace: slow, minutes: {at_least: 60 min}}}',
        '{class: c, title: C, when: {route: x, pace: fast, minutes: {at_least: 30 min}}}',
      ]),
    );
  });

  test('not between classes that exclude the same value of a fact with free values', () => {
    check(
      family([
        '{class: a, title: A, when: {minutes: {at_most: 15 min}, not: {substance: x}}}',
        '{class: b, title: B, when: {minutes: {at_least: 16 min, at_most: 59 min}, not: {substance: x}}}',
        '{class: c, title: C, when: {minutes: {at_least: 60 min}, not: {substance: x}}}',
      ]),
    );
  });

  test('not between classes whose bounds are written in other units, or in none', () => {
    check(
      family([
        '{class: a, title: A, when: {route: x, dose: {at_most: 1 g}}}',
        '{class: b, title: B, when: {route: x, dose: {more_than: 1000 mg, at_most: 3000 mg}}}',
        '#                                                                             ^^^^^^^ warning gap-in-time Dose of 3001 mg are beyond “B”',
        '{class: c, title: C, when: {route: x, dose: {at_least: 5 g}}}',
        '{class: d, title: D, when: {route: y, distance: {at_most: 1 km}}}',
        '{class: e, title: E, when: {route: y, distance: {at_least: 1, at_most: 2 km}}}',
        '{class: f, title: F, when: {route: y, distance: {at_least: 9 km}}}',
      ]),
    );
  });

  test('not between codes where others report what lies between under conditions', () => {
    check(
      family([WALK]),
      spec('99990', each('at_most: 15 min')),
      spec('99991', each('at_least: 16 min, at_most: 59 min', ', when: {claim: facility}')),
      spec('99992', each('at_least: 16 min, at_most: 59 min', ', when: {claim: professional}')),
      spec('99993', each('at_least: 60 min')),
    );
  });

  test('not for an initial service that a code of every position reports', () => {
    check(
      family(['{class: walk, title: A walk, when: {route: x, minutes: {at_least: 1 min}}}']),
      spec('99990', each('at_most: 59 min')),
      spec('99991', 'reports: {class: walk, as: initial}\ntime: {at_least: 60 min}'),
    );
  });

  test('for an initial service that neither its own code nor one of every position reports', () => {
    check(
      family(['{class: walk, title: A walk, when: {route: x, minutes: {at_least: 1 min}}}']),
      spec('99990', each('at_most: 49 min')),
      spec('99991', 'reports: {class: walk, as: initial}\ntime: {at_least: 60 min}'),
      '#<^^^ warning gap-in-time No code reports 50 minutes of “A walk” as initial, though more is reported.',
    );
  });

  test('not between codes that are never in force on one day', () => {
    check(
      family([WALK]),
      spec('99990', each('at_most: 15 min'), OLD),
      spec('99991', 'reports: {class: walk, as: each}\ntime: {at_least: 20 min}'),
    );
  });

  test('once, however many days two codes are in force together', () => {
    check(
      family([WALK, RUN]),
      spec('99990', each('at_most: 15 min')),
      '#             ^^^^^^^^^^^^^^^^ warning gap-in-time No code reports 16 minutes of “A walk” as each',
      spec('99991', 'reports: {class: walk, as: each}\ntime: {at_least: 20 min}'),
      spec('99992', eachOf('run'), '{from: 2025-01-01, to: 2025-12-31}'),
    );
  });

  test('not below the least of a version of the family that is not in force with the code', () => {
    const version = (effective: string, least: string): string =>
      `effective: ${effective}\nclasses: [{class: walk, title: A walk, when: {route: x, minutes: {at_least: ${least}}}}]`;
    check(
      versions(version(OLD, '16 min'), version(ALWAYS, '31 min')),
      spec('99990', 'reports: {class: walk, as: each}\ntime: {at_least: 31 min}'),
    );
  });

  test('not below what the family itself leaves out, nor between codes of other units that meet', () => {
    check(
      family(
        ['{class: walk, title: A walk, when: {route: x, minutes: {at_least: 1 min}}}', RUN],
        'unreported: [{id: short, class: [walk], when: {minutes: {less_than: 16 min}}, reason: Too short.}]\n',
      ),
      spec('99990', each('at_least: 16 min')),
      spec('99991', `${eachOf('run')}\nthresholds: [{measure: dose, at_most: 500 mg}]`),
      spec('99992', `${eachOf('run')}\nthresholds: [{measure: dose, more_than: 0.5 g}]`),
    );
  });
});

describe('never-applies', () => {
  test('not of the class for what is not documented, behind one for what is', () => {
    check(
      family([
        '{class: timed, title: T, when: {route: x, minutes: {documented: true}}}',
        '{class: untimed, title: T, when: {route: x}}',
      ]),
    );
  });

  test('not of the class for what is not documented, behind all ranges and all listed values', () => {
    check(
      family([
        '{class: a, title: T, when: {route: x, minutes: {at_most: 15 min}}}',
        '{class: b, title: T, when: {route: x, minutes: {more_than: 15 min}}}',
        '{class: c, title: T, when: {route: x}}',
        '{class: d, title: T, when: {pace: slow}}',
        '{class: e, title: T, when: {pace: fast}}',
        '{class: f, title: T, when: {route: y}}',
      ]),
    );
  });

  test('of a class that two before it catch together', () => {
    check(
      family([
        '{class: a, title: A, when: {route: x, minutes: {at_most: 15 min}}}',
        '{class: b, title: B, when: {route: x, minutes: {more_than: 15 min}}}',
        '{class: c, title: C, when: {route: x, minutes: {at_least: 10 min}}}',
        '#    ^^^^^^^^ warning never-applies Nothing is ever of the class c: whatever fits it is “A” or “B” before.',
        '{class: d, title: D, when: {route: x}}',
      ]),
    );
  });

  test('not of a class for amounts between whole numbers', () => {
    check(
      family([
        '{class: a, title: T, when: {distance: {at_most: 1 km}}}',
        '{class: b, title: T, when: {distance: {at_least: 2 km}}}',
        '{class: c, title: T, when: {distance: {more_than: 0 km}}}',
      ]),
    );
  });

  test('of a class for minutes between whole numbers, of which records have none', () => {
    check(
      family([
        '{class: a, title: A, when: {route: x, minutes: {at_most: 15 min}}}',
        '{class: b, title: B, when: {route: x, minutes: {at_least: 16 min}}}',
        '{class: c, title: C, when: {route: x, minutes: {documented: true}}}',
        '#    ^^^^^^^^ warning never-applies Nothing is ever of the class c: whatever fits it is “A” or “B” before.',
      ]),
    );
  });

  test('not of a class that policies amend, nor of one behind it', () => {
    const classes = family([
      WALK,
      '{class: a, title: T, when: {route: x, session: a}}',
      '{class: b, title: T, when: {route: y}}',
      '{class: c, title: T, when: {route: y, session: a}}',
    ]);
    check(
      classes,
      policy(
        'p',
        `amends:
  - {family: walks, classes: [{class: a, title: T, when: {route: z}}]}
  - {family: walks, classes: [{class: b, title: T, when: {route: y, session: b}}]}`,
      ),
    );
  });

  test('not of classes whose bounds are in other units', () => {
    check(
      family([
        '{class: a, title: T, when: {dose: {at_least: 500 mg, at_most: 1 g}}}',
        '{class: b, title: T, when: {dose: {at_least: 2 g}}}',
        '{class: c, title: T, when: {dose: {at_least: 1500 mg}}}',
        '{class: d, title: T, when: {distance: {at_least: 30 km, at_most: 2}}}',
      ]),
    );
  });

  test('of classes whose bounds contradict each other in other units', () => {
    check(
      family([
        '{class: a, title: A, when: {dose: {at_least: 2 g, at_most: 500 mg}}}',
        '#    ^^^^^^^^ warning never-applies The condition of the class a can never hold.',
        '{class: b, title: B, when: {dose: {at_least: 2 g}}}',
        '{class: c, title: C, when: {dose: {at_least: 2500 mg}}}',
        '#    ^^^^^^^^ warning never-applies Nothing is ever of the class c: whatever fits it is “B” before.',
      ]),
    );
  });

  test('not of conditions that ask for several values of a fact that may have them', () => {
    check(
      family([WALK]),
      spec('99990', eachOf('walk')),
      policy(
        'p',
        `rules:
  - {id: a, when: {all: [{diagnosis: E86.0}, {diagnosis: R11.2}]}, then: {note: x}}
  - {id: b, when: {all: [{beside: "99991"}, {beside: "99992"}]}, then: {note: x}}
  - {id: c, when: {all: [{differs_by: session}, {differs_by: access_site}]}, then: {note: x}}
  - {id: d, when: {all: [{modifier: XE}, {modifier: XS}]}, then: {note: x}}
  - {id: e, when: {all: [{diagnosis: E86.0}, {not: {diagnosis: [E86.0, R11.2]}}]}, then: {note: x}}
#    ^^^^^ warning never-applies The condition of the rule e can never hold.`,
      ),
    );
  });

  test('not of a value that is written with capitals', () => {
    check(
      family(['{class: walk, title: T, when: {claim: facility, all: [{route: x}, {route: X}]}}']),
      spec('99990', 'reports: {class: walk, as: each, when: {claim: FACILITY}}'),
    );
  });

  test('not of minutes that a class does not have and several administrations together do', () => {
    check(
      family(
        ['{class: walk, title: T, when: {route: x, minutes: {at_most: 15 min}}}'],
        'groups: {combine: [substance]}\n',
      ),
      spec(
        '99990',
        'reports: {class: walk, as: each, when: {minutes: {more_than: 15 min}}}\nmodifiers: [{code: XE, use: u, when: {minutes: {more_than: 15 min}}}]',
      ),
      encounter(`expect: [{code: "99990", modifiers: [XE]}]
administrations:
  - {substance: a, route: x, minutes: 10}
  - {substance: a, route: x, minutes: 10}`),
    );
  });

  test('not of minutes that are left after a deduction', () => {
    check(
      family(
        ['{class: walk, title: T, when: {route: x, minutes: {at_least: 31 min}}}', RUN],
        'deduct: [{id: d, from: [walk], overlap_with: [run]}]\n',
      ),
      spec('99990', 'reports: {class: walk, as: each, when: {minutes: {less_than: 31 min}}}'),
      spec('99991', eachOf('run')),
      encounter(`expect: [{code: "99990"}, {code: "99991"}]
administrations:
  - {substance: a, route: x, start: "10:00", stop: "10:40"}
  - {substance: b, route: y, start: "10:00", stop: "10:30"}`),
    );
  });

  test('not of a modifier for what is mixed into the bag of another class', () => {
    check(
      family([WALK, RUN]),
      spec('99990', `${eachOf('walk')}\nmodifiers: [{code: XE, use: u, when: {route: y}}]`),
      encounter(`expect: [{code: "99990", modifiers: [XE]}]
administrations:
  - {id: a, substance: a, route: x, minutes: 10}
  - {id: b, substance: "0", route: y, minutes: 10, mixed_with: a}`),
    );
  });

  test('not of modifiers of a code that the record may state itself', () => {
    check(
      family([WALK]),
      spec(
        '99990',
        `reports: [{class: walk, as: each}, {as: stated}]
modifiers:
  - {code: XE, use: u, when: {session: a, not: {route: x}}}
  - {code: XS, use: u, when: {route: y}}
  - {code: XU, use: u, when: {not: {class: walk}}}
  - {code: XP, use: u, when: {class: run}}
#    ^^^^^^^^ warning never-applies 99990 never gets modifier XP`,
      ),
    );
  });

  test('not of what a later version of the class demands', () => {
    const version = (effective: string, claims: string): string =>
      `effective: ${effective}\nclasses: [{class: walk, title: T, when: {route: x, claim: ${claims}}}]`;
    check(
      versions(version(OLD, 'facility'), version(ALWAYS, '[facility, professional]')),
      spec('99990', 'reports: {class: walk, as: each, when: {claim: professional}}'),
    );
  });

  test('not of what a policy amends', () => {
    check(
      family(['{class: walk, title: T, when: {route: x, claim: facility}}', RUN]),
      spec('99990', `${eachOf('walk')}\nmodifiers: [{code: XE, use: u, when: {claim: professional}}]`),
      policy(
        'p',
        `amends:
  - {spec: "99990", reports: {class: run, as: each}}
  - {family: walks, classes: [{class: walk, title: T, when: {route: [x, z]}}]}
rules:
  - {id: a, when: {class: run}, then: {note: x}}`,
      ),
    );
  });

  test('not of the lines of drugs, whose class no code need report', () => {
    check(
      family([WALK, RUN]),
      spec('99990', eachOf('walk')),
      policy(
        'p',
        `applies_to: {family: walks}
rules:
  - {id: a, when: {class: run}, then: {deny: x}}
  - {id: b, when: {class: run, as: each}, then: {deny: x}}
#    ^^^^^ warning never-applies The rule b never applies`,
      ),
    );
  });

  test('not of a code under applies_to that no specification is about', () => {
    check(
      family([WALK]),
      spec('99990', eachOf('walk')),
      policy(
        'p',
        `applies_to: {codes: ["99990", J1234]}
rules:
  - {id: a, when: {code: J1234}, then: {note: x}}
  - {id: b, when: {code: J1235}, then: {note: x}}
#    ^^^^^ warning never-applies The rule b never applies`,
      ),
    );
  });

  test('not of a code that another rule puts in place', () => {
    check(
      family([WALK, RUN]),
      spec('99990', eachOf('walk')),
      spec('99991', eachOf('run')),
      spec('99992', 'reports: {class: run, as: initial}'),
      policy(
        'p',
        `rules:
  - {id: a, when: {code: "99990"}, then: {replace: {code: "99991"}}}
  - {id: b, when: {code: "99991", class: walk}, then: {note: x}}
  - {id: c, when: {code: "99992", class: walk}, then: {note: x}}
#    ^^^^^ warning never-applies The rule c never applies`,
      ),
    );
  });
});

describe('no-primary', () => {
  test('not of a code that adds to itself', () => {
    check(
      family([WALK]),
      spec(
        '99990',
        `reports:
  - {class: walk, as: each, time: {at_least: 16 min, covers: 60 min}}
  - {class: walk, as: additional-time, time: {at_least: 31 min, covers: 60 min}}`,
      ),
    );
  });

  const positions = (among: string): string =>
    `positions: {initial: {among: ${among}, choose: [{id: a, rank: [{by: hierarchy}]}]}}\n`;

  test('not beside a code of every position, which reports the initial service, too', () => {
    check(
      family([WALK, RUN], positions('[run, walk]')),
      spec('99990', eachOf('run')),
      spec('99991', 'reports: {class: walk, as: sequential}'),
    );
  });

  const hierarchy = (effective: string, among: string): string =>
    `effective: ${effective}\nclasses: [${WALK}, ${RUN}]\n${positions(among)}`;

  test('not of the hierarchy of a version of the family that is not in force with the code', () => {
    check(
      versions(hierarchy(OLD, '[walk]'), hierarchy(ALWAYS, '[run, walk]')),
      spec('99990', 'reports: {class: run, as: initial}'),
      spec('99991', 'reports: {class: walk, as: sequential}'),
    );
  });

  test('of the hierarchy of the version of the family that is in force with the code', () => {
    check(
      versions(hierarchy(OLD, '[run, walk]'), hierarchy(ALWAYS, '[walk]')),
      spec('99990', 'reports: {class: run, as: initial}'),
      spec('99991', 'reports: {class: walk, as: sequential}'),
      '#<^^^^^^ warning no-primary 99991 adds to an initial service',
    );
  });

  test('not where a policy amends the hierarchy, or what the other code reports', () => {
    const fixture = (amendments: string): string =>
      [
        family([WALK, RUN], positions('[walk]')),
        spec('99990', eachOf('run')),
        spec('99991', 'reports: {class: walk, as: additional-time, of: ["99990"]}'),
        spec('99992', 'reports: {class: walk, as: sequential}'),
        policy('p', `amends:\n${amendments}`),
      ].join('\n');
    check(fixture('  - {spec: "99990", reports: {class: [run, walk], as: each}}'));
    check(
      fixture('  - {family: walks, positions: {initial: {among: [run, walk]}}}').replace(
        'of: ["99990"]}',
        'of: ["99990"]}\n#<^^^^^^ warning no-primary 99991 can never be reported: none of 99990 reports walk.',
      ),
    );
  });
});

describe('contradicting-policies', () => {
  const replace = (id: string, when: string, code: string): string =>
    `  - {id: ${id}, when: {${when}}, then: {replace: {code: "${code}"}}}`;

  test('not of codes under applies_to and in a condition that are not the same', () => {
    check(
      policy('p', 'applies_to: {codes: ["99990"]}\nrules:\n  - {id: a, then: {replace: {code: "99992"}}}'),
      policy('q', `rules:\n${replace('a', 'code: "99991"', '99993')}`),
    );
  });

  test('of one code under applies_to and in a condition', () => {
    check(
      policy('p', 'applies_to: {codes: ["99990"]}\nrules:\n  - {id: a, then: {replace: {code: "99992"}}}'),
      '#           ^^^^ warning contradicting-policies The rule a of q replaces the code of the same lines by another one.',
      policy('q', `rules:\n${replace('a', 'code: "99990"', '99993')}`),
      '#                                  ^^^^ warning contradicting-policies The rule a of p replaces',
    );
  });

  test('of a class and a code only where the code reports the class', () => {
    check(
      family([WALK, RUN]),
      spec('99990', eachOf('walk')),
      spec('99991', eachOf('run')),
      policy(
        'p',
        `applies_to: {family: walks}
rules:
${replace('a', 'class: walk', '99992')}
#                                ^^^^ warning contradicting-policies The rule c of p replaces
${replace('b', 'code: "99991"', '99993')}
${replace('c', 'code: "99990"', '99994')}
#                                  ^^^^ warning contradicting-policies The rule a of p replaces`,
      ),
    );
  });

  test('not of amounts in other units that exclude each other', () => {
    const two = (least: string, expected = ''): string =>
      [
        replace('a', 'dose: {at_most: 500 mg}', '99992'),
        ...(expected && [`#                                            ${expected}`]),
        replace('b', `dose: {at_least: ${least}}`, '99993'),
        ...(expected && [`#                                            ${expected}`]),
      ].join('\n');
    check(policy('p', `rules:\n${two('1 g')}`));
    check(policy('p', `rules:\n${two('0.5 g', '^^^^ warning contradicting-policies')}`));
  });

  test('not of different diagnoses, of which a record may have both', () => {
    check(
      policy(
        'p',
        `rules:\n${replace('a', 'diagnosis: E86.0', '99992')}\n${replace('b', 'diagnosis: R11.2', '99993')}`,
      ),
    );
  });

  const spec0 = spec('99990', `${eachOf('walk')}\ntime: {at_least: 16 min, covers: 60 min}`);
  const amending = (id: string, ...amendments: readonly string[]): string =>
    policy(id, `amends:\n${amendments.map((own) => (own.startsWith('#') ? own : `  - ${own}`)).join('\n')}`);

  test('not of amendments that say the same', () => {
    check(
      family([WALK]),
      spec0,
      amending(
        'p',
        '{spec: "99990", time: {at_least: 60 min}, reports: {class: walk, as: each, when: {route: x}}}',
        '{family: walks, classes: [{class: walk, title: A walk, when: {route: [x, y]}}]}',
      ),
      amending(
        'q',
        '{spec: "99990", reports: {class: walk, as: each, when: {route: x}}, time: {at_least: 1 h}}',
        '{family: walks, classes: [{class: walk, title: Walking, when: {route: [x, y]}}]}',
      ),
    );
  });

  test('not of amendments of different keys of one part, which are merged', () => {
    check(
      family([WALK]),
      spec0,
      amending('p', '{spec: "99990", time: {at_least: 31 min}}', '{family: walks, groups: {by: [session]}}'),
      amending(
        'q',
        '{spec: "99990", time: {covers: 45 min}}',
        '{family: walks, groups: {combine: [substance]}}',
      ),
    );
  });

  test('of amendments of one key', () => {
    check(
      family([WALK]),
      spec0,
      amending(
        'p',
        '{spec: "99990", time: {covers: 30 min}}',
        '#    ^^^^^^^^^^^^^ warning contradicting-policies q amends "time" of the same document',
        '{family: walks, groups: {combine: [session]}}',
        '#    ^^^^^^^^^^^^^ warning contradicting-policies q amends "groups" of the same document',
      ),
      amending(
        'q',
        '{spec: "99990", time: {covers: 45 min}}',
        '#    ^^^^^^^^^^^^^ warning contradicting-policies p amends "time" of the same document',
        '{family: walks, groups: {combine: [substance]}}',
        '#    ^^^^^^^^^^^^^ warning contradicting-policies p amends "groups" of the same document',
      ),
    );
  });
});

describe('hole-in-dates', () => {
  test('not of a specification that only describes its code', () => {
    check(versions(`effective: {from: 2025-01-01}\nclasses: [${WALK}]`), spec('99990', 'summary: S'));
  });

  test('not of an add-on that reports something else besides', () => {
    const old = spec('99990', eachOf('walk'), '{from: 2024-01-01, to: 2024-06-30}');
    const addOn = '{class: walk, as: additional-time, of: ["99990"]}';
    check(family([WALK, RUN]), old, spec('99991', `reports: [${addOn}, {class: run, as: each}]`));
    check(
      family([WALK, RUN]),
      old,
      spec(
        '99991',
        `#<^^^^^^^^ warning hole-in-dates 99991 is in force from 2024-07-01 on\nreports: [${addOn}]`,
      ),
    );
  });
});

describe('not-exercised', () => {
  const modifier = (when: string): string =>
    `${eachOf('walk')}\nmodifiers:\n  - {code: XE, use: u, when: {${when}}}`;

  test('not of a specification that only describes its code', () => {
    check(
      spec('99990', 'modifiers: [{code: XE, use: u, when: {session: a}}]').replace('family: walks\n', ''),
      encounter('services: [{code: "99990"}]'),
    );
  });

  test('not of a version that no encounter is billed by', () => {
    check(
      family([WALK]),
      spec('99990', modifier('route: x'), OLD, 'old'),
      spec('99990', modifier('route: x')),
      encounter('administrations: [{route: x}]'),
    );
  });

  test('of the version that encounters are billed by', () => {
    check(
      family([WALK]),
      spec('99990', modifier('route: x'), OLD, 'old'),
      spec('99990', modifier('session: a')),
      '#    ^^^^^^^^ information not-exercised No encounter here gets modifier XE on 99990',
      encounter('administrations: [{route: x, session: b}]'),
    );
  });

  test('not of a code that only a policy puts in the place of another one', () => {
    check(
      family([WALK, RUN]),
      spec('99990', eachOf('run')),
      spec('99991', modifier('session: a')),
      policy('p', 'rules: [{id: a, when: {code: "99990"}, then: {replace: {code: "99991"}}}]'),
      encounter('administrations: [{route: y}]'),
    );
  });
});

describe('same-administrations', () => {
  const dose = (bound: string): string => `${eachOf('walk')}\nthresholds: [{measure: dose, ${bound}}]`;

  test('not of bounds in other units that exclude each other', () => {
    check(family([WALK]), spec('99990', dose('at_most: 500 mg')), spec('99991', dose('more_than: 0.5 g')));
  });

  test('of bounds in other units that overlap', () => {
    const reported = (code: string, other: string, bound: string): string =>
      spec(
        code,
        `reports: {class: walk, as: each}
#<^^^^^^ error same-administrations ${other} reports the same administrations
thresholds: [{measure: dose, ${bound}}]`,
      );
    check(
      family([WALK]),
      reported('99990', '99991', 'at_most: 1 g'),
      reported('99991', '99990', 'at_least: 500 mg'),
    );
  });

  test('not of a threshold that is described and not computed', () => {
    check(
      family([WALK]),
      spec('99990', dose('at_most: 500 mg, is: [small]')),
      spec('99991', dose('at_most: 500 mg')),
    );
  });

  test('not of bounds that cannot be compared, or of which a further one tells them apart', () => {
    check(
      family([WALK, RUN]),
      spec('99990', dose('at_most: 500 mg')),
      spec('99991', dose('more_than: 2 ml')),
      spec(
        '99992',
        `${eachOf('run')}\ntime: {at_least: 16 min}\nthresholds: [{measure: distance, at_most: 1 km}]`,
      ),
      spec(
        '99993',
        `${eachOf('run')}\ntime: {at_least: 16 min}\nthresholds: [{measure: distance, more_than: 1 km}]`,
      ),
    );
  });
});
