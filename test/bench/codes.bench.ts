/**
 * Code sets at full size, beside minisearch on the same rows in the same run: import, opening, memory, look-ups, and what a
 * person who types waits for. On ../shared/codesets where it is there, else on as many invented rows.
 *
 *   npm run bench -- codes
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { CodeSet, openCodeSet, searchCodes, writeCodeSet, type CodeRow } from '../../server/core/index.ts';
import { root } from '../checks/support.ts';
import { INFO, install, ORDER_FILE, orderFile, readRows, rowsAre, typedTexts } from './support/code-rows.ts';
import { inFolder } from './support/documents.ts';
import { at, goal, markdown, median, megabytes, ms, number, p95, report, timed } from './support/figures.ts';

const ROUNDS = 5;

/** Named with a file, this program opens it as a release and says what that took. */
const [, program = '', opened] = process.argv;

interface Opening {
  readonly time: number;
  /** In bytes, of the resident set. */
  readonly memory: number;
}

function opening(file: string): Opening {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const [set, time] = timed(() => openCodeSet(readFileSync(file)));
  if (!(set instanceof CodeSet)) throw new Error(set.refused);
  searchCodes(set, 'dehydration', { limit: 50 });
  return { time, memory: process.memoryUsage.rss() - before };
}

async function measure(folder: string): Promise<void> {
  const rows = readRows();
  const file = path.join(install(folder, rows), `${INFO.set}.${INFO.release}.codes`);
  const openings = Array.from(
    { length: ROUNDS },
    () =>
      JSON.parse(
        execFileSync(process.execPath, ['--expose-gc', program, file], { encoding: 'utf8' }),
      ) as Opening,
  );
  const importTimes = Array.from({ length: 3 }, (_, i) => importTime(path.join(folder, String(i)), rows));
  const set = openCodeSet(writeCodeSet(INFO, rows));
  if (!(set instanceof CodeSet)) throw new Error(set.refused);
  const codes = Array.from({ length: set.size }, (_, row) => set.codeAt(row));
  const [, lookUps] = timed(() => {
    for (const code of codes) set.rowOf(code);
  });
  const lookUp = (lookUps / codes.length) * 1000;
  const queries = typedTexts(rows).flatMap((text) => [...text].map((_, i) => text.slice(0, i + 1)));
  const own = timesOf(queries, (query) => searchCodes(set, query, { limit: 50 }));
  const mini = peer(rows, queries);
  const open = {
    time: median(openings.map(({ time }) => time)),
    memory: median(openings.map(({ memory }) => memory)),
  };
  const imported = median(importTimes);
  await report('codes', [
    `On ${rowsAre(rows)}, ${number(queries.length)} queries as they are typed sign by sign, ${String(ROUNDS)} rounds.`,
    markdown([
      ['code set', 'coding-spec', 'minisearch 7.2.0', 'goal'],
      ['`codes install` of the order file', ms(imported), '–', goal('under 5 s', imported < 5000)],
      ['ready to search', ms(open.time), ms(mini.ready), goal('under 20 ms', open.time < 20)],
      [
        'memory for that',
        megabytes(open.memory),
        megabytes(mini.memory),
        goal('under 40 MB', open.memory < 40e6),
      ],
      ['look-up of a code', `${number(lookUp)} µs`, '–', goal('under 5 µs', lookUp < 5)],
      ['search, median', ms(median(own)), ms(median(mini.times)), ''],
      ['search, p95', ms(p95(own)), ms(p95(mini.times)), goal('under 10 ms', p95(own) < 10)],
      ['search, longest', ms(at(own, 1)), ms(at(mini.times, 1)), ''],
    ]),
  ]);
}

/** The whole command, its start included, on the official file or on one of the same layout. */
function importTime(folder: string, rows: readonly CodeRow[]): number {
  const file = ORDER_FILE ?? `${folder}-icd10cm-order-2027.txt`;
  if (ORDER_FILE === undefined) writeFileSync(file, orderFile(rows));
  const [output, time] = timed(() =>
    execFileSync(process.execPath, [path.join(root, 'dist/cli.cjs'), 'codes', 'install', file], {
      encoding: 'utf8',
      env: { ...process.env, CODING_SPEC_CODES: folder, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  if (!output.replaceAll(',', '').includes(String(rows.length)))
    throw new Error(`the import did not take ${String(rows.length)} rows: ${output}`);
  return time;
}

function peer(
  rows: readonly CodeRow[],
  queries: readonly string[],
): { readonly ready: number; readonly memory: number; readonly times: readonly number[] } {
  const before = heap();
  const [mini, ready] = timed(() => {
    const index = new MiniSearch({ fields: ['code', 'title'], idField: 'code' });
    index.addAll(rows.map(({ code, title }) => ({ code, title })));
    return index;
  });
  const memory = heap() - before;
  const options = { prefix: true, fuzzy: 0.2, combineWith: 'AND' } as const;
  return { ready, memory, times: timesOf(queries, (query) => mini.search(query, options).slice(0, 50)) };
}

const timesOf = (queries: readonly string[], work: (query: string) => unknown): readonly number[] =>
  Array.from({ length: ROUNDS }, () => queries.map((query) => timed(() => work(query))[1])).flat();

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

if (opened === undefined) await inFolder(measure);
else console.log(JSON.stringify(opening(opened)));
