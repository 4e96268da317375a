/**
 * Draws media/icon.png, the extension's picture in the marketplaces, from media/icon.svg: `node test/vscode/icon.mjs`.
 * Marketplaces take no SVG. Needs Chromium, as the tests in a real VS Code do; the result is committed, so nobody else needs it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from '../../scripts/prepare-tree.mjs';

ensureInstalled();
const { launchBrowser } = await import('./server-build/browser.mjs');
const size = 256;
const svg = readFileSync(path.join(root, 'media/icon.svg'), 'utf8');
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: path.join(root, 'media/icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
console.log(`Wrote media/icon.png, ${String(size)} pixels wide.`);
