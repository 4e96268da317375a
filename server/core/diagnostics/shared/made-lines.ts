/** The lines that there can be: what specifications report, whatever their version, and as policies amend them. */
import { bothCases, caseOf, fulfils, type Case, type Demand } from '../../rules/cases.ts';
import type { Policy } from '../../rules/policy.ts';
import type { RuleDocuments } from '../../rules/rule-set.ts';
import type { Reports } from '../../rules/spec.ts';

/** A part that a code may report, with the family whose administrations it is about. */
export interface MadeLine {
  readonly code: string;
  readonly family: string | undefined;
  readonly part: Reports;
}

export function madeLines({ specs, policies }: RuleDocuments): readonly MadeLine[] {
  const changes = policies.flatMap(({ amends }) => amends);
  return specs.flatMap(({ code, family, reports }) => {
    const amended = changes.filter(({ spec }) => spec?.value === code);
    const parts = [...reports, ...amended.flatMap(({ specChange }) => specChange.reports ?? [])];
    return parts.map((part) => ({ code, family: family?.value, part }));
  });
}

/** The classes of the services that a part reports; a service that the record states has none. */
export const classesOf = ({ as, classes }: Reports): readonly string[] =>
  as === 'stated' ? [''] : classes.map(({ value }) => value);

const demandOf = (own: Case, fact: string): Demand => own.get(fact) ?? [];

/** Cases as far as they are of codes that a policy speaks of. */
export function spokenOf(
  { codes, origin }: Policy,
  cases: readonly Case[] | undefined,
): readonly Case[] | undefined {
  if (codes.length === 0) return cases;
  const values = codes.map(({ value }) => value);
  return bothCases(cases, [caseOf('code', origin, { kind: 'one-of', values })]);
}

/** Whether there may be a line of the code, class and position of a case. What else it demands is not looked at. */
export const mayBeLine = (own: Case, lines: readonly MadeLine[]): boolean =>
  !asksForLine(own) ||
  mayBeDrug(own) ||
  mayBeUnknownCode(own, lines) ||
  lines.some((line) => isSuchLine(own, line));

const asksForLine = (own: Case): boolean => ['code', 'class', 'as'].some((fact) => own.has(fact));

const isSuchLine = (own: Case, { code, part }: MadeLine): boolean =>
  fulfils(demandOf(own, 'code'), code) &&
  fulfils(demandOf(own, 'as'), part.as) &&
  classesOf(part).some((name) => fulfils(demandOf(own, 'class'), name));

/** Whether it may be the line of a drug: those come from tables, whatever their codes, and have the class of what they are given with. */
const mayBeDrug = (own: Case): boolean =>
  fulfils(demandOf(own, 'as'), 'drug') && namedCodes(own) === undefined;

/** Whether it may be of a code that is named and that no specification here is about: of a drug, or one that the record states. */
const mayBeUnknownCode = (own: Case, lines: readonly MadeLine[]): boolean =>
  namedCodes(own)?.some((code) => !lines.some((line) => line.code === code)) ?? false;

/** The codes that a case leaves of those that it names; undefined where it names none, but at most some that are not meant. */
function namedCodes(own: Case): readonly string[] | undefined {
  const demand = demandOf(own, 'code');
  const named = demand.flatMap(({ test, holds }) =>
    holds && test.wants.kind === 'one-of' ? [test.wants.values] : [],
  );
  return named.length === 0 ? undefined : named.flat().filter((code) => fulfils(demand, code));
}
