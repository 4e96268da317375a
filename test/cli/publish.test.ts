import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { DRUGS, example, expectStatus, folder, json } from './support.ts';

const SPEC = `${DRUGS}/specs/cpt-96365.spec.yaml`;

describe('publish', { concurrency: 4 }, () => {
  it('writes Markdown to standard output, from a file, from a glob and from standard input alike', async (t) => {
    const { stdout, stderr } = await expectStatus(0, ['publish', SPEC]);
    assert.equal(stderr, '');
    assert.match(stdout, /^# CPT 96365: /);
    for (const word of ['E86.0', '261QI0500X', 'XE', '96367', 'Aetna'])
      assert.ok(stdout.includes(word), word);
    assert.equal((await expectStatus(0, ['publish', `${DRUGS}/specs/*96365.spec.yaml`])).stdout, stdout);
    const document = await expectStatus(0, ['publish', '-'], { input: example(SPEC), cwd: folder(t, {}) });
    assert.equal(document.stdout, stdout);
  });

  it('writes one self-contained page of HTML', async () => {
    const { stdout } = await expectStatus(0, ['publish', SPEC, '--to', 'html']);
    assert.match(stdout, /^<!doctype html>/i);
    assert.match(stdout, /<\/html>\s*$/);
    assert.doesNotMatch(stdout, /<script|<link[^>]+stylesheet|<img|@import/i);
    assert.match(stdout, /prefers-color-scheme/);
  });

  it('writes the article as data', async () => {
    const { articles } = await json<{
      articles: { code: string; title: string; sections: { heading: string }[] }[];
    }>(0, ['publish', `${DRUGS}/specs/cpt-9636[567].spec.yaml`]);
    assert.deepEqual(
      articles.map(({ code }) => code),
      ['96365', '96366', '96367'],
    );
    assert.ok((articles[0]?.sections.length ?? 0) > 3);
  });

  it('writes a file for each specification into a folder, and names them', async (t) => {
    const cwd = folder(t, {});
    for (const [options, suffix] of [
      [[], 'md'],
      [['--to', 'html'], 'html'],
      [['--format', 'json'], 'json'],
    ] as const) {
      const out = path.join(cwd, suffix, 'articles');
      const { stdout } = await expectStatus(0, [
        'publish',
        `${DRUGS}/specs/cpt-9636[567].spec.yaml`,
        ...options,
        '--out',
        out,
      ]);
      const names = ['cpt-96365', 'cpt-96366', 'cpt-96367'].map((name) => `${name}.${suffix}`);
      assert.deepEqual(readdirSync(out).sort(), names);
      assert.deepEqual(
        stdout.trim().split('\n'),
        names.map((name) => path.join(out, name)),
      );
      assert.ok(readFileSync(path.join(out, names[0] ?? ''), 'utf8').includes('96365'));
    }
  });

  it('asks for a folder where several specifications would be several pages', async () => {
    const { stderr } = await expectStatus(2, [
      'publish',
      `${DRUGS}/specs/cpt-9636[567].spec.yaml`,
      '--to',
      'html',
    ]);
    assert.match(stderr, /name a folder with --out/);
  });

  it('finds the family of a specification in the rules around it', async (t) => {
    const cwd = folder(t, {
      'own.family.yaml':
        'family: own\ntitle: Own\nclasses:\n  - {class: any, title: Anything, when: {purpose: any}}\nfacts: {purpose: {title: Purpose, definition: Why, values: {any: {definition: Any}}}}\n',
      'specs/a.spec.yaml': 'spec: "00001"\ntitle: A\nfamily: own\neffective: {from: 2024-01-01}\n',
    });
    const { stdout, stderr } = await expectStatus(0, ['publish', 'specs/a.spec.yaml'], { cwd });
    assert.doesNotMatch(stderr, /unknown-family/);
    assert.match(stdout, /00001/);
  });

  it('publishes what it can of a specification with mistakes, says them and ends with 1', async (t) => {
    const cwd = folder(t, {
      'a.spec.yaml': 'spec: "00001"\ntitle: A title\ncolour: red\neffective: {from: 2024-01-01}\n',
    });
    const { stdout, stderr } = await expectStatus(1, ['publish', 'a.spec.yaml'], { cwd });
    assert.match(stdout, /A title/);
    assert.match(stderr, /^a\.spec\.yaml:3:1 {2}error {2}.*"colour".* {2}unknown-key\n/);
  });
});
