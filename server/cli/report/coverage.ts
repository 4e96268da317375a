/** Coverage of clauses for people: a table by file, and what no encounter puts to the test. */
import pc from 'picocolors';
import type { ClauseCoverageReport, CoverageReport, Share } from '../../core/index.ts';
import { placeText } from './shared/problem-text.ts';
import { shareTable } from './shared/share-table.ts';

/** Clauses beyond these are counted: the other formats have them all. */
const MANY = 30;

export function coverageText(report: CoverageReport): string {
  const { files } = report;
  if (files.length === 0)
    return 'Coverage: no clause of a family, specification or policy here; the built-in library is not counted.';
  const rows = [...files, { ...report, file: 'all' }].map(({ file, clauses, conditions }) => ({
    name: file,
    shares: [pairOf(clauses), pairOf(conditions)],
    isWhole: [clauses, conditions].every(({ covered, total }) => covered === total),
  }));
  const lacking = files
    .flatMap(({ documents }) => documents.flatMap(({ clauses }) => clauses))
    .flatMap((clause) => lackOf(clause) ?? []);
  const shown = lacking
    .slice(0, MANY)
    .map(({ words, at }) => `  ${words}  ${placeText(at)}  ${pc.dim(at.name)}`);
  const more = lacking.length - shown.length;
  return [
    shareTable('Coverage of clauses', ['clauses', 'conditions both ways'], rows),
    ...(shown.length > 0 ? [[pc.bold('Not put to the test'), ...shown].join('\n')] : []),
    ...(more > 0 ? [`  and ${String(more)} more`] : []),
  ].join('\n\n');
}

const pairOf = ({ covered, total }: Share): readonly [number, number] => [covered, total];

function lackOf({
  at,
  encounters,
  answers,
}: ClauseCoverageReport): { readonly words: string; readonly at: ClauseCoverageReport['at'] } | undefined {
  if (encounters === 0 && !(answers && answers.yes > 0)) return { words: pc.red('never     '), at };
  if (answers?.yes === 0) return { words: pc.yellow('never true'), at };
  return answers?.no === 0 ? { words: pc.yellow('always    '), at } : undefined;
}
