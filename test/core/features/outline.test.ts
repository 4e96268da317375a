/** What is in a file and in the workspace: symbols, folding, growing selections, links, and the hierarchy of codes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addOnsOf, codesAt, primariesOf } from '../../../server/core/features/call-hierarchy.ts';
import { documentLinks } from '../../../server/core/features/document-links.ts';
import { documentSymbols, type OutlineSymbol } from '../../../server/core/features/document-symbols.ts';
import { folds } from '../../../server/core/features/folding.ts';
import { selectionRanges } from '../../../server/core/features/selection.ts';
import { bestSymbols, workspaceSymbols } from '../../../server/core/features/workspace-symbols.ts';
import { fileId } from '../../../server/core/base/origin.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';
import { hostOf, type FixtureOptions } from '../../support/checks.ts';
import { readExamples, toChanges } from '../../support/examples.ts';
import { moveAround } from '../../support/moving.ts';

const head = 'date: 2026-03-02\nclaim: professional\nplace_of_service: "11"';
const effective = 'effective: {from: 2020-01-01}';

describe('the outline', () => {
  const print = ({ name, detail, kind, children }: OutlineSymbol, indent = ''): string[] => [
    `${indent}${kind} ${name}${detail === '' ? '' : ` (${detail})`}`,
    ...children.flatMap((child) => print(child, `${indent}  `)),
  ];
  const outline = (fixture: string, options: FixtureOptions = {}): string[] => {
    const { analysis, file } = hostOf(fixture, options);
    return [...documentSymbols(analysis, file().id)].flat().flatMap((symbol) => print(symbol));
  };

  test('of encounters has administrations with their lines, services, and what is expected', () => {
    assert.deepEqual(
      outline(
        `#- e.encounter.yaml
encounter: first
${head}
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:35"}
  - {id: flush, purpose: flush, route: iv-push}
services:
  - {code: "99214", separately_identifiable: true}
expect:
  - {code: "96365"}
  - {code: "96366", units: 1}
---
encounter: second
${head}
`,
        { library: true },
      ),
      [
        'encounter first (96365 × 1, 96366 × 1, 99214-25 × 1)',
        '  entry x (96365 × 1, 96366 × 1)',
        '  entry flush (not billed)',
        '  entry 99214 (99214-25 × 1)',
        '  section expect',
        '    line 96365 (× 1)',
        '    line 96366 (× 1)',
        'encounter second',
      ],
    );
  });

  test('of rule documents has their clauses and what is named in them', () => {
    assert.deepEqual(
      outline(`#- f.family.yaml
family: field
title: A field
facts:
  route:
    definition: How.
    values: {vein: {definition: Into a vein.}}
classes:
  - {class: slow, title: Slow, when: {any: [{route: vein}]}}
positions: {initial: {choose: [{id: all, rank: [{by: longest}]}]}}
`),
      [
        'family field (A field)',
        '  section facts',
        '    fact route (How.)',
        '      section values',
        '        value vein (Into a vein.)',
        '  section classes',
        '    class slow (Slow)',
        '  section positions',
        '    section initial',
        '      section choose',
        '        item all',
      ],
    );
    assert.deepEqual(
      outline(`#- p.policy.yaml
policy: p
title: A policy
${effective}
rules:
  - {id: first, title: The first, when: {claim: professional}, then: {note: n}}
`),
      ['policy p (A policy)', '  section effective', '  section rules', '    rule first (The first)'],
    );
  });

  test('is what can be read of a document that is broken, and nothing of other files', () => {
    assert.deepEqual(
      outline(`#- e.encounter.yaml\nencounter: e\n${head}\nadministrations:\n  - {substance: x, route: `),
      ['encounter e (nothing is billed)', '  entry x (not billed)'],
    );
    assert.deepEqual(outline('#- compose.yaml\nservices: {web: {image: x}}\n'), []);
  });

  test('has names alone in a file of thousands, and says how many it leaves out', () => {
    const text = Array.from(
      { length: 10_003 },
      (_, i) => `encounter: e-${String(i)}\ndate: 2026-03-02\nadministrations: [{substance: x}]\n`,
    );
    const host = new AnalysisHost();
    const file = fileId('many.encounter.yaml');
    host.apply({ files: [{ file, content: { text: text.join('---\n') } }] });
    const symbols = [...documentSymbols(host.snapshot(), file)].flat();
    assert.equal(symbols.length, 10_001);
    assert.ok(symbols.every(({ children }) => children.length === 0));
    assert.equal(symbols.at(-1)?.name, '… and 3 more documents');
    assert.equal(host.work.evaluated, 0);
  });
});

describe('symbols of the workspace', () => {
  const host = new AnalysisHost();
  host.apply({ files: toChanges(readExamples()) });
  const find = (query: string): string[] =>
    bestSymbols([...workspaceSymbols(host.snapshot(), query)].flat()).map(
      ({ name, kind, container }) => `${kind} ${name} (${container})`,
    );

  test('are found by name, by title, by letters in order, the nearest first', () => {
    assert.match(find('96365')[0] ?? '', /^procedure-code 96365 .*\(drug-administration\)$/);
    assert.match(find('further hour of a drug')[0] ?? '', /^procedure-code 96366/);
    assert.equal(find('therapeutic-infusion')[0], 'class therapeutic-infusion (drug-administration)');
    assert.ok(find('thinf').includes('class therapeutic-infusion (drug-administration)'));
    assert.equal(find('iv-push')[0], 'value iv-push (route)');
    assert.equal(
      find('dehydration-with-vomiting-95-minutes')[0],
      'encounter dehydration-with-vomiting-95-minutes (article)',
    );
    assert.deepEqual(find('zzqzz'), []);
  });

  test('are capped, and what stands in encounters is found without parsing them', () => {
    assert.equal(find('').length, 200);
    const fresh = new AnalysisHost();
    fresh.apply({ files: toChanges(readExamples('drug-administration/encounters')) });
    assert.ok([...workspaceSymbols(fresh.snapshot(), '')].flat().length > 50);
    assert.equal(fresh.work.parsed, 0);
  });

  test('stand where the name stands', () => {
    const analysis = host.snapshot();
    for (const { name, kind, at } of [...workspaceSymbols(analysis, '')].flat()) {
      if (kind === 'code-list') continue;
      assert.ok(name.startsWith(analysis.file(at.file)?.source.text.slice(at.start, at.end) ?? '?'), name);
    }
  });
});

describe('folding', () => {
  const lines = (fixture: string, limit = 5_000): string[] => {
    const { analysis, file } = hostOf(fixture);
    const { id } = file();
    return [...folds(analysis, id, limit)].flat().map(({ start, end, kind, closes }) => {
      const [from, to] = [analysis.position(id, start).line, analysis.position(id, end).line];
      return `${kind} ${String(from)}-${String(closes ? to - 1 : to)}`;
    });
  };

  test('takes documents, mappings, lists, items, texts and comments', () => {
    assert.deepEqual(
      lines(`#- e.encounter.yaml
# one
# two
encounter: e
summary: >-
  # not a comment
  # either
administrations:
  - substance: x
    route: y
  - {substance: z,
     route: w,
    }
# alone
---
encounter: f
date: 2026-03-02
`),
      ['document 2-11', 'node 3-5', 'node 6-11', 'node 7-8', 'node 9-10', 'comment 0-1', 'document 14-15'],
    );
  });

  test('takes the documents alone where there are as many of them as folds are wanted', () => {
    const text = 'encounter: e\ndiagnoses:\n  - R11.2\n';
    assert.deepEqual(lines(`#- e.encounter.yaml\n${text}---\n${text}---\n${text}`, 2), [
      'document 0-2',
      'document 4-6',
    ]);
  });

  test('takes nothing of a file of one line, or of a foreign file', () => {
    assert.deepEqual(lines('#- e.encounter.yaml\nencounter: e\n'), []);
    assert.deepEqual(lines('#- compose.yaml\nservices:\n  web:\n    image: x\n'), []);
  });
});

describe('a selection that grows', () => {
  const grown = (fixture: string): string[] => {
    const { analysis, file } = hostOf(fixture);
    const { id, carets, text } = file();
    return selectionRanges(analysis, id, carets[0] ?? 0).map(({ start, end }) => text.slice(start, end));
  };

  test('takes the word, the value, the entry, the mapping, the item, the list and the document', () => {
    const list = '- {substance: "iron su<|>crose"}\n  - {substance: y}'.replace('<|>', '');
    const text = `encounter: e\nadministrations:\n  ${list}`;
    assert.deepEqual(
      grown(`#- e.encounter.yaml\n${text.replace('sucrose', 'su<|>crose')}\n---\nencounter: f\n`),
      [
        'sucrose',
        'iron sucrose',
        '"iron sucrose"',
        'substance: "iron sucrose"',
        '{substance: "iron sucrose"}',
        '- {substance: "iron sucrose"}',
        list,
        `administrations:\n  ${list}`,
        text,
        `${text}\n---\nencounter: f\n`,
      ],
    );
  });

  test('takes a comment whole', () => {
    assert.deepEqual(
      grown('#- e.encounter.yaml\nencounter: e\n# two wo<|>rds\n# more\ndate: x\n').slice(0, 2),
      ['words', '# two words\n# more'],
    );
  });
});

describe('links', () => {
  test('are addresses and files at hand, in values, prose and comments', () => {
    const { analysis, file } = hostOf(`#- a/policies/p.policy.yaml
# see ../specs/x.spec.yaml, ./gone.spec.yaml and <https://example.org/a.>
policy: p
title: "As https://example.org/b, and (https://example.org/c)."
source: {url: "https://example.org/d_(e)"}
#- a/specs/x.spec.yaml
spec: "12345"
`);
    const { id, text } = file('a/policies/p.policy.yaml');
    const found = [...documentLinks(analysis, id)].flat();
    assert.deepEqual(
      found.map(({ to }) => to),
      [
        'a/specs/x.spec.yaml',
        'https://example.org/a',
        'https://example.org/b',
        'https://example.org/c',
        'https://example.org/d_(e)',
      ],
    );
    for (const { to, start, end } of found.slice(1)) assert.equal(text.slice(start, end), to);
  });
});

describe('the hierarchy of codes', () => {
  const fixture = `#- s.spec.yaml
spec: "12345"
title: First
family: f
${effective}
reports: {class: a, as: initial}
---
spec: "12346"
title: Named
family: f
${effective}
reports: {class: b, as: additional-time, of: ["12345"]}
---
spec: "12347"
title: By class
family: f
${effective}
reports: {class: a, as: additional-time}
---
spec: "12348"
title: Described
${effective}
depends_on: [{code: "12345", relation: add-on}]
---
spec: "12349"
title: Of another time
family: f
effective: {from: 2010-01-01, to: 2011-01-01}
reports: {class: b, as: additional-time, of: ["12345"]}
`;

  test('has the add-ons of a code with the clauses that say so, and what each adds to', () => {
    const { analysis, file } = hostOf(fixture);
    const { id, text } = file();
    const [first] = codesAt(analysis, id, text.indexOf('12345'));
    assert.ok(first);
    assert.deepEqual([first.code, first.title], ['12345', 'First']);
    const addOns = addOnsOf(analysis, first.document);
    assert.deepEqual(
      addOns.map(({ item, places }) => [
        item.code,
        ...places.map(({ start, end }) => text.slice(start, end)),
      ]),
      [
        ['12346', '"12345"'],
        ['12347', 'additional-time'],
        ['12348', '"12345"'],
      ],
    );
    assert.deepEqual(primariesOf(analysis, first.document), []);
    for (const { item } of addOns)
      assert.deepEqual(
        primariesOf(analysis, item.document).map((own) => own.item.code),
        ['12345'],
      );
  });

  test('is none of what is no code, and of codes without a specification', () => {
    const { analysis, file } = hostOf(`${fixture}related: [{code: "99999", relation: r}]\n`);
    const { id, text } = file();
    assert.deepEqual(codesAt(analysis, id, text.indexOf('First')), []);
    assert.deepEqual(codesAt(analysis, id, text.indexOf('99999')), []);
    assert.deepEqual(addOnsOf(analysis, 'gone#0' as never), []);
  });
});

test('everything that is asked of the examples has its places in their texts', () => {
  const host = new AnalysisHost();
  host.apply({ files: toChanges(readExamples('drug-administration/encounters')) });
  const analysis = host.snapshot();
  for (const file of analysis.files()) {
    const { length } = analysis.file(file)?.source.text ?? '';
    for (let offset = 0; offset < length; offset += 97) moveAround(analysis, file, offset);
  }
});
