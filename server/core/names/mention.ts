/** What documents name, and where they name it. */
import type { TextRange } from '../base/line-index.ts';

/**
 * What a name stands for. Codes of all kinds have the name of the format that schemas give them; `entry` is an
 * administration or a service of an encounter, `clause` an item with an id in a family.
 */
export type NameKind =
  | 'family'
  | 'class'
  | 'fact'
  | 'value'
  | 'clause'
  | 'policy'
  | 'rule'
  | 'table'
  | 'code-list'
  | 'indicator'
  | 'locality'
  | 'encounter'
  | 'entry'
  | 'anchor'
  | 'payer'
  | 'plan'
  | CodeKind;

export type CodeKind = 'procedure-code' | 'modifier' | 'icd-10-cm' | 'nucc-taxonomy' | 'place-of-service';

const CODE_KINDS: ReadonlySet<NameKind> = new Set<CodeKind>([
  'procedure-code',
  'modifier',
  'icd-10-cm',
  'nucc-taxonomy',
  'place-of-service',
]);
const FAMILY_KINDS: ReadonlySet<NameKind> = new Set<NameKind>(['class', 'fact', 'value', 'clause']);
const DOCUMENT_KINDS: ReadonlySet<NameKind> = new Set<NameKind>([
  'rule',
  'indicator',
  'encounter',
  'entry',
  'anchor',
]);

export const isCodeKind = (kind: NameKind): boolean => CODE_KINDS.has(kind);
/** Names that mean something within one family. */
export const isOfFamily = (kind: NameKind): boolean => FAMILY_KINDS.has(kind);
/** Names that mean something within one document. */
export const isOfDocument = (kind: NameKind): boolean => DOCUMENT_KINDS.has(kind);

/**
 * What a mention does: it declares the name; it changes, as an amendment, what another document declares; it lists a
 * code that it does not declare, with what holds for it; or it refers to it.
 */
export type Role = 'declaration' | 'amendment' | 'listing' | 'reference';

/** What is named at a place of a schema. One object for each place, shared by all mentions there. */
export interface Naming {
  readonly kind: NameKind;
  readonly role: Role;
  /** Of a value: its fact. Of a clause: the list that it stands in. */
  readonly of?: string;
}

/** One place that names something. Offsets are of the document's text, without quotes. */
export interface Mention extends TextRange {
  readonly naming: Naming;
  readonly name: string;
  /** The family that is meant, where the document says so. */
  readonly family?: string;
  /** The code whose family is meant, where an amendment of its specification says so. */
  readonly amended?: string;
  /** The number of the entry or anchor that is meant, in its document; -1 where there is none. */
  readonly local?: number;
}
