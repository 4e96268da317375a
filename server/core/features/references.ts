/** Every place that names the same as another one, in all documents at hand. */
import type { FileId } from '../base/origin.ts';
import type { Analysis, Location } from '../workspace/analysis.ts';
import { isLocalName, mentionsIn, mentionsOf, namedAt } from './shared/named.ts';

/**
 * The places, one list for each document that was looked at, so that whoever asks can stop in between. Values that no
 * family defines and that tell the groups of an encounter apart, such as an access site, are looked for in it alone.
 */
export function* references(
  analysis: Analysis,
  file: FileId,
  offset: number,
  withDeclarations: boolean,
): Generator<readonly Location[]> {
  const found = namedAt(analysis, file, offset);
  if (!found) return;
  const { named, document } = found;
  const isLocal = isLocalName(analysis, named);
  const all = isLocal ? [mentionsIn(analysis, named, document)] : mentionsOf(analysis, named);
  for (const mentions of all)
    yield mentions
      .filter(({ mention }) => withDeclarations || mention.naming.role !== 'declaration')
      .map(({ file: own, start, end }) => ({ file: own, start, end }));
}
