/** Step 5: lines. Asks every specification of every service; what fits becomes a line, with the time beyond it. */
import { problem, type Problem } from '../base/problem.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import type { ExecutableSpec } from '../rules/spec.ts';
import type { FamilyRules } from '../rules/rule-set.ts';
import type { DraftLine } from './draft.ts';
import type { Outcome, Reason, Reasons } from './line.ts';
import { matchSpec, type Match } from './match.ts';
import type { PlacedService } from './position.ts';

export interface Reported {
  readonly drafts: readonly DraftLine[];
  /** Every question that was asked, with its answer. */
  readonly matches: readonly Match[];
  readonly problems: readonly Problem[];
}

export function report(rules: FamilyRules, services: readonly PlacedService[]): Reported {
  const parts = services.map((placed) => reportService(rules, placed));
  return {
    drafts: parts.flatMap(({ drafts }) => drafts),
    matches: parts.flatMap(({ matches }) => matches),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

const isAddOn = (spec: ExecutableSpec): boolean => spec.reports.as === 'additional-time';

function reportService({ family, specs }: FamilyRules, placed: PlacedService): Reported {
  const matches = specs.filter((spec) => !isAddOn(spec)).map((spec) => matchSpec(family, spec, placed));
  const fitting = matches.filter(({ obstacles }) =>
    obstacles.every(({ missing, kind }) => missing && kind !== 'class'),
  );
  const [primary] = fitting;
  if (!primary) {
    const unasked = specs
      .filter(isAddOn)
      .map((spec) => withoutPrimary(matchSpec(family, spec, placed, { amount: 0, code: '' }), spec));
    return { drafts: [], matches: [...matches, ...unasked], problems: notCovered(specs, placed, matches) };
  }
  const ambiguous = fitting.length > 1 ? [ambiguity(fitting)] : [];
  const unsure = fitting.length > 1 || placed.service.missing.length > 0 || primary.obstacles.length > 0;
  const main = draftOf(primary, unsure ? 'unknown' : 'billable', ambiguous);
  const covered = primary.spec.thresholds[0]?.covers;
  const total = primary.amount;
  const beyond = {
    // A first code that covers all the time there is leaves nothing for an add-on.
    amount: covered === undefined ? 0 : total === undefined ? undefined : Math.max(0, total - covered),
    code: primary.spec.code,
  };
  const additional = specs
    .filter((spec) => isAddOn(spec))
    .map((spec) => {
      const match = matchSpec(family, spec, placed, beyond);
      const adds =
        spec.reports.of.length === 0 || spec.reports.of.some(({ value }) => value === primary.spec.code);
      return adds ? match : withoutPrimary(match, spec);
    });
  const lines = additional
    .filter(({ obstacles }) => obstacles.every(({ missing, kind }) => missing && kind === 'condition'))
    .map((match) =>
      draftOf(match, match.obstacles.length > 0 ? 'unknown' : main.outcome, [primaryReason(match, primary)]),
    );
  const problems = ambiguous.map((reason) =>
    problem('ambiguous-line', placed.service.members[0].activity.origin, reason.sentence, {
      related: fitting.map(({ spec }) => ({ at: spec.origin, message: `${spec.code} reports it` })),
    }),
  );
  return { drafts: [main, ...lines], matches: [...matches, ...additional], problems };
}

function draftOf(match: Match, outcome: Outcome, extra: readonly Reason[]): DraftLine {
  const { spec, placed } = match;
  const because: Reasons = [
    reportsReason(spec, placed),
    ...placed.service.reasons,
    placed.reason,
    ...match.reasons,
    ...extra,
    ...missingReasons(match),
  ];
  return {
    spec,
    code: spec.code,
    units: Math.max(1, match.units),
    modifiers: [],
    date: placed.date,
    outcome,
    placed,
    because,
  };
}

function reportsReason(spec: ExecutableSpec, { service }: PlacedService): Reason {
  const facts = service.members.flatMap(({ reason }) => reason.facts);
  const sentence = `${spec.code} reports ${quoted(service.rule.title)} as ${spaced(spec.reports.as)}: ${service.name}.`;
  return { clause: spec.reports.origin, facts, sentence };
}

function primaryReason({ spec }: Match, primary: Match): Reason {
  const clause =
    spec.reports.of.find(({ value }) => value === primary.spec.code)?.origin ?? spec.reports.origin;
  return { clause, facts: [], sentence: `${spec.code} adds to ${primary.spec.code}, which is reported.` };
}

/** Why the outcome is unknown: the facts that the record lacks. */
function missingReasons({ placed, obstacles }: Match): Reason[] {
  const reasons = obstacles.map(({ reason }) => ({ ...reason, sentence: `Unknown: ${reason.sentence}.` }));
  const { missing, members } = placed.service;
  if (reasons.length > 0 || missing.length === 0) return reasons;
  const sentence = `Unknown: ${listWords(missing.map(spaced), 'and')} ${missing.length > 1 ? 'are' : 'is'} not documented.`;
  return [{ clause: members[0].rule.origin, facts: [], sentence }];
}

function ambiguity(fitting: readonly Match[]): Reason {
  const codes = listWords(
    fitting.map(({ spec }) => spec.code),
    'and',
  );
  const clause = fitting[1]?.spec.reports.origin ?? fitting[0]?.spec.reports.origin;
  if (!clause) throw new Error('An ambiguity needs at least one match.');
  return { clause, facts: [], sentence: `${codes} both report this service, so its code is unknown.` };
}

/** An add-on whose primary code is not reported for the service. */
function withoutPrimary(match: Match, spec: ExecutableSpec): Match {
  const codes = listWords(spec.reports.of.map(({ value }) => value));
  const sentence =
    codes === ''
      ? 'it adds to a code that is not reported'
      : `it adds to ${codes}, which is not reported for it`;
  const clause = spec.reports.of[0]?.origin ?? spec.reports.origin;
  const others = match.obstacles.filter(({ kind }) => kind !== 'amount');
  const reason = { clause, facts: [], sentence };
  return {
    ...match,
    units: 0,
    obstacles: [...others, { about: 'primary', kind: 'position', missing: false, reason }],
  };
}

/** A service of a class and position that no specification reports: nothing can be said of it. */
function notCovered(
  specs: readonly ExecutableSpec[],
  placed: PlacedService,
  matches: readonly Match[],
): Problem[] {
  const { service, position } = placed;
  const covered = specs.some(
    ({ reports }) =>
      reports.classes.some(({ value }) => value === service.rule.name) &&
      (reports.as === position || reports.as === 'each'),
  );
  // Where the class is a guess, what is missing has been said.
  if (covered || specs.length === 0 || service.missing.length > 0) return [];
  const [excluding] = matches.flatMap(({ spec, obstacles }) =>
    obstacles.filter(({ kind }) => kind === 'excluded').map(({ reason }) => ({ spec, reason })),
  );
  const hint = excluding ? ` ${excluding.spec.code} does not report it: ${excluding.reason.sentence}.` : '';
  const what = position === 'each' ? '' : ` as ${position}`;
  const message = `No specification here reports ${quoted(service.rule.title)}${what}, so what is billed for ${service.name} is unknown.${hint}`;
  const related = excluding
    ? [{ at: excluding.reason.clause, message: excluding.reason.sentence }]
    : [{ at: service.rule.origin, message: service.reasons[0].sentence }];
  return service.members.map(({ activity }) => problem('not-covered', activity.origin, message, { related }));
}
