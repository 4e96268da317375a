/** Where what a place names is declared: a code's specification on the date of service, a class in its family, an id. */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import type { Analysis } from '../workspace/analysis.ts';
import {
  declarationsOf,
  entryTarget,
  lineCodeOf,
  targetOf,
  targetOfMention,
  type Target,
} from './shared/declared.ts';
import { namedAt, type MentionAt, type NamedAt } from './shared/named.ts';

export interface Definition {
  /** What was asked about, in offsets of the file. */
  readonly range: TextRange;
  readonly targets: readonly Target[];
}

export function definition(analysis: Analysis, file: FileId, offset: number): Definition | undefined {
  const found = namedAt(analysis, file, offset);
  if (!found) return undefined;
  const targets = targetsOf(analysis, found);
  return targets.length === 0 ? undefined : { range: found.range, targets };
}

function targetsOf(analysis: Analysis, found: NamedAt): readonly Target[] {
  const { named, mention, document } = found;
  // A relation points to one administration, also where it names it by what it is of.
  const isRelation = mention.local !== undefined && named.local === undefined;
  if (isRelation)
    return [entryTarget(analysis, document, mention.local ?? -1)].filter((target) => target !== undefined);
  if (mention.naming.role === 'listing') return [targetOfMention(analysis, found)];
  const declared = declarationsOf(analysis, named, document);
  return ofLine(analysis, found, declared).map((own) => targetOf(analysis, own));
}

/** Of the specifications that list a modifier, the one of the line's code. */
function ofLine(analysis: Analysis, found: NamedAt, declared: readonly MentionAt[]): readonly MentionAt[] {
  const code = found.named.kind === 'modifier' ? lineCodeOf(analysis, found) : undefined;
  if (code === undefined) return declared;
  const own = declared.filter(({ document }) => {
    const model = analysis.model(document.source);
    return model.kind === 'spec' && model.spec?.code === code;
  });
  return own.length > 0 ? own : declared;
}
