/** Bad input: a clear message with a position, never a stack trace, never silence. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import {
  ARTICLE,
  assertNoStack,
  example,
  expectStatus,
  folder,
  infusion,
  json,
  lineText,
  type BillJson,
  type CheckJson,
} from './support.ts';
import { MISTAKES } from './mistakes.ts';

const COMMANDS = ['check', 'bill', 'explain', 'test', 'compare'] as const;

/** What `test` and `compare` write beside their answers. */
type ProblemsJson = Pick<CheckJson, 'problems'>;

describe('bad input', { concurrency: 4 }, () => {
  it('is told with its place and rule, in text and data alike, and never with a stack', async (t) => {
    const cwd = folder(
      t,
      Object.fromEntries(
        Object.entries(MISTAKES).map(([name, [content]]) => [`${name}.encounter.yaml`, content]),
      ),
    );
    const [{ problems }, { encounters }, tested, compared, ...texts] = await Promise.all([
      json<CheckJson>(1, ['check', '.'], { cwd }),
      json<BillJson>(1, ['bill', '.'], { cwd }),
      json<ProblemsJson>(1, ['test', '.'], { cwd }),
      json<ProblemsJson>(1, ['compare', '.'], { cwd }),
      ...COMMANDS.map((command) => expectStatus(1, [command, '.'], { cwd })),
    ]);
    const errors = problems.filter(
      ({ severity, rule }) => severity === 'error' && rule !== 'expectation-mismatch',
    );
    assert.deepEqual(tested.problems, errors);
    assert.deepEqual(compared.problems, errors);
    for (const [name, [, place, rule, words]] of Object.entries(MISTAKES)) {
      const own = problems.filter(({ at }) => at.file === `${name}.encounter.yaml`);
      const said = own.map(
        (found) => `${String(found.at.line)}:${String(found.at.column)} ${found.rule}: ${found.message}`,
      );
      const found = own.find(
        (one) =>
          one.rule === rule &&
          `${String(one.at.line)}:${String(one.at.column)}` === place &&
          words.test(one.message),
      );
      assert.ok(found, `${name}: wanted ${place} ${rule}, got\n${said.join('\n')}`);
      const billed = encounters
        .filter(({ file }) => file === `${name}.encounter.yaml`)
        .flatMap((encounter) => encounter.problems);
      assert.deepEqual(billed, own, name);
      // `test` and `compare` tell of errors alone.
      for (const { stdout } of found.severity === 'error' ? texts : texts.slice(0, 3))
        assert.ok(stdout.includes(found.message) && stdout.includes(`${name}.encounter.yaml:${place}`), name);
    }
    for (const { stdout, stderr } of texts) {
      assert.equal(stderr, '');
      assertNoStack(stdout);
    }
  });

  it('reads a byte order mark, Windows line ends, and both together as if they were not there', async (t) => {
    const text = example(ARTICLE);
    const windows = text.replaceAll('\n', '\r\n');
    const cwd = folder(t, {
      'bom.encounter.yaml': `\uFEFF${text}`,
      'crlf.encounter.yaml': windows,
      'both.encounter.yaml': `\uFEFF${windows}`,
      'plain.encounter.yaml': text,
    });
    const { encounters } = await json<BillJson>(0, ['bill', '.'], { cwd });
    const lines = new Map(
      encounters.map(({ file, document, lines: found }) => [
        `${file} ${String(document)}`,
        found.map(lineText),
      ]),
    );
    assert.equal(lines.size, 8);
    for (const file of ['bom', 'crlf', 'both', 'plain']) {
      assert.deepEqual(lines.get(`${file}.encounter.yaml 1`), ['96365 × 1', '96366 × 1'], file);
      assert.deepEqual(lines.get(`${file}.encounter.yaml 2`), ['96365 × 1'], file);
    }
  });

  it('says that empty files and empty documents hold no encounters', async (t) => {
    const cwd = folder(t, {
      'empty.encounter.yaml': '',
      'documents.encounter.yaml': '---\n---\n# nothing\n',
      'empty.spec.yaml': '',
    });
    assert.equal(
      (await expectStatus(0, ['check', '.'], { cwd })).stdout,
      '0 errors, 0 warnings in 3 files\n',
    );
    for (const command of ['bill', 'explain'])
      assert.equal(
        (await expectStatus(0, [command, '.'], { cwd })).stdout,
        'No encounters in documents.encounter.yaml, empty.encounter.yaml.\n',
      );
    assert.deepEqual(await json<BillJson>(0, ['bill', '.'], { cwd }), { encounters: [] });
    assert.equal((await expectStatus(0, ['bill', '-'], { cwd })).stdout, 'No encounters in <stdin>.\n');
    for (const [command, said] of [
      ['test', 'no encounter here says what it expects.'],
      ['compare', 'no encounters here.'],
    ] as const)
      for (const asked of ['.', '-']) {
        const { stdout, stderr } = await expectStatus(2, [command, asked], { cwd });
        assert.equal(stdout, '');
        assert.equal(stderr, `coding-spec: ${asked}: ${said}\n`);
      }
    assert.match(
      (await expectStatus(2, ['publish', 'empty.spec.yaml'], { cwd })).stderr,
      /no specifications here/,
    );
  });

  it('reads the other files of a folder when one of them is unusable', async (t) => {
    const cwd = folder(t, { 'a.encounter.yaml': Uint8Array.of(0), 'b.encounter.yaml': infusion(95) });
    const { encounters } = await json<BillJson>(1, ['bill', '.'], { cwd });
    assert.deepEqual(
      encounters.map(({ problems, lines }) => [problems.map(({ rule }) => rule), lines.map(lineText)]),
      [
        [['not-text'], []],
        [[], ['96365 × 1', '96366 × 1']],
      ],
    );
  });
});

describe('calls that cannot run end with 2 and one clear message', { concurrency: 4 }, () => {
  const calls: readonly (readonly [args: readonly string[], said: RegExp])[] = [
    [['check', 'nope.spec.yaml'], /nope\.spec\.yaml: there is no such file or folder/],
    [['check', 'file.txt/below'], /there is no such file or folder/],
    [['check', '*.policy.yaml'], /\*\.policy\.yaml: no file matches/],
    [
      ['check', 'empty'],
      /empty: no file here ends in \.family\.yaml, \.spec\.yaml, \.policy\.yaml, \.table\.yaml, \.encounter\.yaml or \.codes\.csv/,
    ],
    [['check', 'folder.spec.yaml'], /folder\.spec\.yaml: no file here ends in/],
    [['check', 'dangling.spec.yaml'], /dangling\.spec\.yaml: the link leads nowhere/],
    [['check', 'loop.spec.yaml'], /loop\.spec\.yaml: cannot be read \(ELOOP/],
    [['check', 'e.encounter.yaml', '--rules', 'nope'], /nope: there is no such file or folder/],
    [
      ['check', 'e.encounter.yaml', '--rules', 'empty'],
      /empty: no file here ends in \.family\.yaml, \.spec\.yaml, \.policy\.yaml, \.table\.yaml or \.codes\.csv/,
    ],
    [['check', '.', '--frobnicate'], /unknown option '--frobnicate'/],
    [['check', '.', '--severity', 'no-such-rule=off'], /There is no rule "no-such-rule"/],
    [
      ['check', '.', '--severity', 'unknown-key=loud'],
      /The level is one of error, warning, information, hint, off/,
    ],
    [['check', '.', '--severity', 'unknown-key'], /The level is one of error/],
    [['check', '.', '--format', 'xml'], /Allowed choices are text, json/],
    [['check'], /missing required argument 'paths'/],
    [['frobnicate'], /unknown command 'frobnicate'/],
    [
      ['bill', 'plain.spec.yaml'],
      /plain\.spec\.yaml: no encounters here; their files end in \.encounter\.yaml/,
    ],
    [['explain', 'plain.spec.yaml'], /plain\.spec\.yaml: no encounters here/],
    [['explain', '.', '--encounter', 'nobody'], /No encounter is called "nobody"; there are infusion-of-95/],
    [['test', 'nope.encounter.yaml'], /nope\.encounter\.yaml: there is no such file or folder/],
    [['test', 'plain.spec.yaml'], /plain\.spec\.yaml: no encounters here/],
    [['test', 'empty'], /empty: no file here ends in/],
    [['test', 'e.encounter.yaml'], /e\.encounter\.yaml: no encounter here says what it expects/],
    [['test', '.', '--encounter', 'nobody'], /No encounter is called "nobody"; there are infusion-of-95/],
    [['test', '.', '--format', 'html'], /Allowed choices are text, json/],
    [['test'], /missing required argument 'paths'/],
    [['compare', 'nope.encounter.yaml'], /nope\.encounter\.yaml: there is no such file or folder/],
    [['compare', 'plain.spec.yaml'], /plain\.spec\.yaml: no encounters here/],
    [['compare', 'empty'], /empty: no file here ends in/],
    [['compare', '.', '--encounter', 'nobody'], /No encounter is called "nobody"; there are infusion-of-95/],
    [['compare', '.', '--payer', 'Nobody'], /No policy is of the payer "Nobody"; known are /],
    [['compare', '.', '--format', 'html'], /A page is asked for by --to html/],
    [['compare', '.', '--to', 'pdf'], /Allowed choices are text, html/],
    [['compare', '.', '--out', 'file.txt/out'], /file\.txt\/out: cannot be written/],
    [['compare'], /missing required argument 'paths'/],
    [
      ['publish', 'e.encounter.yaml'],
      /e\.encounter\.yaml: no specifications here; their files end in \.spec\.yaml/,
    ],
    [['publish', 'plain.spec.yaml', '--to', 'pdf'], /Allowed choices are markdown, html/],
    [['publish', 'plain.spec.yaml', '--out', 'file.txt/out'], /file\.txt\/out: cannot be written/],
  ];
  for (const [args, said] of calls) {
    it(args.join(' '), async (t) => {
      const cwd = folder(t, {
        'e.encounter.yaml': infusion(95),
        'plain.spec.yaml': 'spec: "00001"\ntitle: x\neffective: {from: 2024-01-01}\n',
        'file.txt': '',
      });
      mkdirSync(path.join(cwd, 'empty'));
      mkdirSync(path.join(cwd, 'folder.spec.yaml'));
      symlinkSync(path.join(cwd, 'nowhere'), path.join(cwd, 'dangling.spec.yaml'));
      symlinkSync(path.join(cwd, 'loop.spec.yaml'), path.join(cwd, 'loop.spec.yaml'));
      const { stdout, stderr } = await expectStatus(2, args, { cwd });
      assert.equal(stdout, '');
      assert.match(stderr, said);
      assertNoStack(stderr);
    });
  }
});

/** Makes a call of `node:fs` fail for paths with a word in them, as the system does where permission is missing. */
const failing = (...names: readonly string[]): string => `
const fs = require('node:fs');
for (const name of ${JSON.stringify(names)}) {
  const real = fs[name];
  fs[name] = (file, ...rest) => {
    if (!String(file).includes('locked')) return real(file, ...rest);
    throw Object.assign(new Error("EACCES: permission denied, " + name + " '" + file + "'"), { code: 'EACCES' });
  };
}`;

describe('what may not be read', { concurrency: 4 }, () => {
  it('is a problem at the first line of a file', async (t) => {
    const cwd = folder(t, { 'locked.encounter.yaml': infusion(95), 'preload.cjs': failing('readFileSync') });
    for (const command of COMMANDS) {
      const { stdout } = await expectStatus(1, [command, '.'], { cwd, node: ['--require', './preload.cjs'] });
      assert.match(stdout, /locked\.encounter\.yaml.*The file cannot be read \(EACCES: permission denied/s);
      assertNoStack(stdout);
    }
  });

  it('ends with 2 where it is a folder that was asked for, or stands in one', async (t) => {
    const cwd = folder(t, {
      'a/locked/b.spec.yaml': '',
      'a/e.encounter.yaml': infusion(95),
      'preload.cjs': failing('readdirSync'),
    });
    const node = ['--require', './preload.cjs'];
    for (const asked of ['a', 'a/locked', 'a/**/*.yaml']) {
      const { stdout, stderr } = await expectStatus(2, ['check', asked], { cwd, node });
      assert.equal(stdout, '');
      assert.match(stderr, /^coding-spec: a\/locked: The folder cannot be read \(EACCES: permission denied/);
      assertNoStack(stderr);
    }
  });

  it('is told, and in nobody’s way, where it stands around as a folder that may hold rules', async (t) => {
    const cwd = folder(t, {
      'locked/b.spec.yaml': '',
      'e.encounter.yaml': infusion(95),
      'preload.cjs': failing('readdirSync'),
    });
    const { stdout, stderr } = await expectStatus(0, ['bill', 'e.encounter.yaml'], {
      cwd,
      node: ['--require', './preload.cjs'],
    });
    assert.match(stdout, /96366 × 1/);
    assert.match(stderr, /^coding-spec: locked: The folder cannot be read .* It is passed over\.\n$/);
  });

  it('is a problem where it is a link in a folder that leads nowhere', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': infusion(95) });
    symlinkSync(path.join(cwd, 'nowhere'), path.join(cwd, 'dangling.spec.yaml'));
    const { stdout } = await expectStatus(1, ['check', '.'], { cwd });
    assert.match(stdout, /^dangling\.spec\.yaml:1:1 {2}error {2}The file cannot be read \(ENOENT/);
  });
});
