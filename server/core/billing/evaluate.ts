/**
 * Encounter × rule set → bill. A pure function: the same encounter and rules give the same lines, whatever the order
 * of files or of the administrations in them.
 */
import { uniqueBy } from '../base/lists.ts';
import { problem, type Problem } from '../base/problem.ts';
import { formatRange } from '../base/clock.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { Bill, NotBilled } from './line.ts';
import { mergeLines } from './merge.ts';
import { notBilled } from './near-miss.ts';
import { statedCodes } from './described.ts';
import { runStages, type Stages } from './stages.ts';

const EMPTY: Bill = { lines: [], notBilled: [], problems: [] };

export function evaluate(rules: RuleSet, encounter: Encounter): Bill {
  const date = encounter.date?.value;
  if (date === undefined) return EMPTY;
  const stages = stagesOf(rules, encounter);
  const stated = statedCodes(rules, encounter, date);
  const lines = [...stages.flatMap(({ edited }) => mergeLines(edited, encounter)), ...stated.lines];
  const billed = new Set(lines.map(({ code }) => code));
  const misses = stages.flatMap(({ reported }) => notBilled(reported.matches, billed));
  return {
    lines,
    notBilled: [...neverReported(stages), ...misses],
    problems: [
      ...stated.problems,
      ...stages.flatMap(({ reported }) => reported.problems),
      ...missingTimes(stages, encounter),
      ...unclassified(rules, encounter, stages),
      ...notInForce(rules, encounter),
    ],
  };
}

/** The stages of every family that the encounter may use. */
export function stagesOf(rules: RuleSet, encounter: Encounter): readonly Stages[] {
  const date = encounter.date?.value;
  if (date === undefined) return [];
  const wanted = encounter.family?.value;
  return rules.families
    .filter(({ family }) => wanted === undefined || family.id.value === wanted)
    .map((familyRules) => runStages(familyRules, encounter, date));
}

/** What the record gave that no code ever reports, such as a flush. */
function neverReported(stages: readonly Stages[]): NotBilled[] {
  return stages.flatMap(({ classified }) =>
    classified.flatMap((item): NotBilled[] =>
      item.kind === 'never-reported'
        ? [{ code: '', administrations: [item.activity.origin], because: item.reason, near: false }]
        : [],
    ),
  );
}

/** Facts that decide the class and are missing; a time that is there and wrong has its own problem. */
function missingTimes(stages: readonly Stages[], { problems }: Encounter): Problem[] {
  const isWrong = (path: string): boolean =>
    problems.some(({ at }) => 'path' in at && at.path.startsWith(`${path}/`));
  return stages.flatMap(({ classified }) =>
    classified.flatMap((item): Problem[] => {
      if (item.kind !== 'classified' || item.missing.length === 0 || isWrong(item.activity.origin.path))
        return [];
      const words = item.missing.map((name) =>
        name === 'minutes' && item.activity.start !== undefined ? 'stop time' : spaced(name),
      );
      const message = `${item.activity.name} has no ${listWords(words)}, so what it is billed as is unknown.`;
      const related = item.open.map((rule) => ({
        at: rule.origin,
        message: `It may count as ${quoted(rule.title)}.`,
      }));
      return [problem('missing-time', item.activity.origin, message, { related })];
    }),
  );
}

/** Activities that no family has a class for. */
function unclassified(rules: RuleSet, encounter: Encounter, stages: readonly Stages[]): Problem[] {
  return encounter.activities
    .filter((activity) => !activity.facts.has('code'))
    .filter((activity) =>
      stages.every(({ classified }) =>
        classified.some((item) => item.activity === activity && item.kind === 'none'),
      ),
    )
    .map((activity) => {
      const families = rules.families.map(({ family }) => family.id.value);
      const message =
        families.length === 0
          ? `No family in force on ${encounter.date?.value ?? 'this date'} says what ${activity.name} is.`
          : `${activity.name} is of no class of ${listWords(families)}, so what it is billed as is unknown.`;
      return problem('not-covered', activity.origin, message);
    });
}

/** Specifications that would have computed the encounter on another day. */
function notInForce(rules: RuleSet, encounter: Encounter): Problem[] {
  if (
    !encounter.date ||
    encounter.activities.length === 0 ||
    rules.families.some(({ specs }) => specs.length > 0)
  )
    return [];
  const late = uniqueBy(rules.outOfForce, ({ code }) => code);
  if (late.length === 0) return [];
  const message = `No specification is in force on ${encounter.date.value}, so nothing is computed.`;
  const related = late.map((spec) => ({
    at: spec.effectiveOrigin,
    message: `${spec.code} is in force ${spec.effective ? formatRange(spec.effective) : 'on other days'}.`,
  }));
  return [problem('no-version-in-force', encounter.date.origin, message, { related })];
}
