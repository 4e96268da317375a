/** A tab used to indent is the commonest mistake of people new to YAML; it gets its own words. */
import type { Span } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';

/** The problem to report in place of the parser's when a tab indents the line at fault. */
export function tabProblem(text: string, span: Span): Problem | undefined {
  const lineStart = text.lastIndexOf('\n', Math.max(0, span.start - 1)) + 1;
  const indent = /^[ ]*\t[ \t]*/.exec(text.slice(lineStart, lineStart + 200))?.[0];
  if (indent === undefined) return undefined;
  const at = { document: span.document, start: lineStart, end: lineStart + indent.length };
  return problem('yaml-syntax', at, 'YAML does not allow tabs for indentation; use spaces.');
}
