/** From a code to the codes that add to it, and to those that it adds to, as specifications in force together say. */
import { rangesOverlap } from '../base/clock.ts';
import type { DocumentId, FileId, Origin } from '../base/origin.ts';
import { uniqueBy } from '../base/lists.ts';
import type { Reports, Spec } from '../rules/spec.ts';
import type { Analysis, Location } from '../workspace/analysis.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import { childPath, ROOT_PATH } from '../base/origin.ts';
import { entryOf } from '../yaml/node.ts';
import { clauseTarget, declarationsOf, type Target } from './shared/declared.ts';
import { namedAt } from './shared/named.ts';

/** A code with its specification. */
export interface CodeItem {
  readonly code: string;
  readonly title: string;
  /** The specification, by which the item is found again. */
  readonly document: DocumentId;
  readonly at: Target;
}

/** Another code, and the places in the specification of the one that adds which say so. */
export interface CodeRelation {
  readonly item: CodeItem;
  readonly places: readonly Location[];
}

/** The specifications of the code at an offset. */
export function codesAt(analysis: Analysis, file: FileId, offset: number): readonly CodeItem[] {
  const found = namedAt(analysis, file, offset);
  if (found?.named.kind !== 'procedure-code') return [];
  return declarationsOf(analysis, found.named, found.document).flatMap(({ document }) => {
    const model = analysis.model(document.source);
    return model.kind === 'spec' && model.spec ? itemOf(analysis, model.spec) : [];
  });
}

/** The codes that add to the code of a specification. */
export function addOnsOf(analysis: Analysis, document: DocumentId): readonly CodeRelation[] {
  const spec = specOf(analysis, document);
  if (!spec) return [];
  return together(analysis, spec).flatMap((other) => relation(analysis, other, other, spec));
}

/** The codes that the code of a specification adds to. */
export function primariesOf(analysis: Analysis, document: DocumentId): readonly CodeRelation[] {
  const spec = specOf(analysis, document);
  if (!spec) return [];
  return together(analysis, spec).flatMap((other) => relation(analysis, other, spec, other));
}

function relation(analysis: Analysis, shown: Spec, addOn: Spec, primary: Spec): CodeRelation[] {
  const places = placesOf(analysis, addOn, primary).flatMap((at) => analysis.locate(at) ?? []);
  if (places.length === 0) return [];
  const unique = uniqueBy(places, ({ start }) => start);
  return itemOf(analysis, shown).map((item) => ({ item, places: unique }));
}

function specOf(analysis: Analysis, id: DocumentId): Spec | undefined {
  const found = analysis.document(id);
  const model = found && analysis.model(found.source);
  return model?.kind === 'spec' ? model.spec : undefined;
}

/** Specifications of other codes that are in force on some day together with one. */
function together(analysis: Analysis, spec: Spec): readonly Spec[] {
  return analysis.rules().documents.specs.filter(({ code, effective }) => {
    if (code === spec.code) return false;
    return !effective || !spec.effective || rangesOverlap(effective, spec.effective);
  });
}

function itemOf(analysis: Analysis, { code, title, document, id }: Spec): CodeItem[] {
  const name = clauseTarget(analysis, id.origin);
  const whole = clauseTarget(analysis, { ...id.origin, path: ROOT_PATH })?.whole;
  return name ? [{ code, title, document, at: { ...name, whole: whole ?? name.whole } }] : [];
}

/** Where one specification says that its code adds to another. */
const placesOf = (analysis: Analysis, addOn: Spec, primary: Spec): readonly Origin[] => [
  ...addOn.reports.flatMap((part) => placesInPart(part, addOn, primary)),
  ...dependencies(analysis, addOn, primary.code),
];

function placesInPart({ of, as, asOrigin, classes }: Reports, addOn: Spec, primary: Spec): readonly Origin[] {
  if (of.length > 0) return of.filter(({ value }) => value === primary.code).map(({ origin }) => origin);
  // Without a list, additional time adds to every code of the same class.
  if (as !== 'additional-time' || addOn.family?.value !== primary.family?.value) return [];
  const names = classes.map(({ value }) => value);
  const isPrimary = primary.reports.some(
    (part) => part.as !== 'additional-time' && part.classes.some(({ value }) => names.includes(value)),
  );
  return isPrimary ? [asOrigin] : [];
}

/** What a described specification says it depends on. */
function dependencies(analysis: Analysis, { document }: Spec, code: string): Origin[] {
  const found = analysis.document(document);
  const list = found && nodeAtPath(analysis.parsed(found.source), childPath(ROOT_PATH, 'depends_on'));
  if (list?.kind !== 'seq') return [];
  return list.items.flatMap((item): Origin[] => {
    const value = entryOf(item, 'code')?.value;
    return value?.kind === 'scalar' && value.text === code
      ? [{ document, path: value.path, part: 'value' }]
      : [];
  });
}
