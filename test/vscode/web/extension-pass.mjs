/**
 * The extension in a web extension host of the real workbench: it comes from a web site, as from the gallery of vscode.dev, so VS
 * Code runs its entry for browsers, and the workspace is no disk for it.
 */
import { appendFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { URL, URLSearchParams } from 'node:url';
import { build } from 'esbuild';
import { judge, showLog } from '../harness/pass.mjs';
import { root, suiteOut } from '../harness/paths.mjs';
import { createSandbox } from '../harness/sandbox.mjs';
import { installServerBuild } from '../server-build/install.mjs';
import { startServer } from '../server-build/server.mjs';
import { runWorkbench } from '../server-build/workbench.mjs';
import { serveFolders } from './serve.mjs';

/** Below the folder of the extension: VS Code runs a suite in the extension host of the extension that it belongs to. */
const suite = path.join(suiteOut, 'web-extension.cjs');

/**
 * @param {string} grep
 * @returns {Promise<import('../harness/pass.mjs').Outcome>}
 */
export async function runWebPass(grep) {
  await installServerBuild();
  await buildSuite(grep);
  // Nobody has said yet that the folder is to be trusted.
  const sandbox = await createSandbox({
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  });
  const site = await serveFolders({ extension: root });
  const log = (/** @type {string} */ line) => {
    appendFileSync(sandbox.log, `${line}\n`);
  };
  try {
    const server = await startServer(sandbox, log);
    try {
      const query = new URLSearchParams({
        folder: sandbox.workspace,
        payload: '[["skipWelcome","true"],["skipReleaseNotes","true"]]',
      });
      const status = await runWorkbench(`http://${server.host}/?${query.toString()}`, server.ended, log, {
        extensions: [locationOf(site.address, '/extension')],
        extensionTestsPath: locationOf(site.address, `/extension/${path.relative(root, suite)}`),
      });
      const problems = status === 0 ? [] : [`VS Code ended with ${String(status)}`];
      const report = path.join(sandbox.workspace, 'report.json');
      if (!existsSync(report)) await showLog(sandbox.log);
      const outcome = await judge(report, problems);
      console.log(`  ${String(outcome.passed)} of ${String(outcome.passed + outcome.failed)} checks hold`);
      return outcome;
    } finally {
      server.stop();
    }
  } finally {
    site.stop();
    await sandbox.remove();
  }
}

/**
 * As one script, which VS Code loads in the extension host. What it is told, it is told when it is built: a browser has no environment.
 * @param {string} grep
 */
async function buildSuite(grep) {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/web/extension.ts'],
    outfile: suite,
    bundle: true,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    sourcemap: 'inline',
    external: ['vscode'],
    define: { GREP: JSON.stringify(grep) },
    alias: { 'node:assert/strict': './test/vscode/web/assert.ts' },
    logLevel: 'warning',
  });
}

/**
 * As VS Code writes a URI in its configuration.
 * @param {string} site
 * @param {string} folder
 */
function locationOf(site, folder) {
  return { scheme: 'http', authority: new URL(site).host, path: folder };
}
