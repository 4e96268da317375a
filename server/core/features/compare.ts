/**
 * One encounter billed for each payer side by side: the lines that each gets, and the clauses in which payers differ from
 * the specifications alone.
 */
import { uniqueBy } from '../base/lists.ts';
import { formatCents, type Cents } from '../base/money.ts';
import type { DocumentId } from '../base/origin.ts';
import { lineLabel, type Bill, type BillingLine } from '../billing/line.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { Fact } from '../encounter/fact.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import type { ComparedCell, ComparedPayer, Comparison, PayerName } from './shared/comparison-model.ts';
import { reasonReport } from './shared/place-report.ts';

export type { Comparison, PayerName } from './shared/comparison-model.ts';

/** Every payer and plan that policies in force on a date speak of, in the order of their names. */
export function knownPayers(analysis: Analysis): readonly PayerName[] {
  const named = analysis
    .rules()
    .documents.policies.flatMap(({ payer, plan }): PayerName[] =>
      payer ? [{ payer: payer.value, ...(plan && { plan: plan.value }) }] : [],
    );
  return uniqueBy(named, labelOf).sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1));
}

export const labelOf = ({ payer, plan }: PayerName): string =>
  [payer ?? 'no payer', ...(plan === undefined ? [] : [plan])].join(', ');

/** The encounters of a document side by side; undefined where nothing can be computed. */
export function compare(
  analysis: Analysis,
  { source, index }: DocumentInFile,
  payers: readonly PayerName[],
): Comparison | undefined {
  const encounter = analysis.encounter(source);
  if (!encounter?.date) return undefined;
  const billed = [{}, ...payers].map((name) => billFor(analysis, encounter, name));
  const [alone] = billed;
  const lines = [...new Set(billed.flatMap(({ bill }) => bill.lines.map(nameOf)))].sort();
  return {
    file: source.file,
    document: index + 1,
    encounter: encounter.id?.value ?? '',
    date: encounter.date.value,
    payers: billed.map((own) => comparedPayer(analysis, own, alone)),
    rows: lines.map((line) => ({ line, cells: billed.map(({ bill }) => cellOf(bill, line)) })),
  };
}

interface Billed {
  readonly name: PayerName;
  readonly bill: Bill;
  readonly rules: RuleSet | undefined;
}

function billFor(analysis: Analysis, encounter: Encounter, name: PayerName): Billed {
  const variant = asPaidBy(encounter, name);
  const bill = analysis.bill(variant);
  if (!bill) throw new Error('An encounter with a date has a bill.');
  return { name, bill, rules: analysis.rulesOn(variant) };
}

/** The same encounter with another payer. */
function asPaidBy(encounter: Encounter, { payer, plan }: PayerName): Encounter {
  const facts = new Map(encounter.facts);
  const set = (name: string, value: string | undefined): void => {
    const origin = facts.get(name)?.origin ?? encounter.origin;
    const fact: Fact | undefined = value === undefined ? undefined : { name, value, origin };
    if (fact) facts.set(name, fact);
    else facts.delete(name);
  };
  set('payer', payer);
  set('plan', plan);
  return { ...encounter, facts };
}

const nameOf = ({ code, modifiers }: BillingLine): string => [code, ...modifiers].join('-');

/** Lines of one name and several outcomes, such as a limit leaves, are told by the first that is not denied. */
function cellOf({ lines }: Bill, name: string): ComparedCell | null {
  const own = lines.filter((line) => nameOf(line) === name);
  const shown = own.find(({ outcome }) => outcome !== 'denied') ?? own[0];
  return shown ? { units: shown.units, outcome: shown.outcome } : null;
}

function comparedPayer(
  analysis: Analysis,
  { name, bill, rules }: Billed,
  alone: Billed | undefined,
): ComparedPayer {
  const total = benchmarkOf(bill);
  const same = alone !== undefined && linesOf(bill) === linesOf(alone.bill);
  return {
    ...name,
    label: name.payer === undefined ? 'specifications alone' : labelOf(name),
    same,
    policies: (rules?.policies ?? []).map(({ id, title }) => title || id.value),
    says: saidBy(rules, bill, same).map((reason) => reasonReport(analysis, reason)),
    notChecked: bill.notChecked.map(({ because }) => reasonReport(analysis, because)),
    ...(total !== undefined && { benchmark: total }),
  };
}

const linesOf = ({ lines }: Bill): string =>
  lines
    .map((line) => `${lineLabel(line)} ${line.outcome}`)
    .sort()
    .join();

/** Reasons whose clauses stand in the payer's policies and tables, each told once. Where the lines are the same, nothing was kept away. */
function saidBy(rules: RuleSet | undefined, bill: Bill, same: boolean): BillingLine['because'][number][] {
  const own = new Set<DocumentId>([
    ...(rules?.policies ?? []).map(({ document }) => document),
    ...(rules?.tables ?? []).flatMap(({ table }) => table?.document ?? []),
  ]);
  const reasons = [
    ...bill.lines.flatMap(({ because }) => because),
    ...(same ? [] : bill.notBilled.filter(({ near }) => near).map(({ because }) => because)),
  ].filter(({ clause }) => own.has(clause.document));
  return uniqueBy(reasons, ({ sentence }) => sentence);
}

function benchmarkOf({ lines }: Bill): string | undefined {
  const found = lines.flatMap(({ benchmark, outcome }) => (outcome === 'billable' && benchmark) || []);
  const [first] = found;
  if (!first) return undefined;
  const sum = found.reduce((cents, { amount }) => cents + amount, 0) as Cents;
  return `${formatCents(sum)} ${first.currency} (${String(first.year)})`;
}
