/** `coding-spec test`: encounters as tests, and how far they agree, by source and by code. */
import type { Command } from 'commander';
import { agreementReport } from '../../core/index.ts';
import { loadWorkspace } from '../files.ts';
import { EXIT } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { agreementText } from '../report/agreement.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';
import { chooseEncounters, unreadable } from './shared/encounters.ts';

interface TestOptions extends SharedOptions {
  readonly encounter?: string;
}

export function addTest(program: Command): void {
  withSharedOptions(program.command('test'))
    .description('test encounters against the lines that they expect; agreement by source and by code')
    .argument('<paths...>', 'encounter files, folders and globs; - is standard input')
    .option('--encounter <name>', 'only the encounter of this name')
    .action(async (paths: string[], options: TestOptions) => {
      const { host, asked } = await loadWorkspace({
        paths,
        ...options,
        settings: { severity: options.severity },
      });
      const analysis = host.snapshot();
      const chosen = chooseEncounters(analysis, asked, { paths, ...options });
      const report = agreementReport(analysis, chosen.documents);
      const problems = unreadable(analysis, chosen.problems);
      if (problems.length === 0 && report.encounters.every(({ status }) => status === 'untested'))
        throw new UsageError(untestedSentence(paths, options));
      if (options.format === 'json') await writeJson({ ...report, problems });
      else await writeText(agreementText(report, problems));
      const failed = problems.length > 0 || report.encounters.some(({ status }) => status === 'differs');
      process.exitCode = failed ? EXIT.findings : EXIT.fine;
    });
}

const untestedSentence = (paths: readonly string[], { encounter }: TestOptions): string =>
  encounter === undefined
    ? `${paths.join(' ')}: no encounter here says what it expects.`
    : `The encounter "${encounter}" does not say what it expects.`;
