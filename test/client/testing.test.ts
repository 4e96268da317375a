/** What the Test Explorer shows of a failure, without an editor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differingRows } from '../../client/testing/differing.ts';

test('of two lists, the rows are shown that differ', () => {
  const same = ['96365 × 1', '96375 × 1 (denied)'];
  assert.deepEqual(
    differingRows({ expected: [...same, '96366 × 1'], computed: ['96366 × 2', ...same, '96374 × 1'] }),
    { expected: ['96366 × 1'], computed: ['96366 × 2', '96374 × 1'] },
  );
  assert.deepEqual(differingRows({ expected: [...same, 'no 96366'], computed: same }), {
    expected: ['no 96366'],
    computed: [],
  });
});
