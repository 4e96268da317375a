/** Code lists of a workspace: how they are read, and what conditions and specifications make of them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completion } from '../../../server/core/features/completion.ts';
import { codeMarkdown } from '../../../server/core/features/shared/code-about.ts';
import { hover } from '../../../server/core/features/hover.ts';
import { checkProblems, hostOf } from '../../support/checks.ts';

describe('unusable-row', () => {
  test('is each row that cannot be read, and the others count', () => {
    checkProblems(`#- covered.codes.csv
icd-10-cm,title,from,to
E86.0,Dehydration,,
E860,Dehydration,,
#<^^^^^^^^^^^^^^^^^ error unusable-row This row has the code "E860", which is not written as an ICD-10-CM code: a letter, two characters, a point and up to four more.
,Nothing,,
#<^^^^^^^^^ error unusable-row This row has no code.
E87.6,Hypokalemia,2026-02-30,
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error unusable-row "2026-02-30" is not a date: write year, month and day as YYYY-MM-DD.
E87.7,Backwards,2026-02-03,2026-02-02
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error unusable-row The last day, 2026-02-02, is before the first, 2026-02-03.
E86.0,Again,,
#<^^^^^^^^^^^^ error unusable-row The code E86.0 stands in this list already.
`);
  });

  test('is a heading that does not say what the columns are', () => {
    checkProblems(`#- covered.codes.csv
code,title
#<^^^^^^^^^ error unusable-row The heading "code" does not say of which format they are. The first line says what the columns are: the format of the codes (procedure-code, modifier, icd-10-cm, nucc-taxonomy or place-of-service), then title, from and to.
E86.0,Dehydration
`);
    checkProblems('#- icd-10-cm.codes.csv\ncode,title\nE86.0,Dehydration\n');
    checkProblems(`#- covered.codes.csv
modifier,name
#<^^^^^^^^^^^^ error unusable-row Nothing reads the column name. Columns are title, from, to and note.
59,distinct
`);
  });

  test('is a quotation mark that nothing closes', () => {
    const { analysis, file } = hostOf('#- a.codes.csv\nmodifier,title\n59,"distinct\n76,repeated\n');
    const model = analysis.model(analysis.documents(file().id)[0]?.source ?? assert.fail());
    assert.deepEqual(
      model.problems.map(({ message }) => message),
      [
        'A quotation mark opens here and none closes it, so the rest is one cell.',
        'A cell of this row goes over several lines. Is a quotation mark missing?',
      ],
    );
  });

  test('reads semicolons, tabs, quotes, comments, and the mark of spreadsheets', () => {
    for (const text of [
      '\uFEFFmodifier;title\n59;"a; b"\n',
      'modifier\ttitle\n59\ta; b\n',
      '# A list\n# of our own\n\nmodifier,title\n# between\n59,"a; b"\n\n',
      'modifier,title\r\n59,a; b\r\n',
    ]) {
      const { analysis, file } = hostOf('#- a.codes.csv\n');
      void analysis;
      const { host } = hostOf('#- b.codes.csv\n');
      host.apply({ files: [{ file: file().id, content: { text } }] });
      const { lists } = host.snapshot().rules().documents;
      assert.deepEqual(
        lists.map(({ codes }) => codes),
        [[{ code: '59', title: 'a; b' }]],
        text,
      );
    }
  });
});

const policy = (list: string): string => `
#- p.policy.yaml
policy: p
payer: Example Health
title: T
effective: {from: 2024-01-01}
rules:
  - id: covered
    title: Other diagnoses are not covered
    when: {not: {diagnosis: {listed_in: ${list}}}}
    then: {deny: the plan does not cover it}
`;
const list = `#- covered.codes.csv
# Covered diagnoses
icd-10-cm,title,from,to
E86.0,Dehydration,2025-01-01,2025-12-31
E87.6,Hypokalemia,,
`;
const encounter = (date: string, diagnosis: string): string => `
#- e.encounter.yaml
encounter: e
date: ${date}
payer: Example Health
claim: professional
place_of_service: "11"
diagnoses: [${diagnosis}]
administrations:
  - {substance: ketorolac, purpose: therapeutic, route: iv-push, start: "09:00"}
`;

const outcomes = (fixture: string): readonly string[] => {
  const { analysis, file } = hostOf(fixture, { library: true });
  const source = analysis.documents(file('e.encounter.yaml').id)[0]?.source ?? assert.fail();
  const own = analysis.encounter(source) ?? assert.fail();
  return analysis.bill(own)?.lines.map(({ code, outcome }) => `${code} ${outcome}`) ?? [];
};

describe('listed_in', () => {
  test('holds for codes of the list on the date of service', () => {
    for (const [date, diagnosis, outcome] of [
      ['2025-06-01', 'E86.0', 'billable'],
      ['2026-06-01', 'E86.0', 'denied'],
      ['2026-06-01', 'E87.6', 'billable'],
      ['2026-06-01', 'E86.1', 'denied'],
    ] as const)
      assert.deepEqual(outcomes(list + policy('covered') + encounter(date, diagnosis)), [`96374 ${outcome}`]);
  });

  test('is unknown of a list that is not here', () => {
    assert.deepEqual(outcomes(policy('covered') + encounter('2026-06-01', 'E86.0')), ['96374 unknown']);
    checkProblems(
      `${list}
#- p.policy.yaml
policy: p
payer: Example Health
title: T
effective: {from: 2024-01-01}
rules:
  - id: covered
    title: Other diagnoses are not covered
    when: {not: {diagnosis: {listed_in: coverd}}}
#                                       ^^^^^^ error unknown-code-list There is no code list "coverd" here, that is, no file coverd.codes.csv: whether a code is in it stays unknown. Did you mean "covered"?
    then: {deny: the plan does not cover it}
`,
    );
  });

  test('follows an edit of the list, and evaluates nothing again that does not name it', () => {
    const { host, file } = hostOf(list + policy('covered') + encounter('2026-06-01', 'E86.1'), {
      library: true,
    });
    const bill = (): readonly string[] => {
      const analysis = host.snapshot();
      const source = analysis.documents(file('e.encounter.yaml').id)[0]?.source ?? assert.fail();
      return (
        analysis.bill(analysis.encounter(source) ?? assert.fail())?.lines.map(({ outcome }) => outcome) ?? []
      );
    };
    const edit = (text: string): void => {
      host.apply({ files: [{ file: file('covered.codes.csv').id, content: { text } }] });
    };
    assert.deepEqual(bill(), ['denied']);
    edit('icd-10-cm\nE86.1\n');
    assert.deepEqual(bill(), ['billable']);
    const before = host.work.evaluated;
    edit('# a comment\nicd-10-cm\nE86.1\n');
    assert.deepEqual(bill(), ['billable']);
    assert.ok(host.work.evaluated <= before + 1);
    edit('icd-10-cm\nE86.0\n');
    assert.deepEqual(bill(), ['denied']);
  });
});

describe('diagnosis_lists', () => {
  test('are diagnoses of the specification, too', () => {
    const spec = (lists: string): string => `
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
diagnosis_lists: [${lists}]
`;
    const { analysis } = hostOf(list + spec('covered'));
    const [own] = analysis.rules().documents.specs;
    assert.deepEqual(
      own?.diagnosisLists.map((use) => use.list.value),
      ['covered'],
    );
    checkProblems(
      `${list}
#- s.spec.yaml
spec: "99999"
#     ^^^^^^^ information described-only 99999 is described here, not executable: without "reports", its outcome is unknown wherever it is stated.
title: T
effective: {from: 2024-01-01}
diagnosis_lists: [nowhere]
#                 ^^^^^^^ error unknown-code-list There is no code list "nowhere" here, that is, no file nowhere.codes.csv: whether a code is in it stays unknown. Known is covered.
`,
    );
  });
});

describe('a code list in the editor', () => {
  const visit = (rest: string): string => `#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\n${rest}`;

  test('completes its codes by words, and explains them on hover', () => {
    const found = hostOf(list + visit('diagnoses: [hypok<|>]'));
    const items = completion(found.analysis, found.file().id, found.file().carets[0] ?? 0).items;
    assert.deepEqual(
      items.map(({ label, detail, code }) => [label, detail, code && codeMarkdown(found.analysis, code)]),
      [['E87.6', 'Hypokalemia', '**E87.6** — Hypokalemia _(Covered diagnoses)_']],
    );
    const shown = hostOf(list + visit('diagnoses: [E87<|>.6]'));
    assert.match(
      hover(shown.analysis, shown.file().id, shown.file().carets[0] ?? 0)?.markdown ?? '',
      /\*\*E87\.6\*\* — Hypokalemia _\(Covered diagnoses\)_/,
    );
  });

  test('completes the names of lists where one is named', () => {
    const found = hostOf(
      `${list}
#- p.policy.yaml
policy: p
payer: Example Health
title: T
effective: {from: 2024-01-01}
rules:
  - id: covered
    when: {diagnosis: {listed_in: c<|>}}
`,
    );
    const items = completion(found.analysis, found.file().id, found.file().carets[0] ?? 0).items;
    assert.ok(items.some(({ label, detail }) => label === 'covered' && detail === 'Covered diagnoses'));
  });

  test('of the library is a starter set, and a release goes before it', () => {
    const { analysis } = hostOf(visit('diagnoses: [E86.0]'), { library: true });
    const known = analysis.codes.find('icd-10-cm', 'E86.0', undefined);
    assert.equal(known?.set.header.starter, true);
    assert.equal(known.complete, false);
  });
});
