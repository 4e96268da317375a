/** What the tests of the command line share: running the built program, and folders to run it in. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { root } from '../checks/support.ts';

export { root };
export const program = path.join(root, 'dist/cli.cjs');
export const DRUGS = 'examples/drug-administration';
export const ARTICLE = `${DRUGS}/encounters/article.encounter.yaml`;

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** The program in place of the one that was built. */
  readonly program?: string;
  /** Options of node itself. */
  readonly node?: readonly string[];
}

/** Runs the program as a process of its own, without colours unless `env` asks for them. */
export function cli(
  args: readonly string[],
  { cwd = root, input = '', env, node = [], program: own = program }: CallOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...node, own, ...args], {
    cwd,
    env: env ?? { ...process.env, NO_COLOR: '1' },
    timeout: 60_000,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  // A program that ends without reading its input closes the pipe; that is not the test's concern.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve({ status, signal, stdout, stderr });
    });
  });
}

/** Runs the program and expects an exit status; fails with everything it printed. */
export async function expectStatus(
  status: number,
  args: readonly string[],
  options?: CallOptions,
): Promise<Ended> {
  const ended = await cli(args, options);
  assert.equal(ended.status, status, `coding-spec ${args.join(' ')}\n${ended.stdout}${ended.stderr}`);
  return ended;
}

/** The result of a command with `--format json`. */
export async function json<T>(status: number, args: readonly string[], options?: CallOptions): Promise<T> {
  const { stdout } = await expectStatus(status, [...args, '--format', 'json'], options);
  return JSON.parse(stdout) as T;
}

/** A folder with some files, removed after the test. */
export function folder(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const made = mkdtempSync(path.join(tmpdir(), 'coding-spec-cli-'));
  t.after(() => {
    rmSync(made, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(made, name)), { recursive: true });
    writeFileSync(path.join(made, name), content);
  }
  return made;
}

export const example = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** The drug-administration rules as files of a folder of one's own. */
export const drugRules = (): Record<string, string> =>
  Object.fromEntries(
    [
      'drug-administration.family.yaml',
      'specs/cpt-96365.spec.yaml',
      'specs/cpt-96366.spec.yaml',
      'specs/cpt-96367.spec.yaml',
    ].map((file) => [file, example(`${DRUGS}/${file}`)]),
  );

/** An infusion of the article's patient that runs so many minutes. */
export const infusion = (
  minutes: number,
  more = '',
): string => `encounter: infusion-of-${String(minutes)}-minutes
date: 2026-03-02
payer: Medicare
claim: professional
place_of_service: "11"
provider: {taxonomy: 261QI0500X}
diagnoses: [E86.0, R11.2]
administrations:
  - {id: drug, substance: ondansetron, purpose: therapeutic, route: iv-infusion, minutes: ${String(minutes)}}
${more}`;

/** Fails when a text has lines of a stack trace. */
export function assertNoStack(text: string): void {
  assert.doesNotMatch(text, /^\s+at .+[:(]\d+|node:internal|internal error/m);
}

export interface Place {
  readonly file: string;
  readonly document: number;
  readonly path: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
}
export interface ProblemJson {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly at: Place;
  readonly endLine: number;
  readonly endColumn: number;
}
export interface LineJson {
  readonly code: string;
  readonly units: number;
  readonly modifiers: readonly string[];
  readonly outcome: string;
  readonly administrations: readonly string[];
  readonly because: readonly { readonly sentence: string; readonly clause: Place }[];
}
export interface EncounterJson {
  readonly file: string;
  readonly document: number;
  readonly encounter: string;
  readonly lines: readonly LineJson[];
  readonly notBilled: readonly {
    readonly code: string;
    readonly near: boolean;
    readonly because: { readonly sentence: string; readonly clause: Place };
  }[];
  readonly problems: readonly ProblemJson[];
}
export interface BillJson {
  readonly encounters: readonly EncounterJson[];
}
export interface CheckJson {
  readonly files: readonly string[];
  readonly problems: readonly ProblemJson[];
}

/** `96365-59 × 1`, with the outcome where it is not billable. */
export const lineText = ({ code, modifiers, units, outcome }: LineJson): string =>
  `${[code, ...modifiers].join('-')} × ${String(units)}${outcome === 'billable' ? '' : ` ${outcome}`}`;
