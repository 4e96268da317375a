import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Metafile } from 'esbuild';
import { root } from './support.ts';

/** Bytes of each program, and the packages it must not hold. A budget is raised in a commit that says what for. */
const budgets: Readonly<Record<string, { bytes: number; never: RegExp; external: readonly string[] }>> = {
  client: { bytes: 500_000, never: /^(?!vscode-)(yaml|ajv|commander)/, external: ['vscode'] },
  server: { bytes: 1_000_000, never: /^(ajv|commander|vscode-languageclient)/, external: [] },
  cli: { bytes: 1_050_000, never: /^(ajv|vscode-)/, external: [] },
};

describe('bundles', () => {
  for (const [name, { bytes, never, external }] of Object.entries(budgets)) {
    test(`dist/${name}.cjs is under ${bytes / 1000} kB and holds only what it should`, async () => {
      const meta = JSON.parse(
        await readFile(path.join(root, 'out/meta', `${name}.json`), 'utf8'),
      ) as Metafile;
      const output = meta.outputs[`dist/${name}.cjs`];
      assert.ok(output, `out/meta/${name}.json does not describe dist/${name}.cjs: run npm run build`);
      const largest = largestInputs(output.inputs);
      assert.ok(
        output.bytes <= bytes,
        `dist/${name}.cjs:1: ${output.bytes} bytes, budget ${bytes}. Largest:\n${largest}`,
      );

      const unwanted = Object.keys(meta.inputs).filter((file) => never.test(packageOf(file)));
      assert.deepEqual(unwanted, [], `dist/${name}.cjs:1: holds packages it must not hold`);

      const outside = output.imports
        .map((entry) => entry.path)
        .filter((id) => !isBuiltin(id) && !external.includes(id));
      assert.deepEqual(outside, [], `dist/${name}.cjs:1: needs modules that don't ship`);
    });
  }
});

function packageOf(file: string): string {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? '';
}

function largestInputs(inputs: Metafile['outputs'][string]['inputs']): string {
  const sizes = Object.entries(inputs).map(([file, { bytesInOutput }]) => ({ file, bytes: bytesInOutput }));
  const top = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 8);
  return top.map(({ file, bytes }) => `  ${bytes} ${file}`).join('\n');
}
