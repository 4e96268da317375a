/** Times and sizes put together: percentiles, tables of Markdown, and the sections of docs/benchmarks.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../../checks/support.ts';

/** The value below which a share of the values lies, by nearest rank. */
export function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export const median = (values: readonly number[]): number => at(values, 0.5);
export const p95 = (values: readonly number[]): number => at(values, 0.95);

export async function timedAsync<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}

export function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

/** Two digits that count, and thousands apart. */
export function number(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en-US', {
    maximumFractionDigits: value < 10 ? 1 : 0,
    ...(value < 1 && { maximumSignificantDigits: 2 }),
  });
}

export const ms = (value: number): string => `${number(value)} ms`;
export const megabytes = (bytes: number): string => `${number(bytes / 1e6)} MB`;
export const kilobytes = (bytes: number): string => `${number(bytes / 1e3)} kB`;
export const ratio = (peer: number, own: number): string => `${number(peer / own)}×`;
/** A goal and whether it was reached, so that a table hides nothing. */
export const goal = (text: string, reached: boolean): string => (reached ? text : `${text} (missed)`);

export type Table = readonly (readonly string[])[];

/** A table of Markdown; its first row is the head, and all columns but the first hold figures. */
export function markdown(rows: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...body.map(line)].join('\n');
}

const DOCUMENT = path.join(root, 'docs/benchmarks.md');

/** What else the machine did: the load before the work began. */
const [LOAD = NaN] = os.loadavg();

/** The machine in general words, and the day. */
const run = (): string =>
  `Run of ${new Date().toISOString().slice(0, 10)}: ${String(os.cpus().length)} cores, ${number(os.totalmem() / 2 ** 30)} GB of memory, ${process.platform} ${process.arch}, Node ${process.versions.node}, load ${number(LOAD)} before it began.`;

/** Writes what a benchmark found into its section of docs/benchmarks.md, in place of what stood there, and prints it. */
export async function report(section: string, parts: readonly string[]): Promise<void> {
  const text = [run(), ...parts].join('\n\n');
  console.log(text);
  const before = readFileSync(DOCUMENT, 'utf8');
  const [open, close] = [`<!-- bench ${section} -->`, `<!-- end of ${section} -->`];
  const from = before.indexOf(open);
  const to = before.indexOf(close);
  if (from === -1 || to < from) throw new Error(`docs/benchmarks.md has no section ${section}`);
  const after = `${before.slice(0, from + open.length)}\n\n${text}\n\n${before.slice(to)}`;
  const options = await resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await format(after, { ...options, filepath: DOCUMENT }));
}
