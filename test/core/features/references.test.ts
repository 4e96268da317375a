/** Every place that names the same: references, highlights, and names that are edited together. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { highlights } from '../../../server/core/features/highlights.ts';
import { references } from '../../../server/core/features/references.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';
import { fileId } from '../../../server/core/base/origin.ts';
import { checkHighlights, checkLinked, checkReferences } from '../../support/moving.ts';
import { readExamples, toChanges } from '../../support/examples.ts';

const head = 'date: 2026-03-02\nclaim: professional\nplace_of_service: "11"';

describe('references', () => {
  const fixture = (caret: string): string => `#- f.family.yaml
family: field
title: F
facts:
  route: {definition: How., values: {vein: {definition: V.}}, default: vein}
classes:
  - {class: <|slow|>, title: S, when: {route: vein}}
positions: {initial: {among: [<|slow|>]}}
deduct: [{id: d, from: [<|slow|>], overlap_with: [<|slow|>]}]
#- other.family.yaml
family: other
title: O
classes: [{class: slow, title: Not this one, when: {route: vein}}]
#- s.spec.yaml
spec: "12345"
title: T
family: field
effective: {from: 2020-01-01}
reports: {class: [${caret}], as: initial}
---
spec: "12346"
title: T
family: other
effective: {from: 2020-01-01}
reports: {class: slow, as: initial}
#- p.policy.yaml
policy: p
title: P
effective: {from: 2020-01-01}
applies_to: {family: field}
rules: [{id: r, when: {class: <|slow|>}, then: {note: slow}}]
amends: [{spec: "12345", because: b, reports: {class: <|slow|>, as: each}}]
`;

  test('of a class are in its family, and in the documents that speak of that family', () => {
    checkReferences(fixture('<|slow<|>|>'));
  });

  test('of a code list are asked for in its first line, too', () => {
    checkReferences(`#- covered.codes.csv
<|icd-10-cm<|>,title|>
E86.0,Dehydration
#- p.policy.yaml
policy: p
title: P
effective: {from: 2020-01-01}
rules: [{id: r, when: {diagnosis: {listed_in: <|covered|>}}, then: {note: n}}]
#- s.spec.yaml
spec: "12345"
title: T
effective: {from: 2020-01-01}
diagnosis_lists: [<|covered|>, other]
`);
  });

  test('can leave the declaration out', () => {
    checkReferences(fixture('<|s<|>low|>').replace('class: <|slow|>, title: S', 'class: slow, title: S'), {
      withDeclarations: false,
    });
  });

  test('of a fact are keys of conditions and of encounters, and the places that name it', () => {
    checkReferences(`#- f.family.yaml
family: field
title: F
facts:
  <|lev<|>el|>: {definition: How hard.}
  points: {definition: P., derive: {divide: <|level|>, by: minutes}}
classes:
  - {class: a, title: S, when: {any: [{<|level|>: "2"}, {not: {<|level|>: {documented: true}}}]}}
groups: {by: [<|level|>], combine: [<|level|>, {alike: [<|level|>]}]}
#- s.spec.yaml
spec: "12345"
title: T
family: field
effective: {from: 2020-01-01}
reports: {class: a, as: initial}
excludes: [{<|level|>: "1", instead: ["12346"]}]
thresholds: [{measure: <|level|>, at_least: "2"}]
modifiers: [{code: "59", use: u, when: {differs_by: <|level|>}}]
#- e.encounter.yaml
encounter: e
${head}
administrations: [{substance: level, facts: {<|level|>: level}}]
`);
  });

  test('of a code are in specifications, policies, tables and encounters', () => {
    checkReferences(`#- s.spec.yaml
spec: "<|12345|>"
title: "12345"
effective: {from: 2020-01-01}
---
spec: "12346"
title: T
effective: {from: 2020-01-01}
related: [{code: <|12345|>, relation: first}]
not_beside: [{codes: ["<|12345|>"], reason: r}]
#- p.policy.yaml
policy: p
title: P
effective: {from: 2020-01-01}
applies_to: {codes: ["<|12345|>"]}
rules:
  - {id: r, when: {code: ["<|12345|>"], beside: "<|12345|>"}, then: {replace: {code: "<|12345|>"}}}
#- t.table.yaml
table: t
title: T
release: "1"
effective: {from: 2020-01-01}
unit_limits: {"<|12345|>": {units: 1, rationale: "12345"}}
code_pairs: {"<|12345|>": {"12346": "1"}, "12346": {"<|12345|>": "1"}}
fees: {year: 2026, conversion_factor: "1", codes: {"<|12345|>": {total: "1"}}}
#- e.encounter.yaml
encounter: e
${head}
services: [{code: "<|12345|>"}]
expect: [{code: "<|12345<|>|>"}]
expect_excludes: ["<|12345|>"]
`);
  });

  test('of an administration are in its encounter alone', () => {
    checkReferences(`#- e.encounter.yaml
encounter: e
${head}
administrations:
  - {id: <|a|>, substance: x}
  - {substance: y, concurrent_with: "<|a<|>|>"}
  - {substance: a, repeats: <|a|>}
---
encounter: f
${head}
administrations: [{id: a, substance: x}, {substance: y, repeats: a}]
`);
  });

  test('of a substance are everywhere; of an access site in its encounter, since it tells groups apart there', () => {
    const family =
      '#- f.family.yaml\nfamily: f\ntitle: F\nclasses: [{class: c, title: C, when: {route: r}}]\ngroups: {by: [access_site]}\n';
    const encounters = (site: string, other: string): string => `#- e.encounter.yaml
encounter: e
${head}
administrations:
  - {substance: saline, access_site: ${site}}
  - {substance: y, access_site: ${site}, mixed_with: saline}
---
encounter: f
${head}
administrations: [{substance: saline, access_site: ${other}}]
`;
    checkReferences(`${family}${encounters('<|port|>', 'port')}`.replace('<|port|>', '<|po<|>rt|>'));
    checkReferences(
      `${family}${encounters('port', 'port')}`
        .replaceAll('saline', '<|saline|>')
        .replace('saline|>', 'saline<|>|>'),
    );
  });

  test('of an anchor are its aliases, up to the next anchor of that name', () => {
    checkReferences(`#- e.encounter.yaml
encounter: e
${head}
administrations:
  - &<|a|> {substance: x}
  - {<<: *<|a<|>|>, minutes: 20}
  - &a {substance: y}
  - *a
`);
  });

  test('are none where nothing is named', () => {
    checkReferences(`#- e.encounter.yaml\nencounter: e\nsummary: wo<|>rds\n`);
  });

  test('leave out the documents of the library that the workspace has in their place', () => {
    const host = new AnalysisHost();
    const file = fileId('mine.family.yaml');
    const text =
      'family: drug-administration\ntitle: Mine\nclasses: [{class: own, title: C, when: {route: oral}}]\n';
    host.apply({
      files: [...toChanges(readExamples('drug-administration'), true), { file, content: { text } }],
    });
    const found = [...references(host.snapshot(), file, 10, true)].flat();
    const ofLibrary = found.filter(({ file: own }) => /(spec|family)\.yaml$/.test(own) && own !== file);
    assert.deepEqual(ofLibrary, []);
  });
});

describe('highlights', () => {
  test('are the places of the same file, with the declaration as the one that is written', () => {
    checkHighlights(
      `#- s.spec.yaml
spec: "<|12345|>"
title: T
effective: {from: 2020-01-01}
---
spec: "12346"
title: T
effective: {from: 2020-01-01}
related: [{code: "<|123<|>45|>", relation: first}]
#- other.spec.yaml
spec: "12347"
title: T
effective: {from: 2020-01-01}
related: [{code: "12345", relation: first}]
`,
      1,
    );
  });

  test('are those that are nearest in a file of thousands', () => {
    const text = Array.from(
      { length: 2000 },
      (_, i) => `encounter: e-${String(i)}\nclaim: professional\n`,
    ).join('---\n');
    const host = new AnalysisHost();
    const file = fileId('many.encounter.yaml');
    host.apply({ files: [{ file, content: { text } }] });
    const at = text.indexOf('professional', text.indexOf('e-1500'));
    const found = [...highlights(host.snapshot(), file, at)].flat();
    assert.equal(found.length, 1000);
    assert.equal(found[0]?.start, at);
    assert.ok(found.every(({ start }) => start > text.indexOf('e-999')));
    assert.equal(host.work.indexed, 1000);
  });
});

describe('names that are edited together', () => {
  const family =
    '#- f.family.yaml\nfamily: f\ntitle: F\nclasses: [{class: c, title: C, when: {route: r}}]\ngroups: {by: [session, access_site]}\n';

  test('are an id and what refers to it', () => {
    checkLinked(`#- e.encounter.yaml
encounter: e
${head}
administrations:
  - {id: <|first-bag|>, substance: x}
  - {substance: y, concurrent_with: "<|first-bag<|>|>"}
  - {substance: z, facts: {other: first-bag}}
`);
  });

  test('are the sites and the sessions of one encounter', () => {
    for (const key of ['access_site', 'session'])
      checkLinked(`${family}#- e.encounter.yaml
encounter: e
${head}
administrations:
  - {substance: x, ${key}: <|left <|>arm|>}
  - {substance: y, ${key}: '<|left arm|>'}
  - {substance: z, ${key}: right arm}
---
encounter: f
${head}
administrations: [{substance: x, ${key}: left arm}]
`);
  });

  test('are none for a name that stands alone, for drugs, and for codes', () => {
    for (const entry of [
      '{id: a<|>, substance: x}',
      '{substance: x<|>}, {substance: x}',
      '{drug: J2405<|>}, {drug: J2405}',
      '{substance: y, concurrent_with: nob<|>ody}, {substance: z, concurrent_with: nobody}',
    ])
      checkLinked(`${family}#- e.encounter.yaml\nencounter: e\n${head}\nadministrations: [${entry}]\n`);
  });
});
