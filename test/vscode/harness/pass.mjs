/**
 * One pass: a suite in one VS Code, and what came of it.
 *
 * A pass is good only if its report says so: written to the end, some tests passed, none failed.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { followFile } from './follow.mjs';
import { suiteOut } from './paths.mjs';
import { variables } from './variables.mjs';

/**
 * @typedef {object} Pass
 * @property {string} files test files, see `variables`
 * @property {string} development the extension under development
 * @property {Record<string, string>} [env]
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} problems empty if the pass is good
 */

/**
 * @param {import('./builds.mjs').Build} build
 * @param {import('./sandbox.mjs').Sandbox} sandbox
 * @param {Pass} pass
 * @returns {Promise<Outcome>}
 */
export async function runPass(build, sandbox, pass) {
  await writeFile(sandbox.output, '');
  const stopFollowing = followFile(sandbox.output, process.stdout);
  const problems = await launch(build, sandbox, pass).then(
    () => [],
    (/** @type {unknown} */ error) => [error instanceof Error ? error.message : String(error)],
  );
  await stopFollowing();
  if (!existsSync(sandbox.report)) await showLog(sandbox.log);
  return judge(sandbox.report, problems);
}

/**
 * @param {import('./builds.mjs').Build} build
 * @param {import('./sandbox.mjs').Sandbox} sandbox
 * @param {Pass} pass
 */
async function launch(build, sandbox, { files, development, env }) {
  await runTests({
    ...build.options,
    extensionDevelopmentPath: development,
    extensionTestsPath: path.join(suiteOut, 'suite.cjs'),
    launchArgs: [
      sandbox.workspace,
      `--user-data-dir=${sandbox.userData}`,
      `--extensions-dir=${sandbox.extensions}`,
    ],
    extensionTestsEnv: {
      // What the user has installed is not what the tests are about.
      CODING_SPEC_CODES: sandbox.codes,
      [variables.report]: sandbox.report,
      [variables.output]: sandbox.output,
      [variables.log]: sandbox.log,
      [variables.files]: files,
      [variables.yamlServer]: fileURLToPath(
        import.meta.resolve('yaml-language-server/bin/yaml-language-server'),
      ),
      [variables.color]: process.stdout.isTTY ? '1' : '0',
      ...env,
    },
  });
}

/**
 * @param {string} file
 * @param {string[]} problems
 * @returns {Promise<Outcome>}
 */
export async function judge(file, problems) {
  if (!existsSync(file)) {
    return {
      passed: 0,
      failed: 1,
      problems: [...problems, 'the suite left no report: its extension host ended before the last test'],
    };
  }
  /** @type {import('../suite/report.ts').Report} */
  const { passes, failures } = JSON.parse(await readFile(file, 'utf8'));
  const failed = failures.map(({ title, message }) => `${title}: ${message}`);
  const none = passes.length + failures.length === 0 ? ['no test ran'] : [];
  // A status that contradicts a good report is a failure nobody has explained.
  const unexplained = problems.length > 0 && failures.length === 0 ? 1 : 0;
  return {
    passed: passes.length,
    failed: Math.max(failures.length, unexplained, none.length),
    problems: [...problems, ...none, ...failed],
  };
}

/**
 * Without a report, what VS Code itself said is the only hint. It says much: only what is new.
 * @param {string} file
 */
export async function showLog(file) {
  if (!existsSync(file)) return;
  const stack = /^\s+(at|→) /u;
  const lines = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .filter((line) => !stack.test(line));
  console.log(
    `The last lines of VS Code's own log, without stacks:\n${lines
      .slice(-15)
      .map((line) => `  | ${line}`)
      .join('\n')}`,
  );
}
