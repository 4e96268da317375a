/**
 * Suites that must be reported as failed, each in its own way, and one that must pass.
 *
 * `run.mjs --self-check` runs them to prove that the harness cannot be fooled.
 */
import assert from 'node:assert/strict';
import type {} from 'mocha';
import { variables } from '../harness/variables.mjs';

const plants: Readonly<Record<string, () => void>> = {
  passes: () => {
    it('passes', () => {
      assert.equal(1 + 1, 2);
    });
  },
  'fails an assertion': () => {
    it('fails an assertion', () => {
      assert.equal(1 + 1, 3);
    });
  },
  'leaves a rejection unhandled': () => {
    it('passes, but leaves a rejection behind', () => {
      void Promise.reject(new Error('nobody handles this'));
    });
  },
  'ends the extension host': () => {
    it('passes', () => undefined);
    it('exits as if all were well', () => {
      process.exit(0);
    });
  },
  'kills the extension host': () => {
    it('passes', () => undefined);
    it('is killed', () => {
      process.kill(process.pid, 'SIGKILL');
    });
  },
  'has no test': () => undefined,
};

describe('self-check', () => {
  plants[process.env[variables.plant] ?? '']?.();
});
