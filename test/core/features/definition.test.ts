/** From a name to where it is declared, and to what kind of thing it is. */
import { describe, test } from 'node:test';
import { checkDefinition, checkTypeDefinition } from '../../support/moving.ts';

const FAMILY = `#- field.family.yaml
family: field
title: Field
facts:
  route:
    definition: How.
    values:
      vein: {definition: Into a vein.}
      mouth: {definition: Swallowed., never_reported: Nobody reports it.}
  level: {definition: How hard., values: {low: {definition: Easy.}, high: {definition: Hard.}}}
classes:
  - {class: slow, title: Slow, when: {route: vein, minutes: {more_than: "15"}}}
  - {class: quick, title: Quick, when: {route: vein}}
`;
const head = 'date: 2026-03-02\nclaim: professional\nplace_of_service: "11"';

/** The family with a range around one of its places. */
const familyWith = (piece: string, marked: string): string => FAMILY.replace(piece, marked);

describe('definition', () => {
  test('of a code is its specification in force on the date of service', () => {
    checkDefinition(`#- old.spec.yaml
spec: "12345"
title: Old
effective: {from: 2020-01-01, to: 2025-12-31}
#- new.spec.yaml
spec: "<|12345|>"
title: New
effective: {from: 2026-01-01}
#- e.encounter.yaml
encounter: e
${head}
expect: [{code: "12<|>345"}]
`);
  });

  test('of a code is every version where none is in force', () => {
    checkDefinition(`#- a.spec.yaml
spec: "<|12345|>"
title: Old
effective: {from: 2020-01-01, to: 2020-12-31}
---
spec: "<|12345|>"
title: New
effective: {from: 2030-01-01}
#- e.encounter.yaml
encounter: e
${head}
expect: [{code: <|>"12345"}]
`);
  });

  test('of a code in a rule document is what is in force together with it', () => {
    checkDefinition(`#- a.spec.yaml
spec: "12345"
title: Old
effective: {from: 2020-01-01, to: 2020-12-31}
---
spec: "<|12345|>"
title: New
effective: {from: 2030-01-01}
#- b.spec.yaml
spec: "12346"
title: Add-on
effective: {from: 2031-01-01}
related: [{code: "12345<|>", relation: the first hour}]
`);
  });

  test('of a drug without a specification is its row of dosage units', () => {
    checkDefinition(`#- units.table.yaml
table: units
title: Units
release: "1"
effective: {from: 2020-01-01}
dosage_units:
  <|J2405|>: {drug: ondansetron, amount: 1 mg}
#- e.encounter.yaml
encounter: e
${head}
administrations: [{substance: x, drug: J24<|>05}]
`);
  });

  test('of a family, policy and table is its document', () => {
    checkDefinition(
      `${familyWith('family: field', 'family: <|field|>')}#- s.spec.yaml\nspec: "12345"\ntitle: T\nfamily: fi<|>eld\neffective: {from: 2020-01-01}\n`,
    );
    const policy = `#- p.policy.yaml
policy: <|reading|>
title: P
effective: {from: 2020-01-01}
rules: [{id: r, then: {note: n}}]
`;
    checkDefinition(`${policy}#- e.encounter.yaml\nencounter: e\n${head}\npolicies: [rea<|>ding]\n`);
    checkDefinition(`#- t.table.yaml
table: <|limits|>
title: T
release: "1"
effective: {from: 2020-01-01}
#- p.policy.yaml
policy: p
title: P
effective: {from: 2020-01-01}
rules: [{id: r, then: {note: n}}]
tables: [{table: <|>limits}]
`);
  });

  test('of a code list is the first line of its file', () => {
    const list = '#- covered.codes.csv\n<|icd-10-cm,title|>\nE86.0,Dehydration\n';
    checkDefinition(`${list}#- p.policy.yaml
policy: p
title: P
effective: {from: 2020-01-01}
rules: [{id: r, when: {diagnosis: {listed_in: cov<|>ered}}, then: {note: n}}]
`);
    checkDefinition(`${list}#- s.spec.yaml
spec: "12345"
title: T
effective: {from: 2020-01-01}
diagnosis_lists: [covered<|>]
`);
  });

  test('of a class is in the family that the document names', () => {
    const other = FAMILY.replaceAll('field', 'other');
    const spec = `#- s.spec.yaml
spec: "12345"
title: T
family: field
effective: {from: 2020-01-01}
reports: {class: sl<|>ow, as: initial}
`;
    checkDefinition(`${other}${familyWith('class: slow', 'class: <|slow|>')}${spec}`);
  });

  test('of a fact and of its value is in the family, from conditions and from encounters', () => {
    const fact = familyWith('  route:', '  <|route|>:');
    const value = familyWith('      vein:', '      <|vein|>:');
    const policy = (when: string): string =>
      `#- p.policy.yaml\npolicy: p\ntitle: P\neffective: {from: 2020-01-01}\napplies_to: {family: field}\nrules: [{id: r, when: ${when}, then: {note: n}}]\n`;
    checkDefinition(`${fact}${policy('{any: [{not: {rou<|>te: vein}}]}')}`);
    checkDefinition(`${value}${policy('{all: [{route: [mouth, v<|>ein]}]}')}`);
    const encounter = (entry: string): string =>
      `#- e.encounter.yaml\nencounter: e\n${head}\nadministrations:\n  - ${entry}\n`;
    checkDefinition(`${fact}${encounter('{substance: x, <|>route: vein}')}`);
    checkDefinition(`${value}${encounter('{substance: x, route: vein<|>}')}`);
    checkDefinition(
      `${familyWith('  level:', '  <|level|>:')}${encounter('{substance: x, facts: {le<|>vel: low}}')}`,
    );
    checkDefinition(
      `${familyWith('{low:', '{<|low|>:')}${encounter('{substance: x, facts: {level: "l<|>ow"}}')}`,
    );
  });

  test('of a level in a threshold is the value of the fact that is measured', () => {
    checkDefinition(`${familyWith('high:', '<|high|>:')}#- s.spec.yaml
spec: "12345"
title: T
family: field
effective: {from: 2020-01-01}
reports: {class: slow, as: initial}
thresholds: [{measure: level, is: [hi<|>gh]}]
`);
  });

  test('from an amendment is the family that is amended', () => {
    checkDefinition(`${familyWith('class: quick', 'class: <|quick|>')}#- p.policy.yaml
policy: p
title: P
effective: {from: 2020-01-01}
amends:
  - family: field
    because: they say so
    classes: [{class: qui<|>ck, title: Quick, when: {route: vein}}]
`);
  });

  test('of a class that only a policy adds is in that policy', () => {
    checkDefinition(`${FAMILY}#- p.policy.yaml
policy: p
title: P
effective: {from: 2020-01-01}
amends:
  - family: field
    because: they say so
    classes: [{class: <|own|>, title: Own, when: {route: vein}}]
    unreported: [{id: u, class: [o<|>wn], reason: because}]
`);
  });

  test('of what an administration refers to is the one with the id, or of the substance', () => {
    const encounter = (entries: string): string => `#- e.encounter.yaml\nencounter: e\n${head}\n${entries}`;
    checkDefinition(
      encounter(`administrations:
  - {id: <|first|>, substance: x}
  - {substance: y, concurrent_with: fi<|>rst}
`),
    );
    checkDefinition(
      encounter(`administrations:
  - {<|substance: saline|>, minutes: 20}
  - {substance: y, mixed_with: sal<|>ine}
`),
    );
  });

  test('of a modifier in an expected line is what the specification of the line says of it', () => {
    const spec = (code: string, modifier: string): string =>
      `#- ${code}.spec.yaml\nspec: "${code}"\ntitle: T\neffective: {from: 2020-01-01}\nmodifiers: [{code: ${modifier}, use: u}]\n`;
    checkDefinition(
      `${spec('12345', '"59"')}${spec('12346', '"<|59|>"')}#- e.encounter.yaml\nencounter: e\n${head}\nexpect: [{code: "12346", modifiers: ["5<|>9"]}]\n`,
    );
  });

  test('of a payer is each of its policies, of an indicator and a locality the row of the table', () => {
    checkDefinition(`#- p.policy.yaml
policy: p
payer: <|Payer|>
title: P
effective: {from: 2020-01-01}
rules: [{id: r, then: {note: n}}]
#- e.encounter.yaml
encounter: e
${head}
payer: pay<|>er
`);
    checkDefinition(`#- t.table.yaml
table: t
title: T
release: "1"
effective: {from: 2020-01-01}
indicators: {"<|2|>": {says: per day}, "3": {says: per line}}
unit_limits: {"12345": {units: 1, indicator: "2<|>"}}
`);
  });

  test('of an alias is the anchor before it that is in force', () => {
    checkDefinition(`#- e.encounter.yaml
encounter: e
${head}
administrations:
  - &drip {substance: x}
  - &<|drip|> {substance: y}
  - *dr<|>ip
  - &drip {substance: z}
`);
  });

  test('is none on prose, on numbers, and on names that nobody declares', () => {
    for (const line of ['summary: wo<|>rds', 'family: no<|>where', 'date: 2026<|>-03-02'])
      checkDefinition(`#- s.encounter.yaml\nencounter: e\n${line}\n`);
  });

  test('is found in a document that cannot be read', () => {
    checkDefinition(`${familyWith('class: slow', 'class: <|slow|>')}#- s.spec.yaml
spec: "12345"
title: T
family: field
foo
reports:
  class: sl<|>ow
 as: initial
`);
    checkDefinition(`${familyWith('      vein:', '      <|vein|>:')}#- e.encounter.yaml
encounter: e
${head}
administrations:
  - {substance: x, route: ve<|>in
  - {substance: y, route: vein}
`);
  });

  test('is in the library where the workspace has nothing of that name', () => {
    checkDefinition(
      `#- s.spec.yaml\nspec: "<|96365|>"\ntitle: Mine\neffective: {from: 2020-01-01}\n#- e.encounter.yaml\nencounter: e\n${head}\nexpect: [{code: "963<|>65"}]\n`,
      { library: true },
    );
  });
});

describe('type definition', () => {
  const spec = '#- s.spec.yaml\nspec: "12345"\ntitle: T\nfamily: field\neffective: {from: 2020-01-01}\n';
  const encounter = (entries: string): string =>
    `#- e.encounter.yaml\nencounter: e\n${head}\nadministrations:\n${entries}`;

  test('of an administration is its class', () => {
    const family = familyWith('{class: slow, title', '{<|class: slow|>, title');
    checkTypeDefinition(`${family}${encounter('  - {substance: <|>x, route: vein, minutes: 20}\n')}`);
    checkTypeDefinition(`${family}${encounter('  - {id: <|>a, substance: x, route: vein, minutes: 20}\n')}`);
    checkTypeDefinition(
      `${family}${encounter('  - {substance: x, route: vein, min<|>utes: 20}\n')}`.replace(
        'min<|>utes: 20',
        'minutes: 2<|>0',
      ),
    );
  });

  test('of an administration that lacks a fact is every class that it may have', () => {
    const family = familyWith('{class: slow, title', '{<|class: slow|>, title').replace(
      '{class: quick, title',
      '{<|class: quick|>, title',
    );
    checkTypeDefinition(`${family}${encounter('  - {substance: <|>x, route: vein}\n')}`);
  });

  test('of an administration that is never reported is the value that says so', () => {
    checkTypeDefinition(
      `${familyWith('never_reported: Nobody reports it.', 'never_reported: <|Nobody reports it.|>')}${encounter('  - {substance: <|>x, route: mouth}\n')}`,
    );
  });

  test('of a code, and of a policy, is the family; of a value its fact', () => {
    const family = familyWith('family: field', 'family: <|field|>');
    checkTypeDefinition(
      `${family}${spec}#- e.encounter.yaml\nencounter: e\n${head}\nexpect: [{code: "<|>12345"}]\n`,
    );
    checkTypeDefinition(
      `${family}#- p.policy.yaml\npolicy: <|>p\ntitle: P\neffective: {from: 2020-01-01}\napplies_to: {family: field}\n`,
    );
    checkTypeDefinition(
      `${familyWith('  route:', '  <|route|>:')}${encounter('  - {substance: x, route: ve<|>in}\n')}`,
    );
    checkTypeDefinition(`${family}${spec}reports: {class: <|>slow, as: initial}\n`);
  });

  test('is none outside of administrations and names', () => {
    checkTypeDefinition(`${FAMILY}#- e.encounter.yaml\nencounter: e\nsummary: wo<|>rds\n${head}\n`);
  });
});
