/**
 * What a place in a document may hold, beyond the schema: codes, families, classes, facts and their values, all from
 * the documents at hand. Completion offers these and hover explains them.
 */
import { uniqueBy } from '../../base/lists.ts';
import type { DocumentId } from '../../base/origin.ts';
import type { FactDefinition } from '../../rules/family.ts';
import type { RuleDocuments } from '../../rules/rule-set.ts';
import { ENCOUNTER_FACT_NAMES, FACT_FORMATS, LINE_FACTS } from '../../rules/known-facts.ts';
import { CODE_FORMATS, isWrittenAs } from '../../schema/code-formats.ts';
import { schemaOf } from '../../schema/schema.ts';
import type { NamedItem, SpecNames } from '../../workspace/spec-names.ts';
import type { Analysis } from '../../workspace/analysis.ts';

export interface KnownName {
  readonly name: string;
  /** A title or definition; empty when nobody gave one. */
  readonly about: string;
  /** The document that says so, for people. */
  readonly from: string;
}

/** The documents whose mentions of a code or payer make it known. */
interface Asked {
  readonly analysis: Analysis;
  readonly documents: Pick<RuleDocuments, 'policies' | 'specs' | 'tables'>;
}

/** All of them, or all but one: what only that one mentions may be what somebody is writing there. */
function askedBut(analysis: Analysis, but: DocumentId | undefined): Asked {
  const { documents } = analysis.rules();
  if (but === undefined) return { analysis, documents };
  const others = <T extends { readonly document: DocumentId }>(all: readonly T[]): readonly T[] =>
    all.filter(({ document }) => document !== but);
  return {
    analysis,
    documents: {
      policies: others(documents.policies),
      specs: others(documents.specs),
      tables: others(documents.tables),
    },
  };
}

/** Codes by format, with the titles that documents give them. What a code's own document says wins, then the first. */
function knownCodes(asked: Asked, format: string): readonly KnownName[] {
  const found = new Map<string, KnownName>();
  const add = (name: string | undefined, about: string | undefined, from: string): void => {
    if (name !== undefined && (!found.has(name) || found.get(name)?.about === ''))
      found.set(name, { name, about: about ?? '', from });
  };
  const specs = namesInSpecs(asked);
  if (format === 'procedure-code') {
    for (const [code, { title }] of specs) add(code, title, `specification of ${code}`);
    for (const { title, dosageUnits } of asked.documents.tables)
      for (const [code, { drug }] of dosageUnits) add(code, drug, title);
  }
  for (const [code, { lists }] of specs) {
    const from = `specification of ${code}`;
    if (format === 'procedure-code') {
      for (const item of lists.related) add(item.code, item.title ?? item.relation, from);
    }
    const list = CODE_LISTS[format];
    for (const item of list ? lists[list.key] : []) add(item.code, list && item[list.title], from);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Lists of a specification that give codes their titles. */
const CODE_LISTS: Readonly<
  Record<string, { readonly key: keyof SpecNames['lists']; readonly title: keyof NamedItem } | undefined>
> = {
  modifier: { key: 'modifiers', title: 'name' },
  'nucc-taxonomy': { key: 'taxonomies', title: 'name' },
  'icd-10-cm': { key: 'diagnoses', title: 'title' },
};

/** By the code of the specification. */
const namesInSpecs = ({ analysis, documents }: Asked): [string, SpecNames][] =>
  documents.specs.flatMap(({ code, document }): [string, SpecNames][] => {
    const found = analysis.document(document);
    return found ? [[code, analysis.namesIn(found.source)]] : [];
  });

/** Places of service that specifications mention; code sets have their titles. */
const knownPlaces = ({ documents }: Asked): readonly KnownName[] => {
  const places = documents.specs.flatMap(({ settings }) =>
    [...settings.values()].flatMap(({ places: own, deniedAt }) => [...own, ...(deniedAt ?? [])]),
  );
  return [...new Set(places)].sort().map((name) => ({ name, about: '', from: 'specifications' }));
};

const payers = (asked: Asked): readonly KnownName[] => {
  const named = asked.documents.policies.map(({ payer, title }) => ({
    name: payer?.value ?? '',
    about: title,
  }));
  const listed = namesInSpecs(asked).flatMap(([, { lists }]) =>
    lists.payers.map(({ payer = '' }) => ({ name: payer, about: '' })),
  );
  const unique = new Map(
    [...listed, ...named].filter(({ name }) => name !== '').map((entry) => [entry.name, entry]),
  );
  return [...unique.values()].map((entry) => ({ ...entry, from: 'policies and specifications' }));
};

/** Readings first: those are the ones that encounters name. */
function policies(analysis: Analysis): readonly KnownName[] {
  const all = uniqueBy(analysis.rules().documents.policies, ({ id }) => id.value);
  const [readings, others] = [all.filter(({ payer }) => !payer), all.filter(({ payer }) => payer)];
  return [...readings, ...others].map(({ id, title, payer }) => ({
    name: id.value,
    about: title,
    from: payer?.value ?? 'readings',
  }));
}

const plans = (asked: Asked): readonly KnownName[] => {
  const named = asked.documents.policies.flatMap(({ payer, plan, title }) =>
    plan ? [{ name: plan.value, about: title, from: payer?.value ?? 'policies' }] : [],
  );
  const listed = namesInSpecs(asked).flatMap(([, { lists }]) =>
    lists.payers.map(({ plan = '', payer = 'specifications' }) => ({ name: plan, about: '', from: payer })),
  );
  return uniqueBy(
    [...named, ...listed].filter(({ name }) => name !== ''),
    ({ name }) => name,
  );
};

/**
 * What may stand where the schema says `format`, as all documents know it, or all but one. A code that is not written as
 * codes are is one that somebody has begun to write.
 */
export function namesOfFormat(analysis: Analysis, format: string, but?: DocumentId): readonly KnownName[] {
  const names = namesIn(askedBut(analysis, but), format);
  return CODE_FORMATS.has(format) ? names.filter(({ name }) => isWrittenAs(format, name)) : names;
}

function namesIn(asked: Asked, format: string): readonly KnownName[] {
  const { families, lists, tables } = asked.analysis.rules().documents;
  switch (format) {
    case 'family-ref':
      return families.map(({ id, title }) => ({ name: id.value, about: title, from: 'families' }));
    case 'class-ref':
      return families.flatMap(({ id, classes }) =>
        classes.map(({ name, title }) => ({ name, about: title, from: id.value })),
      );
    case 'fact-ref':
      return families.flatMap(({ id, facts }) =>
        [...facts.values()].map(({ name, definition }) => ({ name, about: definition, from: id.value })),
      );
    case 'policy-ref':
      return policies(asked.analysis);
    case 'table-ref':
      return uniqueBy(tables, ({ id }) => id.value).map(({ id, title }) => ({
        name: id.value,
        about: title,
        from: 'tables',
      }));
    case 'code-list-ref':
      return lists.map(({ name, title }) => ({ name, about: title, from: 'code lists' }));
    case 'payer':
      return payers(asked);
    case 'plan':
      return plans(asked);
    case 'place-of-service':
      return knownPlaces(asked);
    default:
      return knownCodes(asked, format);
  }
}

/** The definitions that families give a fact. */
export const factDefinitions = (analysis: Analysis, fact: string): readonly FactDefinition[] =>
  analysis
    .rules()
    .documents.families.map(({ facts }) => facts.get(fact))
    .filter((definition) => definition !== undefined);

/** What conditions may ask for beyond the facts of families: of the line, and of the encounter. */
export const engineFacts = (): readonly KnownName[] => [
  ...[...LINE_FACTS].map(([name, { says }]) => ({ name, about: says, from: 'the line' })),
  ...ENCOUNTER_FACT_NAMES.map((name) => ({
    name,
    about: schemaOf('encounter').property(name)?.schema.description ?? '',
    from: 'the encounter',
  })),
];

/** The values that families give a fact, and those that the engine makes; of codes and payers as `namesOfFormat`. */
export function valuesOfFact(analysis: Analysis, fact: string, but?: DocumentId): readonly KnownName[] {
  return [...valuesByFamilies(analysis, fact), ...valuesByEngine(analysis, fact, but)];
}

function valuesByEngine(analysis: Analysis, fact: string, but: DocumentId | undefined): readonly KnownName[] {
  const made = LINE_FACTS.get(fact)?.values ?? schemaOf('encounter').property(fact)?.schema.enum ?? [];
  const format = FACT_FORMATS[fact];
  return [
    ...made.map((name) => ({ name, about: '', from: fact })),
    ...(format === undefined ? [] : namesOfFormat(analysis, format, but)),
  ];
}

function valuesByFamilies(analysis: Analysis, fact: string): readonly KnownName[] {
  return factDefinitions(analysis, fact).flatMap(({ values }) =>
    [...values.values()].map(({ value, definition, neverReported }) => ({
      name: value,
      about: neverReported ? `${definition} Never reported: ${neverReported.value}` : definition,
      from: fact,
    })),
  );
}
