/** `coding-spec test`: what agrees and what does not, by source and by code, and the exit status in every case. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import {
  assertNoStack,
  cli,
  DRUGS,
  expectStatus,
  folder,
  infusion,
  json,
  root,
  type Place,
  type ProblemJson,
} from './support.ts';

interface RowJson {
  readonly name: string;
  readonly agree: number;
  readonly total: number;
  readonly settledAgree: number;
  readonly settledTotal: number;
  readonly contestedAgree: number;
  readonly contestedTotal: number;
}

interface TestJson {
  readonly encounters: readonly {
    readonly file: string;
    readonly document: number;
    readonly encounter: string;
    readonly status: 'agrees' | 'differs' | 'untested';
    readonly source?: string;
    readonly standing?: string;
    readonly at: Place;
    readonly expected: string;
    readonly computed: string;
    readonly differences: readonly string[];
    readonly clues: readonly { readonly sentence: string; readonly clause: Place }[];
    readonly codes: readonly { readonly code: string; readonly agrees: boolean }[];
  }[];
  readonly bySource: readonly RowJson[];
  readonly byCode: readonly RowJson[];
  readonly problems: readonly ProblemJson[];
}

const ONE_HOUR = 'expect:\n  - {code: "96365", units: 1}\n';
const TWO_HOURS = `${ONE_HOUR}  - {code: "96366", units: 1}\n`;

const published = (publisher: string, standing?: 'settled' | 'contested'): string =>
  `source: {publisher: ${publisher}, title: An answer}\n${standing ? `standing: ${standing}\n` : ''}${standing === 'contested' ? 'reading: As it is read here.\n' : ''}`;

/** Six encounters that expect something, of which four agree and one of each standing differs, and one that does not. */
const MIXED = [
  infusion(60, ONE_HOUR + published('Alpha', 'settled')),
  infusion(95, TWO_HOURS + published('Alpha', 'contested')),
  infusion(96, ONE_HOUR + published('Alpha', 'contested')),
  infusion(97, ONE_HOUR + published('Beta', 'settled')),
  infusion(61, ONE_HOUR + published('Beta')),
  infusion(62, ONE_HOUR),
  infusion(63),
].join('---\n');

/** The cells of a table of the text, by the name of the row; the columns are as far apart as two spaces. */
function tableOf(stdout: string, title: string): Record<string, string[]> {
  const part = stdout.split('\n\n').find((one) => one.startsWith(`${title}\n`)) ?? '';
  return Object.fromEntries(
    part
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/ {2,}/))
      .map(([name = '', ...cells], i) => (i === 0 ? ['', [name, ...cells]] : [name, cells])),
  );
}

/** What becomes of a table when all its shares are summed. */
const sumOf = (shares: readonly string[]): string => {
  const pairs = shares.map((share) => share.split(' of ').map(Number));
  return [0, 1].map((i) => String(pairs.reduce((sum, pair) => sum + (pair[i] ?? 0), 0))).join(' of ');
};

describe('test', { concurrency: 4 }, () => {
  it('counts by source and by code, settled and contested answers apart', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': MIXED });
    const { encounters, bySource, byCode, problems } = await json<TestJson>(1, ['test', '.'], { cwd });
    assert.deepEqual(
      encounters.map(({ document, encounter, status, source, standing }) =>
        [document, encounter.slice(12, 14), status, source, standing].join(' ').trim(),
      ),
      [
        '1 60 agrees Alpha settled',
        '2 95 agrees Alpha contested',
        '3 96 differs Alpha contested',
        '4 97 differs Beta settled',
        '5 61 agrees Beta',
        '6 62 agrees',
        '7 63 untested',
      ],
    );
    const row = (name: string, ...shares: readonly (readonly [number, number])[]): RowJson => {
      const [
        [agree, total] = [0, 0],
        [settledAgree, settledTotal] = [0, 0],
        [contestedAgree, contestedTotal] = [0, 0],
      ] = shares;
      return { name, agree, total, settledAgree, settledTotal, contestedAgree, contestedTotal };
    };
    assert.deepEqual(bySource, [row('Alpha', [2, 3], [1, 1], [1, 2]), row('Beta', [1, 2], [0, 1], [0, 0])]);
    assert.deepEqual(byCode, [row('96365', [6, 6], [2, 2], [2, 2]), row('96366', [1, 3], [0, 1], [1, 2])]);
    assert.deepEqual(problems, []);
  });

  it('sorts sources by name, whatever their capitals', async (t) => {
    const names = ['gamma', 'Beta', 'alpha', 'Delta'];
    const text = names.map((name) => infusion(60, ONE_HOUR + published(name))).join('---\n');
    const cwd = folder(t, { 'e.encounter.yaml': text });
    const { bySource } = await json<TestJson>(0, ['test', '.'], { cwd });
    const sorted = ['alpha', 'Beta', 'Delta', 'gamma'];
    assert.deepEqual(
      bySource.map(({ name }) => name),
      sorted,
    );
    const { stdout } = await expectStatus(0, ['test', '.'], { cwd });
    assert.deepEqual(Object.keys(tableOf(stdout, 'Agreement by source')), ['', ...sorted, 'all']);
  });

  it('says the same in text, where the rows add up to the sum, and the sum is the last line', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': MIXED });
    const { stdout, stderr } = await expectStatus(1, ['test', '.'], { cwd });
    assert.equal(stderr, '');
    const sources = tableOf(stdout, 'Agreement by source');
    assert.deepEqual(sources[''], ['agree', 'settled', 'contested, as read here']);
    assert.deepEqual(sources['Alpha'], ['2 of 3', '1 of 1', '1 of 2']);
    assert.deepEqual(sources['Beta'], ['1 of 2', '0 of 1']);
    assert.deepEqual(sources['(no source)'], ['1 of 1']);
    assert.deepEqual(sources['all'], ['4 of 6', '1 of 2', '1 of 2']);
    assert.equal(
      sumOf(['Alpha', 'Beta', '(no source)'].flatMap((name) => sources[name]?.[0] ?? [])),
      '4 of 6',
    );
    const codes = tableOf(stdout, 'Agreement by code');
    assert.deepEqual(codes['96365'], ['6 of 6', '2 of 2', '2 of 2']);
    assert.deepEqual(codes['96366'], ['1 of 3', '0 of 1', '1 of 2']);
    assert.equal(
      stdout.trimEnd().split('\n').at(-1),
      '4 agree, 2 differ, 1 untested, for want of an expectation; of 2 settled published answers 1 agree',
    );
  });

  it('lists what differs with its place, both answers, and the clauses', async (t) => {
    const text = `${infusion(88, TWO_HOURS)}---\n${MIXED}`;
    const { stdout } = await expectStatus(1, ['test', '.'], { cwd: folder(t, { 'e.encounter.yaml': text }) });
    const blocks = stdout.split('\n\n').filter((part) => part.startsWith('differs  '));
    const place = (minutes: number): string => {
      const lines = text.split('\n');
      const name = lines.indexOf(`encounter: infusion-of-${String(minutes)}-minutes`);
      return `e.encounter.yaml:${String(lines.indexOf('expect:', name) + 1)}:1`;
    };
    for (const [i, lines] of [
      [
        `differs  infusion-of-88-minutes  ${place(88)}`,
        '  expected  96365 × 1, 96366 × 1',
        '  computed  96365 × 1',
        '  → 96366 is missing',
      ],
      [
        `differs  infusion-of-96-minutes  ${place(96)}`,
        '  source    Alpha, contested',
        '  expected  96365 × 1',
        '  computed  96365 × 1, 96366 × 1',
        '  → 96366 was not expected',
      ],
      [`differs  infusion-of-97-minutes  ${place(97)}`, '  source    Beta, settled'],
    ].entries())
      assert.deepEqual(blocks[i]?.split('\n').slice(0, lines.length), lines);
    assert.equal(blocks.length, 3);
    assert.match(
      blocks[0] ?? '',
      /\n {6}96366 not reported for ondansetron: .*28 minutes are documented\. {2}\S+cpt-96366\.spec\.yaml:\d+:\d+/,
    );
    assert.match(blocks[1] ?? '', /\n {6}96366 reports .* {2}\S+cpt-96366\.spec\.yaml:\d+:\d+$/);
  });

  it('has the places of what differs in its data', async (t) => {
    const text = infusion(88, TWO_HOURS);
    const cwd = folder(t, { 'e.encounter.yaml': text });
    const { encounters } = await json<TestJson>(1, ['test', '.'], { cwd });
    const [found] = encounters;
    assert.ok(found);
    assert.equal(text.split('\n')[found.at.line - 1], 'expect:');
    assert.deepEqual(
      [found.at.path, found.expected, found.computed, found.differences],
      ['/expect', '96365 × 1, 96366 × 1', '96365 × 1', ['96366 is missing']],
    );
    assert.deepEqual(found.codes, [
      { code: '96365', agrees: true },
      { code: '96366', agrees: false },
    ]);
    assert.match(found.clues[0]?.sentence ?? '', /28 minutes are documented/);
    assert.equal(found.clues[0]?.clause.name, 'time');
  });

  it('tests one encounter where it is named, and leaves the others out of tables and problems', async (t) => {
    const cwd = folder(t, {
      'a.encounter.yaml': `${MIXED}---\n- 1\n---\n${infusion(64, `colour: red\n${ONE_HOUR}`)}`,
      'b.encounter.yaml': Uint8Array.of(0),
    });
    const one = (minutes: number): string[] => [
      'test',
      '.',
      '--encounter',
      `infusion-of-${String(minutes)}-minutes`,
    ];
    const { encounters, bySource, byCode, problems } = await json<TestJson>(0, one(60), { cwd });
    assert.deepEqual(
      encounters.map(({ document }) => document),
      [1],
    );
    assert.deepEqual(
      bySource.map(({ name, total }) => [name, total]),
      [['Alpha', 1]],
    );
    assert.deepEqual(
      byCode.map(({ name, total }) => [name, total]),
      [['96365', 1]],
    );
    assert.deepEqual(problems, []);
    const differing = await expectStatus(1, one(96), { cwd });
    assert.match(differing.stdout, /\ndiffers {2}infusion-of-96-minutes .*\n0 agree, 1 differ\n$/s);
    assert.doesNotMatch(differing.stdout, /infusion-of-(?!96)|error/);
    const broken = await expectStatus(1, one(64), { cwd });
    assert.match(broken.stdout, /"colour".* {2}unknown-key\n\n1 agree, 0 differ; 1 error\n$/);
    const untested = await expectStatus(2, one(63), { cwd });
    assert.equal(
      untested.stderr,
      'coding-spec: The encounter "infusion-of-63-minutes" does not say what it expects.\n',
    );
    const unknown = await expectStatus(2, ['test', '.', '--encounter', 'nobody'], { cwd });
    assert.equal(unknown.stdout, '');
    assert.match(
      unknown.stderr,
      /^coding-spec: No encounter is called "nobody"; there are infusion-of-60-minutes, /,
    );
  });

  it('names some of many encounters where a name is not known, and says where none has one', async (t) => {
    const many = Array.from({ length: 23 }, (_, i) => infusion(60 + i, ONE_HOUR)).join('---\n');
    const nameless = infusion(60, ONE_HOUR).replace(/^encounter: .*$/m, 'encounter:');
    const cwd = folder(t, { 'a.encounter.yaml': many, 'b.encounter.yaml': nameless });
    const args = (file: string): string[] => ['test', file, '--encounter', 'nobody'];
    assert.match(
      (await expectStatus(2, args('.'), { cwd })).stderr,
      /, infusion-of-79-minutes and 3 more\.\n$/,
    );
    assert.equal(
      (await expectStatus(2, args('b.encounter.yaml'), { cwd })).stderr,
      'coding-spec: No encounter is called "nobody"; there is none with a name.\n',
    );
  });

  it('writes the same bytes every time, in whatever order the files are named', async (t) => {
    const cwd = folder(t, { 'a.encounter.yaml': MIXED, 'b.encounter.yaml': infusion(60, ONE_HOUR) });
    const [one, two] = await Promise.all(
      [
        ['a.encounter.yaml', 'b.encounter.yaml'],
        ['b.encounter.yaml', 'a.encounter.yaml', 'b.encounter.yaml'],
      ].map((files) => cli(['test', ...files, '--format', 'json'], { cwd })),
    );
    assert.equal(one?.status, 1);
    assert.equal(two?.stdout, one.stdout);
  });

  it('reads standard input, and takes rules as the other commands do', async (t) => {
    const cwd = folder(t, {});
    const { stdout } = await expectStatus(0, ['test', '-'], { cwd, input: infusion(60, ONE_HOUR) });
    assert.equal(stdout, 'Agreement by code\n          agree\n  96365  1 of 1\n\n1 agree, 0 differ\n');
    const without = await expectStatus(1, ['test', '-', '--no-library'], {
      cwd,
      input: infusion(60, ONE_HOUR),
    });
    assert.match(without.stdout, /computed {2}no lines\n {2}→ 96365 is missing\n/);
    assert.match(without.stdout, /^0 agree, 1 differ/m);
  });
});

describe('the status of test', { concurrency: 4 }, () => {
  it('is 0 when every expectation holds, and "expect: []" is one', async (t) => {
    // What is denied is not billed.
    const hospital = infusion(60, 'expect: []\n').replace('place_of_service: "11"', 'place_of_service: "22"');
    const cwd = folder(t, {
      'e.encounter.yaml': `${infusion(60, ONE_HOUR)}---\n${hospital}---\n${infusion(7)}`,
    });
    const { stdout } = await expectStatus(0, ['test', '.'], { cwd });
    assert.match(stdout, /\n2 agree, 0 differ, 1 untested, for want of an expectation\n$/);
    assert.doesNotMatch(stdout, /by source/);
  });

  it('is 1 when one expectation of many does not hold, whatever the severity of the rule', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': MIXED });
    for (const level of ['error', 'off'])
      await expectStatus(1, ['test', '.', '--severity', `expectation-mismatch=${level}`], { cwd });
  });

  it('is 1 when a file or document cannot be read, which is told, though the others agree', async (t) => {
    const good = infusion(60, ONE_HOUR);
    for (const [broken, place, rule] of [
      [Uint8Array.of(0), '1:1', 'not-text'],
      [`${good}---\nencounter: [`, '13:13', 'yaml-syntax'],
      [`${good}---\n- 1\n`, '13:1', 'wrong-type'],
      [good.replace('claim:', 'claims:'), '4:1', 'unknown-key'],
      [good.replace('2026-03-02', '2026-02-30'), '2:7', 'impossible-date'],
    ] as const) {
      const cwd = folder(t, { 'a.encounter.yaml': broken, 'b.encounter.yaml': good });
      const { stdout, stderr } = await expectStatus(1, ['test', '.'], { cwd });
      assert.match(stdout, new RegExp(`^a\\.encounter\\.yaml:${place} {2}error {2}.* {2}${rule}$`, 'm'));
      assert.match(stdout, /; \d errors?\n$/);
      assert.equal(stderr, '');
      assertNoStack(stdout);
      const { problems } = await json<TestJson>(1, ['test', '.'], { cwd });
      assert.ok(problems.some((found) => found.rule === rule));
    }
  });

  it('is 1 for an encounter without a date, whose answer cannot be computed', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': infusion(60, ONE_HOUR).replace(/^date.*\n/m, '') });
    const { stdout } = await expectStatus(1, ['test', '.'], { cwd });
    assert.match(stdout, / {2}computed {2}–\n {2}→ nothing can be computed without a date\n/);
    assert.match(stdout, / {2}missing-key$/m);
    assert.deepEqual(tableOf(stdout, 'Agreement by code')['96365'], ['0 of 1']);
  });

  it('is 1 when a rule among the named files is broken, and 0 when it only warns', async (t) => {
    const cwd = folder(t, {
      'e.encounter.yaml': infusion(60, ONE_HOUR),
      'p.policy.yaml': 'policy: [',
    });
    assert.match((await expectStatus(1, ['test', '.'], { cwd })).stdout, /^p\.policy\.yaml:1:\d+ {2}error/m);
    const warned = folder(t, {
      'e.encounter.yaml': infusion(60, ONE_HOUR)
        .replace('minutes: 60', 'start: "10:00"')
        .replace(ONE_HOUR, 'expect_excludes: ["96413"]\n'),
    });
    await expectStatus(1, ['check', '.'], { cwd: warned });
    await expectStatus(0, ['test', '.'], { cwd: warned });
  });

  it('is 2 when there is nothing to test', async (t) => {
    const cwd = folder(t, {
      'untested.encounter.yaml': infusion(60),
      'empty.encounter.yaml': '',
      'plain.spec.yaml': 'spec: "00001"\ntitle: x\neffective: {from: 2024-01-01}\n',
    });
    for (const [asked, said] of [
      ['untested.encounter.yaml', /untested\.encounter\.yaml: no encounter here says what it expects/],
      ['empty.encounter.yaml', /empty\.encounter\.yaml: no encounter here says what it expects/],
      ['-', /no encounter here says what it expects/],
      ['plain.spec.yaml', /plain\.spec\.yaml: no encounters here; their files end in \.encounter\.yaml/],
      ['nope.encounter.yaml', /nope\.encounter\.yaml: there is no such file or folder/],
    ] as const) {
      const { stdout, stderr } = await expectStatus(2, ['test', asked], { cwd });
      assert.equal(stdout, '');
      assert.match(stderr, said);
      assertNoStack(stderr);
    }
    assert.match((await expectStatus(2, ['test'], { cwd })).stderr, /missing required argument 'paths'/);
    await expectStatus(2, ['test', '.', '--format', 'html'], { cwd });
  });
});

describe('test on the examples', () => {
  it('ends with 0: every settled published answer agrees, and the counts add up', async () => {
    const [{ stdout }, { encounters, bySource, byCode, problems }] = await Promise.all([
      expectStatus(0, ['test', DRUGS]),
      json<TestJson>(0, ['test', DRUGS]),
    ]);
    const count = (status: string): number => encounters.filter((own) => own.status === status).length;
    const settled = encounters.filter(({ standing }) => standing === 'settled');
    assert.ok(settled.length > 50);
    assert.deepEqual(
      settled.filter(({ status }) => status !== 'agrees').map(({ encounter }) => encounter),
      [],
    );
    assert.deepEqual(problems, []);
    assert.equal(count('differs'), 0);
    const sources = tableOf(stdout, 'Agreement by source');
    const sums = bySource.map(({ agree, total }) => `${String(agree)} of ${String(total)}`);
    for (const [i, { name }] of bySource.entries()) assert.equal(sources[name]?.[0], sums[i], name);
    const tested = `${String(count('agrees'))} of ${String(encounters.length - count('untested'))}`;
    assert.equal(sources['all']?.[0], tested);
    assert.equal(sumOf([...sums, ...(sources['(no source)'] ?? [])]), tested);
    assert.equal(
      bySource.reduce((sum, { settledTotal }) => sum + settledTotal, 0),
      settled.length,
    );
    const codes = tableOf(stdout, 'Agreement by code');
    for (const { name, agree, total } of byCode)
      assert.equal(codes[name]?.[0], `${String(agree)} of ${String(total)}`, name);
    assert.ok(
      stdout.endsWith(
        `; of ${String(settled.length)} settled published answers ${String(settled.length)} agree\n`,
      ),
    );
  });

  it('tests every encounter that says what it expects', async () => {
    const { encounters } = await json<TestJson>(0, ['test', DRUGS]);
    for (const { file, encounter, status, at } of encounters) {
      const text = readFileSync(path.join(root, file), 'utf8');
      assert.ok(status !== 'untested' || !/^expect/m.test(text), encounter);
      if (status !== 'untested') assert.match(text.split('\n')[at.line - 1] ?? '', /^expect/, encounter);
    }
  });
});
