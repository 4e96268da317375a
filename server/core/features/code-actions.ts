/** Quick fixes: every problem that carries what a fix needs, as edits of the text. */
import type { TextRange } from '../base/line-index.ts';
import { groupBy } from '../base/lists.ts';
import { isSpan, type FileId } from '../base/origin.ts';
import { isSuppressible, type Problem } from '../base/problem.ts';
import { schemaAtPath } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import { addEntry } from './shared/add-entry.ts';
import type { TextEdit } from './shared/edit.ts';
import { findingsAt } from './shared/findings.ts';
import { fixEdits, textAt } from './shared/fix-edits.ts';
import { valueToBegin } from './shared/snippet.ts';
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
  const here = findingsAt(analysis, file, range, coverage);
  const mending = here.flatMap(({ problem }) => actionOf(analysis, problem) ?? []);
  const lacking = groupBy(
    here.map(({ problem }) => problem).filter(({ fix }) => fix?.kind === 'add-key'),
    ({ at }) => JSON.stringify(at),
  );
  const together = [...lacking.values()].flatMap((problems) => addAllKeys(analysis, problems) ?? []);
  const suppressing = here.flatMap(({ problem, at }) => suppression(analysis, problem, at) ?? []);
  const unique = new Map(
    suppressing.map((action) => [`${action.title} ${JSON.stringify(action.edits)}`, action]),
  );
  return [...mending, ...together, ...unique.values()];
}

function actionOf(analysis: Analysis, problem: Problem): CodeAction | undefined {
  const { fix } = problem;
  if (!fix) return undefined;
  if (fix.kind === 'add-key') return addKeys(analysis, problem, [fix.key], `Add "${fix.key}"`);
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

/** One action for a mapping that lacks several keys. */
function addAllKeys(analysis: Analysis, problems: readonly [Problem, ...Problem[]]): CodeAction | undefined {
  const keys = problems.flatMap(({ fix }) => (fix?.kind === 'add-key' ? [fix.key] : []));
  return keys.length < 2 ? undefined : addKeys(analysis, problems[0], keys, 'Add all missing keys');
}

/** Puts the missing keys after the last one of their mapping, with the same indentation. */
function addKeys(
  analysis: Analysis,
  problem: Problem,
  keys: readonly string[],
  title: string,
): CodeAction | undefined {
  if (isSpan(problem.at)) return undefined;
  const { document, path } = problem.at;
  const found = analysis.document(document);
  if (!found) return undefined;
  const parsed = analysis.parsed(found.source);
  const node = nodeAtPath(parsed, path);
  if (node?.kind !== 'map') return undefined;
  const kind = kindOfDocument(found.source.file, parsed.root);
  const schema = kind && schemaAtPath(kind, path);
  const own = keys.flatMap(
    (key) => addEntry(found.source.text, node, key, valueToBegin(schema?.property(key))) ?? [],
  );
  const [first] = own;
  if (!first) return undefined;
  const text = own.map((edit) => edit.text).join('');
  const edits = [{ start: first.start + found.offset, end: first.end + found.offset, text }];
  return { title, kind: 'mend', problem, edits };
}
