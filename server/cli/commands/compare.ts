/** `coding-spec compare`: one encounter billed for each payer, side by side. */
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  compare,
  knownPayers,
  labelOf,
  renderComparison,
  type Analysis,
  type Comparison,
  type PayerName,
  type ProblemReport,
} from '../../core/index.ts';
import { loadWorkspace } from '../files.ts';
import { exitStatus } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { comparisonsText } from '../report/comparison.ts';
import { problemText } from '../report/shared/problem-text.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';
import { chooseEncounters, unreadable } from './shared/encounters.ts';
import { writeFiles } from './shared/write-files.ts';

interface CompareOptions extends SharedOptions {
  readonly to: 'text' | 'html';
  readonly out?: string;
  readonly encounter?: string;
  readonly payer: readonly string[];
}

export function addCompare(program: Command): void {
  const command = withSharedOptions(program.command('compare'))
    .description('bill encounters for each payer, side by side, with the clauses in which payers differ')
    .argument('<paths...>', 'encounter files, folders and globs; - is standard input')
    .addOption(
      new Option('--to <kind>', 'what to write for people').choices(['text', 'html']).default('text'),
    )
    .option('--out <folder>', 'a folder for one file per file of encounters, in place of standard output')
    .option('--encounter <name>', 'only the encounter of this name')
    .addOption(
      new Option(
        '--payer <name>',
        'only this payer, this plan, or payer and plan with a comma between; repeatable',
      )
        .argParser(collect)
        .default([], 'all that the policies name'),
    );
  refuseHtmlAsFormat(command);
  command.action(async (paths: string[], options: CompareOptions) => {
    const { host, asked } = await loadWorkspace({
      paths,
      ...options,
      settings: { severity: options.severity },
    });
    const analysis = host.snapshot();
    const chosen = chooseEncounters(analysis, asked, { paths, ...options });
    const problems = unreadable(analysis, chosen.problems);
    const payers = chosenPayers(analysis, options.payer);
    const comparisons = chosen.documents.flatMap((document) => compare(analysis, document, payers) ?? []);
    if (comparisons.length === 0 && problems.length === 0)
      throw new UsageError(`${paths.join(' ')}: no encounters here.`);
    await write(comparisons, problems, options);
    process.exitCode = exitStatus(problems);
  });
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

/** The format is for people or for programs; what people read is chosen by `--to`, as `publish` has it. */
function refuseHtmlAsFormat(command: Command): void {
  const format = command.options.find(({ long }) => long === '--format');
  const read = format?.parseArg;
  format?.argParser((value, previous) => {
    if (value === 'html') throw new InvalidArgumentError('A page is asked for by --to html.');
    return read ? read(value, previous) : value;
  });
}

async function write(
  comparisons: readonly Comparison[],
  problems: readonly ProblemReport[],
  { format, to, out }: CompareOptions,
): Promise<void> {
  const data = format === 'json';
  // A page or a list of files has no place for problems, and they must not go unsaid.
  if (out !== undefined || (to === 'html' && !data))
    for (const problem of problems) console.error(problemText(problem));
  if (out === undefined) {
    if (data) return writeJson({ comparisons, problems });
    if (to === 'html') return writeText(renderComparison(comparisons));
    return writeText(forTerminal(comparisons, problems));
  }
  const files = [...new Set(comparisons.map(({ file }) => file))].map((file) => {
    const own = comparisons.filter((one) => one.file === file);
    const content = { comparisons: own, problems: problems.filter(({ at }) => at.file === file) };
    return {
      name: path.basename(file).replace(/\.encounter\.ya?ml$|[<>]/gi, ''),
      text: data
        ? `${JSON.stringify(content, null, 2)}\n`
        : to === 'html'
          ? renderComparison(own)
          : plainText(own),
    };
  });
  await writeFiles(out, data ? 'json' : to === 'html' ? 'html' : 'txt', files);
}

/** A file has no width and no colours, whatever the terminal has. */
const plainText = (comparisons: readonly Comparison[]): string =>
  `${stripVTControlCharacters(comparisonsText(comparisons, Infinity))}\n`;

function forTerminal(comparisons: readonly Comparison[], problems: readonly ProblemReport[]): string {
  // A pipe has no width.
  const { isTTY, columns } = process.stdout;
  const width = isTTY && columns > 0 ? columns : Infinity;
  const parts = [
    ...(comparisons.length > 0 ? [comparisonsText(comparisons, width)] : []),
    ...(problems.length > 0 ? [problems.map(problemText).join('\n')] : []),
  ];
  return parts.join('\n\n');
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
