/**
 * What kind of thing a place is about: an administration's class in its family, a code's family, the fact of a value,
 * the family of a class.
 */
import type { FileId, Origin } from '../base/origin.ts';
import { classify, type Classified } from '../billing/classify.ts';
import type { NameKind } from '../names/mention.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { clauseTarget, declarationsOf, entryAt, targetOf, type Target } from './shared/declared.ts';
import { namedAt, type MentionAt, type Named, type NamedAt } from './shared/named.ts';

export function typeDefinition(analysis: Analysis, file: FileId, offset: number): readonly Target[] {
  const found = namedAt(analysis, file, offset);
  const ofName = found ? typeOfName(analysis, found) : [];
  if (ofName.length > 0) return ofName;
  const document = analysis.documentAt(file, offset);
  const entry = document && entryAt(analysis, document, offset - document.offset);
  return entry === undefined || !document ? [] : classesOfEntry(analysis, document, entry);
}

/** Kinds whose names belong to the family that their documents name. */
const OF_FAMILY: ReadonlySet<NameKind> = new Set<NameKind>(['procedure-code', 'policy', 'table']);

function typeOfName(analysis: Analysis, { named, document, mention }: NamedAt): readonly Target[] {
  if (named.kind === 'entry' && mention.local !== undefined)
    return classesOfEntry(analysis, document, mention.local);
  if (named.kind === 'value' && named.families) return factTargets(analysis, named, document);
  if (named.families) return familyTargets(analysis, [...named.families], document);
  if (!OF_FAMILY.has(named.kind)) return [];
  const declared = declarationsOf(analysis, named, document);
  return familyTargets(analysis, familiesNamedIn(analysis, declared), document);
}

function factTargets(
  analysis: Analysis,
  { of = '', families }: Named,
  from: DocumentInFile,
): readonly Target[] {
  const fact: Named = { ...EVERYWHERE, kind: 'fact', name: of, families };
  return declarationsOf(analysis, fact, from).map((own) => targetOf(analysis, own));
}

function familyTargets(
  analysis: Analysis,
  names: readonly string[],
  from: DocumentInFile,
): readonly Target[] {
  return names.flatMap((name) =>
    declarationsOf(analysis, { ...EVERYWHERE, kind: 'family', name }, from).map((own) =>
      targetOf(analysis, own),
    ),
  );
}

const EVERYWHERE = { of: undefined, families: undefined, document: undefined, local: undefined } as const;

/** The families that declaring documents say they belong to. */
function familiesNamedIn(analysis: Analysis, declared: readonly MentionAt[]): readonly string[] {
  const names = declared.flatMap(({ document }) => {
    const model = analysis.model(document.source);
    if (model.kind === 'spec') return model.spec?.family?.value ?? [];
    if (model.kind === 'policy') return model.policy?.family?.value ?? [];
    return model.kind === 'table' ? (model.table?.family?.value ?? []) : [];
  });
  return [...new Set(names)];
}

/**
 * The classes that an administration has in the families of its date, several where facts are missing; where it is never
 * reported, the clause that says so.
 */
function classesOfEntry(analysis: Analysis, document: DocumentInFile, index: number): readonly Target[] {
  const encounter = analysis.encounter(document.source);
  const activity = encounter?.activities[index];
  const families = (encounter && analysis.rulesOn(encounter)?.families) ?? [];
  if (!activity || !encounter) return [];
  const wanted = encounter.family?.value;
  return families
    .filter(({ family }) => wanted === undefined || family.id.value === wanted)
    .flatMap(({ family }) => classify(family, encounter))
    .filter((item) => item.activity.origin.path === activity.origin.path)
    .flatMap(clausesOf)
    .flatMap((clause) => clauseTarget(analysis, clause) ?? []);
}

function clausesOf(item: Classified): readonly Origin[] {
  if (item.kind === 'classified') return item.open.map(({ origin }) => origin);
  return item.kind === 'never-reported' ? [item.reason.clause] : [];
}
