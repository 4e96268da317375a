/** `npm run package -- --with-codes`: what is embedded, what is refused, and that nothing else ships. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { unzipSync } from 'fflate';
import { writeCodeSet } from '../../server/core/codes/write.ts';
import { folder, root } from '../cli/support.ts';
import { info, rowsOf } from '../support/code-sets.ts';

const NAME = 'invented.one.codes';
const RELEASE = writeCodeSet(info({ set: 'invented', release: 'one' }), rowsOf('A1 First\nA2 Second'));

/** Packages what is built into a file of its own. */
function packaged(t: TestContext, files: Readonly<Record<string, Uint8Array | string>>, ...more: string[]) {
  const place = folder(t, files);
  const out = path.join(place, 'x.vsix');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/package.mjs', '--no-build', '--out', out, ...more.map((arg) => arg.replace('PLACE', place))],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  const entries = (): Record<string, Uint8Array> => unzipSync(new Uint8Array(readFileSync(out)));
  return { status, stdout, stderr, out, place, entries };
}

const codesIn = (entries: Readonly<Record<string, Uint8Array>>): string[] =>
  Object.keys(entries).filter((name) => name.endsWith('.codes'));

describe('packaging', { concurrency: 2 }, () => {
  it('embeds the releases of a folder beside the programs, and says how large they are', (t) => {
    const { status, stdout, stderr, entries } = packaged(
      t,
      { [`sets/${NAME}`]: RELEASE, 'sets/notes.txt': 'not packaged' },
      '--with-codes',
      'PLACE/sets',
    );
    assert.equal(status, 0, stdout + stderr);
    const name = `extension/dist/codes/${NAME}`;
    assert.deepEqual(entries()[name], RELEASE);
    assert.equal(
      Object.keys(entries()).some((entry) => entry.endsWith('notes.txt')),
      false,
    );
    assert.match(stdout, /^fine {5}invented one, 2 rows/m);
    assert.match(stdout, /^x\.vsix: code sets \d+ kB unpacked$/m);
    assert.match(stdout, /^x\.vsix: \d+ files, \d+ kB$/m);
    assert.equal(existsSync(path.join(root, 'dist/codes', NAME)), false, 'dist stays as it was built');
  });

  it('ships without the option no release but those that were built', (t) => {
    const { status, entries } = packaged(t, { [`sets/${NAME}`]: RELEASE });
    assert.equal(status, 0);
    assert.equal(
      codesIn(entries()).some((name) => name.endsWith(NAME)),
      false,
    );
    for (const name of ['client', 'server', 'installer', 'cli'])
      assert.ok(`extension/dist/${name}.cjs` in entries(), name);
  });

  it('refuses damaged releases and folders without any', (t) => {
    const damaged = RELEASE.slice();
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    const bad = packaged(t, { [`sets/${NAME}`]: damaged }, '--with-codes', 'PLACE/sets');
    assert.equal(bad.status, 1);
    assert.match(bad.stdout, /^damaged {2}/m);
    assert.match(bad.stderr, /not every release is fine, so none is packaged\./);
    assert.equal(existsSync(bad.out), false);
    const empty = packaged(t, { 'sets/x.txt': '' }, '--with-codes', 'PLACE/sets');
    assert.equal(empty.status, 1);
    assert.match(empty.stderr, /sets: no release of a code set lies here/);
    assert.equal(packaged(t, { x: '' }, '--with-code', 'x').status, 1);
  });
});
