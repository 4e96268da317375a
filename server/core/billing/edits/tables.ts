/**
 * The tables that the payer's policies want looked up: limits of units, and pairs of codes that are not paid on one day.
 * What is not at hand is not checked, and said so; it never reads as clean.
 */
import { problem, type Problem } from '../../base/problem.ts';
import { listWords } from '../../base/words.ts';
import { firstOf, lookupIn } from '../../encounter/fact.ts';
import { verdictOf } from '../../rules/condition.ts';
import type { TableLookup } from '../../rules/rule-set.ts';
import type { CodePair, Table, UnitLimit } from '../../rules/table.ts';
import { addReason, withOutcome, type DraftLine } from '../draft.ts';
import { defaultsOf } from '../facts.ts';
import type { NotChecked, Reason } from '../line.ts';
import { lineFacts, type EditContext } from './edit.ts';
import { splitAt } from './limits.ts';

export interface Looked {
  readonly drafts: readonly DraftLine[];
  readonly problems: readonly Problem[];
}

/** The tables for an encounter, with the clauses that name them. */
export function tablesFor({ rules, ruleSet, encounter }: EditContext): readonly TableLookup[] {
  const facts = firstOf(lookupIn(encounter.facts), defaultsOf(rules.family));
  return ruleSet.tables
    .filter(({ policy }) => policy.family === undefined || policy.family.value === rules.family.id.value)
    .filter(({ use }) => verdictOf(use.when, facts) === 'yes');
}

/** Tables that are wanted and not at hand on the date of service. */
export function notChecked(context: EditContext): NotChecked[] {
  const date = context.encounter.date?.value ?? '';
  return tablesFor(context)
    .filter(({ table }) => !table)
    .map(({ use, policy }) => ({
      table: use.table.value,
      because: {
        clause: use.table.origin,
        facts: [],
        sentence: `Not checked: no release of the table ${use.table.value} is at hand for ${date}, which ${policy.title || policy.id.value} looks up.`,
      },
    }));
}

const tablesInForce = (context: EditContext): readonly Table[] =>
  tablesFor(context).flatMap(({ table }) => table ?? []);

/** Denies the second code of each pair, unless a modifier of one of the two lets both be paid. */
export function applyPairs(context: EditContext): readonly DraftLine[] {
  const tables = tablesInForce(context).filter(({ codePairs }) => codePairs.size > 0);
  if (tables.length === 0) return context.drafts;
  return context.drafts.map((draft) => tables.reduce((line, table) => pairsOf(line, table, context), draft));
}

function pairsOf(draft: DraftLine, table: Table, context: EditContext): DraftLine {
  const firsts = context.drafts.filter(
    (other) => other !== draft && other.date === draft.date && other.outcome !== 'denied',
  );
  const codes = [...new Set(firsts.map(({ code }) => code))];
  return codes.reduce((line, first) => {
    const pair = table.codePairs.get(first)?.find(({ second }) => second === line.code);
    const beside = firsts.filter(({ code }) => code === first);
    return pair ? applyPair(line, table, first, pair, beside, context) : line;
  }, draft);
}

function applyPair(
  draft: DraftLine,
  table: Table,
  first: string,
  pair: CodePair,
  beside: readonly DraftLine[],
  context: EditContext,
): DraftLine {
  const indicator = table.indicators.get(pair.indicator);
  if (indicator?.bypass === 'always') return draft;
  const name = `${table.title} (${table.release})`;
  const say = (words: string): Reason => ({
    clause: pair.origin,
    facts: [],
    sentence: `${name}: ${draft.code} beside ${first}, indicator ${pair.indicator}${indicator ? ` (${indicator.says})` : ''}: ${words}.`,
  });
  if (indicator?.bypass === 'modifier') {
    const bypass = [draft, ...beside]
      .flatMap(({ modifiers }) => modifiers)
      .filter((modifier) => table.bypassModifiers.includes(modifier));
    const [modifier] = bypass;
    if (modifier !== undefined) return addReason(draft, say(`modifier ${modifier} lets both be paid`));
    const open = openModifiers(draft, table, context);
    if (open.length > 0)
      return withOutcome(
        draft,
        'unknown',
        say(`unknown, since whether modifier ${listWords(open)} fits is not documented`),
      );
  }
  return withOutcome(draft, 'denied', say('denied, since only the first is paid that day'));
}

/** Modifiers that would let both be paid, and of which the record does not say whether they fit. */
const openModifiers = (draft: DraftLine, { bypassModifiers }: Table, context: EditContext): string[] => [
  ...new Set(
    draft.modifierRules
      .filter(({ code, when }) => when && bypassModifiers.includes(code))
      .filter(({ when }) => verdictOf(when, lineFacts(draft, context)) === 'unknown')
      .map(({ code }) => code),
  ),
];

/** Units beyond a limit are denied, or remain with a warning, as the indicator of the limit has it. */
export function applyUnitLimits(context: EditContext): Looked {
  const tables = tablesInForce(context).filter(({ unitLimits }) => unitLimits.size > 0);
  let drafts = context.drafts;
  const problems: Problem[] = [];
  for (const table of tables) {
    const used = new Map<string, number>();
    drafts = drafts.flatMap((draft) => {
      const limit = table.unitLimits.get(draft.code);
      if (!limit || draft.outcome === 'denied') return [draft];
      const indicator = table.indicators.get(limit.indicator);
      const key = JSON.stringify([draft.code, draft.date]);
      const before = indicator?.per === 'line' ? 0 : (used.get(key) ?? 0);
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
  const period = indicator?.per === 'line' ? 'line' : 'day';
  const says = indicator ? `, indicator ${limit.indicator} (${indicator.says})` : '';
  const sentence = `${table.title} (${table.release}): at most ${String(limit.units)} of ${code} a ${period}${says}.`;
  return { clause: limit.origin, facts: [], sentence };
}

function overLimit(draft: DraftLine, table: Table, limit: UnitLimit): Problem {
  const { code, placed } = draft;
  const message = `${code} is billed more often than ${table.title} (${table.release}) allows: ${String(limit.units)} a day. Expect a denial, and keep the record for an appeal.`;
  return problem('units-over-limit', placed.service.members[0].activity.origin, message, {
    related: [{ at: limit.origin, message: limitReason(draft, table, limit).sentence }],
  });
}
