import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Metafile } from 'esbuild';
import { readPrepared } from '../../server/core/workspace/prepared.ts';
import { AnalysisHost } from '../../server/core/workspace/host.ts';
import { drugAdministration, toChanges } from '../support/examples.ts';
import { root } from './support.ts';

interface Budget {
  readonly bytes: number;
  readonly never: RegExp;
  readonly external: readonly string[];
  /** Where it is not its name with `.cjs`. */
  readonly file?: string;
  /** Runs in a browser, and may need nothing of Node. */
  readonly browser?: boolean;
}

/** Bytes of each program, and the packages it must not hold. A budget is raised in a commit that says what for. */
const budgets: Readonly<Record<string, Budget>> = {
  client: { bytes: 500_000, never: /^(?!vscode-)(yaml|ajv|commander)/, external: ['vscode'] },
  // The importers of official files are not in the server: they are a thread of their own, which it starts when it is needed.
  server: { bytes: 1_300_000, never: /^(ajv|commander|csv-parse|saxes|vscode-languageclient)/, external: [] },
  installer: { bytes: 150_000, never: /^(ajv|commander|vscode-|yaml)/, external: [] },
  cli: { bytes: 1_300_000, never: /^(ajv|vscode-)/, external: [] },
  'client-browser': {
    bytes: 475_000,
    never: /^(?!vscode-)(yaml|ajv|commander)/,
    external: ['vscode'],
    browser: true,
  },
  'server-browser': {
    bytes: 1_200_000,
    never: /^(ajv|commander|csv-parse|saxes|fflate|tinyglobby|vscode-languageclient)/,
    external: [],
    file: 'server-browser.js',
    browser: true,
  },
};

describe('bundles', () => {
  for (const [name, { bytes, never, external, file = `${name}.cjs`, browser = false }] of Object.entries(
    budgets,
  )) {
    test(`dist/${file} is under ${bytes / 1000} kB and holds only what it should`, async () => {
      const meta = JSON.parse(
        await readFile(path.join(root, 'out/meta', `${name}.json`), 'utf8'),
      ) as Metafile;
      const output = meta.outputs[`dist/${file}`];
      assert.ok(output, `out/meta/${name}.json does not describe dist/${name}.cjs: run npm run build`);
      const largest = largestInputs(output.inputs);
      assert.ok(
        output.bytes <= bytes,
        `dist/${file}:1: ${output.bytes} bytes, budget ${bytes}. Largest:\n${largest}`,
      );

      const held = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
      const unwanted = held.map(([file]) => file).filter((file) => never.test(packageOf(file)));
      assert.deepEqual(unwanted, [], `dist/${file}:1: holds packages it must not hold`);

      const outside = output.imports
        .map((entry) => entry.path)
        .filter((id) => (browser || !isBuiltin(id)) && !external.includes(id));
      assert.deepEqual(outside, [], `dist/${file}:1: needs modules that don't ship`);
    });
  }
});

test('dist/library.prepared knows every rule document that ships, and is under 3 MB', async () => {
  const file = path.join(root, 'dist/library.prepared');
  const text = await readFile(file, 'utf8');
  assert.ok(text.length < 3_000_000, `${file}: ${String(text.length)} characters`);
  const host = new AnalysisHost(readPrepared(text));
  host.apply({ files: toChanges(drugAdministration, true) });
  host.snapshot().rules();
  assert.deepEqual([host.work.parsed, host.work.lowered], [0, 0]);
});

test('dist/library.json has the same documents, in one piece', async () => {
  const texts = JSON.parse(await readFile(path.join(root, 'dist/library.json'), 'utf8')) as Record<
    string,
    string
  >;
  const folder = 'examples/drug-administration/';
  const documents = drugAdministration.filter(({ path: name }) => !name.includes('.encounter.'));
  const names = documents.map(({ path: name }) => name.slice(folder.length));
  assert.deepEqual(Object.keys(texts).sort(), names.sort());
  const others = documents.filter(({ path: name, text }) => texts[name.slice(folder.length)] !== text);
  assert.deepEqual(
    others.map(({ path: name }) => name),
    [],
  );
});

function packageOf(file: string): string {
  return /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? '';
}

function largestInputs(inputs: Metafile['outputs'][string]['inputs']): string {
  const sizes = Object.entries(inputs).map(([file, { bytesInOutput }]) => ({ file, bytes: bytesInOutput }));
  const top = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 8);
  return top.map(({ file, bytes }) => `  ${bytes} ${file}`).join('\n');
}
