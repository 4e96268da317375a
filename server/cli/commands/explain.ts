/** `coding-spec explain`: the whole reasoning of encounters, step by step, each step with its clause. */
import type { Command } from 'commander';
import pc from 'picocolors';
import {
  explain,
  kindOfFile,
  placeReport,
  problemReport,
  problemsOf,
  reasonReport,
  type Analysis,
  type FileId,
  type Step,
} from '../../core/index.ts';
import { loadWorkspace, STDIN } from '../files.ts';
import { exitStatus } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { placeText, problemText } from '../report/shared/problem-text.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';

interface Explained {
  readonly file: string;
  readonly document: number;
  readonly encounter: string;
  readonly steps: readonly Step[];
}

export function addExplain(program: Command): void {
  withSharedOptions(program.command('explain'))
    .description(
      'explain the billing lines of encounters: every question asked, and why other codes are not reported',
    )
    .argument('<paths...>', 'encounter files, folders and globs; - is standard input')
    .option('--encounter <name>', 'only the encounter of this name')
    .action(async (paths: string[], options: SharedOptions & { readonly encounter?: string }) => {
      const { host, asked } = await loadWorkspace({
        paths,
        ...options,
        settings: { severity: options.severity },
      });
      const analysis = host.snapshot();
      const files = asked.filter((file) => file === STDIN || kindOfFile(file) === 'encounter');
      const all = files.flatMap((file) => explainFile(analysis, file));
      const wanted = all.filter(
        ({ encounter }) => options.encounter === undefined || encounter === options.encounter,
      );
      const problems = files
        .flatMap((file) => problemsOf(analysis, file))
        .map((found) => problemReport(analysis, found))
        // With one encounter asked for, the others' problems are none of the answer.
        .filter(
          ({ at }) =>
            options.encounter === undefined ||
            wanted.some((one) => one.file === at.file && one.document === at.document),
        );
      if (files.length === 0)
        throw new UsageError(`${paths.join(' ')}: no encounters here; their files end in .encounter.yaml.`);
      if (options.encounter !== undefined && wanted.length === 0)
        throw new UsageError(noneSentence(options.encounter, all));
      if (options.format === 'json')
        await writeJson({
          encounters: wanted.map((one) => ({
            ...one,
            steps: one.steps.map((step) => jsonStep(analysis, step)),
          })),
          problems,
        });
      else
        await writeText(
          [...wanted.map((one) => explainedText(analysis, one)), ...problems.map(problemText)].join('\n\n') ||
            `No encounters in ${files.join(', ')}.`,
        );
      process.exitCode = exitStatus(problems);
    });
}

function noneSentence(name: string, all: readonly Explained[]): string {
  const known = all.map(({ encounter }) => encounter).join(', ');
  return `No encounter is called "${name}"; there ${known === '' ? 'is none' : `are ${known}`}.`;
}

function explainFile(analysis: Analysis, file: FileId): Explained[] {
  return analysis.documents(file).flatMap(({ source, index }): Explained[] => {
    const encounter = analysis.encounter(source);
    const rules = encounter && analysis.rulesOn(encounter);
    const bill = encounter && analysis.bill(encounter);
    if (!encounter || !rules || !bill) return [];
    return [
      {
        file,
        document: index + 1,
        encounter: encounter.id?.value ?? '',
        steps: explain(rules, encounter, bill),
      },
    ];
  });
}

const jsonStep = (analysis: Analysis, { stage, sentence, clause, facts, because }: Step): unknown => ({
  stage,
  sentence,
  facts,
  because: because.map((reason) => reasonReport(analysis, reason)),
  clause: clause && placeReport(analysis, clause),
});

const STAGES: Readonly<Record<Step['stage'], string>> = {
  facts: 'What is documented',
  classes: 'What each administration is',
  groups: 'What belongs together',
  positions: 'Which comes first',
  specifications: 'What each specification says',
  edits: 'Settings, modifiers and policies',
  lines: 'Billing lines',
  'not billed': 'What is not billed, and the nearest reason',
};

function explainedText(analysis: Analysis, { file, document, encounter, steps }: Explained): string {
  const head = `${pc.bold(encounter === '' ? `document ${String(document)}` : encounter)}  ${pc.dim(`${file}, document ${String(document)}`)}`;
  const lines = steps.flatMap((step, i) => {
    const title = step.stage === steps[i - 1]?.stage ? [] : ['', `  ${pc.underline(STAGES[step.stage])}`];
    const place = step.clause ? pc.dim(placeText(placeReport(analysis, step.clause))) : '';
    const reasons = step.because.map(
      ({ sentence, clause }) => `        ${sentence}  ${pc.dim(placeText(placeReport(analysis, clause)))}`,
    );
    return [...title, `    ${step.sentence}  ${place}`.trimEnd(), ...reasons];
  });
  return [head, ...lines].join('\n');
}
