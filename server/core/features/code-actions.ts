/** Quick fixes: every problem that carries what a fix needs, as edits of the text. */
import type { TextRange } from '../base/line-index.ts';
import { isSpan, type FileId } from '../base/origin.ts';
import { isSuppressible, type Problem } from '../base/problem.ts';
import { problemsOf } from '../diagnostics/registry.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import { addEntry } from './shared/add-entry.ts';
import type { TextEdit } from './shared/edit.ts';
import { fixEdits, textAt } from './shared/fix-edits.ts';
import { snippetFor } from './shared/snippet.ts';
import { suppressEdit } from './shared/suppress-edit.ts';

export interface CodeAction {
  readonly title: string;
  /** Whether it mends what is wrong, or only silences it. */
  readonly kind: 'mend' | 'suppress';
  readonly problem: Problem;
  /** In offsets of the file that was asked about. */
  readonly edits: readonly TextEdit[];
}

/**
 * The fixes of the problems that touch a range of a file, then the comments that suppress them. `coverage` answers with
 * the findings about all encounters together, as far as they are known.
 */
export function codeActions(
  analysis: Analysis,
  file: FileId,
  range: TextRange,
  coverage: () => readonly Problem[] = () => [],
): readonly CodeAction[] {
  const here = problemsOf(analysis, file, coverage).flatMap((problem) => {
    const at = analysis.locate(problem.at);
    return !at || at.end < range.start || at.start > range.end ? [] : [{ problem, at }];
  });
  const mending = here.flatMap(({ problem }) => actionOf(analysis, problem) ?? []);
  const suppressing = here.flatMap(({ problem, at }) => suppression(analysis, problem, at) ?? []);
  const unique = new Map(
    suppressing.map((action) => [`${action.title} ${JSON.stringify(action.edits)}`, action]),
  );
  return [...mending, ...unique.values()];
}

function actionOf(analysis: Analysis, problem: Problem): CodeAction | undefined {
  const { fix } = problem;
  if (!fix) return undefined;
  if (fix.kind === 'add-key') return addKey(analysis, problem, fix.key);
  const edits = fixEdits(analysis, problem);
  const title = fix.kind === 'quote' ? `Put "${textAt(analysis, problem)}" in quotes` : fix.title;
  return edits && { title, kind: 'mend', problem, edits };
}

function suppression(analysis: Analysis, problem: Problem, at: TextRange): CodeAction | undefined {
  const found = analysis.document(problem.at.document);
  if (!found || !isSuppressible(problem.code)) return undefined;
  const { start, end, text } = suppressEdit(found.source, problem.code, at.start - found.offset);
  const edits = [{ start: start + found.offset, end: end + found.offset, text }];
  return { title: `Suppress "${problem.code}" here with a comment`, kind: 'suppress', problem, edits };
}

/** Puts the missing key after the last one of its mapping, with the same indentation. */
function addKey(analysis: Analysis, problem: Problem, key: string): CodeAction | undefined {
  if (isSpan(problem.at)) return undefined;
  const found = analysis.document(problem.at.document);
  if (!found) return undefined;
  const parsed = analysis.parsed(found.source);
  const node = nodeAtPath(parsed, problem.at.path);
  if (node?.kind !== 'map') return undefined;
  const own = addEntry(found.source.text, node, key, snippetFor(key));
  if (!own) return undefined;
  const edits = [{ start: own.start + found.offset, end: own.end + found.offset, text: own.text }];
  return { title: `Add "${key}"`, kind: 'mend', problem, edits };
}
