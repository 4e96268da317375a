import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { expectSuccess, root, run } from './support.ts';

const tsc = 'node_modules/typescript/bin/tsc';

describe('types', { concurrency: true }, () => {
  for (const project of ['server/core', 'server/browser', 'client/browser', '.']) {
    test(`${project} has no type error`, async () => {
      const info = path.join(root, '.cache', `tsc-${project.replace(/\W/g, '-')}.tsbuildinfo`);
      const args = ['-p', project, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', info];
      await expectSuccess(tsc, args, `npm run typecheck finds errors in ${project}:`);
    });
  }

  test('the core cannot name a clock, a console, a process or a file', async () => {
    const impure = [
      "import 'node:fs';",
      'console.log();',
      'process.abort();',
      'setTimeout(() => 1);',
      'fetch("");',
      'performance.now();',
    ];
    const errors = await errorsInCore(impure.join('\n'));
    const silent = impure.filter((_line, index) => !errors.includes(`impure.ts(${index + 1},`));
    assert.deepEqual(silent, [], `server/core/tsconfig.json lets these pass; tsc said:\n${errors}`);
  });
});

/** What tsc says of a file under the settings of the core. */
async function errorsInCore(source: string): Promise<string> {
  await mkdir(path.join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(root, '.cache', 'impure-'));
  try {
    const settings = { extends: path.join(root, 'server/core/tsconfig.json'), include: ['impure.ts'] };
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(settings));
    await writeFile(path.join(folder, 'impure.ts'), source);
    return (await run(tsc, ['-p', folder, '--pretty', 'false'])).output;
  } finally {
    await rm(folder, { recursive: true });
  }
}
