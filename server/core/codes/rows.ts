/** What importers read from the files of their publishers, whatever the layout: rows, and what they could not read. */
import type { EffectiveRange, IsoDate } from '../base/clock.ts';

/** One code of a set, as its publisher lists it. */
export interface CodeRow {
  /** Without a point, in capitals: `E860`, `J1745`. */
  readonly code: string;
  /** UTF-8, on one line. */
  readonly title: string;
  /** False for a header: a code that only groups others and is never billed. */
  readonly billable: boolean;
  /** Days on which the code itself is in force, where the file tells; otherwise those of the release hold. */
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly notes?: CodeNotes;
}

/** Instructions that stand with a code; each lists codes without a point, and ranges as `E860-E869`. */
export interface CodeNotes {
  /** Never billed together with these. */
  readonly excludes1?: readonly string[];
  readonly excludes2?: readonly string[];
  /** One of these stands first: the code is a manifestation. */
  readonly codeFirst?: readonly string[];
  readonly useAdditional?: readonly string[];
  /** Words of the instructions, for hovers. */
  readonly includes?: readonly string[];
}

/** A row that was not taken, with the line of the file it stood on, from 1. */
export interface RefusedRow {
  readonly line: number;
  /** A sentence for people. */
  readonly reason: string;
}

export interface ImportedCodes {
  readonly rows: readonly CodeRow[];
  readonly refused: readonly RefusedRow[];
  /** Rows that the file holds, taken or not. */
  readonly read: number;
  /** What the file says of its own counts, where it does: `promised` rows and what that counts, in words. */
  readonly footer?: { readonly promised: number; readonly counts: string };
}

/** What a release changed, as its addenda list it. */
export interface CodeChange {
  readonly kind: 'added' | 'deleted' | 'revised';
  readonly code: string;
  readonly title: string;
  /** Of a revision: the title before. */
  readonly before?: string;
}

/** Which release of which set a file is; what the file does not say, the user does. */
export interface ReleaseInfo {
  readonly set: string;
  /** The format of the schemas for which the set answers; its own name where it is left out, as with `icd-10-cm`. */
  readonly answers?: string;
  /** A regular expression for the codes that the set alone lists, where several sets answer for one format. */
  readonly lists?: string;
  /** `FY2027`, `2026-01`. */
  readonly release: string;
  readonly effective: EffectiveRange;
  readonly title: string;
  readonly publisher: string;
  /** Signs before the point with which people write the codes of the set; undefined where they write none. */
  readonly pointAfter?: number;
  /** True for a small set that ships with the product and knows only some codes. */
  readonly starter?: boolean;
  /** True for codes that a workspace lists itself: they stand beside those of the releases. */
  readonly local?: boolean;
}
