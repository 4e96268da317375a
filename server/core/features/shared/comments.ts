/** Comments that stand on lines of their own. */
import type { TextRange } from '../../base/line-index.ts';
import type { YamlNode } from '../../yaml/node.ts';
import type { ParsedDocument } from '../../yaml/parse.ts';

/** Lines of comments that follow each other. Offsets are of the document's text, from the first `#`. */
export interface CommentRun extends TextRange {
  readonly lines: number;
}

export function commentRuns({ source: { text }, root }: ParsedDocument): readonly CommentRun[] {
  const texts = root ? longTexts(root) : [];
  const runs: CommentRun[] = [];
  let lineStart = 0;
  let open: CommentRun | undefined;
  for (const line of text.split('\n')) {
    const start = lineStart + line.search(/\S|$/);
    const end = lineStart + line.trimEnd().length;
    lineStart += line.length + 1;
    const isComment =
      text.charAt(start) === '#' && start < end && !texts.some((own) => own.start < start && start < own.end);
    if (!isComment) {
      if (open) runs.push(open);
      open = undefined;
    } else open = { start: open?.start ?? start, end, lines: (open?.lines ?? 0) + 1 };
  }
  if (open) runs.push(open);
  return runs;
}

/** Block scalars and quoted texts, in which a line may begin with the sign of a comment. */
function longTexts(node: YamlNode): TextRange[] {
  if (node.kind === 'seq') return node.items.flatMap(longTexts);
  if (node.kind === 'map')
    return node.entries.flatMap(({ value, merged }) => (merged ? [] : longTexts(value)));
  return node.plain ? [] : [node];
}
