/**
 * What a place in a document names, and every other place that names the same: the base of definition, references,
 * highlights, rename and linked editing.
 */
import type { TextRange } from '../../base/line-index.ts';
import { perInput } from '../../base/memo.ts';
import type { DocumentId, FileId } from '../../base/origin.ts';
import { isOfDocument, isOfFamily, type Mention, type NameKind } from '../../names/mention.ts';
import { placeOf } from '../../names/place.ts';
import type { Family } from '../../rules/family.ts';
import { membersOf, type RuleDocuments } from '../../rules/rule-set.ts';
import { pathSteps } from '../../base/origin.ts';
import type { Analysis, DocumentInFile, Location } from '../../workspace/analysis.ts';
import { kindOfDocument } from '../../workspace/model.ts';
import { cursorContext } from './cursor.ts';

/** What is named, told apart from everything else of the same name. */
export interface Named {
  readonly kind: NameKind;
  readonly name: string;
  /** Of a value: its fact. Of a clause: its list. */
  readonly of: string | undefined;
  /** The families that may be meant; undefined where no family has such a name. */
  readonly families: ReadonlySet<string> | undefined;
  /** The only document in which the name means this; undefined for names that hold everywhere. */
  readonly document: DocumentId | undefined;
  readonly local: number | undefined;
}

export interface NamedAt {
  readonly named: Named;
  readonly mention: Mention;
  readonly document: DocumentInFile;
  /** Offsets in the file, without quotes. */
  readonly range: TextRange;
}

/** A mention with the place where it is. */
export interface MentionAt extends Location {
  readonly document: DocumentInFile;
  readonly mention: Mention;
}

/** What the offset of a file lies on or touches. */
export function namedAt(analysis: Analysis, file: FileId, offset: number): NamedAt | undefined {
  const document = analysis.documentAt(file, offset);
  if (!document) return undefined;
  const at = offset - document.offset;
  const mention =
    analysis.mentions(document.source).find((own) => touches(own, document.source.text, at)) ??
    mentionFromText(analysis, document, at);
  if (!mention) return undefined;
  return {
    named: namedOf(analysis, document, mention),
    mention,
    document,
    range: { start: document.offset + mention.start, end: document.offset + mention.end },
  };
}

/** Whether an offset lies in or beside a name, its quotes included. */
function touches({ start, end }: Mention, text: string, at: number): boolean {
  if (start <= at && at <= end) return true;
  const isQuote = (sign: string): boolean => sign === '"' || sign === "'";
  return (at === start - 1 && isQuote(text.charAt(at))) || (at === end + 1 && isQuote(text.charAt(end)));
}

/** Where the tree has lost its way in broken YAML, the lines before the cursor say what stands there. */
function mentionFromText(
  analysis: Analysis,
  { source }: DocumentInFile,
  offset: number,
): Mention | undefined {
  const parsed = analysis.parsed(source);
  const kind = kindOfDocument(source.file, parsed.root);
  if (!kind || parsed.problems.length === 0) return undefined;
  const { path, part, start, end } = cursorContext(source.text, offset);
  const name = source.text.slice(start, end).trim();
  if (name === '') return undefined;
  const steps = pathSteps(path).map((step) => (/^\d+$/.test(step) ? '*' : step));
  const place = [...steps, ...(part === 'key' ? [name] : [])].reduce(
    (at, step) => at.child(step),
    placeOf(kind),
  );
  const naming = part === 'key' ? place.key : place.value;
  if (!naming) return undefined;
  const entry = naming.kind === 'entry' ? entryCalled(analysis, source, name) : undefined;
  return { naming, name, start, end, ...(naming.kind === 'entry' && { local: entry ?? -1 }) };
}

/** The entry with an id, as far as the document could be read. */
const entryCalled = (analysis: Analysis, source: DocumentInFile['source'], id: string): number | undefined =>
  analysis
    .mentions(source)
    .find(({ naming, name }) => naming.kind === 'entry' && naming.role === 'declaration' && name === id)
    ?.local;

/** What a mention stands for. */
function namedOf(analysis: Analysis, { source }: DocumentInFile, mention: Mention): Named {
  const { naming, name, local } = mention;
  return {
    kind: naming.kind,
    name,
    of: naming.of,
    families: familiesOf(analysis, mention),
    document: isOfDocument(naming.kind) ? source.id : undefined,
    local: isOfDocument(naming.kind) ? local : undefined,
  };
}

/** The families whose name a mention may be; undefined where no family has it. */
export function familiesOf(analysis: Analysis, mention: Mention): ReadonlySet<string> | undefined {
  const { naming, name, family, amended } = mention;
  if (!isOfFamily(naming.kind)) return undefined;
  const having = familiesHaving(analysis, naming.kind, name, naming.of);
  const meant = family === undefined ? amendedFamilies(analysis, amended) : new Set([family]);
  if (having.size === 0) return undefined;
  const both = meant && new Set([...having].filter((own) => meant.has(own)));
  return both && both.size > 0 ? both : (meant ?? having);
}

function amendedFamilies(analysis: Analysis, code: string | undefined): ReadonlySet<string> | undefined {
  if (code === undefined) return undefined;
  const specs = analysis.rules().documents.specs.filter((spec) => spec.code === code);
  const names = specs.flatMap(({ family }) => family?.value ?? []);
  return names.length === 0 ? undefined : new Set(names);
}

/** Families that define a name, by themselves or as a policy amends them. */
function familiesHaving(
  analysis: Analysis,
  kind: NameKind,
  name: string,
  of: string | undefined,
): ReadonlySet<string> {
  const { documents } = analysis.rules();
  const known = familiesByName(documents);
  const key = JSON.stringify([kind, name, of]);
  const found = known.get(key) ?? lookForFamilies(documents, kind, name, of);
  known.set(key, found);
  return found;
}

const familiesByName = perInput((_: RuleDocuments) => new Map<string, ReadonlySet<string>>());

function lookForFamilies(
  { families, policies }: RuleDocuments,
  kind: NameKind,
  name: string,
  of: string | undefined,
): ReadonlySet<string> {
  const amended = policies.flatMap(({ amends }) =>
    amends.flatMap(({ family, familyChange }) => (family ? [{ id: family, ...familyChange }] : [])),
  );
  const having = [...families, ...amended].filter((family) => hasName(family, kind, name, of));
  return new Set(having.map(({ id }) => id.value));
}

function hasName(
  { facts, classes }: Pick<Family, 'facts' | 'classes'>,
  kind: NameKind,
  name: string,
  of: string | undefined,
): boolean {
  if (kind === 'class') return classes.some((own) => own.name === name);
  if (kind === 'fact') return facts.has(name);
  if (kind === 'value') return facts.get(of ?? '')?.values.has(name) === true;
  return true;
}

/** Payers are compared without regard to capitals, as when policies are chosen. */
const isSameName = (kind: NameKind, a: string, b: string): boolean =>
  a === b || ((kind === 'payer' || kind === 'plan') && a.toLowerCase() === b.toLowerCase());

/** Whether a mention in a document stands for what is named. */
export function isMentionOf(
  analysis: Analysis,
  named: Named,
  { source }: DocumentInFile,
  mention: Mention,
): boolean {
  const { naming, name, local } = mention;
  if (naming.kind !== named.kind || !isSameName(naming.kind, name, named.name)) return false;
  if (naming.of !== named.of) return false;
  if (isOfDocument(named.kind)) return source.id === named.document && local === named.local;
  if (!isOfFamily(named.kind) || !named.families) return true;
  const families = familiesOf(analysis, mention);
  return !families || [...families].some((family) => named.families?.has(family) === true);
}

/** The mentions of what is named in one document. */
export function mentionsIn(analysis: Analysis, named: Named, document: DocumentInFile): MentionAt[] {
  if (named.document !== undefined && named.document !== document.source.id) return [];
  return analysis
    .mentions(document.source)
    .filter((mention) => isMentionOf(analysis, named, document, mention))
    .map((mention) => mentionAt(document, mention));
}

export const mentionAt = (document: DocumentInFile, mention: Mention): MentionAt => ({
  file: document.source.file,
  start: document.offset + mention.start,
  end: document.offset + mention.end,
  document,
  mention,
});

/**
 * The mentions of what is named in all documents, one list for each document, so that whoever asks can stop in between.
 */
export function* mentionsOf(analysis: Analysis, named: Named): Generator<readonly MentionAt[]> {
  if (named.document !== undefined) {
    const document = analysis.document(named.document);
    if (document) yield mentionsIn(analysis, named, document);
    return;
  }
  for (const document of visibleDocuments(analysis)) yield mentionsIn(analysis, named, document);
}

/** Every document that counts: those of the library that yield to the workspace's own do not. */
export function* visibleDocuments(analysis: Analysis): Generator<DocumentInFile> {
  const inUse = documentsInUse(analysis.rules().documents);
  for (const file of analysis.files()) {
    const isLibrary = analysis.file(file)?.library === true;
    for (const document of analysis.documents(file))
      if (!isLibrary || inUse.has(document.source.id)) yield document;
  }
}

const documentsInUse = perInput(
  (documents: RuleDocuments): ReadonlySet<DocumentId> =>
    new Set(membersOf(documents).map(({ document }) => document)),
);

/** Facts whose values mean something within one encounter only: they tell its groups apart. */
function isLocalFact(analysis: Analysis, fact: string | undefined): boolean {
  if (fact === undefined) return false;
  return analysis
    .rules()
    .documents.families.some(({ groups, hierarchies }) =>
      [groups, ...hierarchies.map((own) => own.groups)].some((grouping) =>
        grouping?.by.some(({ value }) => value === fact),
      ),
    );
}

/** A name that is one encounter's alone: a value without a definition, of a fact that tells the groups of an encounter apart. */
export const isLocalName = (analysis: Analysis, named: Named): boolean =>
  isFreeValue(named) && isLocalFact(analysis, named.of);

/** A value that no family defines: its author's own word. */
export const isFreeValue = ({ kind, families }: Named): boolean => kind === 'value' && !families;
