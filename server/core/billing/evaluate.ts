/**
 * Encounter × rule set → bill. A pure function: the same encounter and rules give the same lines, whatever the order
 * of files or of the administrations in them.
 */
import { uniqueBy } from '../base/lists.ts';
import { problem, type Problem } from '../base/problem.ts';
import { formatRange } from '../base/clock.ts';
import { lazy, perRecentInput } from '../base/memo.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import type { FamilyRules, RuleSet } from '../rules/rule-set.ts';
import type { Bill, NotBilled, Reason } from './line.ts';
import { mergeLines } from './merge.ts';
import { notBilled } from './near-miss.ts';
import { describedCodes } from './stated.ts';
import { runStages, type Stages } from './stages.ts';

const EMPTY: Bill = { lines: [], notBilled: [], notChecked: [], problems: [] };

export function evaluate(rules: RuleSet, encounter: Encounter): Bill {
  const date = encounter.date?.value;
  if (date === undefined) return EMPTY;
  const question: Question = { rules, encounter };
  const stages = recentStages(question);
  const stated = describedCodes(rules, familiesFor(rules, encounter), encounter, date);
  const lines = [
    ...stages.flatMap(({ edited, feeTables }) => mergeLines(edited, encounter, feeTables)),
    ...stated.lines,
  ];
  const missed = lazy(() => missesOf(recentStages(question), new Set(lines.map(({ code }) => code))));
  const unchecked = uniqueBy(
    stages.flatMap((own) => own.notChecked),
    ({ table }) => table,
  );
  return {
    lines,
    get notBilled() {
      return missed();
    },
    notChecked: unchecked,
    problems: [
      ...stated.problems,
      ...stages.flatMap(({ problems }) => problems),
      ...missingTimes(stages, encounter),
      ...unclassified(rules, encounter, stages),
      ...notInForce(rules, encounter),
      ...unchecked.map(({ because }) =>
        problem('not-checked', encounter.id?.origin ?? encounter.origin, because.sentence, {
          related: [{ at: because.clause, message: 'The policy names it here.' }],
        }),
      ),
    ],
  };
}

interface Question {
  readonly rules: RuleSet;
  readonly encounter: Encounter;
}

/**
 * What a bill is made of takes more room than the bill. It is needed once more where somebody asks what is not billed,
 * mostly at once; of all other encounters it is let go, and worked out again when it is asked for.
 */
const recentStages = perRecentInput(100, ({ rules, encounter }: Question) => stagesOf(rules, encounter));

/** The families that the encounter may use. */
function familiesFor(rules: RuleSet, encounter: Encounter): readonly FamilyRules[] {
  const wanted = encounter.family?.value;
  return rules.families.filter(({ family }) => wanted === undefined || family.id.value === wanted);
}

/** The stages of every family that the encounter may use. */
export function stagesOf(rules: RuleSet, encounter: Encounter): readonly Stages[] {
  const date = encounter.date?.value;
  if (date === undefined) return [];
  // An administration that two families know is one, and its drug is billed once.
  const billed = new Set<Activity>();
  return familiesFor(rules, encounter).map((family) => {
    const stages = runStages(rules, family, encounter, date, billed);
    for (const activity of stages.drugsOf) billed.add(activity);
    return stages;
  });
}

/** What is not billed: services that are never reported, lines that were dropped, and codes that something kept away. */
function missesOf(stages: readonly Stages[], billed: ReadonlySet<string>): NotBilled[] {
  const dropped = stages
    .flatMap((own) => own.dropped)
    .map(({ draft, reason }): NotBilled => ({
      code: draft.code,
      administrations: draft.placed.service.members.map(({ activity }) => activity.origin),
      because: reason,
      near: true,
      otherKind: false,
    }));
  const told = new Set([...billed, ...dropped.map(({ code }) => code)]);
  return [
    ...neverReported(stages),
    ...dropped,
    ...stages.flatMap(({ reported }) => notBilled(reported.questions(), told)),
  ];
}

/** What the record gave that no code ever reports, such as a flush, and what was given with it. */
function neverReported(stages: readonly Stages[]): NotBilled[] {
  return stages.flatMap(({ classified, placed }) => [
    ...classified.flatMap((item) =>
      item.kind === 'never-reported' ? leftOut([item.activity], item.reason, true) : [],
    ),
    ...placed.omitted.flatMap(({ service, reason, placed: known }) =>
      leftOut(
        service.members.map(({ activity }) => activity),
        reason,
        known === undefined,
      ),
    ),
  ]);
}

/** Administrations that are not reported, and their drugs, unless those have lines of their own. */
function leftOut(activities: readonly Activity[], because: Reason, drugsToo: boolean): NotBilled[] {
  const miss = (code: string, own: readonly Activity[], sentence: string): NotBilled => ({
    code,
    administrations: own.map(({ origin }) => origin),
    because: { ...because, sentence },
    near: false,
    otherKind: false,
  });
  const drugs = drugsToo
    ? activities.flatMap((activity) => {
        const drug = activity.facts.get('drug');
        if (!drug) return [];
        const code = String(drug.value);
        return [miss(code, [activity], `${code} not reported: ${because.sentence}`)];
      })
    : [];
  return [miss('', activities, because.sentence), ...drugs];
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
