/** Pairs of codes that are not paid on one day, as the tables that the payer's policies name have them. */
import { listWords } from '../../base/words.ts';
import { verdictOf } from '../../rules/condition.ts';
import type { CodePair, Table } from '../../rules/table.ts';
import { addReason, withOutcome, type DraftLine } from '../draft.ts';
import type { Reason } from '../line.ts';
import { lineFacts, type EditContext } from './edit.ts';
import { suppressed } from './shared/suppress.ts';
import { tablesInForce } from './tables.ts';

/** A pair of which a line is the second code, with what it means for the line. */
interface Paired {
  readonly first: DraftLine;
  readonly effect: 'denied' | 'unknown' | 'bypassed';
  readonly reason: Reason;
}

/** Denies the second code of each pair, unless a modifier of one of the two lets both be paid. */
export function applyPairs(context: EditContext): readonly DraftLine[] {
  const tables = tablesInForce(context).filter(({ codePairs }) => codePairs.size > 0);
  if (tables.length === 0) return context.drafts;
  const pairs = new Map(
    context.drafts.map((draft) => [draft, tables.flatMap((table) => pairsOf(draft, table, context))]),
  );
  const denying = (draft: DraftLine): readonly Paired[] =>
    (pairs.get(draft) ?? []).filter(({ effect }) => effect === 'denied');
  const denied = suppressed(context.drafts, (draft) => denying(draft).map(({ first }) => first));
  return context.drafts.map((draft) => {
    const own = (pairs.get(draft) ?? []).filter(({ first }) => !denied.has(first));
    const [denial] = own.filter(({ effect }) => effect === 'denied');
    if (denial) return withOutcome(draft, 'denied', denial.reason);
    return own.reduce(
      (line, { effect, reason }) =>
        effect === 'unknown' ? withOutcome(line, 'unknown', reason) : addReason(line, reason),
      draft,
    );
  });
}

function pairsOf(draft: DraftLine, table: Table, context: EditContext): Paired[] {
  const firsts = context.drafts.filter(
    (other) => other !== draft && other.date === draft.date && other.outcome !== 'denied',
  );
  const codes = [...new Set(firsts.map(({ code }) => code))];
  return codes.flatMap((code) => {
    const pair = table.codePairs.get(code, draft.date)?.get(draft.code, draft.date);
    const beside = firsts.filter((other) => other.code === code);
    const [sure] = beside.filter(({ outcome }) => outcome === 'billable');
    const first = sure ?? beside[0];
    return pair && first ? (pairedWith(draft, table, first, pair, beside, context) ?? []) : [];
  });
}

function pairedWith(
  draft: DraftLine,
  table: Table,
  first: DraftLine,
  pair: CodePair,
  beside: readonly DraftLine[],
  context: EditContext,
): Paired | undefined {
  const indicator = table.indicators.get(pair.indicator);
  if (indicator?.bypass === 'always') return undefined;
  const name = `${table.title} (${table.release})`;
  const says = indicator ? ` (${indicator.says})` : '';
  const paired = (effect: Paired['effect'], words: string): Paired => ({
    first,
    effect,
    reason: {
      clause: pair.origin,
      facts: [],
      sentence: `${name}: ${draft.code} beside ${first.code}, indicator ${pair.indicator}${says}: ${words}.`,
    },
  });
  if (indicator?.bypass === 'modifier') {
    const both = [draft, ...beside];
    const modifier = both
      .flatMap(({ modifiers }) => modifiers)
      .find((code) => table.bypassModifiers.includes(code));
    if (modifier !== undefined) return paired('bypassed', `modifier ${modifier} lets both be paid`);
    const open = [...new Set(both.flatMap((line) => openModifiers(line, table, context)))];
    if (open.length > 0)
      return paired('unknown', `unknown, since whether modifier ${listWords(open)} fits is not documented`);
  }
  return first.outcome === 'unknown'
    ? paired('unknown', `unknown, since ${first.code} is unknown`)
    : paired('denied', 'denied, since only the first is paid that day');
}

/** Modifiers that would let both be paid, and of which the record does not say whether they fit. */
const openModifiers = (draft: DraftLine, { bypassModifiers }: Table, context: EditContext): string[] =>
  draft.modifierRules
    .filter(({ code, when }) => when && bypassModifiers.includes(code))
    .filter(({ when }) => verdictOf(when, lineFacts(draft, context)) === 'unknown')
    .map(({ code }) => code);
