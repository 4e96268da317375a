/** `coding-spec explain`: the whole reasoning of encounters, step by step, each step with its clause. */
import type { Command } from 'commander';
import pc from 'picocolors';
import {
  explain,
  placeReport,
  problemReport,
  reasonReport,
  type Analysis,
  type DocumentInFile,
  type Step,
} from '../../core/index.ts';
import { loadWorkspace } from '../files.ts';
import { exitStatus } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { placeText, problemText } from '../report/shared/problem-text.ts';
import { writeJson, writeText } from '../write.ts';
import { chooseEncounters, hasEncounters } from './shared/encounters.ts';

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
      const chosen = chooseEncounters(analysis, asked, { paths, ...options });
      const explained = chosen.documents.flatMap((document) => explainDocument(analysis, document));
      const problems = chosen.problems
        .map((found) => problemReport(analysis, found))
        .filter(({ at }) => hasEncounters(at.file));
      if (options.format === 'json')
        await writeJson({
          encounters: explained.map((one) => ({
            ...one,
            steps: one.steps.map((step) => jsonStep(analysis, step)),
          })),
          problems,
        });
      else
        await writeText(
          [...explained.map((one) => explainedText(analysis, one)), ...problems.map(problemText)].join(
            '\n\n',
          ) || `No encounters in ${asked.filter(hasEncounters).join(', ')}.`,
        );
      process.exitCode = exitStatus(problems);
    });
}

function explainDocument(analysis: Analysis, { source, index }: DocumentInFile): Explained[] {
  const encounter = analysis.encounter(source);
  const rules = encounter && analysis.rulesOn(encounter);
  const bill = encounter && analysis.bill(encounter);
  if (!encounter || !rules || !bill) return [];
  return [
    {
      file: source.file,
      document: index + 1,
      encounter: encounter.id?.value ?? '',
      steps: explain(rules, encounter, bill),
    },
  ];
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
