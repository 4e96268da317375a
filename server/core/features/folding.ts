/** What can be folded away: documents, mappings and lists, texts of several lines, and runs of comments. */
import type { TextRange } from '../base/line-index.ts';
import { perInput } from '../base/memo.ts';
import type { FileId } from '../base/origin.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { commentRuns } from './shared/comments.ts';

/** From the beginning of the line that stays to the end of what is hidden. */
export interface Fold extends TextRange {
  readonly kind: 'document' | 'node' | 'comment';
  /** How many others it lies in: where there are too many folds, the deepest are of least use. */
  readonly depth: number;
  /** Whether its last line holds a closing bracket and nothing before it. */
  readonly closes: boolean;
}

/**
 * The folds, one list for each document, so that whoever asks can stop in between. Where a file has as many documents as
 * folds are wanted, only the documents themselves can be folded.
 */
export function* folds(analysis: Analysis, file: FileId, limit: number): Generator<readonly Fold[]> {
  const documents = analysis.documents(file);
  const hasMany = documents.length >= limit;
  for (const { source, offset } of documents.slice(0, limit)) {
    const parsed = analysis.parsed(source);
    if (!kindOfDocument(file, parsed.root)) continue;
    const own = foldsOf(parsed).filter(({ kind }) => !hasMany || kind === 'document');
    yield own.map((fold) => ({ ...fold, start: fold.start + offset, end: fold.end + offset }));
  }
}

const foldsOf = perInput((parsed: ParsedDocument): readonly Fold[] => {
  const { root, source } = parsed;
  const comments = commentRuns(parsed)
    .filter(({ lines }) => lines > 1)
    .map(({ start, end }): Fold => ({ start, end, kind: 'comment', depth: 1, closes: false }));
  if (!root) return comments;
  const whole: Fold = {
    start: root.start,
    end: root.end,
    kind: 'document',
    depth: 0,
    closes: closesAlone(root, source.text),
  };
  return [whole, ...below(root, 1, source.text), ...comments].filter(({ start, end }) =>
    source.text.slice(start, end).includes('\n'),
  );
});

function below(node: YamlNode, depth: number, text: string): Fold[] {
  if (node.kind === 'seq')
    return node.items
      .filter((item) => item.path.startsWith(node.path) && item.start >= node.start && item.end <= node.end)
      .flatMap((item) => [foldOf(item, item.start, depth, text), ...below(item, depth + 1, text)]);
  if (node.kind === 'scalar') return [];
  return node.entries
    .filter(({ key, value, merged }) => !merged && value.path === key.path)
    .flatMap(({ key, value }) => [foldOf(value, key.start, depth, text), ...below(value, depth + 1, text)]);
}

const foldOf = (node: YamlNode, start: number, depth: number, text: string): Fold => ({
  start,
  end: Math.max(start, node.end),
  kind: 'node',
  depth,
  closes: closesAlone(node, text),
});

/** Whether the bracket at the end of a node begins its line. */
const closesAlone = (node: YamlNode, text: string): boolean =>
  node.kind !== 'scalar' &&
  node.flow &&
  /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', node.end - 1) + 1, node.end - 1));
