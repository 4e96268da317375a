/**
 * The tables that the payer's policies want looked up: limits of units, and pairs of codes that are not paid on one day.
 * What is not at hand is not checked, and said so; it never reads as clean.
 */
import { problem, type Problem } from '../../base/problem.ts';
import { firstOf, lookupIn } from '../../encounter/fact.ts';
import type { Verdict } from '../../rules/conditions/shared/junction.ts';
import { verdictOf } from '../../rules/condition.ts';
import type { TableLookup } from '../../rules/rule-set.ts';
import type { Table, UnitLimit } from '../../rules/table.ts';
import { addReason, type DraftLine } from '../draft.ts';
import { defaultsOf } from '../facts.ts';
import type { NotChecked, Reason } from '../line.ts';
import type { EditContext } from './edit.ts';
import { splitAt } from './limits.ts';

export interface Looked {
  readonly drafts: readonly DraftLine[];
  readonly problems: readonly Problem[];
}

/** The tables for an encounter, with the clauses that name them. */
export const tablesFor = (context: EditContext): readonly TableLookup[] => tablesBy(context, 'yes');

function tablesBy({ rules, ruleSet, encounter }: EditContext, verdict: Verdict): readonly TableLookup[] {
  const facts = firstOf(lookupIn(encounter.facts), defaultsOf(rules.family));
  return ruleSet.tables
    .filter(({ policy }) => policy.family === undefined || policy.family.value === rules.family.id.value)
    .filter(({ use }) => verdictOf(use.when, facts) === verdict);
}

/** Tables that are wanted and not at hand on the date of service, or of which the record does not say whether they are. */
export function notChecked(context: EditContext): NotChecked[] {
  const { encounter, drafts } = context;
  if (drafts.length === 0) return [];
  const date = encounter.date?.value ?? '';
  const absent = tablesFor(context)
    .filter(({ table, why }) => !table || why !== undefined)
    .map((lookup) =>
      unchecked(
        lookup,
        lookup.why ?? `no release of the table ${lookup.use.table.value} is at hand for ${date}`,
      ),
    );
  const open = tablesBy(context, 'unknown').map((lookup) =>
    unchecked(lookup, `the record does not say whether the table ${lookup.use.table.value} is for it`),
  );
  return [...absent, ...open];
}

const unchecked = ({ use, policy }: TableLookup, why: string): NotChecked => ({
  table: use.table.value,
  because: {
    clause: use.table.origin,
    facts: [],
    sentence: `Not checked: ${why}, which ${policy.title || policy.id.value} looks up.`,
  },
});

/** Each once, however many policies name it. */
export const tablesInForce = (context: EditContext): readonly Table[] => [
  ...new Set(tablesFor(context).flatMap(({ table }) => table ?? [])),
];

/** Units beyond a limit are denied, or remain with a warning, as the indicator of the limit has it. */
export function applyUnitLimits(context: EditContext): Looked {
  const tables = tablesInForce(context).filter(({ unitLimits }) => unitLimits.size > 0);
  let drafts = context.drafts;
  const problems: Problem[] = [];
  for (const table of tables) {
    const used = new Map<string, number>();
    drafts = drafts.flatMap((draft) => {
      const limit = table.unitLimits.get(draft.code, draft.date);
      if (!limit || draft.outcome === 'denied') return [draft];
      const indicator = table.indicators.get(limit.indicator);
      // Lines that will be put together are one line.
      const line = indicator?.per === 'line' ? [...draft.modifiers].sort() : [];
      const key = JSON.stringify([draft.code, draft.date, line]);
      const before = used.get(key) ?? 0;
      used.set(key, before + draft.units);
      const allowed = Math.max(0, Math.min(draft.units, limit.units - before));
      if (allowed === draft.units) return [draft];
      const reason = limitReason(draft, table, limit);
      if (indicator?.excess !== 'review') return splitAt(draft, allowed, reason);
      problems.push(overLimit(draft, table, limit));
      return [addReason(draft, reason)];
    });
  }
  return { drafts, problems };
}

function limitReason({ code }: DraftLine, table: Table, limit: UnitLimit): Reason {
  const indicator = table.indicators.get(limit.indicator);
  const says = indicator ? `, indicator ${limit.indicator} (${indicator.says})` : '';
  const sentence = `${table.title} (${table.release}): at most ${String(limit.units)} of ${code} a ${periodOf(table, limit)}${says}.`;
  return { clause: limit.origin, facts: [], sentence };
}

const periodOf = ({ indicators }: Table, { indicator }: UnitLimit): string =>
  indicators.get(indicator)?.per === 'line' ? 'line' : 'day';

function overLimit(draft: DraftLine, table: Table, limit: UnitLimit): Problem {
  const { code, placed } = draft;
  const message = `${code} is billed more often than ${table.title} (${table.release}) allows: ${String(limit.units)} a ${periodOf(table, limit)}. Expect a denial, and keep the record for an appeal.`;
  return problem('units-over-limit', placed.service.members[0].activity.origin, message, {
    related: [{ at: limit.origin, message: limitReason(draft, table, limit).sentence }],
  });
}
