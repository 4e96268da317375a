/** `coding-spec compare`: one encounter billed for each payer, side by side. */
import { Option, type Command } from 'commander';
import {
  compare,
  kindOfFile,
  knownPayers,
  labelOf,
  problemReport,
  problemsOf,
  renderComparison,
  type Analysis,
  type Comparison,
  type FileId,
  type PayerName,
  type ProblemReport,
} from '../../core/index.ts';
import { loadWorkspace, STDIN } from '../files.ts';
import { exitStatus } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { comparisonsText } from '../report/comparison.ts';
import { problemText } from '../report/shared/problem-text.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';

interface CompareOptions extends Omit<SharedOptions, 'format'> {
  readonly format: 'text' | 'json' | 'html';
  readonly encounter?: string;
  readonly payer: readonly string[];
}

export function addCompare(program: Command): void {
  const command = withSharedOptions(program.command('compare'))
    .description('bill encounters for each payer, side by side, with the clauses in which payers differ')
    .argument('<paths...>', 'encounter files, folders and globs; - is standard input')
    .option('--encounter <name>', 'only the encounter of this name')
    .addOption(
      new Option(
        '--payer <name>',
        'only this payer, this plan, or payer and plan with a comma between; repeatable',
      )
        .argParser(collect)
        .default([], 'all that the policies name'),
    );
  // Pages are one more way to write this result.
  const formats = command.options.find(({ long }) => long === '--format');
  if (formats instanceof Option) formats.choices(['text', 'json', 'html']);
  command.action(async (paths: string[], options: CompareOptions) => {
    const { host, asked } = await loadWorkspace({
      paths,
      ...options,
      settings: { severity: options.severity },
    });
    const analysis = host.snapshot();
    const files = asked.filter((file) => file === STDIN || kindOfFile(file) === 'encounter');
    if (files.length === 0)
      throw new UsageError(`${paths.join(' ')}: no encounters here; their files end in .encounter.yaml.`);
    const payers = chosenPayers(analysis, options.payer);
    const all = files.flatMap((file) => compareFile(analysis, file, payers));
    const wanted = all.filter(
      ({ encounter }) => options.encounter === undefined || encounter === options.encounter,
    );
    if (options.encounter !== undefined && wanted.length === 0)
      throw new UsageError(noneSentence(options.encounter, all));
    const problems = problemsIn(analysis, files).filter(
      ({ at }) =>
        options.encounter === undefined ||
        wanted.some((one) => one.file === at.file && one.document === at.document),
    );
    if (wanted.length === 0 && problems.length === 0)
      throw new UsageError(`${paths.join(' ')}: no encounters here.`);
    await write(wanted, problems, options.format);
    process.exitCode = exitStatus(problems);
  });
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** What cannot be read is not compared, which must not go unsaid. What an encounter expects, it expects of its own payer. */
const problemsIn = (analysis: Analysis, files: readonly FileId[]): ProblemReport[] =>
  files
    .flatMap((file) => problemsOf(analysis, file))
    .filter(({ severity, code }) => severity === 'error' && code !== 'expectation-mismatch')
    .map((found) => problemReport(analysis, found));

const compareFile = (analysis: Analysis, file: FileId, payers: readonly PayerName[]): Comparison[] =>
  analysis.documents(file).flatMap((document) => compare(analysis, document, payers) ?? []);

async function write(
  comparisons: readonly Comparison[],
  problems: readonly ProblemReport[],
  format: CompareOptions['format'],
): Promise<void> {
  if (format === 'json') return writeJson({ comparisons, problems });
  if (format === 'html') {
    for (const problem of problems) console.error(problemText(problem));
    return writeText(renderComparison(comparisons));
  }
  // A pipe has no width.
  const { isTTY, columns } = process.stdout;
  const width = isTTY && columns > 0 ? columns : Infinity;
  const parts = [
    ...(comparisons.length > 0 ? [comparisonsText(comparisons, width)] : []),
    ...(problems.length > 0 ? [problems.map(problemText).join('\n')] : []),
  ];
  return writeText(parts.join('\n\n'));
}

function noneSentence(name: string, all: readonly Comparison[]): string {
  const known = all.map(({ encounter }) => encounter).join(', ');
  return `No encounter is called "${name}"; there ${known === '' ? 'is none' : `are ${known}`}.`;
}

/** The payers that the policies name, or those of them that were asked for. */
function chosenPayers(analysis: Analysis, wanted: readonly string[]): readonly PayerName[] {
  const known = knownPayers(analysis);
  const unknown = wanted.find((name) => !known.some((payer) => isCalled(payer, name)));
  if (unknown !== undefined) {
    const names = known.map((payer) => `"${labelOf(payer)}"`).join(', ');
    throw new UsageError(
      `No policy is of the payer "${unknown}"; ${names === '' ? 'no payer is known here' : `known are ${names}`}.`,
    );
  }
  return wanted.length === 0 ? known : known.filter((payer) => wanted.some((name) => isCalled(payer, name)));
}

/** A payer alone stands for all of its plans. */
const isCalled = (payer: PayerName, name: string): boolean =>
  [labelOf(payer), payer.payer, payer.plan].some((own) => own !== undefined && folded(own) === folded(name));

const folded = (name: string): string =>
  name
    .split(',')
    .map((part) => part.trim())
    .join(', ')
    .toLowerCase();
