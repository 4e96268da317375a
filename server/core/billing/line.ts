/**
 * Billing lines and what was not billed. A line cannot be made without the clauses and facts that led to it: its
 * reasons are a list of at least one.
 */
import type { IsoDate } from '../base/clock.ts';
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
}

export type Reasons = readonly [Reason, ...Reason[]];

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
}

/** A code, or a further unit of it, that was not reported, with the nearest reason. */
export interface NotBilled {
  readonly code: string;
  readonly administrations: readonly Origin[];
  readonly because: Reason;
  /** Whether one fact stands in the way: what a biller asks about first. */
  readonly near: boolean;
}

export interface Bill {
  readonly lines: readonly BillingLine[];
  readonly notBilled: readonly NotBilled[];
  readonly problems: readonly Problem[];
}

export const factUse = (name: string, value: string, origin: Origin): FactUse => ({ name, value, origin });

/** How a line (code, modifiers, units) is called wherever it is shown. */
export function lineLabel(line: Pick<BillingLine, 'code' | 'units' | 'modifiers'>): string {
  return `${[line.code, ...line.modifiers].join('-')} × ${String(line.units)}`;
}
