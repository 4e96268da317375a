/** Bundles of TypeScript that runs here, such as tests: each file with the sources it needs; packages stay outside. */
import { root } from './prepare-tree.mjs';

/**
 * @param {string[]} sources by path from the root
 * @param {string} outdir
 * @param {string} outbase the folder whose layout is kept below `outdir`
 */
export async function bundleSources(sources, outdir, outbase) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: [...sources].sort(),
    outdir,
    outbase,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
