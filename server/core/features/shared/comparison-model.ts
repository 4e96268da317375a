/** What a comparison of payers says, as plain JSON data. */
import type { Outcome } from '../../billing/line.ts';
import type { ReasonReport } from './place-report.ts';

/** A payer, or one plan of it. Without either: the specifications alone, as no payer changes them. */
export interface PayerName {
  readonly payer?: string;
  readonly plan?: string;
}

export interface NamedPayer extends PayerName {
  /** For people: `BCBS, Regence`. */
  readonly label: string;
  /** Whether it is the payer that the encounter names. */
  readonly own: boolean;
}

export interface ComparedPayer extends NamedPayer {
  /** Whether the lines are those of the specifications alone. */
  readonly same: boolean;
  /** The policies that apply, by title. */
  readonly policies: readonly string[];
  /**
   * What the payer's own clauses and tables say that the specifications alone don't, and where that is nothing, what else
   * tells why lines differ; remarks come last.
   */
  readonly says: readonly ReasonReport[];
  /** Tables that it looks up and that are not at hand. */
  readonly notChecked: readonly ReasonReport[];
  /** The benchmark amounts of the billable lines together, for people; absent without any. */
  readonly benchmark?: string;
}

export interface ComparedUnits {
  readonly units: number;
  readonly outcome: Outcome;
}

/** The units of each outcome, billable ones first; empty where the payer has no such line. */
export type ComparedCell = readonly ComparedUnits[];

export interface ComparedRow {
  /** Code and modifiers: `96365-59`. */
  readonly line: string;
  /** In the order of the payers. */
  readonly cells: readonly ComparedCell[];
}

export interface Comparison {
  readonly file: string;
  /** Number of the document in its file, from 1. */
  readonly document: number;
  readonly encounter: string;
  readonly date: string;
  /** The specifications alone, and after them every payer with a policy in force on the date. */
  readonly payers: readonly ComparedPayer[];
  /** Payers whose policies are all of other times. */
  readonly notInForce: readonly NamedPayer[];
  readonly rows: readonly ComparedRow[];
}
