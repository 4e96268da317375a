/** Changes of a text, as plain data. */
import type { TextRange } from '../../base/line-index.ts';

export interface TextEdit extends TextRange {
  readonly text: string;
}

/** A text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: own } of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + own;
    at = end;
  }
  return result + text.slice(at);
}
