/**
 * What VS Code runs in its extension host: the mocha suite, and the report about it.
 *
 * Errors that no test awaits are failures too. Mocha prints to a file, because the console of an
 * extension host goes different ways in the desktop and the server build.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { variables } from '../harness/variables.mjs';
import type { Failure, Report } from './report.ts';

/** Called by VS Code; rejects when a test failed. */
export async function run(): Promise<void> {
  const stray = watchStrayErrors();
  const mocha = createMocha();
  const report = await runMocha(mocha, stray);
  writeFileSync(variable('report'), JSON.stringify(report, undefined, 2));
  if (report.failures.length > 0) throw new Error(`${String(report.failures.length)} failed`);
}

function createMocha(): Mocha {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: 30_000, color: variable('color') === '1' });
  const output = variable('output');
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    appendFileSync(output, `${format(...parts)}\n`);
  };
  const grep = variable('grep');
  if (grep !== '') mocha.grep(new RegExp(grep, 'u'));
  for (const name of variable('files').split(',')) mocha.addFile(path.join(__dirname, `${name}.cjs`));
  return mocha;
}

async function runMocha(mocha: Mocha, stray: readonly Failure[]): Promise<Report> {
  const passes: string[] = [];
  const failures: Failure[] = [];
  const pending: string[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    runner.on('pass', (test) => passes.push(test.fullTitle()));
    runner.on('pending', (test) => pending.push(test.fullTitle()));
    runner.on('fail', (test, error) => failures.push({ title: test.fullTitle(), message: text(error) }));
  });
  await turnOfTheEventLoop();
  return { passes, failures: [...failures, ...stray], pending };
}

/** Node reports an unhandled rejection only after the turn in which it happened. */
async function turnOfTheEventLoop(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

function watchStrayErrors(): readonly Failure[] {
  const failures: Failure[] = [];
  const seen = new Set<unknown>();
  const listen = (title: string) => (error: unknown) => {
    // Mocha passes rejections on to all listeners again; VS Code cancels requests all the time.
    if (seen.has(error) || isCancellation(error)) return;
    seen.add(error);
    failures.push({ title, message: text(error) });
  };
  process.on('unhandledRejection', listen('unhandled rejection'));
  process.on('uncaughtException', listen('uncaught exception'));
  return failures;
}

function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === 'Canceled';
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function variable(name: keyof typeof variables): string {
  return process.env[variables[name]] ?? '';
}
