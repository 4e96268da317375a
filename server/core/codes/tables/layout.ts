/**
 * How a release of a table lies in a file: a mark, a checksum and a header as in a code set (`../layout.ts`), then relations. A
 * relation is a list of rows in the order of their columns. Each column has its different texts once, in order, and for each
 * row the number of its text in one, two or four bytes; so rows have a fixed width and are found by halving, in place.
 *
 *   0   8  mark
 *   8   4  length of the header, in bytes
 *   12  4  checksum of the header and of what follows it
 *   16     header, padded with spaces; sections, each at a multiple of four
 */
import type { ReleaseInfo } from '../rows.ts';

export const TABLE_MARK = 'CODETAB1';

/**
 * The columns of each relation, in the order in which rows are sorted; those by which rows are looked up come first. A cell
 * that the publisher leaves open is empty. Days are YYYY-MM-DD, figures are as they were printed.
 */
export const COLUMNS = {
  limits: ['code', 'units', 'indicator', 'rationale'],
  /** `from` and `to` are the first and last day of the pair itself; `first` is paid and `second` is not. */
  pairs: ['first', 'second', 'from', 'to', 'indicator', 'rationale'],
  /** `rare` is a sign where the service is rarely or never given at the places that the table is for. */
  fees: [
    'code',
    'modifier',
    'status',
    'work',
    'practiceExpense',
    'malpractice',
    'total',
    'rare',
    'conversionFactor',
  ],
  localities: ['locality', 'state', 'name', 'work', 'practiceExpense', 'malpractice'],
} as const;
export type RelationName = keyof typeof COLUMNS;
export type ColumnOf<Name extends RelationName> = (typeof COLUMNS)[Name][number];

/** How many of the columns tell one row from others: by these rows are looked up, and releases compared. */
export const KEYS: Readonly<Record<RelationName, number>> = { limits: 1, pairs: 2, fees: 2, localities: 1 };

/** What a table is about, with the relations that it has; the first one is what it is counted by. */
export const KINDS = {
  limits: ['limits'],
  pairs: ['pairs'],
  fees: ['fees', 'localities'],
} as const satisfies Readonly<Record<string, readonly RelationName[]>>;
export type TableKind = keyof typeof KINDS;

/** Offset from the start of the sections and length, in bytes. */
export type Place = readonly [offset: number, length: number];

export interface ColumnPlan {
  readonly name: string;
  /** Bytes of a cell. */
  readonly width: 1 | 2 | 4;
  /** Where each text begins, and where the last one ends: four bytes each. */
  readonly offsets: Place;
  readonly texts: Place;
  readonly cells: Place;
}

export interface RelationPlan {
  readonly rows: number;
  readonly columns: readonly ColumnPlan[];
}

export interface TableInfo extends Omit<ReleaseInfo, 'pointAfter' | 'starter'> {
  readonly kind: TableKind;
  /** The official files, in the order in which they were given. */
  readonly sources: readonly { readonly name: string; readonly sha256: string }[];
  /** Indicators of pairs that are listed and were never in force. */
  readonly neverInForce?: readonly string[];
  /** Statuses of fees that are paid by their figures; the figures of others are no fees. */
  readonly paid?: readonly string[];
  /** Of fees: the year of the schedule and the three letters of its currency. */
  readonly year?: number;
  readonly currency?: string;
}

export interface TableHeader extends TableInfo {
  /** Of the layout. */
  readonly format: 1;
  /** Of the first relation. */
  readonly rows: number;
  readonly relations: Readonly<Partial<Record<RelationName, RelationPlan>>>;
}
