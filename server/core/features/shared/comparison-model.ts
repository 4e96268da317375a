/** What a comparison of payers says, as plain JSON data. */
import type { Outcome } from '../../billing/line.ts';
import type { ReasonReport } from './place-report.ts';

/** A payer, or one plan of it. Without either: the specifications alone, as no payer changes them. */
export interface PayerName {
  readonly payer?: string;
  readonly plan?: string;
}

export interface ComparedPayer extends PayerName {
  /** For people: `BCBS, Regence`. */
  readonly label: string;
  /** Whether the lines are those of the specifications alone. */
  readonly same: boolean;
  /** The policies that apply, by title. */
  readonly policies: readonly string[];
  /** What the payer's own clauses and tables say of the lines. */
  readonly says: readonly ReasonReport[];
  /** Tables that it looks up and that are not at hand. */
  readonly notChecked: readonly ReasonReport[];
  /** The benchmark amounts of the lines together, for people; absent without any. */
  readonly benchmark?: string;
}

export interface ComparedCell {
  readonly units: number;
  readonly outcome: Outcome;
}

export interface ComparedRow {
  /** Code and modifiers: `96365-59`. */
  readonly line: string;
  /** In the order of the payers; null where the payer has no such line. */
  readonly cells: readonly (ComparedCell | null)[];
}

export interface Comparison {
  readonly file: string;
  /** Number of the document in its file, from 1. */
  readonly document: number;
  readonly encounter: string;
  readonly date: string;
  readonly payers: readonly ComparedPayer[];
  readonly rows: readonly ComparedRow[];
}
