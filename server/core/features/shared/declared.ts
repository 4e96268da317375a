/** Where what is named is declared, as it is in force for the document that names it. */
import type { TextRange } from '../../base/line-index.ts';
import { isInForce, rangesOverlap, type EffectiveRange } from '../../base/clock.ts';
import { isWithin, childPath, pathSteps, ROOT_PATH, type Origin, type YamlPath } from '../../base/origin.ts';
import { isOfDocument, type Role } from '../../names/mention.ts';
import { kindOfFile } from '../../schema/schema.ts';
import type { Analysis, DocumentInFile, Location } from '../../workspace/analysis.ts';
import { entryAtPath, nodeAtOffset, nodeAtPath } from '../../yaml/locate.ts';
import { entryOf } from '../../yaml/node.ts';
import {
  mentionAt,
  mentionsIn,
  visibleDocuments,
  type MentionAt,
  type Named,
  type NamedAt,
} from './named.ts';

/** A place to go to: the name, and all that it stands for. */
export interface Target extends Location {
  /** Offsets in the same file. */
  readonly whole: TextRange;
}

/** Roles from what says most of a name to what says least; the first that there is counts. */
const SAYING: readonly Role[] = ['declaration', 'amendment', 'listing'];

/** Declarations in force for a document; those of all days where none is. */
export function declarationsOf(analysis: Analysis, named: Named, from: DocumentInFile): readonly MentionAt[] {
  const documents = isOfDocument(named.kind) ? [from] : ruleDocuments(analysis, named, from);
  const found = documents.flatMap((document) => mentionsIn(analysis, named, document));
  for (const role of SAYING) {
    const saying = found.filter(({ mention }) => mention.naming.role === role);
    const current = saying.filter(({ document }) => isCurrent(analysis, document, from));
    if (saying.length > 0) return current.length > 0 ? current : saying;
  }
  return [];
}

function ruleDocuments(analysis: Analysis, named: Named, from: DocumentInFile): DocumentInFile[] {
  if (named.kind === 'encounter') return [from];
  return [...visibleDocuments(analysis)].filter(({ source }) => kindOfFile(source.file) !== 'encounter');
}

/** Whether a rule document is in force on the day of an encounter, or on some day together with another rule document. */
function isCurrent(analysis: Analysis, document: DocumentInFile, from: DocumentInFile): boolean {
  const range = effectiveOf(analysis, document);
  const date = analysis.encounter(from.source)?.date?.value;
  if (date !== undefined) return isInForce(range, date);
  const own = effectiveOf(analysis, from);
  return !range || !own || rangesOverlap(range, own);
}

/** The days of a rule document; undefined for other documents, and where it does not say. */
function effectiveOf(analysis: Analysis, { source }: DocumentInFile): EffectiveRange | undefined {
  const model = analysis.model(source);
  switch (model.kind) {
    case 'family':
      return model.family?.effective;
    case 'spec':
      return model.spec?.effective;
    case 'policy':
      return model.policy?.effective;
    case 'table':
      return model.table?.effective;
    default:
      return undefined;
  }
}

/** A declaration as a place to go to. */
export function targetOf(analysis: Analysis, { file, start, end, document }: MentionAt): Target {
  const whole = wholeOf(analysis, document, start - document.offset);
  return {
    file,
    start,
    end,
    whole: {
      start: Math.min(start, document.offset + whole.start),
      end: Math.max(end, document.offset + whole.end),
    },
  };
}

/** The entry that a key begins, or the mapping in which a value stands. */
function wholeOf(analysis: Analysis, { source }: DocumentInFile, offset: number): TextRange {
  const parsed = analysis.parsed(source);
  const at = nodeAtOffset(parsed, offset);
  if (!at) return { start: offset, end: offset };
  if (at.part === 'value') return nodeAtPath(parsed, parentOf(at.path)) ?? at.node;
  const value = entryAtPath(parsed, at.path)?.value;
  return { start: at.node.start, end: Math.max(at.node.end, value?.end ?? 0) };
}

const parentOf = (path: YamlPath): YamlPath => path.slice(0, path.lastIndexOf('/')) as YamlPath;

/** The administration or service in which a place lies, with its number in the encounter. */
export function entryAt(analysis: Analysis, { source }: DocumentInFile, offset: number): number | undefined {
  const encounter = analysis.encounter(source);
  const path = nodeAtOffset(analysis.parsed(source), offset)?.path;
  const index = encounter?.activities.findIndex(
    ({ origin }) => path !== undefined && isWithin(path, origin.path),
  );
  return index === -1 ? undefined : index;
}

/** The administration or service with a number, as a place to go to. */
export function entryTarget(
  analysis: Analysis,
  { source }: DocumentInFile,
  index: number,
): Target | undefined {
  const activity = analysis.encounter(source)?.activities[index];
  return activity && clauseTarget(analysis, activity.origin);
}

/** What has an origin, as a place to go to: its beginning, and all of it. */
export function clauseTarget(analysis: Analysis, at: Origin): Target | undefined {
  const document = analysis.document(at.document);
  const name = analysis.locate(at);
  if (!document || !name) return undefined;
  const parsed = analysis.parsed(document.source);
  const node = nodeAtPath(parsed, at.path);
  const end = Math.max(name.end, document.offset + (node?.end ?? 0));
  return { ...name, whole: { start: name.start, end } };
}

/** The code of the expected line in which a modifier stands. */
export function lineCodeOf(analysis: Analysis, { document, mention }: NamedAt): string | undefined {
  const parsed = analysis.parsed(document.source);
  const [list, item] = pathSteps(nodeAtOffset(parsed, mention.start)?.path ?? ROOT_PATH);
  if (!list?.startsWith('expect') || item === undefined) return undefined;
  const line = nodeAtPath(parsed, childPath(childPath(ROOT_PATH, list), item));
  const code = entryOf(line, 'code')?.value;
  return code?.kind === 'scalar' ? code.text : undefined;
}

export const targetOfMention = (analysis: Analysis, { document, mention }: NamedAt): Target =>
  targetOf(analysis, mentionAt(document, mention));
