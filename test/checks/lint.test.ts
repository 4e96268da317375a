import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ESLint } from 'eslint';
import { expectSuccess, root } from './support.ts';

/** Rules that carry an architecture sentence: where, what is planted, and which rule must find it. */
const planted: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['server/core/index.ts', 'export const now = Date.now();', 'no-restricted-properties'],
  ['server/core/index.ts', 'export const chance = Math.random();', 'no-restricted-properties'],
  ['server/core/index.ts', 'export const today = new Date();', 'no-restricted-syntax'],
  ['server/core/index.ts', 'export const today = Date();', 'no-restricted-syntax'],
  ['server/core/index.ts', 'export const list = (x: any) => [x];', '@typescript-eslint/no-explicit-any'],
  [
    'server/core/index.ts',
    'export const n = JSON.parse("1") + 1;',
    '@typescript-eslint/no-unsafe-assignment',
  ],
  [
    'server/core/index.ts',
    'export const f = (x?: number) => x! + 1;',
    '@typescript-eslint/no-non-null-assertion',
  ],
  [
    'server/core/index.ts',
    `export function f(x: 'a' | 'b') { switch (x) { case 'a': } }`,
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  ['server/core/index.ts', `export function f() {${'\nf();'.repeat(80)}\n}`, 'max-lines-per-function'],
  ['server/node/main.ts', 'console.log(1);', 'no-console'],
  ['client/main.ts', 'console.log(1);', 'no-console'],
  ['server/node/main.ts', 'Promise.resolve(1);', '@typescript-eslint/no-floating-promises'],
];

describe('lint', { concurrency: true }, () => {
  test('eslint finds nothing', async () => {
    await expectSuccess(
      'node_modules/eslint/bin/eslint.js',
      ['--max-warnings=0', '.'],
      'npm run lint finds:',
    );
  });

  test('a comment cannot switch a rule off, and each planted fault is found', async () => {
    const eslint = new ESLint({ cwd: root });
    for (const [file, source, rule] of planted) {
      const text = `/* eslint-disable */\n${source}\n`;
      const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
      const found =
        result?.messages.filter(({ severity }) => severity === 2).map(({ ruleId }) => ruleId) ?? [];
      assert.ok(
        found.includes(rule),
        `${rule} doesn't find ${JSON.stringify(source)} in ${file}; found: ${found.join(', ')}`,
      );
    }
  });
});
