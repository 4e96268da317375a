/** The findings that touch a range of a file, each with where it is. */
import type { TextRange } from '../../base/line-index.ts';
import type { FileId } from '../../base/origin.ts';
import type { Problem } from '../../base/problem.ts';
import { problemsOf } from '../../diagnostics/registry.ts';
import type { Analysis, Location } from '../../workspace/analysis.ts';

export interface Finding {
  readonly problem: Problem;
  readonly at: Location;
}

/** `coverage` answers with the findings about all encounters together, as far as they are known. */
export const findingsAt = (
  analysis: Analysis,
  file: FileId,
  range: TextRange,
  coverage: () => readonly Problem[] = () => [],
): readonly Finding[] =>
  problemsOf(analysis, file, coverage).flatMap((problem) => {
    const at = analysis.locate(problem.at);
    return !at || at.end < range.start || at.start > range.end ? [] : [{ problem, at }];
  });
