/** Problems and places for people, as every report writes them. */
import pc from 'picocolors';
import type { PlaceReport, ProblemReport } from '../../../core/index.ts';

type Paint = (text: string) => string;
export const SEVERITY_COLOURS: Readonly<Record<ProblemReport['severity'], Paint>> = {
  error: pc.red,
  warning: pc.yellow,
  information: pc.cyan,
  hint: pc.gray,
};

/** An installed release has no text with lines. */
export const placeText = ({ file, line, column, installed }: PlaceReport): string =>
  installed ? file : `${file}:${String(line)}:${String(column)}`;

/** One problem on one line, and what it is related to below it. */
export function problemText(problem: ProblemReport): string {
  const head = `${placeText(problem.at)}  ${SEVERITY_COLOURS[problem.severity](problem.severity)}  ${problem.message}  ${pc.dim(problem.rule)}`;
  const related = problem.related.map(({ message, at }) => `    ${message}  ${pc.dim(placeText(at))}`);
  return [head, ...related].join('\n');
}
