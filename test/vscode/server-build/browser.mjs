/**
 * Runs Chromium, in which the workbench of VS Code's server build lives.
 *
 * playwright-core brings no browser of its own; the machine's is used, and kept off the network.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** @returns {Promise<import('playwright-core').Browser>} */
export async function launchBrowser() {
  return chromium.launch({ executablePath: findChromium(), args: flags });
}

/** @returns {string} path of a Chromium on this machine */
export function findChromium() {
  const chosen = process.env['CHROMIUM_PATH'];
  const found = chosen === undefined ? candidates().find((file) => existsSync(file)) : chosen;
  if (found !== undefined && existsSync(found)) return found;
  throw new Error(
    chosen === undefined
      ? 'no Chromium found: install it (Debian and Ubuntu: apt-get install chromium) or set CHROMIUM_PATH'
      : `CHROMIUM_PATH names no file: ${chosen}`,
  );
}

function candidates() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(path.delimiter)];
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
}
