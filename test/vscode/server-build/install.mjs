/**
 * Gets VS Code's server build: the npm package `code-server` carries it, with a real extension host.
 *
 * It needs no compiler and nothing but the npm registry, so it is there where the desktop build's
 * download is not. It is kept in `.cache` and used again when complete.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cache } from '../harness/paths.mjs';

/** VS Code 1.139. */
const version = '4.139.1';
const home = path.join(cache, `code-server-${version}`);
/** Written last: without it the folder is the rest of an interrupted installation. */
const marker = 'complete';

/** @returns {Promise<string>} path of `server-main.js`, after installing it if it is missing */
export async function installServerBuild() {
  if (process.platform !== 'linux')
    throw new Error("VS Code's server build is set up for Linux only: use CODING_SPEC_VSCODE=desktop");
  if (!existsSync(path.join(home, marker))) await install();
  return path.join(home, 'lib', 'vscode', 'out', 'server-main.js');
}

async function install() {
  const place = `${home}.${String(process.pid)}`;
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  try {
    await fill(place);
    await rm(home, { recursive: true, force: true });
    await rename(place, home);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** @param {string} place */
async function fill(place) {
  progress(`downloading code-server ${version} (47 MB) from the npm registry`);
  await run('npm', ['pack', `code-server@${version}`, '--silent', '--ignore-scripts'], place);
  const archive = (await readdir(place)).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack left no archive');
  progress('unpacking it');
  await run('tar', ['-xzf', archive, '--strip-components=1'], place);
  await rm(path.join(place, archive));
  progress('installing what it needs (about 10 s)');
  // Not `npm ci`: the shrinkwrap is for code-server's own build. No optional packages: they need a compiler.
  const flags = [
    '--omit=dev',
    '--omit=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  await run('npm', ['install', ...flags], path.join(place, 'lib', 'vscode'));
  await writeFile(path.join(place, marker), `${version}\n`);
  progress(`ready in ${home}`);
}

/** @param {string} message */
function progress(message) {
  console.log(`VS Code server build: ${message}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
async function run(command, args, cwd) {
  const child = spawn(command, args, { cwd, env: outsideNpm(), stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${String(code ?? signal)})`);
}

/** `npm run` tells its children which package they belong to; this npm must go by its own folder. */
function outsideNpm() {
  const ours = /^npm_(package|lifecycle|config_local_prefix|config_prefix)/u;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
