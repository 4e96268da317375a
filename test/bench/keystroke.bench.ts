/**
 * From a keystroke to diagnostics, in files of 1,000, 10,000 and 50,000 lines: ours with code sets, checks and billing lines;
 * yaml-language-server with the schema of encounters alone. Also completion in the same files, cold start, and memory.
 *
 *   npm run bench -- keystroke
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Position } from 'vscode-languageserver/node';
import { install, readRows, rowsAre } from './support/code-rows.ts';
import { bundledSchema, encounterFile, inFolder, writeSchema } from './support/documents.ts';
import {
  goal,
  kilobytes,
  markdown,
  median,
  megabytes,
  ms,
  number,
  p95,
  ratio,
  report,
  timedAsync,
  type Table,
} from './support/figures.ts';
import {
  startOurs,
  startPeer,
  type Edit,
  type IsWanted,
  type ServerUnderBench,
} from './support/language-server.ts';

/** Lines of the file, how often faster ours has to be, and rounds: the peer takes seconds for a large file. */
const SIZES = [
  { lines: 1_000, faster: 10, rounds: 30 },
  { lines: 10_000, faster: 30, rounds: 20 },
  { lines: 50_000, faster: 50, rounds: 10 },
] as const;
const STARTS = 7;
/** Edits that are not counted, so that both servers have warmed up. */
const WARM_UP = 3;

interface Servers {
  readonly ours: () => Promise<ServerUnderBench>;
  readonly peer: () => Promise<ServerUnderBench>;
}

interface Times {
  readonly ours: number[];
  readonly peer: number[];
}

interface SizeResult {
  readonly lines: number;
  readonly faster: number;
  readonly encounters: number;
  /** A sign of a value, and a mapping that comes and goes, both in the middle of the file. */
  readonly value: Times;
  readonly mapping: Times;
  readonly completion: readonly number[];
  readonly firstOpen: { readonly ours: number; readonly peer: number };
  readonly answer: { readonly ours: number; readonly peer: number };
  readonly memory: { readonly ours: number; readonly peer: number };
}

/** The administration that is edited, in an encounter of its own in the middle of the file. */
const EDITED = [
  'encounter: edited',
  'date: 2026-03-02',
  'payer: Medicare',
  'claim: professional',
  'place_of_service: "11"',
  'diagnoses:',
  '  - E86.0',
  'administrations:',
  '  - {substance: ondansetron, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "10:40"}',
  '',
].join('\n');
const ADDED = '  - {substance: ketorolac, purpose: therapeutic, route: iv-push, start: "10:45"}\n';

interface Middle {
  readonly text: string;
  /** Line of the edited administration. */
  readonly line: number;
}

/** A file with the edited encounter in its middle. */
function fileOf(lines: number): Middle {
  const text = encounterFile(lines - EDITED.split('\n').length);
  const middle = text.indexOf('\n---\n', text.length / 2) + '\n---\n'.length;
  const before = text.slice(0, middle) + withMistake(EDITED);
  return { text: `${before}---\n${text.slice(middle)}`, line: before.split('\n').length - 2 };
}

/** Other minutes each time, so that nothing can be remembered. */
function valueEdit({ line }: Middle, round: number): Edit {
  const character = (EDITED.split('\n').at(-2) ?? '').lastIndexOf('40"');
  const minutes = String(10 + ((round * 7) % 49));
  const range = { start: { line, character }, end: { line, character: character + 2 } };
  return { range, text: minutes };
}

function mappingEdit({ line }: Middle, round: number): Edit {
  const start = { line: line + 1, character: 0 };
  const isIn = round % 2 === 1;
  return isIn
    ? { range: { start, end: { line: line + 2, character: 0 } }, text: '' }
    : { range: { start, end: start }, text: ADDED };
}

/** A sign of a diagnosis in the edited encounter, typed and taken back, with where the cursor is after it. */
function diagnosisEdit({ line }: Middle, round: number): { readonly edit: Edit; readonly after: Position } {
  const row = line - 2;
  const character = '  - E86.0'.length;
  const start = { line: row, character };
  return round % 2 === 0
    ? {
        edit: { range: { start: { line: row, character: character - 1 }, end: start }, text: '' },
        after: { line: row, character: character - 1 },
      }
    : {
        edit: {
          range: {
            start: { line: row, character: character - 1 },
            end: { line: row, character: character - 1 },
          },
          text: '0',
        },
        after: start,
      };
}

const uriIn = (folder: string, name: string): string =>
  pathToFileURL(path.join(folder, `${name}.encounter.yaml`)).toString();

/** The claim of the edited encounter has a sign too many when the file is opened. */
const withMistake = (encounter: string): string => encounter.replace('claim: ', 'claim: x');
const UP_TO_CLAIM = 5;

const tellsMistake = ({ line }: Pick<Middle, 'line'>, diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ range, severity }) => range.start.line === line - UP_TO_CLAIM && severity === 1);

/** Whether the diagnostics say what the edited administration leads to: a figure of a server that says nothing is worth nothing. */
const tellsLines = ({ line }: Middle, diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ code, range }) => code === 'billing-lines' && range.start.line === line);

async function measureSize(
  servers: Servers,
  folder: string,
  { lines, faster, rounds }: (typeof SIZES)[number],
): Promise<SizeResult> {
  const file = fileOf(lines);
  const [ours, peer] = [await servers.ours(), await servers.peer()];
  const uri = uriIn(folder, `lines-${String(lines)}`);
  const tells: IsWanted = (diagnostics) => tellsMistake(file, diagnostics);
  const [, openOurs] = await timedAsync(() => ours.open(uri, file.text, tells));
  const [, openPeer] = await timedAsync(() => peer.open(uri, file.text, tells));
  for (const server of [ours, peer]) await mend(server, uri, file);
  const value = await alternate(ours, peer, uri, file, valueEdit, rounds);
  const answer = { ours: value.bytes.ours, peer: value.bytes.peer };
  const mapping = await alternate(ours, peer, uri, file, mappingEdit, rounds);
  const completion: number[] = [];
  for (let round = 0; round < 40; round++) {
    const { edit, after } = diagnosisEdit(file, round);
    await ours.edit(uri, edit);
    const [list, time] = await timedAsync(() => ours.complete(uri, after));
    if (!list.items.some(({ label }) => label === 'E86.0')) throw new Error('E86.0 is not offered');
    completion.push(time);
  }
  const memory = { ours: ours.resident(), peer: peer.resident() };
  await Promise.all([ours.stop(), peer.stop()]);
  const encounters = file.text.split(/^---$/m).length;
  const firstOpen = { ours: openOurs, peer: openPeer };
  return { lines, faster, encounters, value, mapping, completion, firstOpen, answer, memory };
}

/** Both have to see that what was wrong in the middle of the file is not any more. */
async function mend(server: ServerUnderBench, uri: string, { line }: Middle): Promise<void> {
  // What the peer still has to say of the file as it was opened must not count as its answer to an edit.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const right = await server.editAndCheck(uri, {
    range: {
      start: { line: line - UP_TO_CLAIM, character: 7 },
      end: { line: line - UP_TO_CLAIM, character: 8 },
    },
    text: '',
  });
  if (tellsMistake({ line }, right)) throw new Error(`${server.name} sees a mistake that is gone`);
}

async function alternate(
  ours: ServerUnderBench,
  peer: ServerUnderBench,
  uri: string,
  file: Middle,
  editOf: (file: Middle, round: number) => Edit,
  rounds: number,
): Promise<Times & { readonly bytes: { readonly ours: number; readonly peer: number } }> {
  const times: Times = { ours: [], peer: [] };
  const bytes = { ours: 0, peer: 0 };
  for (let round = -WARM_UP; round < rounds + ((rounds + WARM_UP) % 2); round++) {
    const edit = editOf(file, round + WARM_UP);
    for (const [key, server] of [
      ['ours', ours],
      ['peer', peer],
    ] as const) {
      const before = server.bytesSent();
      const [diagnostics, time] = await timedAsync(() => server.editAndCheck(uri, edit));
      bytes[key] = server.bytesSent() - before;
      if (key === 'ours' && !tellsLines(file, diagnostics)) throw new Error('there are no billing lines');
      if (round >= 0) times[key].push(time);
    }
  }
  return { ...times, bytes };
}

/** From the start of a process to the first diagnostics of one encounter. */
async function coldStarts(servers: Servers, folder: string): Promise<Times> {
  const times: Times = { ours: [], peer: [] };
  for (let i = 0; i < STARTS; i++)
    for (const key of ['ours', 'peer'] as const) {
      const [server, time] = await timedAsync(async () => {
        const started = await servers[key]();
        const isWanted: IsWanted = (diagnostics) =>
          tellsMistake({ line: EDITED.split('\n').length - 2 }, diagnostics);
        await started.open(uriIn(folder, 'first'), withMistake(EDITED), isWanted);
        return started;
      });
      times[key].push(time);
      await server.stop();
    }
  return times;
}

await inFolder(async (folder) => {
  const rows = readRows();
  const schema = writeSchema(path.join(folder, 'schema'), bundledSchema());
  const work = path.join(folder, 'work');
  // In force on all days of the examples, so that every diagnosis is looked up.
  const codes = install(folder, rows, '2000-01-01' as Parameters<typeof install>[2]);
  const servers: Servers = { ours: () => startOurs(work, codes), peer: () => startPeer(work, schema) };
  const results: SizeResult[] = [];
  for (const size of SIZES) results.push(await measureSize(servers, work, size));
  const cold = await coldStarts(servers, work);
  const small = results.map(
    ({ lines, encounters }) => `${number(lines)} lines are ${number(encounters)} encounters`,
  );
  await report('keystroke', [
    `Ours with ${rowsAre(rows)} installed; ${small.join(', ')}. ${SIZES.map(({ lines, rounds }) => `${String(rounds)} edits of each kind at ${number(lines)} lines`).join(', ')}, after ${String(WARM_UP)} that are not counted; ${String(STARTS)} starts.`,
    markdown([
      ['edit to diagnostics, median (p95)', 'coding-spec', 'yaml-language-server 2.0.0', 'ratio', 'goal'],
      ...results.flatMap(editRows),
    ]),
    markdown([
      ['besides', 'coding-spec', 'yaml-language-server 2.0.0', 'ratio', 'goal'],
      compared(
        'cold start to first diagnostics',
        median(cold.ours),
        median(cold.peer),
        ms,
        goal('under 300 ms', median(cold.ours) < 300),
      ),
      ...results.flatMap(otherRows),
    ]),
  ]);
});

function editRows({ lines, faster, value, mapping }: SizeResult): Table {
  return [
    { what: 'a sign of a value', times: value },
    { what: 'a mapping more or less', times: mapping },
  ].map(({ what, times }) => {
    const factor = median(times.peer) / median(times.ours);
    const both = (own: readonly number[]): string => `${ms(median(own))} (${number(p95(own))})`;
    return [
      `${number(lines)} lines, ${what}`,
      both(times.ours),
      both(times.peer),
      ratio(median(times.peer), median(times.ours)),
      goal(`${String(faster)}×`, factor >= faster),
    ];
  });
}

function otherRows({ lines, completion, firstOpen, answer, memory }: SizeResult): Table {
  const at = `${number(lines)} lines`;
  const time = p95(completion);
  const limit = lines === 50_000 ? goal('under 200 MB', memory.ours < 200e6) : '';
  return [
    [`${at}: completion of a diagnosis, p95`, ms(time), '–', '', goal('under 10 ms', time < 10)],
    compared(`${at}: opening to first diagnostics`, firstOpen.ours, firstOpen.peer, ms),
    compared(`${at}: answer to an edit`, answer.ours, answer.peer, kilobytes),
    compared(`${at}: resident memory`, memory.ours, memory.peer, megabytes, limit),
  ];
}

function compared(
  what: string,
  own: number,
  other: number,
  show: (value: number) => string,
  wanted = '',
): string[] {
  return [what, show(own), show(other), ratio(other, own), wanted];
}
