/** What the tests of editors share: the files that are edited, running an editor on them, and what it must have shown. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { root } from '../../scripts/prepare-tree.mjs';

/**
 * @typedef {object} Shown a diagnostic as the editor has it
 * @property {string} message
 * @property {string} severity in the editor's own word
 * @property {string} at the text that is marked
 *
 * What a script of ours in the editor saw, by step.
 * @typedef {object} Answers
 * @property {{shown: Shown[]}} diagnostics
 * @property {Shown[]} edited
 * @property {string} hover
 * @property {{offered: string[], line: string}} completion
 * @property {{file: string, line: string}} definition
 * @property {string} rename
 * @property {string} formatting
 * @property {{offered: string[], text: string}} quick_fix
 * @property {{offered: string[], text: string}} refactoring
 * @property {{folders: number}} command
 * @property {Record<string, unknown>} others
 * @property {Record<string, unknown>} beside
 *
 * @typedef {{[Step in keyof Answers]?: {answer?: Answers[Step], failed?: string}}} Report
 *
 * @typedef {object} Editor
 * @property {string} program
 * @property {string} configuration a file of docs/guide/editors
 * @property {string} home where the editor looks for it, below the user's folder
 * @property {string[]} args
 * @property {Record<string, string>} [env]
 */

const head = (/** @type {string} */ name) => `encounter: ${name}
date: 2026-03-02
payer: Medicare
claim: professional
place_of_service: "11"
diagnoses: [E86.0, R11.2]
`;
const infusion = `administrations:
  - {substance: ondansetron, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:35"}
`;
/** Letters of two and of four bytes stand before what is looked for: an editor that counts otherwise would miss it. */
const files = {
  'first.encounter.yaml': `${head('first')}${infusion}expect:\n  - {code: "96365"}\n  - {code: "96367"}\n`,
  'unquoted.encounter.yaml': `${head('unquoted')}${infusion}expect:\n  - {code: "96365"}\n  - {code: 0059}\n`,
  'complete.encounter.yaml': `${head('complete')}${infusion}expect:\n  - {code: "9636"}\n`,
  'rename.encounter.yaml': `${head('rename')}administrations:
  - {substance: "💉 prüfung", id: bag-one, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:00"}
  - {substance: famotidine, concurrent_with: bag-one, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:00"}
`,
  'untidy.encounter.yaml': `${head('untidy').replace('[E86.0, R11.2]', '[ E86.0,R11.2 ]')}administrations:
- {substance: "💉 prüfung",purpose: therapeutic,route: iv-infusion, start: "10:00", stop: "11:00"}
`,
  'broken.encounter.yaml': `${head('broken')}administrations: [\n`,
  'plain.yaml': 'a: 1\n',
};

/** Where a user's shell finds programs, the packaged one first. */
export const searchPath = [
  process.env['CODING_SPEC_BIN'] ?? assert.fail('Run npm run test:editors, which packages the server first.'),
  path.dirname(process.execPath),
  process.env['PATH'] ?? '',
].join(path.delimiter);

/**
 * Why an editor is not tested; undefined when it is, and when its absence is to be a failure.
 * @param {string} program
 */
export function reasonToSkip(program) {
  const missing = spawnSync(program, ['--version'], { env: { PATH: searchPath } }).status !== 0;
  return missing && process.env['CODING_SPEC_EDITORS'] === 'installed'
    ? `${program} is not installed`
    : undefined;
}

/** @param {string} name */
export const configurationText = (name) => readFileSync(path.join(root, 'docs/guide/editors', name), 'utf8');

/**
 * Runs an editor with one of the documented configurations as its user's own, in a repository with a few encounters.
 * @param {Editor} editor
 * @param {(text: string) => string} [adapt] changes the configuration, as a user would
 * @returns {Promise<{report: Report, printed: string}>}
 */
export async function runEditor({ program, configuration, home, args, env }, adapt = (text) => text) {
  const place = mkdtempSync(path.join(tmpdir(), 'coding-spec-editor-'));
  try {
    const user = path.join(place, 'user');
    const workspace = path.join(place, 'workspace');
    const answers = path.join(place, 'answers.json');
    const own = path.join(user, home);
    mkdirSync(path.dirname(own), { recursive: true });
    mkdirSync(path.join(workspace, '.git'), { recursive: true });
    writeFileSync(own, adapt(configurationText(configuration)));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(workspace, name), text);
    const printed = await output(program, args, workspace, {
      PATH: searchPath,
      HOME: user,
      XDG_CONFIG_HOME: path.join(user, '.config'),
      XDG_RUNTIME_DIR: place,
      LANG: 'C.UTF-8',
      CODING_SPEC_ANSWERS: answers,
      CODING_SPEC_NODE: process.execPath,
      CODING_SPEC_YAML_SERVER: path.join(root, 'node_modules/yaml-language-server/bin/yaml-language-server'),
      ...env,
    });
    assert.ok(existsSync(answers), `${program} gave no answers:\n${printed}`);
    return { report: JSON.parse(readFileSync(answers, 'utf8')), printed };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} env
 * @returns {Promise<string>}
 */
function output(program, args, cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: AbortSignal.timeout(90_000),
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (/** @type {string} */ chunk) => {
        printed += chunk;
      });
    }
    // It could not be started, or was ended because it took too long.
    child.on('error', (error) => {
      reject(new Error(`${program}: ${error.message}\n${printed}`));
    });
    child.on('close', () => {
      resolve(printed);
    });
  });
}

/**
 * What every editor must have shown.
 * @param {string} title
 * @param {Editor} editor
 * @param {object} words
 * @param {(severity: string) => string} words.level the editor's word for a severity → error, warning or information
 * @param {(answers: {of: <Step extends keyof Answers>(step: Step) => Answers[Step], printed: () => string}) => void} [more]
 */
export function describeEditor(title, editor, { level }, more) {
  describe(title, { skip: reasonToSkip(editor.program) }, () => {
    /** @type {Report} */
    let report = {};
    let printed = '';
    before(async () => {
      ({ report, printed } = await runEditor(editor));
    });
    /**
     * @template {keyof Answers} Step
     * @param {Step} step
     * @returns {Answers[Step]}
     */
    const of = (step) => {
      const seen = report[step];
      if (seen?.answer === undefined) assert.fail(`${step}: ${seen?.failed ?? 'no answer'}\n${printed}`);
      return /** @type {Answers[Step]} */ (seen.answer);
    };
    const shown = (/** @type {Shown[]} */ found) =>
      found
        .map(
          ({ message, severity, at }) =>
            `${level(severity)} at ${at}: ${message.replace(/^coding-spec .*?: /, '')}`,
        )
        .sort();

    it('shows computed lines and what is wrong, each at its place', () => {
      assert.deepEqual(shown(of('diagnostics').shown), [
        'error at expect: Expected 96365 × 1, 96367 × 1, computed 96365 × 1, 96366 × 1: 96367 is missing; 96366 was not expected.',
        'information at first: Billing lines: 96365 × 1, 96366 × 1',
        'information at substance: ondansetron: 96365 × 1, 96366 × 1',
      ]);
    });

    it('computes anew after an edit', () => {
      assert.deepEqual(shown(of('edited')), [
        'error at expect: Expected 96365 × 1, 96367 × 1, computed 96365 × 1: 96367 is missing.',
        'information at first: Billing lines: 96365 × 1; 1 near miss',
        'information at substance: ondansetron: 96365 × 1: 96366 not reported for ondansetron: at least 31 minutes beyond what 96365 covers are needed, 28 minutes are documented.',
      ]);
    });

    it('explains a line when one hovers over an administration', () => {
      const said = of('hover');
      assert.match(said, /96365 × 1\W* — billable/);
      assert.match(said, /1\. 96365 reports “.*” as initial: ondansetron\./);
    });

    it('completes a code inside its quotes', () => {
      const { offered, line } = of('completion');
      assert.ok(
        ['96360', '96365', '96366'].every((code) => offered.some((entry) => entry.startsWith(code))),
        offered.join('\n'),
      );
      assert.match(line, /^ {2}- \{code: "9636\d"\}$/);
    });

    it('goes from a code to its specification in the packaged library', () => {
      const { file, line } = of('definition');
      assert.deepEqual([file, line], ['cpt-96365.spec.yaml', 'spec: "96365"']);
    });

    it('renames an id and what refers to it, behind letters of several bytes', () => {
      assert.equal(
        of('rename').trim(),
        files['rename.encounter.yaml'].replaceAll('bag-one', 'morning-bag').trim(),
      );
    });

    it('lays a document out', () => {
      assert.equal(
        of('formatting').trim(),
        files['untidy.encounter.yaml']
          .replace('[ E86.0,R11.2 ]', '[E86.0, R11.2]')
          .replace(',purpose: therapeutic,route', ', purpose: therapeutic, route')
          .replace('\n- ', '\n  - ')
          .trim(),
      );
    });

    it('mends a finding', () => {
      const { offered, text } = of('quick_fix');
      assert.ok(
        offered.some((entry) => entry.includes('Put "0059" in quotes')),
        offered.join('\n'),
      );
      assert.equal(text.trim(), files['unquoted.encounter.yaml'].replace('0059', '"0059"').trim());
    });

    it('accepts the computed lines as expected', () => {
      assert.match(
        of('refactoring').text,
        /expect:\n {2}- \{code: "96365", units: 1\}\n {2}- \{code: "96366", units: 1\}/,
      );
    });

    it('runs the commands of the server', () => {
      assert.ok(of('command').folders > 0);
    });

    more?.({ of, printed: () => printed });
  });
}
