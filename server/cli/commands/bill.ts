/** `coding-spec bill`: the billing lines of encounters, each with the clauses that made it, and the near misses. */
import type { Command } from 'commander';
import { billReport, kindOfFile } from '../../core/index.ts';
import { loadWorkspace, STDIN } from '../files.ts';
import { exitStatus } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { encounterText } from '../report/text.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';

export function addBill(program: Command): void {
  withSharedOptions(program.command('bill'))
    .description('compute the billing lines of encounters, with the clauses that made them')
    .argument('<paths...>', 'encounter files, folders and globs; - is standard input')
    .action(async (paths: string[], options: SharedOptions) => {
      const { host, asked } = await loadWorkspace({
        paths,
        ...options,
        settings: { severity: options.severity },
      });
      const analysis = host.snapshot();
      const files = asked.filter((file) => file === STDIN || kindOfFile(file) === 'encounter');
      if (files.length === 0)
        throw new UsageError(`${paths.join(' ')}: no encounters here; their files end in .encounter.yaml.`);
      const encounters = files.flatMap((file) => billReport(analysis, file));
      if (options.format === 'json') await writeJson({ encounters });
      else
        await writeText(
          encounters.map(encounterText).join('\n\n') || `No encounters in ${files.join(', ')}.`,
        );
      process.exitCode = exitStatus(encounters.flatMap(({ problems }) => problems));
    });
}
