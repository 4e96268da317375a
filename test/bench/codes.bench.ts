/**
 * Code sets at full size, beside minisearch on the same rows in the same run: opening, memory, look-ups, and what a
 * person who types waits for. On ../shared/codesets where it is there, else on as many invented rows.
 *
 *   npm run bench
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { importIcdOrder } from '../../server/codes/importers/icd-order.ts';
import {
  CodeSet,
  openCodeSet,
  searchCodes,
  writeCodeSet,
  type CodeRow,
  type ReleaseInfo,
} from '../../server/core/index.ts';

const INFO: ReleaseInfo = {
  set: 'icd-10-cm',
  release: 'FY2027',
  effective: { from: '2026-10-01' as ReleaseInfo['effective']['from'] },
  title: 'ICD-10-CM',
  publisher: 'CDC',
  pointAfter: 3,
};
/** Typed sign by sign, as completion is asked. */
const TYPED = [
  'E86.0',
  'S72.002A',
  'dehydration',
  'hypokalmia',
  'fracture of left femur',
  'type 2 diabetes with neuropathy',
  'nausea vomitting',
  'malignant neoplasm breast',
  'anemia chemotherapy',
  'encouter for antineoplastic',
  'sjogren',
  'initial encounter',
];
const QUERIES = TYPED.flatMap((text) => Array.from({ length: text.length }, (_, i) => text.slice(0, i + 1)));
const ROUNDS = 5;

const rows = readRows();
const [bytes, writeTime] = timed(() => writeCodeSet(INFO, rows));
const openTimes = Array.from({ length: 9 }, () => timed(() => openCodeSet(bytes))[1]);
const set = openCodeSet(bytes);
if (!(set instanceof CodeSet)) throw new Error(set.refused);
const codes = Array.from({ length: set.size }, (_, row) => set.codeAt(row));
const [, lookUps] = timed(() => {
  for (const code of codes) set.rowOf(code);
});
const own = QUERIES.flatMap((query) => times(() => searchCodes(set, query, { limit: 50 })));

const before = heap();
const [mini, buildTime] = timed(() => {
  const index = new MiniSearch({ fields: ['code', 'title'], idField: 'code' });
  index.addAll(rows.map(({ code, title }) => ({ code, title })));
  return index;
});
const miniHeap = heap() - before;
const options = { prefix: true, fuzzy: 0.2, combineWith: 'AND' } as const;
const peer = QUERIES.flatMap((query) => times(() => mini.search(query, options).slice(0, 50)));

console.log(
  `${String(rows.length)} rows, ${String(QUERIES.length)} queries as they are typed, ${String(ROUNDS)} rounds\n`,
);
table([
  ['', 'own', 'minisearch'],
  ['ready to search, ms', median(openTimes), buildTime],
  ['memory, MB', bytes.length / 1e6, miniHeap / 1e6],
  ['search, median ms', median(own), median(peer)],
  ['search, p95 ms', at(own, 0.95), at(peer, 0.95)],
  ['search, most ms', at(own, 1), at(peer, 1)],
  ['look-up of a code, µs', (lookUps / codes.length) * 1000, NaN],
  ['writing the file, ms', writeTime, NaN],
]);

function readRows(): readonly CodeRow[] {
  const file = path.resolve('../shared/codesets/icd10cm-order-2027-rebuilt.zip');
  if (!existsSync(file)) return inventedRows(98_000);
  const imported = importIcdOrder(readFileSync(file));
  if ('failure' in imported) throw new Error(imported.failure);
  return imported.rows;
}

/** Titles of seven words out of eight thousand, as many as a full release has. */
function inventedRows(count: number): readonly CodeRow[] {
  let state = 1;
  const next = (most: number): number => (state = (state * 48_271) % 2_147_483_647) % most;
  const word = (): string => {
    const rank = Math.floor(8000 * (next(1_000_000) / 1_000_000) ** 3);
    return Array.from({ length: 4 + (rank % 7) }, (_, i) =>
      String.fromCharCode(97 + ((rank * (i + 3)) % 26)),
    ).join('');
  };
  return Array.from({ length: count }, (_, i) => ({
    code: `${String.fromCharCode(65 + (i % 26))}${String(i).padStart(6, '0')}`,
    title: Array.from({ length: 7 }, word).join(' '),
    billable: i % 4 !== 0,
  }));
}

function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

function times(work: () => unknown): number[] {
  return Array.from({ length: ROUNDS }, () => timed(work)[1]);
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function median(values: readonly number[]): number {
  return at(values, 0.5);
}

function table(lines: readonly (readonly (string | number)[])[]): void {
  for (const line of lines)
    console.log(
      line
        .map((cell, i) => {
          const text =
            typeof cell === 'string' ? cell : Number.isNaN(cell) ? '–' : cell.toFixed(cell < 10 ? 2 : 0);
          return i === 0 ? text.padEnd(26) : text.padStart(12);
        })
        .join(''),
    );
}
