/**
 * Stands in for VS Code's desktop executable: takes the arguments of @vscode/test-electron, runs
 * the suite in the server build, and returns the workbench's exit status.
 *
 * That status is 0 also for an extension host that died; the harness demands the report as well.
 */
import { appendFileSync } from 'node:fs';
import { URLSearchParams } from 'node:url';
import { variables } from '../harness/variables.mjs';
import { startServer } from './server.mjs';
import { runWorkbench } from './workbench.mjs';

/** @typedef {{workspace: string, userData: string, extensions: string, development: string[], tests: string}} Arguments */

/**
 * @param {string[]} argv
 * @returns {Arguments}
 */
function readArguments(argv) {
  const all = (/** @type {string} */ name) =>
    argv
      .filter((argument) => argument.startsWith(`--${name}=`))
      .map((argument) => argument.slice(name.length + 3));
  const one = (/** @type {string} */ name) => demand(all(name)[0], `--${name}=`);
  return {
    workspace: demand(
      argv.find((argument) => !argument.startsWith('-')),
      'a workspace folder',
    ),
    userData: one('user-data-dir'),
    extensions: one('extensions-dir'),
    development: all('extensionDevelopmentPath'),
    tests: one('extensionTestsPath'),
  };
}

/**
 * @param {string | undefined} value
 * @param {string} what
 */
function demand(value, what) {
  if (value === undefined) throw new Error(`missing argument: ${what}`);
  return value;
}

/**
 * @param {string} host
 * @param {Arguments} args
 */
function workbenchAddress(host, { workspace, development, tests }) {
  const remote = (/** @type {string} */ file) => `vscode-remote://${host}${file}`;
  const payload = [
    ...development.map((folder) => ['extensionDevelopmentPath', remote(folder)]),
    ['extensionTestsPath', remote(tests)],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  return `http://${host}/?${new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) }).toString()}`;
}

/** @param {string} line */
function log(line) {
  const file = process.env[variables.log];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}

async function main() {
  const args = readArguments(process.argv.slice(2));
  const server = await startServer(args, log);
  try {
    return await runWorkbench(workbenchAddress(server.host, args), server.ended, log);
  } finally {
    server.stop();
  }
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
