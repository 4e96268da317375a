/** Where the comment goes that suppresses a finding. */
import type { TextRange } from '../../base/line-index.ts';
import type { ProblemCode } from '../../base/problem.ts';
import { KEYWORD, suppressionsOf } from '../../diagnostics/shared/suppression.ts';
import { commentsOf, isInsideContent, lexemesOf } from '../../yaml/lexemes.ts';
import type { SourceDocument } from '../../yaml/stream.ts';
import type { TextEdit } from './edit.ts';

/**
 * The edit that suppresses a rule at an offset of a document, in offsets of the document: into a comment that reaches there
 * already, or else on a line above. Above the first line it would silence the whole document, so there it goes to the end of
 * the line, where that has room. The reason is left to the author.
 */
export function suppressEdit(source: SourceDocument, rule: ProblemCode, at: number): TextEdit {
  return addToComment(source, rule, at) ?? newComment(source, rule, at);
}

function addToComment(source: SourceDocument, rule: ProblemCode, at: number): TextEdit | undefined {
  const { text } = source;
  const line = lineOf(text, at);
  const last = suppressionsOf(source)
    .find(({ reach, atHead }) => !atHead && reach.start === line.start && at < reach.end)
    ?.rules.at(-1);
  return last && { start: last.end, end: last.end, text: `, ${rule}` };
}

function newComment(source: SourceDocument, rule: ProblemCode, at: number): TextEdit {
  const { text } = source;
  let line = lineOf(text, at);
  // A line that begins within a text of several lines has no room for a comment above it.
  while (line.start > 0 && isInsideContent(source, line.start)) line = lineOf(text, line.start - 1);
  const comment = `# ${KEYWORD} ${rule}:`;
  const first = lexemesOf(source).find(({ kind }) => kind === 'content');
  const isFirst = first === undefined || lineOf(text, first.start).start >= line.start;
  const end = endOf(text, line);
  if (isFirst && hasRoom(source, line)) return { start: end, end, text: `  ${comment}` };
  const indent = /^[ \t]*/.exec(text.slice(line.start, line.end))?.[0] ?? '';
  const below = afterMarker(text, line);
  if (below !== undefined) return { start: below, end: below, text: `${comment}${newline(text)}` };
  return { start: line.start, end: line.start, text: `${indent}${comment}${newline(text)}` };
}

/** The end of the `---` line that the first content stands on or below; undefined for any other line. */
function afterMarker(text: string, line: TextRange): number | undefined {
  const isMarker = /^---(?:\s|$)/.test(text.slice(line.start, line.end));
  return isMarker && line.end < text.length ? line.end + 1 : undefined;
}

/** Whether a comment can stand at the end of a line: none is there, and no text goes on in the next line. */
function hasRoom(source: SourceDocument, line: TextRange): boolean {
  const end = endOf(source.text, line);
  const isTaken = commentsOf(source).some(({ start }) => start >= line.start && start < line.end);
  return !isTaken && end > line.start && !isInsideContent(source, end);
}

const lineOf = (text: string, at: number): TextRange => {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: end === -1 ? text.length : end };
};

const endOf = (text: string, { start, end }: TextRange): number =>
  start + text.slice(start, end).trimEnd().length;

const newline = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
