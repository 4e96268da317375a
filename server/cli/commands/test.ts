/** `coding-spec test`: encounters as tests, and how far they agree, by source and by code. */
import { stripVTControlCharacters } from 'node:util';
import { Option, type Command } from 'commander';
import {
  agreementReport,
  coverageReport,
  tallyCoverage,
  type Analysis,
  type CoverageReport,
  type DocumentInFile,
} from '../../core/index.ts';
import { loadWorkspace } from '../files.ts';
import { EXIT } from '../findings.ts';
import { withSharedOptions, type SharedOptions } from '../options.ts';
import { agreementText } from '../report/agreement.ts';
import { coverageText } from '../report/coverage.ts';
import { lcovText } from '../report/lcov.ts';
import { UsageError } from '../usage-error.ts';
import { writeJson, writeText } from '../write.ts';
import { chooseEncounters, unreadable } from './shared/encounters.ts';
import { writeFile } from './shared/write-files.ts';

interface TestOptions extends SharedOptions {
  readonly encounter?: string;
  readonly coverage?: boolean;
  readonly coverageFormat?: CoverageFormat;
  readonly coverageOutput?: string;
}

const COVERAGE_FORMATS = ['text', 'lcov', 'json'] as const;
type CoverageFormat = (typeof COVERAGE_FORMATS)[number];

export function addTest(program: Command): void {
  withSharedOptions(program.command('test'))
    .description('test encounters against the lines that they expect; agreement by source and by code')
    .argument('<paths...>', 'encounter files, folders and globs; - is standard input')
    .option('--encounter <name>', 'only the encounter of this name')
    .option('--coverage', 'also tell which clauses of the rules the encounters put to the test')
    .addOption(
      new Option('--coverage-format <format>', 'how to write the coverage to a file').choices(
        COVERAGE_FORMATS,
      ),
    )
    .option('--coverage-output <file>', 'the file to write the coverage to')
    .action(async (paths: string[], options: TestOptions) => {
      checkCoverageOptions(options);
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
      const coverage = wantsCoverage(options) ? coverageOf(analysis, chosen.documents) : undefined;
      if (options.format === 'json') await writeJson({ ...report, problems, ...(coverage && { coverage }) });
      else
        await writeText(
          [...(coverage ? [coverageText(coverage)] : []), agreementText(report, problems)].join('\n\n'),
        );
      if (coverage && options.coverageOutput !== undefined)
        writeFile(options.coverageOutput, COVERAGE_WRITERS[options.coverageFormat ?? 'lcov'](coverage));
      const failed = problems.length > 0 || report.encounters.some(({ status }) => status === 'differs');
      process.exitCode = failed ? EXIT.findings : EXIT.fine;
    });
}

const untestedSentence = (paths: readonly string[], { encounter }: TestOptions): string =>
  encounter === undefined
    ? `${paths.join(' ')}: no encounter here says what it expects.`
    : `The encounter "${encounter}" does not say what it expects.`;

const wantsCoverage = ({ coverage, coverageFormat, coverageOutput }: TestOptions): boolean =>
  coverage === true || coverageFormat !== undefined || coverageOutput !== undefined;

/** Standard output is the tests'; a format without a file would be lost. */
function checkCoverageOptions({ coverageFormat, coverageOutput }: TestOptions): void {
  if (coverageFormat !== undefined && coverageOutput === undefined)
    throw new UsageError(`--coverage-format ${coverageFormat} needs a file: --coverage-output FILE.`);
}

const COVERAGE_WRITERS: Readonly<Record<CoverageFormat, (report: CoverageReport) => string>> = {
  text: (report) => `${stripVTControlCharacters(coverageText(report))}\n`,
  lcov: lcovText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

/** Of the encounters that are tests: what others put to the test, nobody checks. */
function coverageOf(analysis: Analysis, documents: readonly DocumentInFile[]): CoverageReport {
  const tally = tallyCoverage(analysis);
  for (const { source } of documents) {
    const encounter = analysis.encounter(source);
    if (encounter?.expect) tally.add(encounter);
  }
  return coverageReport(analysis, tally);
}
