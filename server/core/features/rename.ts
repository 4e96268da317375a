/**
 * Renaming: what has a name of its own (families, classes, facts, values, policies, tables, rules, administrations,
 * anchors) gets another one everywhere. Where that is not possible, a sentence says why.
 */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import { NAMING_FACTS } from '../encounter/encounter.ts';
import { isOfDocument, isOfFamily, type Mention } from '../names/mention.ts';
import type { Analysis, DocumentInFile, Location } from '../workspace/analysis.ts';
import { calledInFull, isInLibrary, whyFixed, whyNoName, whyNotOurs } from './shared/fixed-names.ts';
import {
  familiesOf,
  isFreeValue,
  isMentionOf,
  mentionsIn,
  namedAt,
  visibleDocuments,
  type Named,
  type NamedAt,
} from './shared/named.ts';
import { writtenAs } from './shared/quoting.ts';

/** Why something cannot be renamed, in a sentence. */
export interface Refusal {
  readonly refused: string;
}

export interface Renamable {
  /** What is replaced here, in offsets of the file. */
  readonly range: TextRange;
  readonly name: string;
}

export interface FileEdit extends Location {
  readonly text: string;
}

const NOTHING = 'There is no name here that could be changed.';

/** What would be renamed at an offset of a file. */
export function prepareRename(analysis: Analysis, file: FileId, offset: number): Renamable | Refusal {
  const found = namedAt(analysis, file, offset);
  if (!found) return { refused: NOTHING };
  const refused = whyFixed(found) ?? whyNotOurs(analysis, found);
  return refused === undefined ? { range: found.range, name: found.named.name } : { refused };
}

/**
 * The edits that give what an offset lies on another name, one list for each document that was looked at, so that
 * whoever asks can stop in between. Where one of them is a refusal, nothing may be changed.
 */
export function* rename(
  analysis: Analysis,
  file: FileId,
  offset: number,
  name: string,
): Generator<readonly FileEdit[] | Refusal> {
  const found = namedAt(analysis, file, offset);
  const refused = found
    ? (whyFixed(found) ?? whyNotOurs(analysis, found) ?? whyNoName(found.named, name))
    : NOTHING;
  if (!found || refused !== undefined) {
    yield { refused: refused ?? NOTHING };
    return;
  }
  if (name === found.named.name) return;
  for (const document of changedDocuments(analysis, found)) {
    const why = whyTaken(analysis, found, document, name) ?? whyUnclear(analysis, found.named, document);
    yield why === undefined ? editsIn(analysis, found.named, document, name) : { refused: why };
  }
}

/** The documents that may have the name: an author's own words belong to one encounter, whose file has its siblings. */
function changedDocuments(analysis: Analysis, { named, document }: NamedAt): Iterable<DocumentInFile> {
  if (named.kind === 'encounter') return analysis.documents(document.source.file);
  return isOfDocument(named.kind) || isFreeValue(named) ? [document] : visibleDocuments(analysis);
}

/** Says that the new name is taken: by a thing of the same sort, or by whoever uses such a name already. */
function whyTaken(
  analysis: Analysis,
  { named }: NamedAt,
  document: DocumentInFile,
  name: string,
): string | undefined {
  const isTaken = analysis
    .mentions(document.source)
    .some((mention) => mention.name === name && wouldBeSame(analysis, { ...named, name }, document, mention));
  if (!isTaken) return undefined;
  return `The ${calledInFull({ ...named, name })} is there already, in ${fileName(document)}. Choose another name.`;
}

function wouldBeSame(analysis: Analysis, named: Named, document: DocumentInFile, mention: Mention): boolean {
  const { kind, of } = mention.naming;
  // Relations call an administration by its id or by what it is of, so the two must not meet.
  if (named.kind === 'entry') return kind === 'entry' || isCalling(of);
  if (kind === 'entry') return isFreeValue(named) && isCalling(named.of);
  if (isOfDocument(named.kind)) return kind === named.kind;
  return isMentionOf(analysis, named, document, mention);
}

const isCalling = (fact: string | undefined): boolean => NAMING_FACTS.some((name) => name === fact);

/** Says that a place may mean the name of another family, or that it cannot be changed. */
function whyUnclear(analysis: Analysis, named: Named, document: DocumentInFile): string | undefined {
  const mentions = mentionsIn(analysis, named, document);
  if (mentions.length === 0) return undefined;
  if (isInLibrary(analysis, document.source))
    return `The ${calledInFull(named)} is named in ${fileName(document)} of the built-in library, which cannot be changed.`;
  const unclear = mentions.some(({ mention }) => (familiesOf(analysis, mention)?.size ?? 0) > 1);
  if (!isOfFamily(named.kind) || !unclear) return undefined;
  return `Several families have the ${calledInFull(named)}, and ${fileName(document)} does not say which it means. Name the family there first.`;
}

const fileName = ({ source: { file } }: DocumentInFile): string => file.slice(file.lastIndexOf('/') + 1);

const editsIn = (
  analysis: Analysis,
  named: Named,
  document: DocumentInFile,
  name: string,
): readonly FileEdit[] =>
  mentionsIn(analysis, named, document).map(({ file, start, end, mention }) => ({
    file,
    start,
    end,
    text: named.kind === 'anchor' ? name : writtenAs(name, document.source.text, mention),
  }));
