/** What a check is. One file for each; the registry runs them all. */
import type { EffectiveRange } from '../../base/clock.ts';
import type { Problem } from '../../base/problem.ts';
import type { Bill } from '../../billing/line.ts';
import type { CodeSets } from '../../codes/releases.ts';
import type { Encounter } from '../../encounter/encounter.ts';
import type { RuleDocuments, RuleSet } from '../../rules/rule-set.ts';
import type { NamedCodes } from '../../workspace/named-codes.ts';
import type { ParsedDocument } from '../../yaml/parse.ts';

/** Looks at all rule documents together; its problems are shown in the documents they are about. */
export type RulesCheck = (rules: RuleDocuments) => readonly Problem[];

export interface EncounterContext {
  readonly encounter: Encounter;
  readonly parsed: ParsedDocument;
  readonly rules: RuleDocuments;
  /** Undefined when the encounter has no date. */
  readonly rulesOfDate: RuleSet | undefined;
  readonly bill: Bill | undefined;
  readonly codes: CodeSets;
  /** Codes that the rule documents name. */
  readonly named: NamedCodes;
}

/** Looks at one encounter and its bill. */
export type EncounterCheck = (context: EncounterContext) => readonly Problem[];

export interface DocumentContext {
  readonly parsed: ParsedDocument;
  /** Undefined for a document without dates. */
  readonly effective: EffectiveRange | undefined;
  readonly codes: CodeSets;
}

/** Looks at one family, specification, policy or table by itself. */
export type DocumentCheck = (context: DocumentContext) => readonly Problem[];
