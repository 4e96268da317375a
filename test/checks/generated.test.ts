import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { expectSuccess, root } from './support.ts';

const validators = 'server/core/schema/generated/validators.js';

test('the validators are what the schemas say', async () => {
  await expectSuccess('scripts/compile-schemas.mjs', ['--check'], 'npm run check:generated finds:');
});

test('the validators need no package and build no code at run time', async () => {
  const lines = (await readFile(path.join(root, validators), 'utf8')).split('\n');
  const found = lines.flatMap((line, index) =>
    /\brequire\(|\bnew Function\b|\beval\(|^\s*import\b/.test(line)
      ? [`${validators}:${index + 1}: ${line.trim()}`]
      : [],
  );
  assert.deepEqual(found, []);
});

test('the documents are what the schemas and the program say', async () => {
  await expectSuccess('scripts/generate-docs.mjs', ['--check'], 'npm run check:generated finds:');
});
