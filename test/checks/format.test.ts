import { test } from 'node:test';
import { expectSuccess } from './support.ts';

test('prettier has nothing to change', async () => {
  const args = ['--check', '--log-level=warn', '.'];
  await expectSuccess(
    'node_modules/prettier/bin/prettier.cjs',
    args,
    'npm run format would change (line 1 on):',
  );
});
