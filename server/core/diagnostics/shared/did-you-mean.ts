/** The end of every "there is no such name" message: the nearest known name with its fix, or the names there are. */
import { isOnlyNear, nearest } from '../../base/nearest.ts';
import type { ProblemFix } from '../../base/problem.ts';
import { listWords } from '../../base/words.ts';

export interface Suggestion {
  readonly hint: string;
  readonly fix: ProblemFix | undefined;
}

/** `otherwise` is said where no name is near; by default the known names. */
export function didYouMean(word: string, known: Iterable<string>, otherwise?: string): Suggestion {
  const names = [...new Set(known)];
  const near = nearest(word, names);
  if (near === undefined) return { hint: otherwise ?? listKnown(names), fix: undefined };
  return {
    hint: `Did you mean "${near}"?`,
    fix: { kind: 'replace', text: near, title: `Change to "${near}"`, only: isOnlyNear(word, names) },
  };
}

function listKnown(names: readonly string[]): string {
  if (names.length === 0) return 'None is known.';
  return `Known ${names.length === 1 ? 'is' : 'are'} ${listWords(names, 'and')}.`;
}
