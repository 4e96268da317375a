import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ARTICLE,
  cli,
  drugRules,
  DRUGS,
  example,
  expectStatus,
  folder,
  infusion,
  json,
  lineText,
  type BillJson,
} from './support.ts';

describe('bill', { concurrency: 4 }, () => {
  it("bills the article's patient at 95 minutes, with the clause and sentence of every reason", async () => {
    const { encounters } = await json<BillJson>(0, ['bill', ARTICLE]);
    const [first] = encounters;
    assert.ok(first);
    assert.deepEqual(
      [first.file, first.document, first.encounter],
      [ARTICLE, 1, 'dehydration-with-vomiting-95-minutes'],
    );
    assert.deepEqual(first.lines.map(lineText), ['96365 × 1', '96366 × 1']);
    const said = (code: string) =>
      first.lines.flatMap((line) =>
        line.code === code ? line.because.map(({ sentence, clause }) => `${clause.name}: ${sentence}`) : [],
      );
    assert.ok(
      said('96365').some((reason) =>
        /^time: .*95 minutes are documented, at least 16 minutes are needed/.test(reason),
      ),
      said('96365').join('\n'),
    );
    assert.ok(
      said('96366').some((reason) =>
        /^time: .*35 minutes beyond what 96365 covers are documented, at least 31/.test(reason),
      ),
      said('96366').join('\n'),
    );
    assert.ok(
      said('96366').some((reason) => reason === 'reports.of[96365]: 96366 adds to 96365, which is reported.'),
    );
    const clause = first.lines[1]?.because.find(({ clause: at }) => at.name === 'time')?.clause;
    assert.equal(clause?.file, `${DRUGS}/specs/cpt-96366.spec.yaml`);
    assert.match(example(clause.file).split('\n')[clause.line - 1] ?? '', /^time:/);
    assert.deepEqual(first.problems, []);
  });

  it('bills 88 minutes as one hour, with the near miss of the second', async () => {
    const { encounters } = await json<BillJson>(0, ['bill', ARTICLE]);
    const second = encounters[1];
    assert.ok(second);
    assert.deepEqual(second.lines.map(lineText), ['96365 × 1']);
    assert.deepEqual(
      second.notBilled.filter(({ near }) => near).map(({ code, because }) => `${code}: ${because.sentence}`),
      [
        '96366: 96366 not reported for ondansetron: at least 31 minutes beyond what 96365 covers are needed, 28 minutes are documented.',
      ],
    );
  });

  it('says the same in text, with the place of every clause', async () => {
    const { stdout } = await expectStatus(0, ['bill', ARTICLE]);
    const [at95 = '', at88 = ''] = stdout.split('\n\n');
    assert.match(
      at95,
      /^dehydration-with-vomiting-95-minutes .*\n {2}96365 × 1 {2}billable {2}E86\.0, R11\.2\n/,
    );
    assert.match(at95, /\n {2}96366 × 1 {2}billable/);
    assert.match(at95, /specs\/cpt-96366\.spec\.yaml:\d+:\d+ {2}time\n/);
    assert.doesNotMatch(at95, /not billed/);
    assert.match(
      at88,
      /\n {2}not billed {2}96366 not reported .* 28 minutes are documented\.\n {10}\S+cpt-96366\.spec\.yaml:\d+:\d+ {2}time/,
    );
  });

  it('follows a specification: with "20 min" for "16 min" an infusion of 16 minutes is billed no more', async (t) => {
    const rules = drugRules();
    const cwd = folder(t, { ...rules, 'e.encounter.yaml': infusion(16) });
    const before = await json<BillJson>(0, ['bill', 'e.encounter.yaml'], { cwd });
    assert.deepEqual(before.encounters[0]?.lines.map(lineText), ['96365 × 1']);
    const spec = rules['specs/cpt-96365.spec.yaml'] ?? '';
    const changed = spec.replace(/^( *)at_least: 16 min$/m, '$1at_least: 20 min');
    assert.notEqual(changed, spec, 'the specification says "at_least: 16 min"');
    const later = folder(t, {
      ...rules,
      'specs/cpt-96365.spec.yaml': changed,
      'e.encounter.yaml': infusion(16),
    });
    const after = (
      await json<BillJson>(0, ['bill', 'e.encounter.yaml', '--severity', 'not-covered=off'], { cwd: later })
    ).encounters[0];
    assert.deepEqual(after?.lines, []);
    assert.match(
      after.notBilled.find(({ code, near }) => near && code === '96365')?.because.sentence ?? '',
      /at least 20 minutes are needed, 16 minutes/,
    );
  });

  it('writes the same bytes every time, in whatever order the files are named', async () => {
    const files = [`${DRUGS}/encounters/bags.encounter.yaml`, ARTICLE];
    const [one, two, three] = await Promise.all([
      cli(['bill', ...files, '--format', 'json']),
      cli(['bill', ...files.toReversed(), '--format', 'json']),
      cli(['bill', ...files, ...files, '--format', 'json']),
    ]);
    assert.equal(one.status, 0);
    assert.equal(two.stdout, one.stdout);
    assert.equal(three.stdout, one.stdout);
    assert.deepEqual(
      [...new Set((JSON.parse(one.stdout) as BillJson).encounters.map(({ file }) => file))],
      files.toSorted(),
    );
  });

  it('takes the rules of --rules, and without a library and rules bills nothing', async (t) => {
    const cwd = folder(t, {
      ...Object.fromEntries(Object.entries(drugRules()).map(([name, text]) => [`rules/${name}`, text])),
      'work/e.encounter.yaml': infusion(95),
    });
    const here = `${cwd}/work`;
    const named = await json<BillJson>(
      0,
      ['bill', 'e.encounter.yaml', '--no-library', '--rules', '../rules'],
      { cwd: here },
    );
    assert.deepEqual(named.encounters[0]?.lines.map(lineText), ['96365 × 1', '96366 × 1']);
    const [onlyFamily, alsoSpec] = [
      ['--rules', '../rules/drug-administration.family.yaml'],
      ['--rules', '../rules/specs/cpt-96365.spec.yaml'],
    ];
    const several = await json<BillJson>(
      0,
      ['bill', 'e.encounter.yaml', '--no-library', ...onlyFamily, ...alsoSpec],
      { cwd: here },
    );
    assert.deepEqual(several.encounters[0]?.lines.map(lineText), ['96365 × 1'], '--rules repeats');
    const without = await json<BillJson>(1, ['bill', 'e.encounter.yaml', '--no-library'], { cwd: here });
    assert.deepEqual(without.encounters[0]?.lines, []);
    assert.notDeepEqual(without.encounters[0]?.problems, [], 'it says that no rule covers the encounter');
    const library = await json<BillJson>(0, ['bill', 'e.encounter.yaml'], { cwd: here });
    assert.deepEqual(library.encounters[0]?.lines.map(lineText), ['96365 × 1', '96366 × 1']);
  });

  it('reads standard input, globs in quotes, folders, and several paths', async (t) => {
    const cwd = folder(t, {
      'a.encounter.yaml': infusion(16),
      'deep/er/b.encounter.yml': infusion(95),
      'other.txt': 'nothing',
      'node_modules/c.encounter.yaml': infusion(60),
    });
    const names = async (args: string[], input = ''): Promise<string[]> =>
      (await json<BillJson>(0, ['bill', ...args], { cwd, input })).encounters.map(
        ({ file, encounter }) => `${file} ${encounter}`,
      );
    const [a, b] = [
      'a.encounter.yaml infusion-of-16-minutes',
      'deep/er/b.encounter.yml infusion-of-95-minutes',
    ];
    assert.deepEqual(await names(['-'], infusion(60)), ['<stdin> infusion-of-60-minutes']);
    assert.deepEqual(await names(['a.encounter.yaml', '-'], infusion(60)), [
      a,
      '<stdin> infusion-of-60-minutes',
    ]);
    assert.deepEqual(await names(['**/*.encounter.{yaml,yml}']), [a, b]);
    assert.deepEqual(await names(['.']), [a, b]);
    assert.deepEqual(await names(['deep', './a.encounter.yaml', 'deep/../a.encounter.yaml']), [a, b]);
  });

  it('names administrations by their ids, and by their paths where they have none', async () => {
    const { encounters } = await json<BillJson>(0, [
      'bill',
      `${DRUGS}/encounters/bags.encounter.yaml`,
      ARTICLE,
    ]);
    const line = (name: string) =>
      encounters.find(({ encounter }) => encounter === name)?.lines[0]?.administrations;
    assert.deepEqual(line('two-bags-of-one-drug'), ['first-bag', 'second-bag']);
    assert.deepEqual(line('dehydration-with-vomiting-95-minutes'), ['/administrations/0']);
  });

  it('ends with 1 when an expectation does not hold, and says what differs', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': infusion(95, 'expect:\n  - {code: "96365", units: 2}\n') });
    const { stdout } = await expectStatus(1, ['bill', 'e.encounter.yaml'], { cwd });
    assert.match(
      stdout,
      /error: Expected 96365 × 2, computed 96365 × 1, 96366 × 1: 96365 has 1 in place of 2; 96366 was not expected\. {2}e\.encounter\.yaml:\d+:1 expectation-mismatch/,
    );
  });
});

describe('explain', { concurrency: 4 }, () => {
  it('asks every specification, and says why the others do not report', async () => {
    const { stdout } = await expectStatus(0, [
      'explain',
      ARTICLE,
      '--encounter',
      'dehydration-with-vomiting-88-minutes',
    ]);
    for (const title of [
      'What is documented',
      'What each administration is',
      'What belongs together',
      'Which comes first',
      'What each specification says',
      'Billing lines',
    ])
      assert.ok(stdout.includes(title), title);
    assert.doesNotMatch(stdout, /95-minutes/);
    assert.match(stdout, /96366 does not report ondansetron: at least 31 minutes .*28 minutes/);
    assert.match(stdout, /96367 does not report ondansetron: /);
  });

  it('reads standard input and writes JSON', async () => {
    const { encounters } = await json<{
      encounters: { encounter: string; steps: { stage: string; sentence: string }[] }[];
    }>(0, ['explain', '-'], { input: infusion(95) });
    assert.deepEqual(
      encounters.map(({ encounter }) => encounter),
      ['infusion-of-95-minutes'],
    );
    assert.deepEqual(
      encounters[0]?.steps.filter(({ stage }) => stage === 'lines').map(({ sentence }) => sentence),
      ['96365 × 1', '96366 × 1'],
    );
  });

  it('ends with 2 for a name that no encounter has', async () => {
    const { stderr } = await expectStatus(2, ['explain', ARTICLE, '--encounter', 'nobody']);
    assert.match(stderr, /No encounter is called "nobody"; there are dehydration-with-vomiting-95-minutes, /);
  });
});
