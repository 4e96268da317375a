/** The places of a file that name the same as the one with the cursor. */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { isFreeValue, isLocalFact, mentionsIn, namedAt } from './shared/named.ts';

export interface Highlight extends TextRange {
  /** `write` where the name is given, `read` where it is used. */
  readonly kind: 'read' | 'write';
}

/** The document with the cursor first; the others of the file follow, one list each, so that whoever asks can stop. */
export function* highlights(
  analysis: Analysis,
  file: FileId,
  offset: number,
): Generator<readonly Highlight[]> {
  const found = namedAt(analysis, file, offset);
  if (!found) return;
  const { named, document } = found;
  const isLocal = isFreeValue(named) && isLocalFact(analysis, named.of);
  for (const own of isLocal ? [document] : analysis.documents(file))
    yield mentionsIn(analysis, named, own).map(({ start, end, mention }) => ({
      start,
      end,
      kind: mention.naming.role === 'declaration' ? 'write' : 'read',
    }));
}
