/** Quick fixes: every problem that carries what a fix needs, as edits of the text. */
import type { TextRange } from '../base/line-index.ts';
import { isSpan, type FileId } from '../base/origin.ts';
import type { Problem } from '../base/problem.ts';
import { problemsOf } from '../diagnostics/registry.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import { snippetFor } from './shared/snippet.ts';

export interface TextEdit extends TextRange {
  readonly text: string;
}

export interface CodeAction {
  readonly title: string;
  readonly problem: Problem;
  /** In offsets of the file that was asked about. */
  readonly edits: readonly TextEdit[];
}

/** The fixes of the problems that touch a range of a file. */
export function codeActions(analysis: Analysis, file: FileId, range: TextRange): readonly CodeAction[] {
  return problemsOf(analysis, file, () => []).flatMap((problem): CodeAction[] => {
    const at = analysis.locate(problem.at);
    if (!at || at.end < range.start || at.start > range.end) return [];
    const action = actionOf(analysis, problem, at);
    return action ? [action] : [];
  });
}

function actionOf(analysis: Analysis, problem: Problem, at: TextRange): CodeAction | undefined {
  const { fix } = problem;
  if (!fix || isSpan(problem.at)) return undefined;
  switch (fix.kind) {
    case 'quote': {
      const text = textAt(analysis, problem);
      return { title: `Put "${text}" in quotes`, problem, edits: [{ ...rangeOf(at), text: `"${text}"` }] };
    }
    case 'replace':
      return { title: fix.title, problem, edits: [{ ...rangeOf(at), text: fix.text }] };
    case 'add-key':
      return addKey(analysis, problem, fix.key);
  }
}

const rangeOf = ({ start, end }: TextRange): TextRange => ({ start, end });

function textAt(analysis: Analysis, { at }: Problem): string {
  const found = isSpan(at) ? undefined : analysis.document(at.document);
  const node = found && !isSpan(at) ? nodeAtPath(analysis.parsed(found.source), at.path) : undefined;
  return node?.kind === 'scalar' ? node.text : '';
}

/** Puts the missing key after the last one of its mapping, with the same indentation. */
function addKey(analysis: Analysis, problem: Problem, key: string): CodeAction | undefined {
  if (isSpan(problem.at)) return undefined;
  const found = analysis.document(problem.at.document);
  if (!found) return undefined;
  const parsed = analysis.parsed(found.source);
  const node = nodeAtPath(parsed, problem.at.path);
  if (node?.kind !== 'map') return undefined;
  const last = node.entries.filter(({ merged }) => !merged).at(-1);
  if (!last) return undefined;
  const value = snippetFor(key);
  const first = node.entries[0];
  const lineStart = found.source.text.lastIndexOf('\n', (first?.key.start ?? 0) - 1) + 1;
  const indent = ' '.repeat((first?.key.start ?? 0) - lineStart);
  const end = found.offset + Math.max(last.key.end + 1, last.value.end);
  const text = node.flow ? `, ${key}: ${value}` : `\n${indent}${key}: ${value}`;
  return { title: `Add "${key}"`, problem, edits: [{ start: end, end, text }] };
}
