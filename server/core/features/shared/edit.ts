/** Changes of a text, as plain data. */
import type { TextRange } from '../../base/line-index.ts';
import type { FileId } from '../../base/origin.ts';
import type { ProblemCode } from '../../base/problem.ts';

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

/** The changes of one file; `create` where there is none of that name yet. */
export interface FileEdits {
  readonly file: FileId;
  readonly create: boolean;
  readonly edits: readonly TextEdit[];
}

/** A change that is offered; what it does is worked out when somebody wants it. */
export interface Refactoring {
  /** Tells it from the others at the same place. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'quickfix' | 'rewrite' | 'extract' | 'fix-all';
  /** The rule whose finding at the same place it mends. */
  readonly mends?: ProblemCode;
  /** Whether there may be new files among those it changes. */
  readonly makesFiles?: true;
  readonly files: () => readonly FileEdits[];
}
