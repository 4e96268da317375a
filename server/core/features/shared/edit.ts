/** Changes of a text, as plain data. */
import type { TextRange } from '../../base/line-index.ts';

export interface TextEdit extends TextRange {
  readonly text: string;
}
