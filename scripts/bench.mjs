/** `npm run bench`: the speed tests of test/bench, each in a process of its own. They print figures and assert nothing. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { bundleSources } from './bundle-sources.mjs';
import { ensureInstalled, root } from './prepare-tree.mjs';

ensureInstalled();
const { glob } = await import('tinyglobby');
const sources = await glob('test/bench/*.bench.ts', { cwd: root });
await bundleSources(sources, 'out/bench', 'test/bench');
for (const source of sources.sort()) {
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
