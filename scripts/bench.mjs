/**
 * `npm run bench`: the speed tests of test/bench, each in a process of its own. They assert nothing but that what they
 * measure works, and write their figures to docs/benchmarks.md. Words pick those whose name has them:
 * `npm run bench -- completion`.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bundleSources } from './bundle-sources.mjs';
import { bundle } from './bundle.mjs';
import { ensureInstalled, root } from './prepare-tree.mjs';

ensureInstalled();
const { glob } = await import('tinyglobby');
const words = process.argv.slice(2);
const all = (await glob('test/bench/*.bench.ts', { cwd: root })).sort();
const sources = all.filter(
  (source) => words.length === 0 || words.some((word) => path.basename(source).includes(word)),
);
if (sources.length === 0) {
  const names = all.map((source) => path.basename(source, '.bench.ts'));
  console.error(`No benchmark has ${words.join(' or ')} in its name. There are: ${names.join(', ')}.`);
  process.exit(1);
}
await bundle();
await bundleSources(sources, 'out/bench', 'test/bench');
for (const source of sources) {
  const name = path.basename(source, '.ts');
  console.log(`\n${name.replace('.bench', '')}`);
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', path.join(root, 'out/bench', `${name}.mjs`)],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
