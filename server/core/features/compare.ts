/**
 * One encounter billed for each payer side by side: the lines that each gets, and the clauses in which payers differ from
 * the specifications alone.
 */
import { groupBy, uniqueBy } from '../base/lists.ts';
import { formatCents, type Cents } from '../base/money.ts';
import type { DocumentId } from '../base/origin.ts';
import { lineLabel, type Bill, type BillingLine, type Outcome, type Reason } from '../billing/line.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { factTexts, type Fact } from '../encounter/fact.ts';
import type { Policy } from '../rules/policy.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import type {
  ComparedCell,
  ComparedPayer,
  ComparedRow,
  Comparison,
  PayerName,
} from './shared/comparison-model.ts';
import { byName, folded } from './shared/names.ts';
import { reasonReport } from './shared/place-report.ts';

export type { Comparison, PayerName } from './shared/comparison-model.ts';

/** Every payer and plan that has a policy, of whatever time, in the order of their names. */
export function knownPayers(analysis: Analysis): readonly PayerName[] {
  const named = analysis
    .rules()
    .documents.policies.flatMap(({ payer, plan }): PayerName[] =>
      payer ? [{ payer: payer.value, ...(plan && { plan: plan.value }) }] : [],
    );
  return uniqueBy(named, (name) => folded(labelOf(name))).sort(byName(labelOf));
}

export const labelOf = ({ payer, plan }: PayerName): string =>
  [payer ?? 'specifications alone', ...(plan === undefined ? [] : [plan])].join(', ');

/** The encounter of a document for some payers; undefined where nothing can be computed. */
export function compare(
  analysis: Analysis,
  { source, index }: DocumentInFile,
  payers: readonly PayerName[],
): Comparison | undefined {
  const encounter = analysis.encounter(source);
  if (!encounter?.date) return undefined;
  const alone = billFor(analysis, encounter, {});
  const all = payers.map((name) => billFor(analysis, encounter, name));
  const billed = [alone, ...all.filter(isInForce)];
  const own = ownPayer(encounter, payers);
  const rows = rowsOf(billed.map(({ bill }) => bill));
  const named = (name: PayerName) => ({ ...name, label: labelOf(name), own: name === own });
  return {
    file: source.file,
    document: index + 1,
    encounter: encounter.id?.value ?? '',
    date: encounter.date.value,
    payers: billed.map((one, i) => ({
      ...named(one.name),
      ...answerOf(
        analysis,
        one,
        alone,
        rows.every(({ cells }) => keyOf(cells[i]) === keyOf(cells[0])),
      ),
    })),
    notInForce: all.filter((one) => !isInForce(one)).map(({ name }) => named(name)),
    rows,
  };
}

interface Billed {
  readonly name: PayerName;
  readonly bill: Bill;
  readonly policies: readonly Policy[];
  readonly tables: RuleSet['tables'];
}

function billFor(analysis: Analysis, encounter: Encounter, name: PayerName): Billed {
  const variant = asPaidBy(encounter, name);
  const [bill, rules] = [analysis.bill(variant), analysis.rulesOn(variant)];
  if (!bill || !rules) throw new Error('An encounter with a date has a bill.');
  return { name, bill, policies: rules.policies, tables: rules.tables };
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

const isSame = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && folded(a) === folded(b);

/** Whether a policy of the payer itself counts, and not only one that the encounter names. */
const isInForce = ({ name, policies }: Billed): boolean =>
  policies.some(
    ({ payer, plan }) =>
      isSame(payer?.value, name.payer) && (plan === undefined || isSame(plan.value, name.plan)),
  );

/** The payer of the encounter, with its plan where that has policies; an encounter may name the plan as its payer. */
function ownPayer({ facts }: Encounter, payers: readonly PayerName[]): PayerName | undefined {
  const [payer, plan] = ['payer', 'plan'].map((name) => {
    const fact = facts.get(name);
    return fact && factTexts(fact)[0];
  });
  return (
    payers.find((own) => isSame(own.payer, payer) && isSame(own.plan, plan)) ??
    payers.find((own) => isSame(own.payer, payer) && own.plan === undefined) ??
    payers.find((own) => isSame(own.plan, payer))
  );
}

const nameOf = ({ code, modifiers }: BillingLine): string => [code, ...modifiers].join('-');

function rowsOf(bills: readonly Bill[]): ComparedRow[] {
  const names = [...new Set(bills.flatMap(({ lines }) => lines.map(nameOf)))].sort();
  return names.map((line) => ({ line, cells: bills.map((bill) => cellOf(bill, line)) }));
}

const OUTCOMES: readonly Outcome[] = ['billable', 'unknown', 'denied'];

/** Lines of one name may have several outcomes, such as a limit or waste that is not paid leaves. */
function cellOf({ lines }: Bill, name: string): ComparedCell {
  const units = groupBy(
    lines.filter((line) => nameOf(line) === name),
    ({ outcome }) => outcome,
  );
  return OUTCOMES.flatMap((outcome) => {
    const own = units.get(outcome) ?? [];
    return own.length === 0 ? [] : [{ units: own.reduce((sum, line) => sum + line.units, 0), outcome }];
  });
}

const keyOf = (cell: ComparedCell | undefined): string => JSON.stringify(cell);

/** What there is to say of a payer's bill. `same`: it has the lines of the specifications alone. */
function answerOf(
  analysis: Analysis,
  billed: Billed,
  alone: Billed,
  same: boolean,
): Omit<ComparedPayer, keyof PayerName | 'label' | 'own'> {
  const { bill, policies } = billed;
  const total = benchmarkOf(bill);
  return {
    same,
    policies: policies.map(({ id, title }) => title || id.value),
    says: saidBy(billed, alone, same).map((reason) => reasonReport(analysis, reason)),
    notChecked: bill.notChecked.map(({ because }) => reasonReport(analysis, because)),
    ...(total !== undefined && { benchmark: total }),
  };
}

/**
 * Reasons whose clauses stand in the payer's policies and tables and that the specifications alone don't give, each told
 * once, remarks last. Where lines differ and none of these tells why, its own causes are told whatever they repeat, and
 * where it has none, what the specifications say of the lines that differ: they were asked of other facts.
 */
function saidBy({ bill, policies, tables }: Billed, alone: Billed, same: boolean): Reason[] {
  const own = new Set<DocumentId>([
    ...policies.map(({ document }) => document),
    ...tables.flatMap(({ table }) => table?.document ?? []),
  ]);
  const known = new Set(givenIn(alone.bill).map(({ reason }) => claimOf(reason)));
  const lines = new Set(alone.bill.lines.map(keyOfLine));
  const differs = ({ line }: Given): boolean => (line ? !lines.has(keyOfLine(line)) : !same);
  const isOwn = ({ reason }: Given): boolean => own.has(reason.clause.document);
  const isFresh = (one: Given): boolean =>
    !known.has(claimOf(one.reason)) &&
    // An amendment of a line that stays the same, and misses of lines that all stay the same, have changed nothing.
    ((one.line && !isAmendment(one.reason)) || differs(one));
  const given = givenIn(bill);
  const causes = given.filter((one) => !isRemark(one));
  const ownCauses = causes.filter(isOwn);
  const telling = ownCauses.filter(isFresh);
  const less = ownCauses.length > 0 ? ownCauses : causes.filter((one) => isFresh(one) && differs(one));
  const told = [
    ...(same || telling.length > 0 ? telling : less),
    ...given.filter((one) => isRemark(one) && isOwn(one) && isFresh(one)),
  ];
  return uniqueBy(
    told.map(({ reason }) => reason),
    ({ sentence }) => sentence,
  );
}

/** A reason and the line that it is given for; none for what was nearly billed, or left out altogether. */
interface Given {
  readonly reason: Reason;
  readonly line?: BillingLine;
}

const givenIn = ({ lines, notBilled }: Bill): Given[] => [
  ...lines.flatMap((line) => line.because.map((reason) => ({ reason, line }))),
  ...notBilled.filter(({ code, near }) => near || code === '').map(({ because }) => ({ reason: because })),
];

const keyOfLine = (line: BillingLine): string => `${lineLabel(line)} ${line.outcome}`;

const isRemark = ({ reason }: Given): boolean => reason.remark === true;

const isAmendment = ({ clause }: Reason): boolean => clause.path.startsWith('/amends/');

/** Classes are compared without the facts that were asked, in whose order nothing lies. */
const claimOf = ({ clause, sentence }: Reason): string =>
  /\/classes\/\d+$/.test(clause.path) ? sentence.replace(/(?<=”): .*/, '') : sentence;

/** The sums of the billable lines; how many of them have an amount is said where not all have. */
function benchmarkOf({ lines }: Bill): string | undefined {
  const billable = lines.filter(({ outcome }) => outcome === 'billable');
  const found = billable.flatMap(({ benchmark }) => benchmark ?? []);
  if (found.length === 0) return undefined;
  const sums = groupBy(found, ({ currency, year }) => `${currency} (${String(year)})`);
  const words = [...sums].map(([unit, own]) => {
    const sum = own.reduce((cents, { amount }) => cents + amount, 0) as Cents;
    return `${formatCents(sum)} ${unit}`;
  });
  const of = `${String(found.length)} of ${String(billable.length)} lines`;
  return [...words, ...(found.length < billable.length ? [of] : [])].join(', ');
}
