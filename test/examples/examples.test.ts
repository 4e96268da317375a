/** The examples, run by our own command line: they are the built-in library and the proof that it computes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codingSpec } from '../support/cli.ts';
import { readExamples } from '../support/examples.ts';

interface Problem {
  readonly rule: string;
  readonly severity: string;
  readonly at: { readonly file: string };
}
interface Encounter {
  readonly encounter: string;
  readonly lines: readonly { readonly code: string; readonly units: number; readonly modifiers: readonly string[]; readonly outcome: string }[];
}

const problemsIn = (...paths: string[]): Problem[] =>
  (JSON.parse(codingSpec(['check', ...paths, '--format', 'json']).stdout) as { problems: Problem[] }).problems;
const encountersIn = (path: string): Encounter[] =>
  (JSON.parse(codingSpec(['bill', path, '--format', 'json']).stdout) as { encounters: Encounter[] }).encounters;

describe('examples', () => {
  it('have no errors, so every expectation holds; what is remarked besides is known', () => {
    const problems = problemsIn('examples/drug-administration', 'examples/other-fields');
    const remarked = problems.map(({ severity, rule, at }) => `${severity} ${rule} ${at.file.replace('examples/', '')}`);
    // That a table is not at hand is said of each encounter that is billed to Medicare as a facility claim.
    assert.deepEqual(
      [...new Set(remarked.filter((remark) => !remark.includes('not-checked')))],
      [
        'information unknown-payer drug-administration/encounters/payers/commercial.encounter.yaml',
        'warning units-over-limit drug-administration/encounters/sites-and-sessions.encounter.yaml',
        'information unknown-table drug-administration/policies/medicare.policy.yaml',
        'warning missing-time drug-administration/published/haugen.encounter.yaml',
        'warning not-covered drug-administration/published/reference-sites.encounter.yaml',
        'warning missing-time drug-administration/published/revenue-cycle-advisor.encounter.yaml',
        'warning missing-time drug-administration/published/vendors.encounter.yaml',
        'information described-only drug-administration/specs/cpt-96379.spec.yaml',
        'information described-only other-fields/specs/cpt-00840.spec.yaml',
        'information described-only other-fields/specs/hcpcs-J2405.spec.yaml',
      ],
    );
  });

  it('of the workspace to begin with agree, and nothing is remarked', () => {
    assert.deepEqual(problemsIn('examples/getting-started'), []);
    const { status, stdout } = codingSpec(['test', 'examples/getting-started']);
    assert.equal(status, 0);
    assert.match(stdout, /^5 agree, 0 differ$/m);
  });

  it('go together: opened as one workspace, only the mistakes are errors', () => {
    const errors = problemsIn('examples').filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ at }) => at.file).filter((file) => !file.startsWith('examples/mistakes/')),
      [],
    );
  });

  it('say what they expect, all but the one whose times are wrong', () => {
    const files = readExamples().filter(({ path }) => path.endsWith('.encounter.yaml'));
    const documents = files.flatMap(({ path, text }) => text.split(/^---$/m).map((document) => ({ path, document })));
    assert.ok(documents.length > 25);
    assert.deepEqual(
      documents.filter(({ document }) => !/^expect(?:_includes|_excludes)?:/m.test(document)).map(({ path }) => path),
      ['examples/mistakes/stop-before-start.encounter.yaml'],
    );
  });

  it('compute the durations around every threshold', () => {
    const units = encountersIn('examples/drug-administration/encounters/durations.encounter.yaml').map(({ lines }) =>
      lines.map(({ code, units: count }) => `${code} × ${String(count)}`).join(', '),
    );
    assert.deepEqual(units, [
      '96374 × 1',
      '96365 × 1',
      '96365 × 1',
      '96365 × 1',
      '96365 × 1',
      '96365 × 1, 96366 × 1',
      '96365 × 1, 96366 × 1',
      '96365 × 1, 96366 × 2',
    ]);
  });

  const mistakes: Readonly<Record<string, readonly string[]>> = {
    'chemotherapy': ['expectation-mismatch'],
    'hospital': [],
    'missing-stop': ['missing-time'],
    'stop-before-start': ['stop-before-start'],
    'diagnosis-not-listed': ['diagnosis-not-listed'],
  };
  it('go wrong in every way that the table here has, and in no other', () => {
    const names = readExamples('mistakes').map(({ path }) => path.replace(/^.*\/(.*)\.encounter\.yaml$/, '$1'));
    assert.deepEqual(names, Object.keys(mistakes).sort());
  });

  for (const [name, rules] of Object.entries(mistakes)) {
    it(`mistake: ${name}`, () => {
      const found = problemsIn(`examples/mistakes/${name}.encounter.yaml`).map(({ rule }) => rule);
      assert.deepEqual([...new Set(found)].sort(), [...rules].sort());
    });
  }

  it('deny a professional claim from a hospital, with the reason that the facility reports it', () => {
    const { stdout } = codingSpec(['bill', 'examples/mistakes/hospital.encounter.yaml']);
    assert.match(stdout, /96365 × 1 {2}denied/);
    assert.match(stdout, /the facility reports it/);
  });
});
