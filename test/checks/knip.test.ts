import { test } from 'node:test';
import { expectSuccess } from './support.ts';

test('no unused file, export, type or dependency, and none unlisted', async () => {
  await expectSuccess('node_modules/knip/bin/knip.js', ['--no-progress'], 'npm run check:unused finds:');
});
