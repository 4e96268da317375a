/** `coding-spec check`: everything that the editor would say about the files. */
import type { Command } from 'commander';
import { problemReport, problemsOf } from '../../core/index.ts';
import { loadWorkspace } from '../files.ts';
import { exitStatus } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { problemText } from '../report/shared/problem-text.ts';
import { summaryText } from '../report/text.ts';
import { writeJson, writeText } from '../write.ts';

export function addCheck(program: Command): void {
  withSharedOptions(program.command('check'))
    .description('check specifications, policies, families and encounters, as the editor does')
    .argument('<paths...>', 'files, folders and globs; - is standard input')
    .action(async (paths: string[], options: SharedOptions) => {
      const { host, asked } = await loadWorkspace({
        paths,
        ...options,
        settings: { severity: options.severity },
      });
      const analysis = host.snapshot();
      const problems = asked.flatMap((file) =>
        problemsOf(analysis, file).map((found) => problemReport(analysis, found)),
      );
      if (options.format === 'json') await writeJson({ files: asked, problems });
      else await writeText([...problems.map(problemText), summaryText(problems, asked.length)].join('\n'));
      process.exitCode = exitStatus(problems);
    });
}
