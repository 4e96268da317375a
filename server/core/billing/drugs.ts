/**
 * Lines of the drugs themselves: an administration that names the code of its drug and the dose gets units from the
 * code's dosage unit, rounded up over the day, and what was thrown away a line of its own.
 */
import { groupBy } from '../base/lists.ts';
import { amountIn, formatAmount, parseQuantity, quotient, rounded } from '../base/quantity.ts';
import { plural } from '../base/words.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { Activity } from '../encounter/encounter.ts';
import type { Fact, FactLookup } from '../encounter/fact.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { DosageUnit, Table } from '../rules/table.ts';
import type { DraftLine } from './draft.ts';
import { factUse, type FactUse, type Outcome, type Reason } from './line.ts';
import type { PlacedService } from './position.ts';

/** An administration of a drug whose line is wanted, with the service that it is billed beside. */
export interface GivenDrug {
  readonly activity: Activity;
  readonly code: string;
  readonly facts: FactLookup;
  readonly placed: PlacedService;
}

export interface DrugLines {
  readonly drafts: readonly DraftLine[];
  readonly problems: readonly Problem[];
}

/** Which part of a drug a line stands for; conditions may ask for it as `part`. */
const PARTS = { given: 'given', wasted: 'wasted' } as const;
type Part = keyof typeof PARTS;

export function drugLines(rules: RuleSet, given: readonly GivenDrug[]): DrugLines {
  // What was drawn from different containers is rounded apart: what is left over is billed by the container.
  const byDay = groupBy(given, ({ code, placed, facts }) =>
    JSON.stringify([code, placed.date, facts('container')?.value]),
  );
  const results = [...byDay.values()].map((same) => linesOf(rules, same));
  return {
    drafts: results.flatMap(({ drafts }) => drafts),
    problems: results.flatMap(({ problems }) => problems),
  };
}

function linesOf({ dosages }: RuleSet, same: readonly [GivenDrug, ...GivenDrug[]]): DrugLines {
  const [{ code, placed }] = same;
  const table = dosages.find(({ dosageUnits }) => dosageUnits.has(code));
  const unit = table?.dosageUnits.get(code);
  const at = placed.service.members[0].activity;
  if (!table || !unit) {
    const origin = at.facts.get('drug')?.origin ?? at.origin;
    const message = `No table here says how much of ${code} one unit stands for, so its units are unknown.`;
    const sentence = `Unknown: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
    const reason = { clause: origin, facts: [factUse('drug', code, origin)], sentence };
    return {
      drafts: [draft(same, undefined, 'given', 1, 'unknown', [reason])],
      problems: [problem('unknown-dosage-unit', origin, message)],
    };
  }
  return { drafts: draftsOf(same, table, unit), problems: [] };
}

function draftsOf(same: readonly [GivenDrug, ...GivenDrug[]], table: Table, unit: DosageUnit): DraftLine[] {
  const [{ code }] = same;
  const dose = total(same, 'dose', unit);
  const wasted = total(same, 'wasted', unit);
  const { amount, unit: word } = unit.amount;
  if (dose.amount === undefined) {
    const sentence = `Unknown: the dose of ${unit.drug} is not documented in ${word}, so the units of ${code} are not known.`;
    return [
      draft(same, table, 'given', 1, 'unknown', [{ clause: unit.origin, facts: dose.facts, sentence }]),
    ];
  }
  const units = Math.ceil(quotient(dose.amount, amount));
  const told = `One unit of ${code} stands for ${formatAmount(amount, word)} (${table.release}); ${formatAmount(dose.amount, word)} were given, rounded up to ${plural(units, 'unit')}.`;
  const reason = { clause: unit.origin, facts: dose.facts, sentence: told };
  const lines = units > 0 ? [draft(same, table, 'given', units, 'billable', [reason])] : [];
  if (wasted.facts.length > 0 && wasted.amount === undefined) {
    const sentence = `Unknown: how much of ${unit.drug} was thrown away is not documented in ${word}.`;
    return [
      ...lines,
      draft(same, table, 'wasted', 1, 'unknown', [{ clause: unit.origin, facts: wasted.facts, sentence }]),
    ];
  }
  // What rounding up has billed already is not billed again as waste.
  const thrown = wasted.amount ?? 0;
  const rest = Math.ceil(quotient(dose.amount + thrown, amount)) - units;
  if (rest <= 0) return lines;
  const sentence = `${formatAmount(thrown, word)} of ${unit.drug} were thrown away: with the dose ${plural(rest + units, 'unit')}, of which ${String(rest)} more than were given.`;
  return [
    ...lines,
    draft(same, table, 'wasted', rest, 'billable', [{ clause: unit.origin, facts: wasted.facts, sentence }]),
  ];
}

/** The amounts under a key put together, in the drug's unit; undefined where one of them is missing. */
function total(
  same: readonly GivenDrug[],
  key: 'dose' | 'wasted',
  { amount: { unit } }: DosageUnit,
): { readonly amount: number | undefined; readonly facts: readonly FactUse[] } {
  let sum: number | undefined = 0;
  const facts: FactUse[] = [];
  let known = 0;
  for (const { facts: own } of same) {
    const fact = own(key);
    if (!fact) {
      if (key === 'dose') sum = undefined;
      continue;
    }
    known++;
    facts.push(factUse(key, String(fact.value), fact.origin));
    const quantity = parseQuantity(String(fact.value));
    const converted = quantity && (quantity.unit === '' ? quantity.amount : amountIn(quantity, unit));
    sum = sum === undefined || converted === undefined ? undefined : sum + converted;
  }
  return { amount: known === 0 || sum === undefined ? undefined : rounded(sum), facts };
}

function draft(
  same: readonly [GivenDrug, ...GivenDrug[]],
  table: Table | undefined,
  part: Part,
  units: number,
  outcome: Outcome,
  because: readonly [Reason, ...Reason[]],
): DraftLine {
  const [{ code, placed }] = same;
  const at = because[0].clause;
  const facts = new Map<string, Fact>([['part', { name: 'part', value: PARTS[part], origin: at }]]);
  const container = same[0].facts('container');
  if (container) facts.set('container', container);
  const thrown = wastedOf(same);
  if (thrown) facts.set('wasted', thrown);
  return {
    spec: undefined,
    clause: at,
    code,
    as: 'drug',
    units,
    modifiers: [],
    date: placed.date,
    outcome,
    placed: together(same),
    facts,
    modifierRules: table?.modifiers ?? [],
    because,
  };
}

/** What was thrown away of any of them; that nothing was, only where the record says so of all. */
function wastedOf(same: readonly GivenDrug[]): Fact | undefined {
  const facts = same.map((own) => own.facts('wasted'));
  const some = facts.find((fact) => fact && (parseQuantity(String(fact.value))?.amount ?? 1) > 0);
  return some ?? (facts.every((fact) => fact !== undefined) ? facts[0] : undefined);
}

/** The administrations of a drug line, as the members of one service. */
function together(same: readonly [GivenDrug, ...GivenDrug[]]): PlacedService {
  const [{ placed }, ...others] = same;
  const [first, ...rest] = placed.service.members;
  const members = [first, ...rest, ...others.flatMap((own) => own.placed.service.members)] as const;
  // What was thrown away is a fact of them all, which the line itself tells.
  const facts: FactLookup = (name) => (name === 'wasted' ? undefined : placed.service.facts(name));
  return { ...placed, service: { ...placed.service, members, facts } };
}
