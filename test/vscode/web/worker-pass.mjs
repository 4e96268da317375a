/** The server as a worker in Chromium, without VS Code: cheap, and where to look first when the extension fails in a browser. */
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { bundleSources } from '../../../scripts/bundle-sources.mjs';
import { root } from '../harness/paths.mjs';
import { launchBrowser } from '../server-build/browser.mjs';
import { serveFolders } from './serve.mjs';

/**
 * @param {string} grep
 * @returns {Promise<import('../harness/pass.mjs').Outcome>}
 */
export async function runWorkerPass(grep) {
  await bundleSources(['test/vscode/web/worker.ts'], 'out/vscode', 'test/vscode');
  /** @type {typeof import('./worker.ts')} */
  const { checks, startWorker } = await import(
    pathToFileURL(path.join(root, 'out/vscode/web/worker.mjs')).href
  );
  const wanted = Object.entries(checks).filter(([title]) => new RegExp(grep, 'u').test(title));
  const site = await serveFolders({ dist: path.join(root, 'dist'), web: import.meta.dirname });
  const browser = await launchBrowser();
  const problems = [];
  try {
    const server = await startWorker(await browser.newPage(), site.address, root);
    for (const [title, check] of wanted) {
      const problem = await check(server).then(
        () => undefined,
        (/** @type {unknown} */ error) =>
          `${title}: ${error instanceof Error ? error.message : String(error)}`,
      );
      console.log(`  ${problem === undefined ? '✔' : '✘'} ${title}`);
      if (problem !== undefined) problems.push(problem);
    }
  } finally {
    await browser.close();
    site.stop();
  }
  return { passed: wanted.length - problems.length, failed: problems.length, problems };
}
