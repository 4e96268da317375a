/**
 * Proves that the harness cannot be fooled: suites that go wrong, each in its own way, and one
 * that doesn't, so that a harness that fails everything is found out too.
 */
import { runPass } from './harness/pass.mjs';
import { createSandbox } from './harness/sandbox.mjs';
import { variables } from './harness/variables.mjs';

/** Names are those of the plants in `suite/self-check.test.ts`. */
const checks = [
  { plant: 'passes', passes: true },
  { plant: 'fails an assertion', passes: false },
  { plant: 'leaves a rejection unhandled', passes: false },
  { plant: 'ends the extension host', passes: false },
  { plant: 'kills the extension host', passes: false },
  { plant: 'has no test', passes: false },
];

/**
 * @param {import('./harness/builds.mjs').Build} build
 * @returns {Promise<import('./harness/pass.mjs').Outcome>} a check passes if the harness saw what was planted
 */
export async function selfCheck(build) {
  const results = [];
  for (const { plant, passes } of checks) {
    const outcome = await runPlant(build, plant);
    const good = (outcome.problems.length === 0) === passes;
    results.push({
      good,
      line: `${good ? 'ok' : 'WRONG'}: a suite that ${plant} is reported as ${describe(outcome)}`,
    });
  }
  console.log(`\nSelf-check\n${results.map(({ line }) => `  ${line}`).join('\n')}`);
  const wrong = results.filter(({ good }) => !good).map(({ line }) => line);
  return { passed: results.length - wrong.length, failed: wrong.length, problems: wrong };
}

/**
 * @param {import('./harness/builds.mjs').Build} build
 * @param {string} plant
 */
async function runPlant(build, plant) {
  console.log(`\nPlanted: a suite that ${plant}`);
  const sandbox = await createSandbox();
  try {
    return await runPass(build, sandbox, {
      files: 'self-check',
      development: sandbox.helper,
      env: { [variables.plant]: plant },
    });
  } finally {
    await sandbox.remove();
  }
}

/** @param {import('./harness/pass.mjs').Outcome} outcome */
function describe({ problems }) {
  return problems.length === 0
    ? 'good'
    : `failed (${problems.map((problem) => problem.split('\n')[0]).join('; ')})`;
}
