/** The edits of the fixes that problems carry, except those that need the schema. */
import { isSpan } from '../../base/origin.ts';
import type { Problem } from '../../base/problem.ts';
import type { Analysis } from '../../workspace/analysis.ts';
import { nodeAtPath } from '../../yaml/locate.ts';
import type { TextEdit } from './edit.ts';

/** In offsets of the file; undefined for a fix of another kind. */
export function fixEdits(analysis: Analysis, problem: Problem): readonly TextEdit[] | undefined {
  const { fix } = problem;
  const at = analysis.locate(problem.at);
  if (!fix || !at) return undefined;
  const { start, end } = at;
  switch (fix.kind) {
    case 'quote':
      return [{ start, end, text: `"${textAt(analysis, problem)}"` }];
    case 'replace':
      return [{ start, end, text: fix.text }];
    case 'edit': {
      const offset = analysis.document(problem.at.document)?.offset ?? 0;
      return fix.edits.map((edit) => ({
        start: edit.start + offset,
        end: edit.end + offset,
        text: edit.text,
      }));
    }
    case 'add-key':
      return undefined;
  }
}

/** What is written where a problem is. */
export function textAt(analysis: Analysis, { at }: Problem): string {
  const found = isSpan(at) ? undefined : analysis.document(at.document);
  const node = found && !isSpan(at) ? nodeAtPath(analysis.parsed(found.source), at.path) : undefined;
  return node?.kind === 'scalar' ? node.text : '';
}
