/**
 * What every command needs before it can do anything: a new enough Node, and the packages of package-lock.json.
 * Only Node built-ins here, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Installs what is missing or differs from package-lock.json; ends the process with a clear message when it can't. */
export function ensureInstalled() {
  requireNode();
  const reason = whyInstall();
  if (!reason) return;
  const command = existsSync(path.join(root, 'package-lock.json')) ? 'ci' : 'install';
  console.log(`${reason}: running npm ${command} (needed once; about half a minute) …`);
  const status = npm([command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status === 0) return;
  console.error(`
npm ${command} failed (exit status ${String(status)}), so nothing else was run. Its message is above.
Most often the npm registry can't be reached: check the network, or npm's proxy and registry settings, then try again.
If package.json was changed without its lock file, run npm install.`);
  process.exit(1);
}

/**
 * Runs npm: the one that started us, or else the one on the PATH.
 * @param {string[]} args
 * @param {string} [cwd]
 * @returns {number | null} its exit status
 */
export function npm(args, cwd = root) {
  const running = process.env['npm_execpath'];
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd, stdio: ['ignore', 'inherit', 'inherit'] };
  const result =
    running && /npm-cli\.c?js$/.test(running)
      ? spawnSync(process.execPath, [running, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.error) console.error(`npm could not be started: ${result.error.message}`);
  return result.status;
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`coding-spec needs Node 20.19 or later; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** @returns {string | undefined} why the packages must be installed, or nothing when they are as the lock file says */
function whyInstall() {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  if (!present) return 'The packages are not installed yet';
  if (!wanted) return undefined;
  for (const [name, { version, optional }] of Object.entries(wanted)) {
    const found = present[name];
    if (!found && optional) continue;
    if (found?.version !== version || !existsSync(path.join(root, name))) {
      return `${name.replace(/^.*node_modules\//, '')} ${version} is not installed as package-lock.json wants it`;
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Record<string, {version: string, optional?: boolean}> | undefined} by folder, without the project itself
 */
function packagesOf(file) {
  if (!existsSync(file)) return undefined;
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return Object.fromEntries(Object.entries(packages).filter(([name]) => name !== ''));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled();
