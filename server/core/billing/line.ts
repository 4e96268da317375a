/**
 * Billing lines and what was not billed. A line cannot be made without the clauses and facts that led to it: its
 * reasons are a list of at least one.
 */
import type { IsoDate } from '../base/clock.ts';
import type { Cents } from '../base/money.ts';
import type { Origin } from '../base/origin.ts';
import type { Problem } from '../base/problem.ts';
import type { Spec } from '../rules/spec.ts';

/** `unknown` where a fact or a table is missing; never shown as clean. */
export type Outcome = 'billable' | 'denied' | 'unknown';

export interface FactUse {
  readonly name: string;
  /** For people. */
  readonly value: string;
  readonly origin: Origin;
}

/** One step of reasoning: the clause that says so, the facts it was asked of, and a sentence. */
export interface Reason {
  readonly clause: Origin;
  readonly facts: readonly FactUse[];
  readonly sentence: string;
  /** True for what is worth knowing and decided nothing. */
  readonly remark?: boolean;
}

export type Reasons = readonly [Reason, ...Reason[]];

/** What one published fee schedule would allow for a line: a benchmark, and no price. */
export interface Benchmark {
  readonly clause: Origin;
  /** For all units of the line. */
  readonly amount: Cents;
  readonly currency: string;
  readonly year: number;
  readonly table: string;
  readonly release: string;
  /** How it was worked out. */
  readonly sentence: string;
}

export interface BillingLine {
  readonly code: string;
  /** Whole units, at least 1. */
  readonly units: number;
  readonly modifiers: readonly string[];
  readonly date: IsoDate;
  readonly outcome: Outcome;
  /** The encounter's diagnoses that support the line, in the order of the encounter. */
  readonly diagnoses: readonly string[];
  /** Where the administrations or services it stands for are written. */
  readonly administrations: readonly Origin[];
  readonly because: Reasons;
  /** The specification of the code, where there is one. */
  readonly spec: Spec | undefined;
  /** Undefined where no fee schedule that the payer's policies name has the code. */
  readonly benchmark: Benchmark | undefined;
}

/** A code, or a further unit of it, that was not reported, with the nearest reason. */
export interface NotBilled {
  readonly code: string;
  readonly administrations: readonly Origin[];
  readonly because: Reason;
  /** Whether one fact stands in the way: what a biller asks about first. */
  readonly near: boolean;
  /** Whether the code reports another kind of service altogether: of no interest but to the curious. */
  readonly otherKind: boolean;
}

/** A table that was to be looked up and is not at hand. */
export interface NotChecked {
  readonly table: string;
  readonly because: Reason;
}

export interface Bill {
  readonly lines: readonly BillingLine[];
  /** Worked out when it is asked for. */
  readonly notBilled: readonly NotBilled[];
  readonly notChecked: readonly NotChecked[];
  readonly problems: readonly Problem[];
}

export const factUse = (name: string, value: string, origin: Origin): FactUse => ({ name, value, origin });

/** How a line (code, modifiers, units) is called wherever it is shown. */
export function lineLabel(line: Pick<BillingLine, 'code' | 'units' | 'modifiers'>): string {
  return `${[line.code, ...line.modifiers].join('-')} × ${String(line.units)}`;
}
