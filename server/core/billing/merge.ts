/**
 * Step 6, the end: lines of one code, day, outcome and set of modifiers are one line. What was
 * given and what was thrown away stay two.
 */
import { groupBy } from '../base/lists.ts';
import { kept } from '../base/text.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { hasDiagnosis } from '../rules/spec.ts';
import type { Table } from '../rules/table.ts';
import { benchmarkOf } from './benchmark.ts';
import type { DraftLine } from './draft.ts';
import type { BillingLine, Reason, Reasons } from './line.ts';

export function mergeLines(
  drafts: readonly DraftLine[],
  encounter: Encounter,
  feeTables: readonly Table[],
): readonly BillingLine[] {
  const alike = groupBy(drafts, ({ code, date, outcome, modifiers, facts }) =>
    JSON.stringify([code, date, outcome, [...modifiers].sort(), facts.get('part')?.value]),
  );
  return [...alike.values()].map((same) => lineOf(same, encounter, feeTables));
}

function lineOf(
  drafts: readonly [DraftLine, ...DraftLine[]],
  encounter: Encounter,
  feeTables: readonly Table[],
): BillingLine {
  const [first, ...others] = drafts;
  const units = drafts.reduce((sum, own) => sum + own.units, 0);
  const administrations = drafts.flatMap(({ placed }) =>
    placed.service.members.map(({ activity }) => activity.origin),
  );
  return {
    code: first.code,
    units,
    modifiers: first.modifiers,
    date: first.date,
    outcome: first.outcome,
    diagnoses: pointers(first, encounter),
    administrations: [...new Set(administrations)],
    because: mergeReasons(
      first.because,
      others.flatMap(({ because }) => because),
    ),
    spec: first.spec,
    benchmark: benchmarkOf({ ...first, units }, encounter, feeTables),
  };
}

/** A reason that says the same of the same clause is told once. */
function mergeReasons([head, ...tail]: Reasons, more: readonly Reason[]): Reasons {
  const told = [head];
  for (const reason of [...tail, ...more]) {
    const known = told.some(
      ({ clause, sentence }) => sentence === reason.sentence && clause.path === reason.clause.path,
    );
    if (!known) told.push(reason);
  }
  return [asKept(head), ...told.slice(1).map(asKept)];
}

/** Sentences are put together of many pieces, each of which would be kept as long as the bill. */
function asKept(reason: Reason): Reason {
  const { clause, facts, remark } = reason;
  const sentence = kept(reason.sentence);
  return remark === undefined ? { clause, facts, sentence } : { clause, facts, sentence, remark };
}

/** Diagnoses of the service itself, or those of the encounter that the specification lists. */
function pointers({ placed, spec }: DraftLine, encounter: Encounter): readonly string[] {
  const own = placed.service.facts('own_diagnosis')?.value;
  if (Array.isArray(own)) return own as readonly string[];
  if (!spec) return [];
  return encounter.diagnoses.map(({ value }) => value).filter((code) => hasDiagnosis(spec, code));
}
