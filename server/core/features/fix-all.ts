/** Every fix of a file that needs no judgement: quotes, the only name that can be meant, comments that suppress nothing. */
import type { FileId } from '../base/origin.ts';
import type { Problem } from '../base/problem.ts';
import { problemsOf } from '../diagnostics/registry.ts';
import type { Analysis } from '../workspace/analysis.ts';
import type { Refactoring } from './shared/edit.ts';
import { fixEdits } from './shared/fix-edits.ts';

export function fixAll(analysis: Analysis, file: FileId): readonly Refactoring[] {
  const safe = problemsOf(analysis, file, () => []).filter(isSafe);
  if (safe.length === 0) return [];
  return [
    {
      id: 'fix-all',
      title: 'Fix all that is safe to fix',
      kind: 'fix-all',
      files: () => {
        const edits = safe
          .flatMap((problem) => fixEdits(analysis, problem) ?? [])
          .sort((a, b) => a.start - b.start);
        // Two fixes of one place would spoil each other: the second waits for the next time.
        const apart = edits.filter(({ start }, i) => i === 0 || start >= (edits[i - 1]?.end ?? 0));
        return [{ file, create: false, edits: apart }];
      },
    },
  ];
}

const isSafe = ({ fix, code }: Problem): boolean =>
  fix?.kind === 'quote' || (fix?.kind === 'replace' && fix.only === true) || code === 'unused-suppression';
