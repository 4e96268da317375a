/** The workbench in a browser: opens it with a suite, and waits for the exit status that it reports. */
import { launchBrowser } from './browser.mjs';

/** Longer than any suite should take; a workbench that never answers must not hang the build. */
const deadline = 5 * 60_000;

/**
 * What VS Code calls `developmentOptions`: an extension from a web site, and its suite, in the web extension host.
 * @typedef {Record<string, unknown>} DevelopmentOptions
 */

/**
 * @param {string} address
 * @param {Promise<Error>} ended settles when the server behind it ends
 * @param {(line: string) => void} log
 * @param {DevelopmentOptions} [options]
 * @returns {Promise<number>} the exit status
 */
export async function runWorkbench(address, ended, log, options = {}) {
  const browser = await launchBrowser();
  try {
    const died = ended.then((error) => Promise.reject(error));
    return await Promise.race([statusOf(browser, address, log, options), died, afterDeadline()]);
  } finally {
    await browser.close();
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {(line: string) => void} log
 * @param {DevelopmentOptions} options
 * @returns {Promise<number>} the exit status that the workbench reports
 */
async function statusOf(browser, address, log, options) {
  // The workbench may fetch from sites with https only, which a test has not.
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, bypassCSP: true });
  /** @type {Promise<number>} */
  const status = new Promise((resolve, reject) => {
    void page.exposeFunction('codeAutomationExit', resolve);
    page.on('crash', () => {
      reject(new Error('the workbench page crashed'));
    });
  });
  await page.exposeFunction(
    'codeAutomationLog',
    (/** @type {string} */ kind, /** @type {unknown[]} */ parts) => {
      log(`${kind}: ${parts.map(String).join(' ')}`);
    },
  );
  await page.addInitScript(ADD_OPTIONS.replace('OPTIONS', JSON.stringify(options)));
  await page.goto(address);
  return status;
}

/** The server writes the configuration of the workbench into its page; there is no address or flag for these options. */
const ADD_OPTIONS = `{
  const original = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = original.call(this, name);
    if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration') return value;
    const configuration = JSON.parse(value);
    const developmentOptions = { ...configuration.developmentOptions, ...OPTIONS };
    return JSON.stringify({ ...configuration, developmentOptions });
  };
}`;

/** @returns {Promise<never>} */
function afterDeadline() {
  return new Promise((_, reject) => {
    setTimeout(() => {
      reject(new Error(`VS Code did not finish within ${String(deadline / 1000)} s`));
    }, deadline).unref();
  });
}
