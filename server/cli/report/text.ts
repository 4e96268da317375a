/** Reports for people: colour where the terminal has it, the place of everything, near misses beside the lines. */
import pc from 'picocolors';
import type { EncounterReport, PlaceReport, ProblemReport } from '../../core/index.ts';
import { placeText, SEVERITY_COLOURS } from './shared/problem-text.ts';

type Paint = (text: string) => string;
const OUTCOMES: Readonly<Record<EncounterReport['lines'][number]['outcome'], Paint>> = {
  billable: pc.green,
  denied: pc.red,
  unknown: pc.yellow,
};
/** Where a clause stands and what it is called. */
const clauseText = (at: PlaceReport): string => pc.dim(`${placeText(at)}  ${at.name}`.trimEnd());

/** An encounter with its lines, the clauses that made them, and what came near. */
export function encounterText(report: EncounterReport): string {
  const head = `${pc.bold(report.encounter === '' ? `document ${String(report.document)}` : report.encounter)}  ${pc.dim(`${report.file}, document ${String(report.document)}`)}`;
  const lines = report.lines.flatMap((line) => {
    const code = [line.code, ...line.modifiers].join('-');
    const title = `  ${pc.bold(`${code} × ${String(line.units)}`)}  ${OUTCOMES[line.outcome](line.outcome)}${line.diagnoses.length > 0 ? pc.dim(`  ${line.diagnoses.join(', ')}`) : ''}`;
    const benchmark = line.benchmark ? [`      ${pc.dim(line.benchmark.sentence)}`] : [];
    return [
      title,
      ...line.because.map(({ sentence, clause }) => `      ${sentence}\n          ${clauseText(clause)}`),
      ...benchmark,
    ];
  });
  const none = report.lines.length === 0 ? [`  ${pc.dim('No billing lines.')}`] : [];
  const misses = report.notBilled.filter(({ near, code }) => near || code === '');
  const near = misses.map(
    ({ because }) =>
      `  ${pc.yellow('not billed')}  ${because.sentence}\n          ${clauseText(because.clause)}`,
  );
  const problems = report.problems.map(
    (problem) =>
      `  ${SEVERITY_COLOURS[problem.severity](problem.severity)}: ${problem.message}  ${pc.dim(`${placeText(problem.at)} ${problem.rule}`)}`,
  );
  return [head, ...lines, ...none, ...near, ...problems].join('\n');
}

/** `3 errors, 1 warning in 12 files`. */
export function summaryText(problems: readonly ProblemReport[], files: number): string {
  const count = (severity: ProblemReport['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const words = (['error', 'warning'] as const).map(
    (severity) => `${String(count(severity))} ${severity}${count(severity) === 1 ? '' : 's'}`,
  );
  return `${words.join(', ')} in ${String(files)} ${files === 1 ? 'file' : 'files'}`;
}
