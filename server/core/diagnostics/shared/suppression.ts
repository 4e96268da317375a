/**
 * Comments that silence findings: `# coding-spec-ignore rule-id, rule-id: reason`. What they say and how far they reach,
 * found in the text, so that they hold in documents that are broken elsewhere, too.
 */
import type { TextRange } from '../../base/line-index.ts';
import { perInput } from '../../base/memo.ts';
import { commentsOf, type Comment } from '../../yaml/lexemes.ts';
import type { SourceDocument } from '../../yaml/stream.ts';

export const KEYWORD = 'coding-spec-ignore';

export interface NamedRule extends TextRange {
  readonly name: string;
}

/** All offsets are those of the document. */
export interface Suppression {
  /** The comment, and whether it has the line for itself. */
  readonly at: TextRange;
  readonly alone: boolean;
  /** Whether it stands before the content, and so speaks of the whole document. */
  readonly atHead: boolean;
  readonly rules: readonly NamedRule[];
  readonly reason: string;
  /** Findings that begin here are silenced. */
  readonly reach: TextRange;
}

const COMMENT = new RegExp(`^#[ \\t]*${KEYWORD}(?![\\w-])([^:]*)(?::(.*))?$`);

export const suppressionsOf: (source: SourceDocument) => readonly Suppression[] = perInput((source) => {
  if (!source.text.includes(KEYWORD)) return [];
  const lines = linesOf(source.text);
  return commentsOf(source).flatMap((comment): Suppression[] => {
    const [, names, reason = ''] = COMMENT.exec(comment.text) ?? [];
    if (names === undefined) return [];
    return [
      {
        at: { start: comment.start, end: comment.end },
        alone: comment.alone,
        atHead: comment.atHead,
        rules: namedIn(names, comment.start + comment.text.indexOf(KEYWORD) + KEYWORD.length),
        reason: reason.trim(),
        reach: reachOf(source, comment, lines),
      },
    ];
  });
});

const namedIn = (names: string, start: number): NamedRule[] =>
  [...names.matchAll(/[^\s,]+/g)].map(({ 0: name, index }) => ({
    name,
    start: start + index,
    end: start + index + name.length,
  }));

/** The word of a comment that names a rule at an offset, empty where one may begin, and the other rules of the comment. */
export function ruleNameAt(
  source: SourceDocument,
  offset: number,
): (NamedRule & { readonly others: readonly string[] }) | undefined {
  const own = suppressionsOf(source).find(({ at }) => at.start < offset && offset <= at.end);
  if (!own) return undefined;
  const before = source.text.slice(own.at.start, offset);
  const names = COMMENT.exec(before)?.[1];
  // Directly behind the keyword a letter would lengthen it, and behind the colon stands the reason.
  if (names === undefined || names === '' || before.includes(':')) return undefined;
  const rule = own.rules.find(({ start, end }) => start <= offset && offset <= end);
  const others = own.rules.filter((other) => other !== rule).map(({ name }) => name);
  return { ...(rule ?? { name: '', start: offset, end: offset }), others };
}

/**
 * Before the first content: the whole document. At the end of a line: that line. On a line of its own: what begins on the
 * next line with content, to its end.
 */
function reachOf(
  source: SourceDocument,
  { start, alone, atHead }: Comment,
  lines: readonly Line[],
): TextRange {
  if (atHead) return { start: 0, end: source.text.length };
  const own = lines.filter((line) => line.start <= start).length - 1;
  if (!alone) return { start: lines[own]?.start ?? 0, end: start };
  const first = lines.findIndex(({ text }, index) => index > own && !isSilent(text));
  const head = lines[first];
  if (!head || /^(?:---|\.\.\.)/.test(head.text)) return { start, end: start };
  const rest = lines.slice(first + 1).findIndex(({ text }) => !continues(text, head.text));
  return { start: head.start, end: rest === -1 ? source.text.length : (lines[first + 1 + rest]?.start ?? 0) };
}

interface Line {
  readonly start: number;
  readonly text: string;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const own = { start, text: line };
    start += line.length + 1;
    return own;
  });
}

const indentOf = (line: string): number => line.search(/\S/);
/** A line without content: blank, or a comment. */
const isSilent = (line: string): boolean => /^\uFEFF?\s*(?:#|$)/.test(line);

/** Whether a line belongs to what begins on another: it is indented further, closes a bracket, or is an item of its list. */
function continues(line: string, head: string): boolean {
  if (isSilent(line)) return true;
  const [own, first] = [indentOf(line), indentOf(head)];
  if (own !== first) return own > first;
  const isItem = (text: string): boolean => /^\s*-(?:\s|$)/.test(text);
  return /^\s*[\]}]/.test(line) || (isItem(line) && !isItem(head));
}
