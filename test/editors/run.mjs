/**
 * `npm run test:editors`: the packaged server in real Neovim and Emacs, with the configurations that docs/guide/editors has.
 *
 * The extension is packaged, unpacked and installed with npm, as docs/guide/other-editors.md says. An editor that is not
 * installed is a failure; CODING_SPEC_EDITORS=installed tests those that are. `--no-build` packages dist/ as it is.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, root } from '../../scripts/prepare-tree.mjs';

ensureInstalled();
const { unzipSync } = await import('fflate');
const place = mkdtempSync(path.join(tmpdir(), 'coding-spec-editors-'));
try {
  const bin = install();
  const folder = path.join(root, 'test/editors');
  const tests = readdirSync(folder).filter((name) => name.endsWith('.test.mjs'));
  const { status } = run(
    process.execPath,
    [
      '--test',
      '--test-reporter=spec',
      '--test-timeout=120000',
      '--test-concurrency=1',
      ...tests.map((name) => path.join(folder, name)),
    ],
    { ...process.env, CODING_SPEC_BIN: bin },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** Makes the package and installs it for a user who has nothing else; answers with the folder of the command. */
function install() {
  const file = path.join(place, 'coding-spec.vsix');
  const build = process.argv.includes('--no-build') ? ['--no-build'] : [];
  mustRun(process.execPath, [path.join(root, 'scripts/package.mjs'), '--out', file, ...build]);
  for (const [name, content] of Object.entries(unzipSync(readFileSync(file)))) {
    const target = path.join(place, 'unpacked', name);
    mkdirSync(path.dirname(target), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(target, content);
  }
  const prefix = path.join(place, 'npm');
  mustRun('npm', [
    'install',
    '--global',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--prefix',
    prefix,
    path.join(place, 'unpacked/extension'),
  ]);
  return path.join(prefix, 'bin');
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function mustRun(command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function run(command, args, env) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
}
