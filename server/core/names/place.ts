/**
 * What a key or a scalar names, by its place in the schema: formats decide, and where a schema cannot say it (keys that
 * are facts or codes), the place itself does. Places are worked out once and shared by all documents.
 */
import { RELATIONS } from '../encounter/encounter.ts';
import { ENCOUNTER_FACT_NAMES, FACT_FORMATS } from '../rules/known-facts.ts';
import { schemaOf, schemaStep, type DocumentKind, type SchemaAt } from '../schema/schema.ts';
import type { NameKind, Naming, Role } from './mention.ts';

/** Kinds by the format of the value. */
const KINDS_OF_FORMATS: ReadonlyMap<string, NameKind> = new Map<string, NameKind>([
  ['family-ref', 'family'],
  ['class-ref', 'class'],
  ['fact-ref', 'fact'],
  ['policy-ref', 'policy'],
  ['table-ref', 'table'],
  ['code-list-ref', 'code-list'],
  ['payer', 'payer'],
  ['plan', 'plan'],
  ['procedure-code', 'procedure-code'],
  ['modifier', 'modifier'],
  ['icd-10-cm', 'icd-10-cm'],
  ['nucc-taxonomy', 'nucc-taxonomy'],
  ['place-of-service', 'place-of-service'],
]);

const KINDS_OF_DOCUMENTS: Readonly<Record<DocumentKind, NameKind>> = {
  family: 'family',
  spec: 'procedure-code',
  policy: 'policy',
  table: 'table',
  encounter: 'encounter',
};

/** Keys of tables that are names; `*` stands for any key. */
const KEYS_OF_TABLES: Readonly<Record<string, Naming | undefined>> = {
  'unit_limits/*': { kind: 'procedure-code', role: 'reference' },
  'code_pairs/*': { kind: 'procedure-code', role: 'reference' },
  'code_pairs/*/*': { kind: 'procedure-code', role: 'reference' },
  'fees/codes/*': { kind: 'procedure-code', role: 'reference' },
  'dosage_units/*': { kind: 'procedure-code', role: 'listing' },
  'indicators/*': { kind: 'indicator', role: 'declaration' },
  'fees/localities/*': { kind: 'locality', role: 'declaration' },
};
const VALUES_OF_TABLES: Readonly<Record<string, Naming | undefined>> = {
  'unit_limits/*/indicator': { kind: 'indicator', role: 'reference' },
  'code_pairs/*/*': { kind: 'indicator', role: 'reference' },
};

/** Keys of an entry that hold no fact of it. */
const NO_FACTS: ReadonlySet<string> = new Set([
  'id',
  'start',
  'stop',
  'note',
  'facts',
  'diagnoses',
  ...RELATIONS,
]);

const REFERENCES = new Map<string, Naming>();
/** One object for each kind and fact. */
export function referenceTo(kind: NameKind, of?: string): Naming {
  const key = `${kind} ${of ?? ''}`;
  const known = REFERENCES.get(key) ?? { kind, role: 'reference', ...(of !== undefined && { of }) };
  REFERENCES.set(key, known);
  return known;
}

/** A place in the documents of one kind. Items of a list are one place. */
export class Place {
  readonly kind: DocumentKind;
  /** Keys from the root of the document, `*` for the items of a list; without the way to an amendment. */
  readonly steps: readonly string[];
  /** Whether the place lies in an amendment, and so is one of the amended document. */
  readonly amends: boolean;
  readonly #at: SchemaAt | undefined;
  /** The fact that a condition asks for here. */
  readonly #tested: string | undefined;
  readonly #children = new Map<string, Place>();
  /** What the key in front of this place names. */
  readonly key: Naming | undefined;
  /** What a scalar at this place names. */
  readonly value: Naming | undefined;

  constructor(kind: DocumentKind, at: SchemaAt | undefined, from?: Place, step = '') {
    this.kind = kind;
    this.#at = at;
    const steps = from ? [...from.steps, step] : [];
    const isAmendment = kind === 'policy' && steps.length === 2 && steps[0] === 'amends';
    this.amends = isAmendment || from?.amends === true;
    this.steps = isAmendment ? [] : steps;
    const asksHere = from !== undefined && step !== '*' && from.#isCondition && !from.#isKnown(step);
    this.#tested = asksHere ? step : from && step === '*' ? from.#tested : undefined;
    this.key = asksHere ? referenceTo('fact') : keyAt(this);
    this.value = this.#valueOf();
  }

  child(step: string): Place {
    const known = this.#children.get(step);
    if (known) return known;
    const at = this.#at && schemaStep(this.#at, step === '*' ? '0' : step);
    const child = new Place(this.kind, at, this, step);
    this.#children.set(step, child);
    return child;
  }

  get format(): string | undefined {
    return this.#at?.schema.format;
  }

  /** Whether a scalar here is text of any sort: a name, or words without a form of their own. */
  get isWord(): boolean {
    return this.#at?.isText() === true && (this.format === undefined || this.format === 'name');
  }

  /** Whether a document may have any key here, each of them a fact. */
  get #isCondition(): boolean {
    const { properties, additionalProperties } = this.#at?.schema ?? {};
    return typeof additionalProperties === 'object' && properties?.['any'] !== undefined;
  }

  #isKnown(key: string): boolean {
    return this.#at?.keys().includes(key) === true;
  }

  #valueOf(): Naming | undefined {
    if (this.#tested !== undefined) return valueOfFact(this.#tested);
    const kind = KINDS_OF_FORMATS.get(this.format ?? '');
    const own = ownName(this);
    if (own) return own;
    if (kind) return { kind, role: roleOfReference(this, kind) };
    if (this.kind === 'table') return VALUES_OF_TABLES[patternOf(this.steps, 'table')];
    return this.kind === 'encounter' ? encounterValue(this) : familyValue(this);
  }
}

/** What a value that a condition asks for names. */
function valueOfFact(fact: string): Naming {
  if (fact === 'locality') return referenceTo('locality');
  const kind = KINDS_OF_FORMATS.get(FACT_FORMATS[fact] ?? '');
  return kind ? referenceTo(kind) : referenceTo('value', fact);
}

/** Codes are listed with what holds for them; a policy declares what its payer is called. */
function roleOfReference({ kind, steps, amends }: Place, named: NameKind): Role {
  const [first, , last] = steps;
  if (named === 'modifier' && first === 'modifiers' && last === 'code') return 'listing';
  if (kind === 'policy' && !amends && steps.length === 1 && (named === 'payer' || named === 'plan'))
    return 'declaration';
  return 'reference';
}

/** A name that a document gives itself or a part of itself. */
function ownName(place: Place): Naming | undefined {
  const { kind, steps, amends, format } = place;
  const [first = '', ...rest] = steps;
  if (first === kind && steps.length === 1 && !amends)
    return { kind: KINDS_OF_DOCUMENTS[kind], role: 'declaration' };
  if (format !== 'name') return undefined;
  const role = amends ? 'amendment' : 'declaration';
  if (first === 'classes' && rest.join('/') === '*/class') return { kind: 'class', role };
  if (steps.at(-1) !== 'id') return undefined;
  if (kind === 'encounter') return { kind: 'entry', role: 'declaration' };
  if (first === 'rules') return { kind: 'rule', role: 'declaration' };
  return { kind: 'clause', role, of: steps.filter((step) => step !== '*' && step !== 'id').join('/') };
}

function encounterValue(place: Place): Naming | undefined {
  const [first = '', , ...rest] = place.steps;
  const last = place.steps.at(-1) ?? '';
  if (place.steps.length === 1) {
    const isFact = ENCOUNTER_FACT_NAMES.some((name) => name === first);
    return isFact && place.isWord ? valueOfFact(first) : undefined;
  }
  if (!isEntryKey(place)) return undefined;
  if (RELATIONS.some((name) => name === last)) return referenceTo('entry');
  return place.isWord && (rest.length === 2 || !NO_FACTS.has(last)) ? referenceTo('value', last) : undefined;
}

/** Whether a place is a key of an administration or service, or a fact below its `facts`. */
function isEntryKey({ steps }: Place): boolean {
  const [first, item, key, fact, ...rest] = steps;
  if (first !== 'administrations' && first !== 'services') return false;
  return item === '*' && key !== undefined && rest.length === 0 && (fact === undefined || key === 'facts');
}

function familyValue({ steps }: Place): Naming | undefined {
  const [first, fact, key] = steps;
  return first === 'facts' && fact !== undefined && key === 'default' && steps.length === 3
    ? referenceTo('value', fact)
    : undefined;
}

function keyAt(place: Place): Naming | undefined {
  const { kind, steps, amends } = place;
  if (kind === 'encounter') {
    const isFact = steps.length === 4 || !NO_FACTS.has(steps.at(-1) ?? '');
    return isEntryKey(place) && isFact ? referenceTo('fact') : undefined;
  }
  if (kind === 'table') return KEYS_OF_TABLES[patternOf(steps, kind)];
  return kind === 'family' || amends ? vocabularyKey(place) : undefined;
}

function vocabularyKey({ steps, amends }: Place): Naming | undefined {
  const role = amends ? 'amendment' : 'declaration';
  const [first, fact, values, value] = steps;
  if (first !== 'facts' || fact === undefined) return undefined;
  if (values === undefined) return { kind: 'fact', role };
  return values === 'values' && value !== undefined && steps.length === 4
    ? { kind: 'value', role, of: fact }
    : undefined;
}

/** Steps with `*` for keys that the schema does not name. */
function patternOf(steps: readonly string[], kind: DocumentKind): string {
  let at: SchemaAt | undefined = schemaOf(kind);
  const pattern = steps.map((step) => {
    const isKnown = at?.keys().includes(step) === true;
    at = at && schemaStep(at, step);
    return isKnown ? step : '*';
  });
  return pattern.join('/');
}

const ROOTS = new Map<DocumentKind, Place>();

/** The root of the documents of a kind. */
export function placeOf(kind: DocumentKind): Place {
  const known = ROOTS.get(kind) ?? new Place(kind, schemaOf(kind));
  ROOTS.set(kind, known);
  return known;
}
