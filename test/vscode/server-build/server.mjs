/**
 * Runs VS Code's server build: starts its server for a browser, or lets it install an extension.
 *
 * VS Code's own entry is used, not code-server's wrapper, and nothing of it reaches the network.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { node24 } from '../../../scripts/node24.mjs';
import { installServerBuild } from './install.mjs';

/**
 * @typedef {object} Profile
 * @property {string} userData
 * @property {string} extensions
 */

/**
 * @typedef {object} Server
 * @property {string} host `127.0.0.1:port`
 * @property {Promise<Error>} ended settles when the server ends, which it should not do by itself
 * @property {() => void} stop ends the server and everything it has started
 */

/**
 * @param {Profile} profile
 * @param {(line: string) => void} log
 * @returns {Promise<Server>}
 */
export async function startServer(profile, log) {
  // Without the smoke test driver this version ignores the payload of the workbench's address.
  const flags = [
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--log',
    'error',
    '--enable-smoke-test-driver',
  ];
  const child = await spawnServer(profile, flags);
  const stop = () => {
    endGroup(child);
  };
  process.once('exit', stop);
  const ended = once(child, 'exit').then(
    ([code, signal]) => new Error(`the VS Code server ended (${String(code ?? signal)})`),
  );
  child.stderr.on('data', (data) => {
    log(`server: ${String(data).trimEnd()}`);
  });
  try {
    const port = await Promise.race([listeningPort(child.stdout, log), ended.then(rethrow)]);
    return { host: `127.0.0.1:${port}`, ended, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * Installs a packaged extension into `profile`.
 * @param {Profile} profile
 * @param {string} vsix
 */
export async function installExtension(profile, vsix) {
  const child = await spawnServer(profile, ['--install-extension', vsix, '--force']);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`VS Code did not install ${vsix}:\n${output}`);
}

/**
 * @param {Profile} profile
 * @param {string[]} flags
 */
async function spawnServer(profile, flags) {
  const [node, main] = [await node24(), await installServerBuild()];
  const common = ['--accept-server-license-terms', '--telemetry-level', 'off'];
  const place = ['--server-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  const env = await environment(path.join(profile.userData, 'home'));
  // Detached: it leads its own process group, so that its extension hosts can be ended with it.
  return spawn(node, [main, ...common, ...place, ...flags], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/**
 * The server hands its environment on to the extension host.
 * @param {string} home
 */
async function environment(home) {
  await mkdir(home, { recursive: true, mode: 0o700 });
  return {
    ...process.env,
    HOME: home,
    TMPDIR: home,
    XDG_RUNTIME_DIR: home,
    EXTENSIONS_GALLERY: '{}',
    NODE_OPTIONS: '',
  };
}

/**
 * @param {import('node:stream').Readable} stdout
 * @param {(line: string) => void} log
 * @returns {Promise<string>}
 */
function listeningPort(stdout, log) {
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      log(`server: ${line}`);
      const port = /agent listening on (\d+)/u.exec(line)?.[1];
      if (port !== undefined) resolve(port);
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

/** @param {Error} error @returns {never} */
function rethrow(error) {
  throw error;
}
