/** The examples, run by our own command line: they are the built-in library and the proof that it computes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codingSpec } from '../support/cli.ts';

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
  it('have no errors, and every expectation holds', () => {
    const problems = problemsIn('examples/drug-administration', 'examples/other-fields');
    assert.deepEqual(problems.filter(({ severity }) => severity === 'error'), []);
  });

  it('compute the durations around every threshold', () => {
    const units = encountersIn('examples/drug-administration/encounters/durations.encounter.yaml').map(({ lines }) =>
      lines.map(({ code, units: count }) => `${code} × ${String(count)}`).join(', '),
    );
    assert.deepEqual(units, [
      '',
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
    'chemotherapy': ['expectation-mismatch', 'not-covered'],
    'hospital': [],
    'missing-stop': ['missing-time'],
    'stop-before-start': ['stop-before-start'],
    'diagnosis-not-listed': ['diagnosis-not-listed'],
  };
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
