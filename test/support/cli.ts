/** Runs the bundled command line as its users do. */
import { spawnSync } from 'node:child_process';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `input` goes to standard input; colours are off. */
export function codingSpec(
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string | Buffer } = {},
): Ran {
  const cli = `${process.cwd()}/dist/cli.cjs`;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [cli, ...args], {
    cwd: options.cwd ?? process.cwd(),
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  if (error) throw error;
  return { status, stdout, stderr };
}
