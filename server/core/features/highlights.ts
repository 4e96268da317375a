/** The places of a file that name the same as the one with the cursor. */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { isLocalName, mentionsIn, namedAt } from './shared/named.ts';

export interface Highlight extends TextRange {
  /** `write` where the name is given, `read` where it is used. */
  readonly kind: 'read' | 'write';
}

/** So many are shown; in a file of thousands of documents, those that are nearest. */
const MAX_HIGHLIGHTS = 1_000;

/** The highlights, one list for each document from the cursor outwards, so that whoever asks can stop in between. */
export function* highlights(
  analysis: Analysis,
  file: FileId,
  offset: number,
): Generator<readonly Highlight[]> {
  const found = namedAt(analysis, file, offset);
  if (!found) return;
  const { named, document } = found;
  const isLocal = isLocalName(analysis, named);
  let left = MAX_HIGHLIGHTS;
  for (const own of isLocal ? [document] : outwards(analysis.documents(file), document.index)) {
    if (left <= 0) return;
    const mentions = mentionsIn(analysis, named, own).slice(0, left);
    left -= mentions.length;
    yield mentions.map(({ start, end, mention }) => ({
      start,
      end,
      kind: mention.naming.role === 'declaration' ? 'write' : 'read',
    }));
  }
}

/** The documents of a file in the order of their distance from one of them. */
function* outwards(documents: readonly DocumentInFile[], from: number): Generator<DocumentInFile> {
  for (let distance = 0; distance < documents.length; distance++)
    for (const index of distance === 0 ? [from] : [from - distance, from + distance]) {
      const document = documents[index];
      if (document) yield document;
    }
}
