/** Coverage of clauses: what planted encounters put to the test, and which conditions were seen one way only. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tallyCoverage, type Answers, type FileCoverage } from '../../../server/core/features/coverage.ts';
import { evaluate } from '../../../server/core/billing/evaluate.ts';
import type { Bill } from '../../../server/core/billing/line.ts';
import { labelWithOutcome } from '../../../server/core/features/shared/labels.ts';
import { watchRules } from '../../../server/core/rules/watched.ts';
import type { Analysis } from '../../../server/core/workspace/analysis.ts';
import { hostOf } from '../../support/checks.ts';
import { readExamples, threeCodes, toChanges } from '../../support/examples.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';

const FAMILY = `
#- f.family.yaml
family: visits
title: Visits
facts:
  kind: {definition: What it was., values: {talk: {definition: A talk.}, test: {definition: A test.}}}
classes:
  - {class: talk, when: {kind: talk}}
  - {class: test, when: {kind: test}}
positions: {initial: {among: [talk]}}
`;
const SPEC = `
#- s.spec.yaml
spec: "X0001"
title: A talk
family: visits
reports: {class: talk, as: initial}
time: {at_least: 30 min, covers: 30 min}
excludes:
  - {mood: bad, reason: nobody talks}
modifiers:
  - {code: "AA", use: it was late, when: {late: "yes"}}
  - {code: "BB", use: it is told and not computed}
`;
const POLICY = `
#- p.policy.yaml
policy: own
payer: Payer
title: Own
effective: {from: 2020-01-01}
applies_to: {family: visits}
rules:
  - id: place
    when: {place_of_service: "19"}
    then: {deny: not there}
  - id: always
    then: {note: Keep the record.}
`;
const talk = (name: string, more: string, expect = '[{code: X0001}]'): string => `
#- ${name}.encounter.yaml
encounter: ${name}
date: 2026-03-02
payer: Payer
place_of_service: "11"
administrations: [{kind: talk, mood: good, late: "no", minutes: 40${more}}]
expect: ${expect}
`;

/** \`path: encounters, of them that differ; yes/no/unknown\` for each clause of a file. */
function told(report: readonly FileCoverage[], file: string): Record<string, string> {
  const found = report.find((own) => own.file === file) ?? assert.fail(`${file} has no coverage`);
  const ways = (answers: Answers | undefined): string =>
    answers ? `; ${[answers.yes, answers.no, answers.unknown].join('/')}` : '';
  return Object.fromEntries(
    found.documents.flatMap(({ clauses }) =>
      clauses.map(({ at, encounters, differ, answers }) => [
        at.path,
        `${String(encounters)}, ${String(differ)}${ways(answers)}`,
      ]),
    ),
  );
}

function cover(analysis: Analysis): readonly FileCoverage[] {
  const tally = tallyCoverage(analysis);
  for (const file of analysis.files())
    for (const { source } of analysis.documents(file)) {
      const encounter = analysis.encounter(source);
      if (encounter) tally.add(encounter);
    }
  return tally.report();
}
const coverOf = (...files: string[]): readonly FileCoverage[] =>
  cover(hostOf(files.map((file) => file.trimStart()).join('')).analysis);

const labels = (bill: Bill | undefined): unknown =>
  bill?.lines.map((line) => [labelWithOutcome(line), line.because.map(({ sentence }) => sentence)]);

describe('coverage of clauses', () => {
  it('counts encounters by clause, and shows a condition that was seen one way only', () => {
    const report = coverOf(
      FAMILY,
      SPEC,
      POLICY,
      talk('plain', ''),
      talk('late', ', late: "yes"').replace('late: "no", ', ''),
    );
    assert.deepEqual(told(report, 's.spec.yaml'), {
      '/reports': '2, 0',
      '/time': '2, 0; 2/0/0',
      '/excludes/0': '0, 0; 0/2/0',
      '/modifiers/0': '1, 0; 1/1/0',
    });
    assert.deepEqual(told(report, 'p.policy.yaml'), { '/rules/0': '0, 0; 0/2/0', '/rules/1': '2, 0' });
    const [spec] = report.filter(({ file }) => file === 's.spec.yaml');
    assert.deepEqual(
      [spec?.clauses, spec?.ways],
      [
        { covered: 3, total: 4 },
        { covered: 4, total: 6 },
      ],
    );
    assert.deepEqual(
      spec?.documents.map(({ name, encounters }) => [name, encounters]),
      [['X0001', 2]],
    );
  });

  it('counts what keeps a line away: a threshold, an exclusion, a denial', () => {
    const report = coverOf(
      FAMILY,
      SPEC,
      POLICY,
      talk('short', '', '[]').replace('minutes: 40', 'minutes: 20'),
      talk('bad', '', '[]').replace('mood: good', 'mood: bad'),
      talk('elsewhere', '', '[]').replace('place_of_service: "11"', 'place_of_service: "19"'),
    );
    assert.deepEqual(told(report, 's.spec.yaml'), {
      '/reports': '1, 0',
      '/time': '2, 0; 2/1/0',
      '/excludes/0': '1, 0; 1/2/0',
      '/modifiers/0': '0, 0; 0/1/0',
    });
    assert.deepEqual(told(report, 'p.policy.yaml'), { '/rules/0': '1, 0; 1/0/0', '/rules/1': '1, 0' });
  });

  it('takes an answer that a missing fact leaves open for neither way', () => {
    const open = talk('open', '', '[{code: X0001, outcome: unknown}]').replace(' late: "no",', '');
    const report = coverOf(FAMILY, SPEC, POLICY, open);
    assert.equal(told(report, 's.spec.yaml')['/modifiers/0'], '1, 0; 0/0/1');
  });

  it('counts tests that fail, and says so', () => {
    const report = coverOf(FAMILY, SPEC, POLICY, talk('plain', ''), talk('wrong', '', '[]'));
    assert.equal(told(report, 's.spec.yaml')['/reports'], '2, 1');
  });

  it('counts the clauses of an amendment where they stand, and not those that they replace', () => {
    const amending = POLICY.replace(
      'rules:',
      'amends:\n  - {spec: "X0001", because: talks are short, time: {at_least: 10 min, covers: 30 min}}\nrules:',
    );
    const report = coverOf(FAMILY, SPEC, amending, talk('plain', ''));
    assert.equal(told(report, 's.spec.yaml')['/time'], '0, 0; 0/0/0');
    assert.equal(told(report, 'p.policy.yaml')['/amends/0/time'], '1, 0; 1/0/0');
  });

  it('says nothing of what is described and not computed, and nothing of the library', () => {
    const described = '#- d.spec.yaml\nspec: "X0002"\ntitle: Told\nfamily: visits\n';
    assert.ok(!coverOf(FAMILY, SPEC, described).some(({ file }) => file === 'd.spec.yaml'));
    const host = new AnalysisHost();
    host.apply({ files: toChanges(threeCodes, true) });
    assert.deepEqual(cover(host.snapshot()), []);
  });

  it('leaves the bills as they are, and works none out again', () => {
    const host = new AnalysisHost();
    const isOwn = ({ path }: { readonly path: string }): boolean => !path.includes('/published/');
    host.apply({ files: toChanges(readExamples('drug-administration').filter(isOwn)) });
    const analysis = host.snapshot();
    let compared = 0;
    for (const file of analysis.files())
      for (const { source } of analysis.documents(file)) {
        const encounter = analysis.encounter(source);
        const rules = encounter && analysis.rulesOn(encounter);
        if (!rules) continue;
        const watched = evaluate(
          watchRules(rules, () => undefined),
          encounter,
        );
        assert.deepEqual(labels(watched), labels(analysis.bill(encounter)));
        compared++;
      }
    assert.ok(compared > 100);
    const { evaluated } = host.work;
    cover(analysis);
    assert.equal(host.work.evaluated, evaluated);
  });

  it('hears nothing of classes that an administration only may have had', () => {
    const other = FAMILY.replace('kind: test}', 'kind: test, hard: "yes"}').replace(
      'kind: talk}',
      'kind: talk, hard: "no"}',
    );
    const report = coverOf(other, SPEC, talk('maybe', '', '[{code: X0001, outcome: unknown}]'));
    assert.deepEqual(told(report, 'f.family.yaml'), {
      '/classes/0': '1, 0; 0/0/1',
      '/classes/1': '0, 0; 0/1/0',
    });
  });
});
