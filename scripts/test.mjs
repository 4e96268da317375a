/**
 * `npm test`: installs, builds, and runs every test with Node's own runner, whose summary is the last thing printed.
 *
 *   npm test -- billing cli/            only test files whose path contains one of these words
 *   npm test -- --test-name-pattern=x   any --test-… option of node
 *   npm test -- --no-build              leave dist/ as it is
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { bundleSources } from './bundle-sources.mjs';
import { ensureInstalled, root } from './prepare-tree.mjs';

ensureInstalled();
/** Each run has bundles of its own, so that two may run side by side. */
const own = `out/test/${String(process.pid)}`;
const { options, words, build } = readArguments(process.argv.slice(2));
const files = await bundleTests();
const chosen = files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (chosen.length === 0) fail(`No test file matches ${words.join(' ') || 'test/**/*.test.ts'}.`);
if (build) await (await import('./bundle.mjs')).bundle();

// Node leaves one processor idle, which on a small machine is half of it.
const sideBySide = options.some((option) => option.startsWith('--test-concurrency'))
  ? []
  : [`--test-concurrency=${String(Math.max(2, availableParallelism() - 1))}`];
const { status, signal, error } = spawnSync(
  process.execPath,
  [
    '--enable-source-maps',
    '--test',
    '--test-reporter=spec',
    '--test-timeout=300000',
    ...sideBySide,
    ...options,
    ...chosen,
  ],
  // What the user has installed is not what the tests are about.
  { cwd: root, stdio: 'inherit', env: { ...process.env, CODING_SPEC_CODES: path.join(root, own, 'codes') } },
);
rmSync(path.join(root, own), { recursive: true, force: true });
if (error) fail(`The test runner could not be started: ${error.message}`);
if (signal) fail(`The test runner was ended by ${signal}.`);
process.exitCode = status ?? 1;

/** Bundles each test file with the sources it tests; packages stay outside. The editor's and the speed tests have runners of their own. */
async function bundleTests() {
  const { glob } = await import('tinyglobby');
  removeLeftovers();
  const sources = await glob('test/**/*.test.ts', { cwd: root, ignore: ['test/vscode/**', 'test/bench/**'] });
  await bundleSources(sources, own, 'test');
  return sources.map((file) => file.replace(/^test/, own).replace(/\.ts$/, '.mjs'));
}

/** The bundles of runs that have ended; those of a run at the same time are left alone. */
function removeLeftovers() {
  const folder = path.join(root, 'out/test');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (!isRunning(Number(name))) rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {string[]} args */
function readArguments(args) {
  const unknown = args.find(
    (arg) => arg.startsWith('-') && !arg.startsWith('--test-') && arg !== '--no-build',
  );
  if (unknown) fail(`Unknown option ${unknown}: words choose test files, --test-… options go to node.`);
  return {
    options: args.filter((arg) => arg.startsWith('--test-')),
    words: args.filter((arg) => !arg.startsWith('-')),
    build: !args.includes('--no-build'),
  };
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
