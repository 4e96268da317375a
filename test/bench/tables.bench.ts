/**
 * An installed table at full size: as many pairs of codes as a setting has, which are written, opened and looked up.
 *
 *   npm run bench
 */
import { openTable, RelationWriter, writeTable } from '../../server/core/index.ts';

const FIRSTS = 9000;
const SECONDS = 500;
/** One of some 18,000, as many as there are. */
const code = (i: number): string => String(((i * 7919) % 18_000) * 5).padStart(5, '0');

const [writer, addTime] = timed(() => {
  const own = new RelationWriter('pairs');
  for (let i = 0; i < FIRSTS; i++)
    for (let j = 0; j < SECONDS; j++)
      own.add({
        first: code(i),
        second: code(i + j * 17 + 1),
        from: `${String(1996 + (j % 30))}-01-01`,
        to: j % 9 === 0 ? `${String(2000 + (j % 26))}-12-31` : '',
        indicator: String(j % 2),
        rationale: `Reason ${String(j % 20)}`,
      });
  return own;
});
const [bytes, writeTime] = timed(() =>
  writeTable(
    {
      kind: 'pairs',
      set: 'pairs',
      release: '2026q2',
      effective: { from: '2026-04-01' as never },
      title: 'Pairs',
      publisher: 'nobody',
      sources: [],
    },
    [writer],
  ),
);
const [table, openTime] = timed(() => openTable(bytes));
if ('refused' in table) throw new Error(table.refused);
const relation = table.relation('pairs');
if (!relation) throw new Error('A table of pairs has pairs.');
const LOOK_UPS = 200_000;
let found = 0;
const [, lookUps] = timed(() => {
  for (let i = 0; i < LOOK_UPS; i++) {
    const { from, to } = relation.rowsOf(code(i % FIRSTS), code((i * 31) % FIRSTS));
    found += to - from;
  }
});
const rows = String(relation.size);
console.log(
  `${rows} pairs, ${(bytes.length / 1e6).toFixed(1)} MB; ${String(found)} of ${String(LOOK_UPS)} found`,
);
for (const [what, milliseconds] of [
  ['taking the rows', addTime],
  ['sorting and writing', writeTime],
  ['opening', openTime],
] as const)
  console.log(`${what.padEnd(20)} ${milliseconds.toFixed(0)} ms`);
console.log(`look-up of a pair    ${((lookUps / LOOK_UPS) * 1000).toFixed(2)} µs`);

function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
