/** `coding-spec test --coverage`: which clauses are put to the test, for people, for programs and for CI services. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { drugRules, expectStatus, folder, infusion, json, root, type Place } from './support.ts';

interface ShareJson {
  readonly covered: number;
  readonly total: number;
}
interface CoverageJson {
  readonly encounters: number;
  readonly clauses: ShareJson;
  readonly conditions: ShareJson;
  readonly files: readonly {
    readonly file: string;
    readonly clauses: ShareJson;
    readonly conditions: ShareJson;
    readonly documents: readonly {
      readonly name: string;
      readonly at: Place;
      readonly encounters: number;
      readonly clauses: readonly {
        readonly at: Place;
        readonly encounters: number;
        readonly differ: number;
        readonly answers?: { readonly yes: number; readonly no: number; readonly unknown: number };
      }[];
    }[];
  }[];
}

const ONE_HOUR = 'expect:\n  - {code: "96365"}\n';
const FILES = {
  ...drugRules(),
  'mine.encounter.yaml': [
    infusion(60, ONE_HOUR),
    infusion(95, `${ONE_HOUR}  - {code: "96366"}\n`),
    infusion(96, ONE_HOUR),
    infusion(240),
  ].join('---\n'),
};
const FURTHER_HOUR = 'specs/cpt-96366.spec.yaml';

/** The rows of each file of an lcov report, as a reader of the format has them. */
function readLcov(text: string): Map<string, Map<string, string[]>> {
  const files = new Map<string, Map<string, string[]>>();
  let rows: Map<string, string[]> | undefined = undefined as Map<string, string[]> | undefined;
  for (const line of text.trimEnd().split('\n')) {
    if (line === 'end_of_record') {
      rows = undefined;
      continue;
    }
    const [, key, value] = /^([A-Z]+):(.+)$/.exec(line) ?? assert.fail(`not a row of lcov: ${line}`);
    assert.ok(key !== undefined && value !== undefined);
    if (key === 'SF') files.set(value, (rows = new Map<string, string[]>()));
    else if (key !== 'TN') {
      assert.ok(rows, `${line} belongs to no file`);
      rows.set(key, [...(rows.get(key) ?? []), value]);
    }
  }
  assert.equal(rows, undefined, 'the last record has an end');
  return files;
}

const hit = (row: string): boolean => !/,(0|-)$/.test(row);

describe('test --coverage', { concurrency: 2 }, () => {
  it('prints a table by file, what is never put to the test, and the tests as ever', async (t) => {
    const cwd = folder(t, FILES);
    const { stdout } = await expectStatus(1, ['test', '.', '--coverage', '--no-library'], { cwd });
    assert.match(stdout, /^Coverage of clauses\n\s+clauses\s+conditions both ways\n/);
    assert.match(stdout, /\n {2}specs\/cpt-96366\.spec\.yaml +\d+ of \d+ +\d+ of \d+\n/);
    assert.match(stdout, /\n {2}all +\d+ of \d+ +\d+ of \d+\n/);
    assert.match(stdout, /\nNot put to the test\n {2}never /);
    assert.match(stdout, /\nAgreement by code\n/);
    assert.ok(stdout.endsWith('2 agree, 1 differ, 1 untested, for want of an expectation\n'));
    const without = await expectStatus(1, ['test', '.', '--no-library'], { cwd });
    assert.doesNotMatch(without.stdout, /Coverage/);
  });

  it('counts encounters that expect something, by clause, with the answers of its condition', async (t) => {
    const cwd = folder(t, FILES);
    const { coverage } = await json<{ coverage: CoverageJson }>(
      1,
      ['test', '.', '--coverage', '--no-library'],
      { cwd },
    );
    assert.equal(coverage.encounters, 3);
    const own = coverage.files.find(({ file }) => file === FURTHER_HOUR);
    assert.deepEqual(
      own?.documents.map(({ name }) => name),
      ['96366'],
    );
    const time = own.documents[0]?.clauses.find(({ at }) => at.path === '/time');
    assert.deepEqual([time?.encounters, time?.differ, time?.answers], [3, 1, { yes: 2, no: 1, unknown: 0 }]);
    const text = drugRules()[FURTHER_HOUR] ?? '';
    assert.match(text.split('\n')[(time?.at.line ?? 0) - 1] ?? '', /^time:/);
    const exclusion = own.documents[0]?.clauses.find(({ at }) => at.path.startsWith('/excludes/'));
    assert.deepEqual([exclusion?.encounters, exclusion?.answers?.yes], [0, 0]);
    for (const key of ['clauses', 'conditions'] as const)
      assert.equal(
        coverage[key].covered,
        coverage.files.reduce((sum, file) => sum + file[key].covered, 0),
      );
  });

  it('writes lcov with functions, lines and branches whose sums are right', async (t) => {
    const cwd = folder(t, FILES);
    const call = [
      'test',
      '.',
      '--no-library',
      '--coverage-format',
      'lcov',
      '--coverage-output',
      'out/lcov.info',
    ];
    const { stdout } = await expectStatus(1, call, { cwd });
    assert.match(stdout, /^Coverage of clauses\n/, 'the table is printed all the same');
    const report = readLcov(readFileSync(path.join(cwd, 'out/lcov.info'), 'utf8'));
    assert.deepEqual([...report.keys()], Object.keys(drugRules()).sort());
    for (const [file, rows] of report) {
      const lines = readFileSync(path.join(cwd, file), 'utf8').split('\n').length;
      for (const [row, sum] of [
        ['DA', 'L'],
        ['BRDA', 'BR'],
        ['FNDA', 'FN'],
      ] as const) {
        const all = rows.get(row) ?? [];
        assert.deepEqual(rows.get(`${sum}F`), [String(all.length)], `${file} ${sum}F`);
        const hits = row === 'FNDA' ? all.filter((one) => !one.startsWith('0,')) : all.filter(hit);
        assert.deepEqual(rows.get(`${sum}H`), [String(hits.length)], `${file} ${sum}H`);
      }
      for (const row of rows.get('DA') ?? []) assert.ok(Number(row.split(',')[0]) <= lines, row);
      const numbers = (rows.get('DA') ?? []).map((row) => row.split(',')[0]);
      assert.equal(new Set(numbers).size, numbers.length, 'a line has one row');
    }
    const text = drugRules()[FURTHER_HOUR] ?? '';
    const time = String(text.split('\n').findIndex((line) => line.startsWith('time:')) + 1);
    const rows = report.get(FURTHER_HOUR);
    assert.ok(rows);
    assert.ok(rows.get('DA')?.includes(`${time},3`));
    assert.deepEqual(
      rows
        .get('BRDA')
        ?.filter((row) => row.startsWith(`${time},`))
        .map((row) => row.split(',').slice(2).join()),
      ['0,2', '1,1'],
    );
    assert.deepEqual(rows.get('FNDA'), ['3,96366']);
  });

  it('writes JSON as its schema has it', async (t) => {
    const cwd = folder(t, FILES);
    const call = ['test', '.', '--no-library', '--coverage-format', 'json', '--coverage-output', 'c.json'];
    const { coverage, ...rest } = await json<{ coverage: CoverageJson }>(1, call, { cwd });
    const [schema, bill] = ['agreement', 'bill'].map(
      (name): Record<string, unknown> =>
        JSON.parse(readFileSync(path.join(root, `schemas/${name}.schema.json`), 'utf8')) as never,
    );
    assert.ok(schema && bill);
    const validate = new Ajv2020({ strict: true }).addSchema(bill).compile(schema);
    assert.ok(validate({ ...rest, coverage }), JSON.stringify(validate.errors));
    assert.deepEqual(JSON.parse(readFileSync(path.join(cwd, 'c.json'), 'utf8')), coverage);
  });

  it('says that the library is not counted where there are no rules of one’s own', async (t) => {
    const cwd = folder(t, { 'mine.encounter.yaml': infusion(60, ONE_HOUR) });
    const { stdout } = await expectStatus(0, ['test', '.', '--coverage'], { cwd });
    assert.match(stdout, /^Coverage: no clause .* the built-in library is not counted\.\n/);
  });

  it('refuses a format without a file, and a file that cannot be written', async (t) => {
    const cwd = folder(t, FILES);
    const lost = await expectStatus(2, ['test', '.', '--coverage-format', 'lcov'], { cwd });
    assert.match(lost.stderr, /--coverage-format lcov needs a file: --coverage-output FILE\./);
    const blocked = ['test', '.', '--no-library', '--coverage-output', 'mine.encounter.yaml/x'];
    const { stderr } = await expectStatus(2, blocked, { cwd });
    assert.match(stderr, /mine\.encounter\.yaml\/x: cannot be written/);
    const unknown = await expectStatus(2, ['test', '.', '--coverage-format', 'xml'], { cwd });
    assert.match(unknown.stderr, /xml/);
  });
});
