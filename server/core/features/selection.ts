/** What is selected when a selection grows: a word, a scalar, its entry, the mapping, the item, the list, the document. */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import type { Analysis } from '../workspace/analysis.ts';
import type { YamlNode } from '../yaml/node.ts';
import { commentRuns } from './shared/comments.ts';

/** Ranges around an offset, the smallest first; each holds the one before. The last is the whole file. */
export function selectionRanges(analysis: Analysis, file: FileId, offset: number): readonly TextRange[] {
  const text = analysis.file(file)?.source.text ?? '';
  const whole = { start: 0, end: text.length };
  const document = analysis.documentAt(file, offset);
  if (!document) return [whole];
  const parsed = analysis.parsed(document.source);
  const own = document.source.text;
  const at = offset - document.offset;
  const nodes = parsed.root ? around(parsed.root, own, at) : [];
  const comments = commentRuns(parsed).filter(({ start, end }) => start <= at && at <= end);
  const length = own.trimEnd().length;
  const ranges = [word(own, at), ...comments, ...nodes.reverse(), { start: 0, end: Math.max(length, at) }]
    .filter((range) => range !== undefined)
    .map(({ start, end }) => ({ start: document.offset + start, end: document.offset + end }));
  return growing([...ranges, whole].filter((range) => holds(range, offset)));
}

/** The ranges that hold each other, from the smallest on. */
function growing(ranges: readonly TextRange[]): readonly TextRange[] {
  const kept: TextRange[] = [];
  for (const range of ranges) {
    const last = kept.at(-1);
    const isAround = !last || (range.start <= last.start && last.end <= range.end);
    const isLarger = !last || range.end - range.start > last.end - last.start;
    if (isAround && isLarger) kept.push(range);
  }
  return kept;
}

function word(text: string, at: number): TextRange | undefined {
  const before = /[\p{L}\p{N}_]*$/u.exec(text.slice(Math.max(0, at - 100), at))?.[0].length ?? 0;
  const after = /^[\p{L}\p{N}_]*/u.exec(text.slice(at, at + 100))?.[0].length ?? 0;
  return before + after > 0 ? { start: at - before, end: at + after } : undefined;
}

const holds = ({ start, end }: TextRange, at: number): boolean => start <= at && at <= end;

/** Nodes around an offset with their entries and items, from the outermost in. */
function around(node: YamlNode, text: string, at: number): TextRange[] {
  if (!holds(node, at)) return [];
  if (node.kind === 'scalar') return [node, ...insideQuotes(node, text, at)];
  if (node.kind === 'seq')
    return [node, ...node.items.flatMap((item) => (isIn(item, node) ? ofItem(item, text, at) : []))];
  return [
    node,
    ...node.entries
      .filter(({ key, merged }) => !merged && isIn(key, node))
      .flatMap(({ key, value }) => ofEntry(key, isIn(value, node) ? value : key, text, at)),
  ];
}

/** What an alias repeats was written somewhere else. */
const isIn = (inner: TextRange, outer: TextRange): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

function insideQuotes({ start, end }: TextRange, text: string, at: number): TextRange[] {
  const quote = text.charAt(start);
  const isQuoted = (quote === '"' || quote === "'") && end - start > 1 && text.charAt(end - 1) === quote;
  return isQuoted && start < at && at < end ? [{ start: start + 1, end: end - 1 }] : [];
}

function ofEntry(key: YamlNode, value: YamlNode, text: string, at: number): TextRange[] {
  const entry = { start: key.start, end: Math.max(key.end, value.end) };
  if (!holds(entry, at)) return [];
  return [entry, ...around(key, text, at), ...(value === key ? [] : around(value, text, at))];
}

/** An item with the dash before it. */
function ofItem(item: YamlNode, text: string, at: number): TextRange[] {
  const dash = /-[ \t]+(?:[&!]\S+[ \t]+)*$/.exec(text.slice(Math.max(0, item.start - 200), item.start));
  const whole = { start: item.start - (dash?.[0].length ?? 0), end: item.end };
  return holds(whole, at) ? [whole, ...around(item, text, at)] : [];
}
