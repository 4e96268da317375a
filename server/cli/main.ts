/** The command line. Exit status: 0 fine, 1 findings, 2 could not run. */
import { Command, CommanderError } from 'commander';
import { addBill } from './commands/bill.ts';
import { addCompare } from './commands/compare.ts';
import { addCheck } from './commands/check.ts';
import { addCodes } from './commands/codes.ts';
import { addExplain } from './commands/explain.ts';
import { addFormat } from './commands/format.ts';
import { addLsp } from './commands/lsp.ts';
import { addPublish } from './commands/publish.ts';
import { addTest } from './commands/test.ts';
import { EXIT } from './findings.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('coding-spec')
    .description(
      'Write, test and explain medical coding policy: specifications in YAML, computed on encounters in YAML.',
    )
    .version(version)
    .showHelpAfterError('(add --help for the options)')
    .exitOverride();
  const commands = [
    addCheck,
    addBill,
    addExplain,
    addFormat,
    addTest,
    addCompare,
    addPublish,
    addCodes,
    addLsp,
  ];
  for (const add of commands) add(program);
  for (const command of program.commands.flatMap((own) => [own, ...own.commands]))
    command.exitOverride().showHelpAfterError('(add --help for the options)');
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** A mistake in the call is one line; a fault of ours is shown with its stack, since silence would look like success. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.couldNotRun;
  if (error instanceof UsageError) console.error(`coding-spec: ${error.message}`);
  else
    console.error('coding-spec: internal error. Please report this with the files that caused it.\n', error);
  return EXIT.couldNotRun;
}

void main(process.argv);
