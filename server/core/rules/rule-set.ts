/**
 * The rules that hold for an encounter: families with their specifications as its payer reads them, its policies, and
 * the tables that they name. Compiled once for each combination of documents.
 */
import { isInForce, type IsoDate } from '../base/clock.ts';
import { uniqueBy } from '../base/lists.ts';
import { sameList } from '../base/memo.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { factTexts } from '../encounter/fact.ts';
import { listsOn, withLists, type CodeList } from './code-list.ts';
import type { RuleDocument } from './document.ts';
import { amendFamily, type Family } from './family.ts';
import type { Amendment, Policy, TableUse } from './policy.ts';
import { amendSpec, isExecutable, type ExecutableSpec, type Reports, type Spec } from './spec.ts';
import { lookUp, type Official } from './official.ts';
import type { Table } from './table.ts';

/** Every rule document at hand, whatever its dates, in the order of their names. */
export interface RuleDocuments {
  readonly families: readonly Family[];
  readonly specs: readonly Spec[];
  readonly policies: readonly Policy[];
  readonly tables: readonly Table[];
  readonly lists: readonly CodeList[];
}

/** One part that a code may report, with its specification. */
export interface SpecPart {
  readonly spec: ExecutableSpec;
  readonly part: Reports;
}

export interface FamilyRules {
  readonly family: Family;
  readonly specs: readonly ExecutableSpec[];
  /** What may be reported of a service by itself, in the order of the codes. */
  readonly primaries: readonly SpecPart[];
  /** What may be reported of the time beyond what another code covers. */
  readonly addOns: readonly SpecPart[];
  /** Those that speak of this family, in the order in which they are applied. */
  readonly policies: readonly Policy[];
  /** The same rules with nobody who hears what is asked of them, for questions about what might have been. */
  readonly unwatched?: FamilyRules;
}

/** A table that a policy wants looked up, with the release in force; undefined where there is none. */
export interface TableLookup {
  readonly use: TableUse;
  readonly policy: Policy;
  readonly table: Table | undefined;
  /** Why a release that is installed for the date is not what answers, as a sentence goes on. */
  readonly why: string | undefined;
}

export interface RuleSet {
  readonly families: readonly FamilyRules[];
  /** Every specification in force, the described ones too, by code. */
  readonly specs: ReadonlyMap<string, Spec>;
  /** Executable specifications that exist but are not in force on the date. */
  readonly outOfForce: readonly ExecutableSpec[];
  readonly policies: readonly Policy[];
  readonly tables: readonly TableLookup[];
  /** Tables in force that say how much of a drug a unit stands for. */
  readonly dosages: readonly Table[];
}

const byName = (a: RuleDocument, b: RuleDocument): number =>
  a.id.value < b.id.value ? -1 : a.id.value > b.id.value ? 1 : fromOf(a) < fromOf(b) ? -1 : 1;
const fromOf = (document: RuleDocument): string => document.effective?.from ?? '';

export function sortRules(documents: RuleDocuments): RuleDocuments {
  return {
    families: [...documents.families].sort(byName),
    specs: [...documents.specs].sort(byName),
    policies: [...documents.policies].sort(byName),
    tables: [...documents.tables].sort(byName),
    lists: [...documents.lists].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Every document of a set, for comparing two sets. */
export const membersOf = (documents: RuleDocuments): readonly (RuleDocument | CodeList)[] => [
  ...documentsOf(documents),
  ...documents.lists,
];

const documentsOf = ({
  families,
  specs,
  policies,
  tables,
}: Omit<RuleDocuments, 'lists'>): readonly RuleDocument[] => [...families, ...specs, ...policies, ...tables];

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Whether a policy holds for an encounter: it is the payer's (and the plan's, where it names one), or the encounter names
 * it. An encounter may name the plan alone as its payer.
 */
function appliesTo(policy: Policy, encounter: Encounter): boolean {
  if (encounter.policies.some(({ value }) => value === policy.id.value)) return true;
  const [payer, plan] = ['payer', 'plan'].map((name) => {
    const fact = encounter.facts.get(name);
    return fact && factTexts(fact)[0];
  });
  if (!policy.payer || payer === undefined) return false;
  const own = policy.plan?.value;
  if (own !== undefined && (sameName(own, payer) || (plan !== undefined && sameName(own, plan))))
    return sameName(policy.payer.value, payer) || sameName(own, payer);
  return own === undefined && sameName(policy.payer.value, payer);
}

/**
 * Gives the rule set of an encounter. Encounters for which the same documents are in force share one rule set, so what
 * was computed from it stays valid.
 */
export class RuleBook {
  readonly documents: RuleDocuments;
  readonly #official: Official;
  readonly #known = new Map<string, RuleSet>();
  readonly #compiled: Compiled[] = [];
  readonly #onCompile: () => void;

  /** `previous` lends its rule sets where the same documents are in force; `onCompile` hears of every new one. */
  constructor(documents: RuleDocuments, official: Official, onCompile: () => void, previous?: RuleBook) {
    this.documents = documents;
    this.#official = official;
    this.#onCompile = onCompile;
    this.#compiled = previous ? [...previous.#compiled] : [];
  }

  /** Undefined for an encounter without a date. */
  for(encounter: Encounter): RuleSet | undefined {
    const date = encounter.date?.value;
    if (date === undefined) return undefined;
    const texts = ['payer', 'plan'].map((name) => encounter.facts.get(name)?.value ?? '');
    const name = JSON.stringify([date, ...texts, ...encounter.policies.map(({ value }) => value)]);
    const known = this.#known.get(name);
    if (known) return known;
    const rules = this.#compile(date, encounter);
    this.#known.set(name, rules);
    return rules;
  }

  #compile(date: IsoDate, encounter: Encounter): RuleSet {
    const { families, specs, policies, tables } = this.documents;
    const lists = listsOn(this.documents.lists, date);
    const inForce = <T extends RuleDocument>(all: readonly T[]): T[] =>
      all
        .filter((document) => isInForce(document.effective, date))
        .map((document) => withLists(document, lists));
    const late = specs.filter((spec) => !isInForce(spec.effective, date)).filter(isExecutable);
    const members = {
      families: inForce(families),
      specs: inForce(specs),
      policies: inOrder(
        inForce(policies).filter((policy) => appliesTo(policy, encounter)),
        encounter,
      ),
      tables: inForce(tables),
    };
    const lookups = members.policies.flatMap((policy) =>
      policy.tables.map((use): TableLookup => {
        const { table, why } = lookUp(use.table.value, date, tables, this.#official);
        return { use, policy, table: table && withLists(table, lists), why };
      }),
    );
    const key = [
      ...documentsOf(members),
      ...late,
      ...lookups.flatMap(({ table, why }) => [table ?? '', why ?? '']),
    ];
    const known = this.#compiled.find((compiled) => sameList(compiled.key, key) === compiled.key);
    if (known) return known.rules;
    this.#onCompile();
    const rules = compile(members, late, lookups);
    this.#compiled.push({ key, rules });
    if (this.#compiled.length > MAX_KEPT) this.#compiled.shift();
    return rules;
  }
}

/** The payer's policies by name, and after them those that the encounter names, in its order: the last one wins. */
function inOrder(policies: readonly Policy[], { policies: named }: Encounter): Policy[] {
  const place = (policy: Policy): number => named.findIndex(({ value }) => value === policy.id.value);
  return [...policies].sort((a, b) => place(a) - place(b));
}

interface Compiled {
  readonly key: readonly (RuleDocument | string)[];
  readonly rules: RuleSet;
}
/** Rule sets kept from earlier books; older ones are compiled again when they are asked for. */
const MAX_KEPT = 64;

function compile(
  { families, specs, policies, tables }: Omit<RuleDocuments, 'lists'>,
  outOfForce: readonly ExecutableSpec[],
  lookups: readonly TableLookup[],
): RuleSet {
  const amendments = policies.flatMap(({ amends }) => amends);
  // Of two versions in force at once, which is reported, one counts: no line is made twice.
  const current = uniqueBy(specs, ({ code }) => code).map((spec) => amended(spec, amendments));
  return {
    families: uniqueBy(families, ({ id }) => id.value).map((family) => ({
      family: amendments
        .filter((amendment) => amendment.family?.value === family.id.value)
        .reduce((changed, { familyChange }) => amendFamily(changed, familyChange), family),
      ...withParts(current.filter(isExecutable).filter((spec) => spec.family?.value === family.id.value)),
      policies: policies.filter(
        (policy) => policy.family === undefined || policy.family.value === family.id.value,
      ),
    })),
    specs: new Map(current.map((spec) => [spec.code, spec])),
    outOfForce,
    policies,
    tables: lookups,
    dosages: tables.filter(({ dosageUnits }) => dosageUnits.size > 0),
  };
}

function withParts(specs: readonly ExecutableSpec[]): Pick<FamilyRules, 'specs' | 'primaries' | 'addOns'> {
  const parts = specs.flatMap((spec) => spec.reports.map((part) => ({ spec, part })));
  const isAddOn = ({ part }: SpecPart): boolean => part.as === 'additional-time';
  return { specs, primaries: parts.filter((own) => !isAddOn(own)), addOns: parts.filter(isAddOn) };
}

const amended = (spec: Spec, amendments: readonly Amendment[]): Spec =>
  amendments
    .filter((amendment) => amendment.spec?.value === spec.code)
    .reduce((changed, { specChange }) => amendSpec(changed, specChange), spec);
