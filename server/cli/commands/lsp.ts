/** `coding-spec lsp`: the language server on standard input and output, for any editor. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { SERVER_NODE_OPTIONS } from '../../protocol/start.ts';
import { EXIT } from '../findings.ts';
import { UsageError } from '../usage-error.ts';

export function addLsp(program: Command): void {
  program
    .command('lsp')
    .description('run the language server on standard input and output')
    .option('--stdio', 'accepted for editors that pass it; there is no other transport here')
    .action(async () => {
      const server = path.join(import.meta.dirname, 'server.cjs');
      if (!existsSync(server))
        throw new UsageError(`${server} is missing: build the program first (npm run build).`);
      process.exitCode = await run(server);
    });
}

/** Runs the server until it ends, and passes on how it ended. */
function run(server: string): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...SERVER_NODE_OPTIONS, server, '--stdio'], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => {
      console.error(`The language server could not be started: ${error.message}`);
      resolve(EXIT.couldNotRun);
    });
    child.on('exit', (code) => {
      resolve(code ?? EXIT.couldNotRun);
    });
  });
}
