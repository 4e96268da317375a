/** What is shown of a file: computed lines, hovers, the whole explanation, and quick fixes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codeActions } from '../../../server/core/features/code-actions.ts';
import { computedLines } from '../../../server/core/features/computed-lines.ts';
import { explain } from '../../../server/core/features/explain.ts';
import { encounterOf, infusion } from '../../support/bench.ts';
import { checkHover, checkLines, hostOf } from '../../support/checks.ts';
import { date, fileOf, rowsOf } from '../../support/code-sets.ts';

const library = { library: true } as const;
const head = 'date: 2026-03-02\nclaim: professional\nplace_of_service: "11"\npayer: Medicare';

describe('computed lines', () => {
  test('stand at each administration, with the total at the name', () => {
    checkLines(
      `#- e.encounter.yaml
encounter: e «→ 96365 × 1, 96366 × 1, 96367 × 1»
${head}
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:35"} «→ 96365 × 1, 96366 × 1»
  - {substance: saline, purpose: flush, route: iv-push} «→ not billed»
  - substance: y «→ 96367 × 1»
    purpose: therapeutic
    route: iv-infusion
    minutes: 20
`,
      library,
    );
  });

  test('name every outcome that is not billable', () => {
    checkLines(
      `#- e.encounter.yaml
encounter: e «→ 96365 × 1 (denied)»
${head.replace('"11"', '"22"')}
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30} «→ 96365 × 1 (denied)»
---
encounter: f «→ 96365 × 1 (unknown) (near: 96366)»
${head}
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion} «→ 96365 × 1 (unknown)»
---
encounter: g «→ nothing is billed»
${head}
administrations:
  - {substance: x, purpose: therapeutic, route: oral} «→ not billed»
`,
      library,
    );
  });

  test('are none for an encounter without administrations, and for files of rules', () => {
    checkLines(`#- e.encounter.yaml\nencounter: e\n${head}\nadministrations: []\n`, library);
    checkLines('#- s.spec.yaml\nspec: "99999"\ntitle: T\neffective: {from: 2024-01-01}\n', library);
  });

  test('stand at what is there in a document that is broken', () => {
    checkLines(
      `#- e.encounter.yaml
encounter: e «→ 96365 × 1»
${head}
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30} «→ 96365 × 1»
  - {substance: «→ not billed»`,
      library,
    );
  });

  test('say why, with near misses and the clauses as related places', () => {
    const { analysis, file } = hostOf(
      `#- e.encounter.yaml\nencounter: e\n${head}\nadministrations:\n  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 88}\n`,
      library,
    );
    const [total, administration] = computedLines(analysis, file().id);
    assert.equal(total?.message, 'Billing lines: 96365 × 1; 1 near miss');
    assert.match(
      total.related[0]?.message ?? '',
      /96366 not reported for x.*31 minutes.*28 minutes are documented/,
    );
    assert.match(administration?.message ?? '', /^96365 × 1: 96366 not reported for x/);
    const clauses = administration?.related.map(({ at }) => analysis.locate(at)?.file) ?? [];
    assert.ok(clauses.some((name) => name?.endsWith('cpt-96365.spec.yaml')));
    assert.ok(clauses.some((name) => name?.endsWith('cpt-96366.spec.yaml')));
    assert.ok(clauses.every((name) => name !== undefined));
  });

  test('say that bags belong together', () => {
    const { analysis, file } = hostOf(
      `#- e.encounter.yaml\nencounter: e\n${head}\nadministrations:\n${'  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 30}\n'.repeat(3)}`,
      library,
    );
    const [, first] = computedLines(analysis, file().id);
    assert.match(first?.message ?? '', /^96365 × 1: Together with 2 other administrations\./);
  });
});

describe('hover', () => {
  const encounter = `#- e.encounter.yaml
encounter: e
${head}
diagnoses: [E86.0]
administrations:
  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:28"}
expect:
  - {code: "96365"}
`;
  const at = (word: string, pieces: readonly string[], text = encounter): string =>
    checkHover(text.replace(word, `<|>${word}`), pieces, library);

  test('on a key says what it is for', () => {
    at('claim:', ['**Claim**', 'Whose claim it is']);
    at('stop:', ['**Stop**']);
  });

  test('on a value says what it means, and where that is said', () => {
    at('E86.0', ['**E86.0** — Dehydration _(specification of 96360)_']);
    at('therapeutic,', ['**therapeutic** — To treat a condition']);
    at('"96365"', ['**96365** — First hour of a drug infusion', 'specification of 96365']);
  });

  test('in an administration tells the reasoning, with what was not billed', () => {
    at('"11:28"', [
      'x ran 88 minutes.',
      '**96365 × 1** — billable',
      '1. ',
      '2. ',
      '**Not billed**',
      '96366 not reported for x',
    ]);
    at(
      '"11:28"',
      ['x: how long it ran is not documented.', '— unknown'],
      encounter.replace(', stop: "11:28"', '').replace('start: "10:00"', 'note: "11:28"'),
    );
  });

  test('on the name of the encounter and on what is expected tells all lines', () => {
    at('e\n', ['**96365 × 1** — billable']);
    at('code:', ['**96365 × 1** — billable']);
    at('e\n', ['Nothing is billed.'], encounter.replace('iv-infusion', 'oral'));
  });

  test('takes no text for markup', () => {
    const shown = at(
      '"11:28"',
      ['\\*\\*bold\\*\\*'],
      encounter.replace('substance: x', 'substance: "**bold** <b> [a](b)"'),
    );
    assert.doesNotMatch(shown, /<b>|\[a\]\(b\)/);
  });

  test('on the date of service says which versions and releases hold', () => {
    const text = `#- e.encounter.yaml\n${encounterOf([infusion('x', '10:00', 95)]).replace('2026-03-02', '2026-<|>03-02')}`;
    checkHover(
      text,
      [
        '**What holds on 2026-03-02**',
        'specifications in force',
        '96365: the version in force from 2009-01-01',
        'ICD-10-CM FY2026',
        'not for this date, but nearest to it: HCPCS 2024',
      ],
      {
        library: true,
        codeSets: [
          fileOf(),
          fileOf(rowsOf('A1234 Something'), {
            set: 'hcpcs',
            title: 'HCPCS',
            release: '2024',
            effective: { from: date('2024-01-01'), to: date('2024-12-31') },
          }),
        ],
      },
    );
  });

  test('in a condition tells the definition of a fact', () => {
    checkHover(
      '#- p.policy.yaml\npolicy: p\nrules:\n  - {id: a, when: {<|access_site|>: x}}',
      ['**access\\_site** — Where the vein, the artery or the skin was entered'],
      library,
    );
    checkHover(
      '#- p.policy.yaml\npolicy: p\nrules:\n  - {id: a, when: {minutes: {<|at_least|>: 5 min}}}',
      ['At least'],
      library,
    );
  });

  test('on nothing is nothing', () => {
    checkHover('#- e.encounter.yaml\n# a com<|>ment\nencounter: e', []);
    checkHover('#- notes.yaml\na: <|>1', []);
  });
});

describe('explain', () => {
  test('tells every stage in order, and every question that was asked', () => {
    const { analysis, file } = hostOf(
      `#- e.encounter.yaml\nencounter: e\n${head}\nadministrations:\n  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 95}\n  - {substance: saline, purpose: flush, route: iv-push}\n`,
      library,
    );
    const [document] = analysis.documents(file().id);
    const model = document && analysis.encounter(document.source);
    const rules = model && analysis.rulesOn(model);
    const bill = model && analysis.bill(model);
    assert.ok(rules && bill);
    const steps = explain(rules, model, bill);
    const stages = [...new Set(steps.map(({ stage }) => stage))];
    assert.deepEqual(stages, [
      'facts',
      'classes',
      'groups',
      'positions',
      'specifications',
      'edits',
      'lines',
      'not billed',
    ]);
    const sentences = steps.map(({ sentence }) => sentence);
    for (const wanted of [
      /^The encounter: .*claim professional.*; 2 administrations\.$/,
      /^x counts as “Therapeutic.* infusion”: .*route iv-infusion.*95 minutes/,
      /^saline is not reported: /,
      /^x is the initial service: /,
      /^96365 reports x: 1 unit\.$/,
      /^96367 does not report x: .*sequential/,
      /^96366 reports x: 1 unit\.$/,
      /^96365 is reported on a professional claim at place of service 11\.$/,
      /^96365 × 1$/,
    ])
      assert.ok(
        sentences.some((sentence) => wanted.test(sentence)),
        `${String(wanted)} in\n${sentences.join('\n')}`,
      );
    for (const { clause, stage } of steps)
      if (stage !== 'lines') assert.ok(clause && analysis.locate(clause), 'each step has a place');
  });

  test('says that nothing is billed', () => {
    const { analysis, file } = hostOf(
      `#- e.encounter.yaml\nencounter: e\n${head}\nadministrations: []\n`,
      library,
    );
    const [document] = analysis.documents(file().id);
    const model = document && analysis.encounter(document.source);
    const rules = model && analysis.rulesOn(model);
    const bill = model && analysis.bill(model);
    assert.ok(rules && bill);
    assert.equal(explain(rules, model, bill).at(-1)?.sentence, 'Nothing is billed.');
  });
});

describe('quick fixes', () => {
  test('are offered only where the cursor is', () => {
    const text =
      '#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\nclaim: profesional<|>\nplan: x\nprovder: {}\n';
    const { analysis, file } = hostOf(text);
    const { id, carets, text: own } = file();
    const titles = (start: number, end = start): string[] =>
      codeActions(analysis, id, { start, end }).map(({ title }) => title);
    assert.deepEqual(titles(carets[0] ?? 0), ['Change to "professional"']);
    assert.deepEqual(titles(own.indexOf('plan')), []);
    assert.deepEqual(titles(0, own.length), ['Change to "professional"', 'Change to "provider"']);
  });

  test('carry the problem that they mend', () => {
    const { analysis, file } = hostOf(
      '#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\nclaim: facility\nplace_of_service: 01\n',
    );
    const { id, text } = file();
    const [fix] = codeActions(analysis, id, { start: 0, end: text.length });
    assert.equal(fix?.problem.code, 'unquoted-code');
    assert.equal(fix.title, 'Put "01" in quotes');
  });
});
