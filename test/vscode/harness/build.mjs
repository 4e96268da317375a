/**
 * Builds what a pass needs: the extension's bundles, the packaged extension, the mocha suite.
 *
 * The suite becomes CommonJS, one file per entry, because VS Code loads it with `require` and
 * gives it the module `vscode`; mocha stays outside so that index and tests share one instance.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { root, suiteOut } from './paths.mjs';

const entries = {
  suite: 'index.ts',
  extension: 'extension.test.ts',
  testing: 'testing.test.ts',
  views: 'views.test.ts',
  features: 'features.test.ts',
  beside: 'beside.test.ts',
  start: 'start.test.ts',
  'self-check': 'self-check.test.ts',
};

/** Compiles the suite into `out/vscode/*.cjs`. */
export async function buildSuite() {
  const suite = path.join(root, 'test/vscode/suite');
  await build({
    entryPoints: Object.entries(entries).map(([out, file]) => ({ in: path.join(suite, file), out })),
    outdir: suiteOut,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/** Bundles client and server into `dist/`. */
export async function buildExtension() {
  await runScript('scripts/bundle.mjs');
}

/**
 * Packages the extension as users get it.
 * @returns {Promise<string>} path of the .vsix
 */
export async function packageExtension() {
  await runScript('scripts/package.mjs');
  /** @type {{name: string, version: string}} */
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `${name}-${version}.vsix`);
}

/** @param {string} script */
async function runScript(script) {
  const child = spawn(process.execPath, [path.join(root, script)], { cwd: root, stdio: 'inherit' });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} failed (${String(code ?? signal)})`);
}
