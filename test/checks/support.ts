/** What the checks share: the repository's root, and running its tools. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder with package.json above the test that runs. */
export const root = findRoot(import.meta.dirname);

/** Runs a tool of node_modules with this Node; fails with everything it printed. */
export async function expectSuccess(tool: string, args: readonly string[], advice: string): Promise<void> {
  const { status, output } = await run(tool, args);
  assert.equal(status, 0, `${advice}\n\n${output}`);
}

export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a script, given by its path from the root. */
export async function run(script: string, args: readonly string[], cwd = root): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(root, script), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, output });
    });
  });
}

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  assert.notEqual(parent, folder, 'no package.json above the test');
  return findRoot(parent);
}
