/**
 * The rules that are in force on one date: families with their specifications, and policies. Compiled once for each
 * combination of documents; an encounter is evaluated against the set of its date of service.
 */
import { isInForce, type IsoDate } from '../base/clock.ts';
import { uniqueBy } from '../base/lists.ts';
import { sameList } from '../base/memo.ts';
import type { RuleDocument } from './document.ts';
import type { Family } from './family.ts';
import type { Policy } from './policy.ts';
import { isExecutable, type ExecutableSpec, type Spec } from './spec.ts';

/** Every rule document at hand, whatever its dates, in the order of their names. */
export interface RuleDocuments {
  readonly families: readonly Family[];
  readonly specs: readonly Spec[];
  readonly policies: readonly Policy[];
}

export interface FamilyRules {
  readonly family: Family;
  readonly specs: readonly ExecutableSpec[];
  readonly policies: readonly Policy[];
}

export interface RuleSet {
  readonly families: readonly FamilyRules[];
  /** Every specification in force, the described ones too, by code. */
  readonly specs: ReadonlyMap<string, Spec>;
  /** Executable specifications that exist but are not in force on the date. */
  readonly outOfForce: readonly ExecutableSpec[];
}

const byName = (a: RuleDocument, b: RuleDocument): number =>
  a.id.value < b.id.value ? -1 : a.id.value > b.id.value ? 1 : fromOf(a) < fromOf(b) ? -1 : 1;
const fromOf = (document: RuleDocument): string => document.effective?.from ?? '';

export function sortRules(documents: RuleDocuments): RuleDocuments {
  return {
    families: [...documents.families].sort(byName),
    specs: [...documents.specs].sort(byName),
    policies: [...documents.policies].sort(byName),
  };
}

/**
 * Gives the rule set of a date. Dates on which the same documents are in force share one rule set, so what was
 * computed from it stays valid.
 */
export class RuleBook {
  readonly documents: RuleDocuments;
  readonly #byDate = new Map<IsoDate, RuleSet>();
  readonly #compiled: Compiled[] = [];

  readonly #onCompile: () => void;

  /** `previous` lends its rule sets where the same documents are in force; `onCompile` hears of every new one. */
  constructor(documents: RuleDocuments, onCompile: () => void, previous?: RuleBook) {
    this.documents = documents;
    this.#onCompile = onCompile;
    this.#compiled = previous ? [...previous.#compiled] : [];
  }

  on(date: IsoDate): RuleSet {
    const known = this.#byDate.get(date);
    if (known) return known;
    const { families, specs, policies } = this.documents;
    const inForce = <T extends RuleDocument>(all: readonly T[]): T[] =>
      all.filter((document) => isInForce(document.effective, date));
    const members = [...inForce(families), ...inForce(specs), ...inForce(policies)];
    const late = specs.filter((spec) => !isInForce(spec.effective, date)).filter(isExecutable);
    const key = [...members, ...late];
    let entry = this.#compiled.find((compiled) => sameList(compiled.key, key) === compiled.key);
    if (!entry) {
      this.#onCompile();
      entry = { key, rules: compile(inForce(families), inForce(specs), inForce(policies), late) };
      this.#compiled.push(entry);
      if (this.#compiled.length > MAX_KEPT) this.#compiled.shift();
    }
    this.#byDate.set(date, entry.rules);
    return entry.rules;
  }
}

interface Compiled {
  readonly key: readonly RuleDocument[];
  readonly rules: RuleSet;
}
/** Rule sets kept from earlier books; older ones are compiled again when they are asked for. */
const MAX_KEPT = 64;

function compile(
  families: readonly Family[],
  specs: readonly Spec[],
  policies: readonly Policy[],
  outOfForce: readonly ExecutableSpec[],
): RuleSet {
  const byCode = new Map<string, Spec>();
  for (const spec of specs) if (!byCode.has(spec.code)) byCode.set(spec.code, spec);
  const current = [...byCode.values()];
  return {
    // Of two versions in force at once, which is reported, one counts: no line is made twice.
    families: uniqueBy(families, ({ id }) => id.value).map((family) => ({
      family,
      specs: current.filter(isExecutable).filter((spec) => spec.family?.value === family.id.value),
      policies: policies.filter(
        (policy) => policy.family === undefined || policy.family.value === family.id.value,
      ),
    })),
    specs: byCode,
    outOfForce,
  };
}
