/**
 * Completion of a diagnosis code while it is typed sign by sign, by code and by words, in a list, in flow style and in
 * quotes: ours with a full release installed, and yaml-language-server with the billable codes of the same release as an
 * enum of its schema.
 *
 *   npm run bench -- completion
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CompletionList } from 'vscode-languageserver/node';
import { displayCode, type CodeRow } from '../../server/core/index.ts';
import { INFO, install, readRows, rowsAre, typedTexts } from './support/code-rows.ts';
import { bundledSchema, inFolder, writeSchema } from './support/documents.ts';
import {
  at,
  goal,
  kilobytes,
  markdown,
  median,
  megabytes,
  ms,
  p95,
  ratio,
  report,
  timedAsync,
} from './support/figures.ts';
import { startOurs, startPeer, type ServerUnderBench } from './support/language-server.ts';

const ENUM_VALUES = 75_000;
const ROUNDS = 3;
/** The peer takes seconds for an answer: it is asked once for each text, as often as so many milliseconds allow. */
const PEER_TIME = 180_000;

/** Where a diagnosis may stand: what is before and behind the cursor. */
const PLACES = [
  { name: 'list', before: 'diagnoses:\n  - ', after: '\n' },
  { name: 'flow list', before: 'diagnoses: [R11.2, ', after: ']\n' },
  { name: 'quotes', before: 'diagnoses: ["', after: '"]\n' },
] as const;

const HEAD = [
  'encounter: dehydration-with-vomiting',
  'date: 2026-11-02',
  'payer: Medicare',
  'claim: professional',
  'place_of_service: "11"',
  '',
].join('\n');
const TAIL = [
  'administrations:',
  '  - {substance: ondansetron, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "11:35"}',
  '',
].join('\n');

interface Answer {
  readonly time: number;
  readonly bytes: number;
  readonly items: number;
}

/** What one server is asked in turn: every text, sign by sign or before its last sign alone, each time in another place. */
async function* answers(
  server: ServerUnderBench,
  folder: string,
  texts: readonly string[],
  every: 'sign' | 'text',
): AsyncGenerator<Answer> {
  for (let round = 0; ; round++)
    for (const [i, typed] of texts.entries()) {
      const place = PLACES[(i + round) % PLACES.length] ?? PLACES[0];
      const name = `${String(round)}-${String(i)}.encounter.yaml`;
      const uri = pathToFileURL(path.join(folder, name)).toString();
      await server.open(uri, HEAD + place.before + place.after + TAIL);
      const lines = (HEAD + place.before).split('\n');
      const line = lines.length - 1;
      const column = lines.at(-1)?.length ?? 0;
      for (const [n, sign] of [...typed].entries()) {
        const start = { line, character: column + n };
        await server.edit(uri, { range: { start, end: start }, text: sign });
        // The peer leaves out what stands there already, so that it is asked, and looked at, before the last sign.
        const isTold = n === typed.length - 2;
        if (every === 'text' && !isTold) continue;
        const before = server.bytesSent();
        const position = { line, character: column + n + 1 };
        const [list, time] = await timedAsync(() => server.complete(uri, position));
        yield { time, bytes: server.bytesSent() - before, items: list.items.length };
        if (isTold) expectFound(server.name, place.name, typed, list);
      }
      await server.close(uri);
    }
}

/** A figure of a server that finds nothing would be worth nothing. */
function expectFound(server: string, place: string, typed: string, { items }: CompletionList): void {
  const isCode = /^[A-Z]\d/.test(typed);
  const found = isCode ? items.some(({ label }) => label === typed) : items.length > 0;
  if (!found) throw new Error(`${server} does not offer ${typed} in a ${place}`);
}

async function take(
  source: AsyncGenerator<Answer>,
  count: number,
  into: Answer[],
  until = Infinity,
): Promise<void> {
  for (let i = 0; i < count && performance.now() < until; i++) {
    const next: IteratorResult<Answer, unknown> = await source.next();
    if (next.done !== true) into.push(next.value);
  }
}

/** The billable codes as an enum, each with its title; with the most of the others where there are too few. */
function enumOf(rows: readonly CodeRow[]): Record<string, unknown> {
  const sorted = [...rows].sort((a, b) => Number(b.billable) - Number(a.billable)).slice(0, ENUM_VALUES);
  return {
    enum: sorted.map(({ code }) => displayCode(code, INFO.pointAfter)),
    enumDescriptions: sorted.map(({ title }) => title),
  };
}

await inFolder(async (folder) => {
  const rows = readRows();
  const texts = typedTexts(rows);
  const signs = texts.join('').length;
  const schema = writeSchema(path.join(folder, 'schema'), bundledSchema(enumOf(rows)));
  const work = path.join(folder, 'work');
  const ours = await startOurs(work, install(folder, rows));
  const peer = await startPeer(work, schema);
  const [own, other]: [Answer[], Answer[]] = [[], []];
  const ask = { ours: answers(ours, work, texts, 'sign'), peer: answers(peer, work, texts, 'text') };
  await take(ask.ours, signs, []);
  const end = performance.now() + PEER_TIME;
  const part = Math.ceil((signs * ROUNDS) / texts.length);
  for (let done = 0; done < signs * ROUNDS; done += part) {
    await take(ask.ours, part, own);
    await take(ask.peer, 1, other, end);
    // What this process keeps of the peer's 20 MB is collected now, and not within an answer that is timed.
    globalThis.gc?.();
  }
  const memory = { ours: ours.resident(), peer: peer.resident() };
  await Promise.all([ours.stop(), peer.stop()]);
  await writeReport(rows, own, other, memory);
});

async function writeReport(
  rows: readonly CodeRow[],
  own: readonly Answer[],
  other: readonly Answer[],
  memory: { readonly ours: number; readonly peer: number },
): Promise<void> {
  const times = (answers: readonly Answer[]): number[] => answers.map(({ time }) => time);
  const sizes = (answers: readonly Answer[]): number[] => answers.map(({ bytes }) => bytes);
  const compared = (
    what: string,
    of: (answers: readonly Answer[]) => number,
    show: (value: number) => string,
    wanted = '',
  ): string[] => [what, show(of(own)), show(of(other)), ratio(of(other), of(own)), wanted];
  const [time95, size] = [p95(times(own)), at(sizes(own), 1)];
  await report('completion', [
    `Ours with ${rowsAre(rows)} installed; the peer with ${ENUM_VALUES.toLocaleString('en-US')} of them as an enum, titles as \`enumDescriptions\`. Ours was asked ${own.length.toLocaleString('en-US')} times, after every sign; the peer ${String(other.length)} times, before the last sign of a text, since its answers take seconds.`,
    markdown([
      ['completion of a diagnosis', 'coding-spec', 'yaml-language-server 2.0.0', 'ratio', 'goal'],
      compared('time, median', (answers) => median(times(answers)), ms),
      compared('time, p95', (answers) => p95(times(answers)), ms, goal('under 10 ms', time95 < 10)),
      compared('longest', (answers) => at(times(answers), 1), ms),
      compared('response, median', (answers) => median(sizes(answers)), kilobytes),
      compared(
        'response, largest',
        (answers) => at(sizes(answers), 1),
        kilobytes,
        goal('under 50 kB', size < 50_000),
      ),
      [
        'resident memory',
        megabytes(memory.ours),
        megabytes(memory.peer),
        ratio(memory.peer, memory.ours),
        '',
      ],
    ]),
  ]);
}
