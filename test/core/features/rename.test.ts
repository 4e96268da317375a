/** Renaming across files: what changes, what is refused and why, and that the way back leads to the same text. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { FileId } from '../../../server/core/base/origin.ts';
import { prepareRename } from '../../../server/core/features/rename.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';
import { isCodeKind, type Mention } from '../../../server/core/names/mention.ts';
import { readExamples, toChanges } from '../../support/examples.ts';
import { checkRefused, checkRename, edited, renaming } from '../../support/moving.ts';

const head = 'date: 2026-03-02\nclaim: professional\nplace_of_service: "11"';
const encounter = (entries: string): string =>
  `#- e.encounter.yaml\nencounter: e\n${head}\nadministrations:\n${entries}`;
const effective = 'effective: {from: 2020-01-01}';
const family = (classes: string, name = 'field'): string =>
  `#- ${name}.family.yaml\nfamily: ${name}\ntitle: F\nclasses: [${classes}]\n`;
const plain = '{class: a, title: A, when: {minutes: "1"}}';

describe('rename', () => {
  test('changes a family in every document that names it', () => {
    checkRename(
      `#- f.family.yaml
family: <|field|>
title: field
classes: [${plain}]
#- s.spec.yaml
spec: "12345"
title: field
family: "<|fie<|>ld|>"
${effective}
---
spec: "12346"
title: T
family: <|field|> # field
${effective}
#- p.policy.yaml
policy: p
title: P
${effective}
applies_to: {family: <|field|>}
amends: [{family: '<|field|>', because: b, groups: {by: []}}]
#- t.table.yaml
table: field
title: T
release: "1"
${effective}
family: <|field|>
#- e.encounter.yaml
encounter: field
${head}
family: <|field|>
`,
      'other-field',
    );
  });

  test('changes a class, but not that of another family', () => {
    checkRename(
      `${family(plain, 'other')}${family('{class: <|a<|>|>, title: A, when: {minutes: "1"}}')}#- s.spec.yaml
spec: "12345"
title: T
family: field
${effective}
reports: {class: <|a|>, as: initial}
---
spec: "12346"
title: T
family: other
${effective}
reports: {class: a, as: initial}
`,
      'b-2',
    );
  });

  test('changes a fact and a value where conditions and encounters have them', () => {
    const fixture = (fact: string, value: string): string => `#- f.family.yaml
family: field
title: F
facts:
  ${fact}: {definition: D., default: ${value}, values: {${value}: {definition: E.}}}
classes: [{class: a, title: A, when: {not: {${fact}: [${value}]}}}]
groups: {by: [${fact}]}
${encounter(`  - {substance: x, facts: {${fact}: "${value}"}}`)}
`;
    checkRename(fixture('<|effort|>', 'low').replace('<|effort|>', '<|eff<|>ort|>'), 'work');
    checkRename(fixture('effort', '<|low|>').replace('<|low|>', '<|<|>low|>'), 'little');
  });

  test('changes policies, tables, rules and clauses', () => {
    const policy = (id: string, table: string, rule: string): string =>
      `#- p.policy.yaml\npolicy: ${id}\ntitle: P\n${effective}\ntables: [{table: ${table}}]\nrules: [{id: ${rule}, then: {note: n}}]\n`;
    const table = (id: string): string =>
      `#- t.table.yaml\ntable: ${id}\ntitle: T\nrelease: "1"\n${effective}\n`;
    const own = `#- e.encounter.yaml\nencounter: e\n${head}\n`;
    checkRename(`${policy('<|p<|>|>', 't', 'r')}${own}policies: [<|p|>]\n`, 'q');
    checkRename(`${policy('p', '<|t|>', 'r')}${table('<|t<|>|>')}`, 'u');
    checkRename(policy('p', 't', '<|r<|>|>'), 's');
    checkRename(
      `${family(plain)}unreported: [{id: <|u<|>|>, reason: r}]\n#- p.policy.yaml\npolicy: p\ntitle: P\n${effective}\namends: [{family: field, because: b, unreported: [{id: <|u|>, reason: s}], deduct: [{id: u, from: [a], overlap_with: [a]}]}]\n`,
      'v',
    );
  });

  test('changes the id of an administration, and not the substance of the same name', () => {
    checkRename(
      encounter(`  - {id: <|a|>, substance: a}
  - {substance: y, concurrent_with: <|<|>a|>}
  - {substance: z, mixed_with: "<|a|>"}
---
encounter: f
${head}
administrations: [{id: a, substance: x}]
`),
      'b',
    );
  });

  test('changes a site or a drug in its encounter, in quotes where YAML needs them', () => {
    const sites = encounter(`  - {substance: x, access_site: <|port|>}
  - {substance: y, access_site: <|port<|>|>}
---
encounter: f
${head}
administrations: [{substance: x, access_site: port}]
`);
    checkRename(sites, 'left arm');
    checkRename(sites, 'arm: left', { written: '"arm: left"' });
    checkRename(sites, '2', { written: '"2"' });
    const single = encounter("  - {substance: '<|a<|>|>'}\n");
    checkRename(single, "it's", { written: "it''s" });
    checkRename(single.replaceAll("'", '"'), 'a "b"', { written: 'a \\"b\\"' });
    checkRename(
      encounter('  - {<|sal<|>ine|>: x}\n').replace('<|sal<|>ine|>: x', 'substance: <|sal<|>ine|>'),
      'x',
    );
    checkRename(
      encounter('  - {substance: <|saline<|>|>}\n  - {substance: y, mixed_with: <|saline|>}\n'),
      'sodium chloride',
    );
  });

  test('changes an anchor and the aliases that mean it', () => {
    checkRename(
      encounter('  - &<|a|> {substance: x}\n  - *<|<|>a|>\n  - &a {substance: y}\n  - *a\n'),
      'first-bag',
    );
  });
});

describe('a rename is refused', () => {
  const spec = (more: string): string => `#- s.spec.yaml\nspec: "12345"\ntitle: T\n${effective}\n${more}`;

  test('for code lists, which have the names of their files', () => {
    const list = '#- covered.codes.csv\nicd-10-cm\nE86.0\n';
    checkRefused(
      `${spec('diagnosis_lists: [cov<|>ered]\n')}${list}`,
      'other',
      /The code list "covered" has the name of its file\. Rename covered\.codes\.csv/,
    );
  });

  test('for codes, payers and words of the format', () => {
    checkRefused(spec('related: [{code: 12<|>346, relation: r}]\n'), '99999', /^12346 is a code/);
    checkRefused(spec('diagnoses: [{code: R<|>11.2}]\n'), 'R11.1', /^R11\.2 is a code/);
    checkRefused(
      spec('payers: [{payer: So<|>me, coverage: c}]\n'),
      'x',
      /payer "Some" is called so by others/,
    );
    checkRefused(
      `#- e.encounter.yaml\nencounter: e\nclaim: profes<|>sional\n`,
      'x',
      /"professional" is a word of the format/,
    );
    checkRefused(
      family('{class: a, title: A, when: {min<|>utes: "1"}}'),
      'x',
      /"minutes" is a key of the format/,
    );
    checkRefused(
      family('{class: a, title: A, when: {x: "bl<|>ue"}}'),
      'red',
      /No family defines the x "blue"/,
    );
    checkRefused(spec('summary: no<|>thing\n'), 'x', /no name here/);
  });

  test('for what nobody defines', () => {
    checkRefused(spec('family: no<|>where\n'), 'x', /No document defines the family "nowhere"/);
    checkRefused(
      encounter('  - {substance: x, concurrent_with: no<|>body}\n'),
      'x',
      /No administration here has the id "nobody"/,
    );
  });

  test('for what the library defines, and what stands in it', () => {
    checkRefused(
      `#- s.spec.yaml\nspec: "12345"\ntitle: T\n${effective}\nfamily: drug-adm<|>inistration\n`,
      'x',
      /family "drug-administration" is defined in the built-in library/,
      { library: true },
    );
  });

  test('for what a document of the library names', () => {
    const host = new AnalysisHost();
    const own = readExamples('drug-administration/tables').filter(({ path }) =>
      path.includes('mue-practitioner'),
    );
    host.apply({
      files: [
        ...toChanges(readExamples('drug-administration'), true),
        ...own.map(({ text }) => ({ file: 'own.table.yaml' as FileId, content: { text } })),
      ],
    });
    const at =
      host
        .snapshot()
        .file('own.table.yaml' as FileId)
        ?.source.text.indexOf('\ntable: ') ?? 0;
    const { refused } = renaming(host.snapshot(), 'own.table.yaml' as FileId, at + 9, 'another');
    assert.match(refused, /is named in .*\.policy\.yaml of the built-in library/);
    const library = host
      .snapshot()
      .files()
      .find((file) => file.endsWith('.family.yaml')) as FileId;
    const text = host.snapshot().file(library)?.source.text ?? '';
    assert.match(
      renaming(host.snapshot(), library, text.indexOf('\nfamily: ') + 10, 'x').refused,
      /^This document is of the built-in library/,
    );
  });

  test('for a name that is taken', () => {
    const two = family(
      `{class: a<|>, title: A, when: {minutes: "1"}}, {class: b, title: B, when: {minutes: "2"}}`,
    );
    checkRefused(two, 'b', /class "b" is there already, in field\.family\.yaml/);
    checkRefused(
      `${family(plain).replace('family: field', 'family: fi<|>eld')}${family(plain, 'other')}`,
      'other',
      /family "other" is there already/,
    );
    checkRefused(
      encounter('  - {id: a<|>, substance: x}\n  - {id: b, substance: y}\n'),
      'b',
      /id "b" is there/,
    );
    checkRefused(encounter('  - {id: a<|>, substance: x}\n  - {substance: y}\n'), 'y', /id "y" is there/);
    checkRefused(
      encounter('  - {substance: x<|>}\n  - {id: b, substance: y}\n'),
      'b',
      /substance "b" is there/,
    );
    checkRefused(
      `#- e.encounter.yaml\nencounter: e<|>\n${head}\n---\nencounter: f\n${head}\n`,
      'f',
      /encounter "f" is there already/,
    );
    checkRefused(
      `${family(plain)}facts: {le<|>vel: {definition: D.}}\n`,
      'minutes',
      /"minutes" is a key of the format already/,
    );
  });

  test('for a text that is no name', () => {
    for (const name of ['', 'Two Words', 'a b', '-a', 'a:b'])
      checkRefused(family(plain).replace('family: field', 'family: <|>field'), name, /is not a name/);
    checkRefused(encounter('  - {substance: <|>x}\n'), ' x', /begins or ends with a blank/);
    checkRefused(encounter('  - &<|>a {substance: x}\n'), 'a b', /cannot be the name of an anchor/);
  });

  test('where a document may mean the name of another family', () => {
    const both = `${family(plain, 'other')}${family(plain.replace('class: a', 'class: <|>a'))}`;
    const policy = (when: string): string =>
      `#- p.policy.yaml\npolicy: p\ntitle: P\n${effective}\nrules: [{id: r, when: ${when}, then: {note: n}}]\n`;
    checkRefused(
      `${both}${policy('{class: a}')}`,
      'b',
      /Several families have the class "a", and p\.policy\.yaml/,
    );
    checkRefused(
      `${both.replace('<|>', '')}${policy('{class: <|>a}')}`,
      'b',
      /The families field and other have the class "a"/,
    );
  });
});

describe('names in the examples', () => {
  const host = new AnalysisHost();
  host.apply({ files: toChanges(readExamples()) });
  interface Written {
    readonly file: FileId;
    readonly offset: number;
    readonly mention: Mention;
    readonly text: string;
  }
  const all = host
    .snapshot()
    .files()
    .flatMap((file) =>
      host
        .snapshot()
        .documents(file)
        .flatMap(({ source, offset }) =>
          host
            .snapshot()
            .mentions(source)
            .map((mention): Written => ({ file, offset, mention, text: source.text })),
        ),
    );

  test('stand where they are said to stand', () => {
    assert.ok(all.length > 10_000);
    for (const { text, mention } of all)
      // A code list has the name of its file, for which its first line stands.
      if (mention.naming.kind !== 'code-list')
        assert.equal(text.slice(mention.start, mention.end), mention.name);
  });

  test('are the same again after a rename and a rename back', () => {
    const names = all.filter(({ mention }) => !isCodeKind(mention.naming.kind));
    fc.assert(
      fc.property(
        fc.nat(names.length - 1),
        fc.stringMatching(/^[a-z][a-z0-9]{3,9}-[a-z]{2,5}$/),
        (i, fresh) => {
          const { file, offset, mention } = names[i] ?? assert.fail();
          const at = offset + mention.start;
          fc.pre(!('refused' in prepareRename(host.snapshot(), file, at)));
          const { edits: there, refused } = renaming(host.snapshot(), file, at, fresh);
          assert.equal(refused, '');
          assert.ok(
            there.some((own) => own.file === file && own.start === at),
            'the place itself is changed',
          );
          const before = [...edited(host.snapshot(), there).keys()].map(
            (own) => [own, host.snapshot().file(own)?.source.text] as const,
          );
          const apply = (files: ReadonlyMap<FileId, string>): void => {
            host.apply({ files: [...files].map(([own, text]) => ({ file: own, content: { text } })) });
          };
          apply(edited(host.snapshot(), there));
          const shift = there
            .filter((own) => own.file === file && own.start < at)
            .reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
          const { edits: back, refused: clash } = renaming(host.snapshot(), file, at + shift, mention.name);
          if (clash !== '') {
            // Of two drugs of one name the other one has it now, so the name is taken.
            assert.match(clash, /is there already/);
            apply(new Map(before.map(([own, text]) => [own, text ?? assert.fail()])));
            return;
          }
          assert.equal(back.length, there.length, 'as many places');
          apply(edited(host.snapshot(), back));
          for (const [own, text] of before) assert.equal(host.snapshot().file(own)?.source.text, text);
        },
      ),
      { numRuns: 60 },
    );
  });
});
