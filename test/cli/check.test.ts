import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cli, drugRules, expectStatus, folder, infusion, json, type CheckJson } from './support.ts';

describe('check', { concurrency: 4 }, () => {
  it('ends with 0 on a clean folder', async (t) => {
    const cwd = folder(t, { ...drugRules(), 'e.encounter.yaml': infusion(95) });
    const { stdout, stderr } = await expectStatus(0, ['check', '.'], { cwd });
    assert.match(stdout, /(?:^|\n)0 errors, 0 warnings in 5 files\n$/);
    assert.match(
      stdout,
      /^specs\/cpt-96365\.spec\.yaml:\d+:5 {2}information {2}No encounter here gets modifier 59 on 96365/,
    );
    assert.equal(stderr, '');
  });

  it('ends with 1 on findings, each on a line with its place, severity and rule', async (t) => {
    const cwd = folder(t, {
      'e.encounter.yaml': infusion(95).replace('claim: professional', 'claims: professional'),
    });
    const { stdout } = await expectStatus(1, ['check', 'e.encounter.yaml'], { cwd });
    assert.match(
      stdout,
      /^e\.encounter\.yaml:4:1 {2}error {2}.*"claims".*did you mean "claim"\? {2}unknown-key$/m,
    );
    assert.match(stdout, /^e\.encounter\.yaml:1:1 {2}error {2}.* {2}missing-key$/m);
    assert.match(stdout, /\n2 errors, 0 warnings in 1 file\n$/);
  });

  it('ends with 0 when there is nothing but information', async () => {
    const { stdout } = await expectStatus(0, ['check', 'examples/other-fields']);
    assert.match(stdout, /information .* described-only/);
  });

  it('leaves out what a comment suppresses, and says so of one that suppresses nothing', async (t) => {
    const expectation = (comment: string): string => infusion(95, `expect: []${comment}\n`);
    const comment = ' # coding-spec-ignore expectation-mismatch: the answer of another program';
    const cwd = folder(t, {
      'a.encounter.yaml': expectation(comment),
      'b.encounter.yaml': infusion(95, `services: []${comment}\n`),
    });
    const { stdout } = await expectStatus(1, ['check', '.'], { cwd });
    assert.doesNotMatch(stdout, /^a\.encounter/m);
    assert.match(stdout, /^b\.encounter\.yaml:10:35 {2}warning .* unused-suppression$/m);
    assert.match(stdout, /\n0 errors, 1 warning in 2 files\n$/);
  });

  it('changes severities, and hides what is off', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': infusion(95, 'expect: []\n') });
    const severity = async (status: number, level: string): Promise<string[]> => {
      const args = level === '' ? [] : ['--severity', `expectation-mismatch=${level}`];
      return (await json<CheckJson>(status, ['check', '.', ...args], { cwd })).problems.map(
        (problem) => problem.severity,
      );
    };
    assert.deepEqual(await severity(1, ''), ['error']);
    assert.deepEqual(await severity(1, 'warning'), ['warning']);
    assert.deepEqual(await severity(0, 'information'), ['information']);
    assert.deepEqual(await severity(0, 'hint'), ['hint']);
    assert.deepEqual(await severity(0, 'off'), []);
  });

  it('writes JSON with the files, and the range of every problem', async (t) => {
    const cwd = folder(t, {
      'e.encounter.yaml': infusion(95).replace('date: 2026-03-02', 'date: 2026-02-30'),
    });
    const { files, problems } = await json<CheckJson>(1, ['check', '.'], { cwd });
    assert.deepEqual(files, ['e.encounter.yaml']);
    assert.deepEqual(
      problems.map(({ rule, at, endLine, endColumn }) => [
        rule,
        at.path,
        at.line,
        at.column,
        endLine,
        endColumn,
      ]),
      [['impossible-date', '/date', 2, 7, 2, 17]],
    );
  });

  it('reads standard input: the kind is the one that the documents name', async (t) => {
    const cwd = folder(t, {});
    const said = async (input: string): Promise<string> =>
      (await cli(['check', '-', '--no-library'], { input, cwd })).stdout;
    const rules = drugRules();
    const family = rules['drug-administration.family.yaml'] ?? '';
    assert.match(
      await said(family.replace(/^title:/m, 'tittle:')),
      /<stdin>:\d+:1 {2}error {2}This family has no key "tittle"/,
    );
    assert.match(
      await said((rules['specs/cpt-96366.spec.yaml'] ?? '').replace(/^title:/m, 'tittle:')),
      /<stdin>:\d+:1 {2}error {2}This specification has no key "tittle"/,
    );
    assert.match(await said('policy: p\n'), /This policy needs the key "effective"/);
    assert.match(await said('title: nothing\n'), /none of the keys family, spec, policy, table, encounter/);
    assert.match(await said('encounter: e\n'), /This encounter needs the key "date"/);
  });

  it('speaks of versions, of families and of classes that no document has', async (t) => {
    const rules = drugRules();
    const spec = rules['specs/cpt-96366.spec.yaml'] ?? '';
    const cwd = folder(t, {
      ...rules,
      'specs/cpt-96366.spec.yaml': spec.replace(/^family: .*$/m, 'family: no-such-family'),
      'specs/cpt-96367.spec.yaml': (rules['specs/cpt-96367.spec.yaml'] ?? '').replace(
        /class: [a-z-]+/,
        'class: therapeutic-infusio',
      ),
      'specs/again.spec.yaml': rules['specs/cpt-96365.spec.yaml'] ?? '',
    });
    const { problems } = await json<CheckJson>(1, ['check', '.'], { cwd });
    const said = (rule: string) =>
      problems.filter((found) => found.rule === rule).map(({ message }) => message);
    assert.match(said('unknown-family').join('\n'), /no-such-family/);
    assert.match(said('unknown-class').join('\n'), /therapeutic-infusio.*therapeutic-infusion/);
    assert.match(said('overlapping-versions').join('\n'), /96365/);
  });

  it('says when two specifications report the same administrations', async (t) => {
    const rules = drugRules();
    const cwd = folder(t, {
      ...rules,
      'twin.spec.yaml': (rules['specs/cpt-96365.spec.yaml'] ?? '').replaceAll('96365', '96399'),
    });
    const { stdout } = await expectStatus(1, ['check', 'twin.spec.yaml'], { cwd });
    assert.match(stdout, /error {2}.*96365.* {2}same-administrations/);
  });
});
