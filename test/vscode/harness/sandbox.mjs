/**
 * A throw-away place to run VS Code in: a copy of the examples, an empty profile, no extensions.
 *
 * Paths are short because VS Code makes sockets below them, and Unix sockets have a length limit.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { root } from './paths.mjs';

/** Everything that would make two runs differ, or ask something, is off. */
const settings = {
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'files.autoSave': 'off',
  'git.enabled': false,
  'editor.wordBasedSuggestions': 'off',
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // A run would save what a test has typed, for all tests after it, and its results take the focus from the file.
  'testing.saveBeforeTest': false,
  'testing.automaticallyOpenTestResults': 'neverOpen',
  'testing.automaticallyOpenPeekView': 'never',
};

/**
 * @typedef {object} Sandbox
 * @property {string} workspace copy of `examples/`
 * @property {string} userData VS Code's `--user-data-dir`
 * @property {string} extensions VS Code's `--extensions-dir`
 * @property {string} helper an extension that does nothing, for when none is under development
 * @property {string} codes the user's folder for releases of code sets
 * @property {string} report the suite's report file
 * @property {string} output what mocha prints
 * @property {string} log what VS Code prints
 * @property {() => Promise<void>} remove
 */

/**
 * @param {Record<string, unknown>} [extraSettings]
 * @returns {Promise<Sandbox>}
 */
export async function createSandbox(extraSettings = {}) {
  const place = await mkdtemp(path.join(os.tmpdir(), 'cs-'));
  const at = (/** @type {string[]} */ ...names) => path.join(place, ...names);
  await cp(path.join(root, 'examples'), at('examples'), { recursive: true });
  await mkdir(at('extensions'));
  await write(at('helper', 'package.json'), helperManifest);
  // Desktop and server builds read the user's settings from different folders.
  const userSettings = { ...settings, ...extraSettings };
  await write(at('user', 'User', 'settings.json'), userSettings);
  await write(at('user', 'data', 'User', 'settings.json'), userSettings);
  return {
    workspace: at('examples'),
    userData: at('user'),
    extensions: at('extensions'),
    helper: at('helper'),
    codes: at('codes'),
    report: at('report.json'),
    output: at('mocha.txt'),
    log: at('vscode.txt'),
    remove: () => rm(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

const helperManifest = {
  name: 'helper',
  publisher: 'coding-spec-tests',
  version: '0.0.0',
  engines: { vscode: '*' },
};

/**
 * @param {string} file
 * @param {unknown} content
 */
async function write(file, content) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content, undefined, 2));
}
