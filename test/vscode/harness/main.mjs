/**
 * What `npm run test:vscode` does, once everything it imports is installed: see `../run.mjs`.
 *
 * The last line it prints is `N passed, N failed`, over all passes.
 */
import { parseArgs } from 'node:util';
import { buildExtension, buildSuite, packageExtension } from './build.mjs';
import { chooseBuild } from './builds.mjs';
import { runPass } from './pass.mjs';
import { root } from './paths.mjs';
import { createSandbox } from './sandbox.mjs';
import { variables } from './variables.mjs';
import { selfCheck } from '../self-check.mjs';
import { runWebPass } from '../web/extension-pass.mjs';
import { runWorkerPass } from '../web/worker-pass.mjs';

/** @typedef {import('./builds.mjs').Build} Build */
/** @typedef {import('./pass.mjs').Outcome} Outcome */

/** @type {Record<string, (build: Build, grep: string) => Promise<Outcome>>} */
const passes = { development: developmentPass, packaged: packagedPass, web: webPass };

/** What is tested on the desktop, under development and packaged. */
const suites = 'extension,testing,views,start,features,beside';

/** The extension from this folder, as its authors run it. */
async function developmentPass(/** @type {Build} */ build, /** @type {string} */ grep) {
  await buildExtension();
  return inSandbox((sandbox) =>
    runPass(build, sandbox, {
      files: suites,
      development: root,
      env: { [variables.extension]: root, [variables.grep]: grep },
    }),
  );
}

/** The packaged extension, as its users have it. VS Code wants one under development too: one that does nothing. */
async function packagedPass(/** @type {Build} */ build, /** @type {string} */ grep) {
  const vsix = await packageExtension();
  return inSandbox(async (sandbox) => {
    await build.install(sandbox, vsix);
    return runPass(build, sandbox, {
      files: suites,
      development: sandbox.helper,
      env: { [variables.extension]: sandbox.extensions, [variables.grep]: grep },
    });
  });
}

/**
 * In a browser: the server alone as a worker, then the extension in a web extension host. That is always of the server build, since
 * the desktop has no web workbench.
 */
async function webPass(/** @type {Build} */ _build, /** @type {string} */ grep) {
  await buildExtension();
  const outcomes = [await runWorkerPass(grep), await runWebPass(grep)];
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    outcomes.reduce((all, { [key]: own }) => all + own, 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    problems: outcomes.flatMap(({ problems }) => problems),
  };
}

/** @param {(sandbox: import('./sandbox.mjs').Sandbox) => Promise<Outcome>} work */
async function inSandbox(work) {
  const sandbox = await createSandbox();
  try {
    return await work(sandbox);
  } finally {
    await sandbox.remove();
  }
}

/**
 * Runs, prints the summary, and sets the exit status.
 * @param {string[]} args of the command line
 */
export async function main(args) {
  summarize(await run(args).catch((/** @type {unknown} */ error) => [failure(error)]));
}

/**
 * A pass that could not even begin must not hide the others.
 * @param {unknown} error
 * @returns {Outcome}
 */
function failure(error) {
  return { passed: 0, failed: 1, problems: [error instanceof Error ? error.message : String(error)] };
}

/**
 * @param {string[]} args
 * @returns {Promise<Outcome[]>}
 */
async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      pass: { type: 'string' },
      grep: { type: 'string', default: '' },
      'self-check': { type: 'boolean', default: false },
    },
  });
  await buildSuite();
  const build = await chooseBuild();
  if (values['self-check']) return [await selfCheck(build)];
  const outcomes = [];
  for (const name of values.pass === undefined ? Object.keys(passes) : [values.pass]) {
    const pass = passes[name];
    if (pass === undefined)
      throw new Error(`--pass is "${name}"; it can be ${Object.keys(passes).join(' or ')}`);
    console.log(`\nVS Code, ${build.name}: the ${name} extension`);
    outcomes.push(await pass(build, values.grep).catch(failure));
  }
  return outcomes;
}

/** @param {Outcome[]} outcomes */
function summarize(outcomes) {
  const problems = outcomes.flatMap((outcome) => outcome.problems);
  if (problems.length > 0)
    console.log(`\nWhat went wrong:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`\n${String(sum('passed'))} passed, ${String(sum('failed'))} failed`);
  process.exitCode = problems.length > 0 || sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}
