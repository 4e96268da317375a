/** `coding-spec test`: encounters as tests, and how far they agree, by source and by code. */
import type { Command } from 'commander';
import { agreementReport, kindOfFile, problemReport, problemsOf } from '../../core/index.ts';
import { loadWorkspace, STDIN } from '../files.ts';
import { EXIT } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { agreementText } from '../report/agreement.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';

export function addTest(program: Command): void {
  withSharedOptions(program.command('test'))
    .description('test encounters against the lines that they expect; agreement by source and by code')
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
      const report = agreementReport(analysis, files);
      // What cannot be read is not tested, and must not look as if it agreed. What differs is told as a test.
      const problems = asked
        .flatMap((file) => problemsOf(analysis, file))
        .filter(({ severity, code }) => severity === 'error' && code !== 'expectation-mismatch')
        .map((found) => problemReport(analysis, found));
      if (problems.length === 0 && report.encounters.every(({ status }) => status === 'untested'))
        throw new UsageError(`${paths.join(' ')}: no encounter here says what it expects.`);
      if (options.format === 'json') await writeJson({ ...report, problems });
      else await writeText(agreementText(report, problems));
      const failed = problems.length > 0 || report.encounters.some(({ status }) => status === 'differs');
      process.exitCode = failed ? EXIT.findings : EXIT.fine;
    });
}
