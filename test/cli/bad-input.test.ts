/** Bad input: a clear message with a position, never a stack trace, never silence. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import {
  ARTICLE,
  assertNoStack,
  cli,
  example,
  expectStatus,
  folder,
  infusion,
  json,
  lineText,
  type BillJson,
} from './support.ts';

const COMMANDS = ['check', 'bill', 'explain'] as const;

describe('bad input', { concurrency: 4 }, () => {
  const contents: Readonly<Record<string, readonly [content: string | Uint8Array, said: RegExp]>> = {
    'zero bytes': [Uint8Array.of(101, 0, 99, 1, 2, 255), /e\.encounter\.yaml:1:1.*not text/s],
    'UTF-16': [Buffer.from(`\uFEFF${infusion(95)}`, 'utf16le'), /e\.encounter\.yaml:1:1.*not text/s],
    'Latin-1': [Buffer.from('encounter: caf\u00e9\n', 'latin1'), /e\.encounter\.yaml:1:1.*not UTF-8/s],
    'one line of 10 MB': ['encounter: '.padEnd(10_000_000, 'x'), /e\.encounter\.yaml:1:1.*at most 2000000/s],
    'malformed YAML': [`${infusion(95)}expect: [`, /e\.encounter\.yaml:\d+:\d+.*yaml-syntax/s],
    'a tab as indentation': [infusion(95).replace('  - {', '\t- {'), /e\.encounter\.yaml:9:\d+.*tab/s],
    'a list at the top': ['- 1\n- 2\n', /e\.encounter\.yaml:1:1/],
    'a word at the top': ['hello\n', /e\.encounter\.yaml:1:1/],
    'another kind': [
      'spec: "96365"\ntitle: x\neffective: {from: 2024-01-01}\n',
      /e\.encounter\.yaml:1:1.*of kind spec.*\.spec\.yaml/s,
    ],
    'month 13': [
      infusion(95).replace('2026-03-02', '2026-13-02'),
      /e\.encounter\.yaml:2:7.*impossible-date/s,
    ],
    'a wrong type': [
      infusion(95).replace('[E86.0, R11.2]', '{a: 1}'),
      /e\.encounter\.yaml:7:12.*wrong-type/s,
    ],
    'negative minutes': [infusion(-5), /e\.encounter\.yaml:9:\d+.*wrong-value/s],
    'impossible times': [
      infusion(95).replace('minutes: 95', 'start: "25:00", stop: "26:00"'),
      /e\.encounter\.yaml:9:\d+.*"25:00"/s,
    ],
    'a date before every specification': [
      infusion(95).replace('2026-03-02', '1999-03-02'),
      /e\.encounter\.yaml:\d+:\d+.*1999-03-02|no-version-in-force/s,
    ],
    'an unknown family': [
      infusion(95, 'family: nowhere\n'),
      /e\.encounter\.yaml:10:9.*nowhere.*unknown-family/s,
    ],
    'deep nesting': [`encounter: x\nnote: ${'['.repeat(100_000)}`, /e\.encounter\.yaml:\d+:\d+/],
    'aliases that multiply': [
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'.charAt(i)}`).join(',')}]`).join('\n')}\n`,
      /e\.encounter\.yaml:\d+:\d+/,
    ],
  };
  for (const [name, [content, said]] of Object.entries(contents)) {
    it(`says what is wrong with ${name}`, async (t) => {
      const cwd = folder(t, { 'e.encounter.yaml': content });
      for (const ended of await Promise.all(
        COMMANDS.map((command) => cli([command, 'e.encounter.yaml'], { cwd })),
      )) {
        const all = ended.stdout + ended.stderr;
        assert.equal(ended.status, 1, all.slice(0, 1000));
        assert.match(all.slice(0, 20_000), said);
        assertNoStack(all);
      }
    });
  }

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
      /empty: no file here ends in \.family\.yaml, \.spec\.yaml, \.policy\.yaml or \.encounter\.yaml/,
    ],
    [['check', 'folder.spec.yaml'], /folder\.spec\.yaml: no file here ends in/],
    [['check', 'dangling.spec.yaml'], /dangling\.spec\.yaml: the link leads nowhere/],
    [['check', 'loop.spec.yaml'], /loop\.spec\.yaml: cannot be read \(ELOOP/],
    [['check', 'e.encounter.yaml', '--rules', 'nope'], /nope: there is no such file or folder/],
    [
      ['check', 'e.encounter.yaml', '--rules', 'empty'],
      /empty: no file here ends in \.family\.yaml, \.spec\.yaml or \.policy\.yaml/,
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
    assert.match(stderr, /^coding-spec: locked: The folder cannot be read .* Rules in it are not used\.\n$/);
  });

  it('is a problem where it is a link in a folder that leads nowhere', async (t) => {
    const cwd = folder(t, { 'e.encounter.yaml': infusion(95) });
    symlinkSync(path.join(cwd, 'nowhere'), path.join(cwd, 'dangling.spec.yaml'));
    const { stdout } = await expectStatus(1, ['check', '.'], { cwd });
    assert.match(stdout, /^dangling\.spec\.yaml:1:1 {2}error {2}The file cannot be read \(ENOENT/);
  });
});
