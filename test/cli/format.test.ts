import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { cli, expectStatus, folder, infusion } from './support.ts';

const MESSY = infusion(95)
  .replace('claim: ', 'claim:   ')
  .replace('administrations:\n  - ', 'administrations:\n- ');

describe('format', { concurrency: 4 }, () => {
  it('lays out the files that need it, and names them', async (t) => {
    const cwd = folder(t, {
      'a.encounter.yaml': MESSY,
      'b.encounter.yaml': infusion(95),
      'c.yaml': 'a:   1\n',
    });
    const { stdout } = await expectStatus(0, ['format', '.'], { cwd });
    assert.equal(stdout, 'a.encounter.yaml\n');
    const after = (name: string): string => readFileSync(path.join(cwd, name), 'utf8');
    assert.equal(after('a.encounter.yaml'), infusion(95));
    assert.equal(after('b.encounter.yaml'), infusion(95));
    assert.equal(after('c.yaml'), 'a:   1\n');
  });

  it('with --check names them, changes nothing and ends with 1', async (t) => {
    const cwd = folder(t, { 'a.encounter.yaml': MESSY, 'b.encounter.yaml': infusion(95) });
    const { stdout } = await expectStatus(1, ['format', '--check', '.'], { cwd });
    assert.equal(stdout, 'a.encounter.yaml\n');
    assert.equal(readFileSync(path.join(cwd, 'a.encounter.yaml'), 'utf8'), MESSY);
    assert.equal((await expectStatus(0, ['format', '--check', 'b.encounter.yaml'], { cwd })).stdout, '');
  });

  it('writes standard input to standard output', async () => {
    const { status, stdout } = await cli(['format', '-'], { input: MESSY });
    assert.deepEqual([status, stdout], [0, infusion(95)]);
    assert.equal((await cli(['format', '--check', '-'], { input: MESSY })).status, 1);
  });

  it('leaves a document with errors as it is, lays out the others, and ends with 1', async (t) => {
    const broken = 'encounter:   [\n';
    const cwd = folder(t, { 'a.encounter.yaml': `${MESSY}---\n${broken}` });
    const { stderr } = await expectStatus(1, ['format', '.'], { cwd });
    assert.match(stderr, /a\.encounter\.yaml:10: document 2 has errors of YAML/);
    assert.equal(readFileSync(path.join(cwd, 'a.encounter.yaml'), 'utf8'), `${infusion(95)}---\n${broken}`);
  });

  it('refuses files that are none of ours', async (t) => {
    const cwd = folder(t, { 'c.yaml': 'a:   1\n' });
    const { stderr } = await expectStatus(2, ['format', 'c.yaml'], { cwd });
    assert.match(stderr, /no file here ends in \.family\.yaml/);
  });
});
