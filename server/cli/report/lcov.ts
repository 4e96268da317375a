/**
 * Coverage of clauses as lcov, which CI services read: documents as functions, clauses as lines, and the two ways of a
 * condition as branches. See geninfo(1).
 */
import type { ClauseCoverageReport, CoverageReport, FileCoverageReport } from '../../core/index.ts';

export const lcovText = ({ files }: CoverageReport): string =>
  files.map((file) => [...fileRows(file), 'end_of_record\n'].join('\n')).join('');

function fileRows({ file, documents }: FileCoverageReport): string[] {
  const clauses = documents.flatMap((document) => document.clauses);
  const functions = documents.map(({ name, at, encounters }) => ({
    // Versions of a code may share a file, and functions of one name are one.
    name:
      documents.filter((other) => other.name === name).length > 1
        ? `${name} (line ${String(at.line)})`
        : name,
    line: at.line,
    hits: encounters,
  }));
  const lines = linesOf(clauses);
  const branches = clauses.flatMap(branchesOf);
  return [
    'TN:coding-spec',
    `SF:${file}`,
    ...functions.map(({ name, line }) => `FN:${String(line)},${name}`),
    ...functions.map(({ name, hits }) => `FNDA:${String(hits)},${name}`),
    ...found(
      'FN',
      functions.map(({ hits }) => hits),
    ),
    ...branches.map(({ row }) => row),
    ...found(
      'BR',
      branches.map(({ hits }) => hits),
    ),
    ...lines.map(([line, hits]) => `DA:${String(line)},${String(hits)}`),
    ...found(
      'L',
      lines.map(([, hits]) => hits),
    ),
  ];
}

/** How many there are, and how many of them were hit. */
const found = (kind: string, hits: readonly number[]): string[] => [
  `${kind}F:${String(hits.length)}`,
  `${kind}H:${String(hits.filter((own) => own > 0).length)}`,
];

/** Lines in order; of several clauses on one line the one that was put to the test most often. */
function linesOf(clauses: readonly ClauseCoverageReport[]): readonly (readonly [number, number])[] {
  const lines = new Map<number, number>();
  for (const { at, encounters } of clauses) lines.set(at.line, Math.max(lines.get(at.line) ?? 0, encounters));
  return [...lines].sort(([a], [b]) => a - b);
}

/** A condition that nobody asked has branches that were never reached: `-`, and not 0. */
function branchesOf(
  { at, answers }: ClauseCoverageReport,
  block: number,
): { readonly row: string; readonly hits: number }[] {
  if (!answers) return [];
  const isAsked = answers.yes + answers.no + answers.unknown > 0;
  return [answers.yes, answers.no].map((hits, branch) => ({
    row: `BRDA:${[at.line, block, branch].join(',')},${isAsked ? String(hits) : '-'}`,
    hits,
  }));
}
