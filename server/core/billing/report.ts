/** Step 5: lines. Asks the specifications of every service; what fits becomes a line, with the time beyond it. */
import { problem, type Problem } from '../base/problem.ts';
import { uniqueBy } from '../base/lists.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import type { FamilyRules, SpecPart } from '../rules/rule-set.ts';
import type { Doubts } from './doubt.ts';
import type { DraftLine } from './draft.ts';
import { factUse, type Outcome, type Reason, type Reasons } from './line.ts';
import { isReportedAs, matchSpec, type Match } from './match.ts';
import type { PlacedService } from './position.ts';
import { statedCount } from './stated.ts';

export interface Reported {
  readonly drafts: readonly DraftLine[];
  /** Every question that can be asked, with its answer: asked only when somebody wants to know. */
  readonly questions: () => readonly Match[];
  readonly problems: readonly Problem[];
}

/** `doubts` tells which lines hang on a fact that the record lacks. */
export function report(
  rules: FamilyRules,
  services: readonly PlacedService[],
  doubts: Doubts = new Map(),
): Reported {
  const parts = services.map((placed) => reportService(rules, placed, doubts.get(placed) ?? new Map()));
  return {
    drafts: parts.flatMap(({ drafts }) => drafts),
    questions: () => parts.flatMap(({ questions }) => questions()),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

const isOpen = ({ obstacles }: Match): boolean =>
  obstacles.every(({ missing, kind }) => missing && kind !== 'class');

/** One match for each code: of several parts that may report a service, one that surely does. */
function surestByCode(matches: readonly Match[]): readonly Match[] {
  const sure = matches.filter(({ obstacles }) => obstacles.length === 0);
  return uniqueBy(matches, ({ spec }) => spec.code).map(
    (match) => sure.find(({ spec }) => spec.code === match.spec.code) ?? match,
  );
}

function reportService(
  rules: FamilyRules,
  placed: PlacedService,
  doubts: ReadonlyMap<string, Reason>,
): Reported {
  const { family, primaries } = rules;
  const asked = primaries
    .filter((own) => mayReport(own, placed))
    .map((own) => matchSpec(family, own, placed));
  const fitting = surestByCode(asked.filter(isOpen));
  const [primary] = fitting;
  // Codes that the record states itself are no question to an administration, nor the other way round.
  const others = (): Match[] =>
    primaries
      .filter(({ part }) => part.as !== 'stated' && placed.position !== 'stated')
      .filter((own) => !mayReport(own, placed))
      .map((own) => matchSpec(family, own, placed));
  if (!primary) {
    return {
      drafts: [],
      questions: () => [...asked, ...others(), ...withoutPrimary(rules, placed)],
      problems: notCovered(rules.unwatched ?? rules, placed, asked),
    };
  }
  const ambiguous = fitting.length > 1 ? [ambiguity(fitting)] : [];
  const uncounted = primary.part.as === 'stated' ? withoutCount(placed) : undefined;
  const unsure =
    fitting.length > 1 ||
    placed.service.missing.length > 0 ||
    primary.obstacles.length > 0 ||
    uncounted !== undefined;
  const doubtOf = ({ spec }: Match): Reason[] => [doubts.get(spec.code)].filter((own) => own !== undefined);
  const open = [...ambiguous, ...doubtOf(primary), ...(uncounted ? [uncounted] : [])];
  const main = draftOf(primary, unsure || doubts.has(primary.spec.code) ? 'unknown' : 'billable', open);
  const further = additional(rules, placed, primary);
  const lines = surestByCode(
    further.filter(({ obstacles }) =>
      obstacles.every(({ missing, kind }) => missing && kind === 'condition'),
    ),
  ).map((match) => {
    const isUnsure = unsure || match.obstacles.length > 0 || doubts.has(match.spec.code);
    const reasons = [primaryReason(match, primary), ...doubtOf(match)];
    return draftOf(match, isUnsure ? 'unknown' : 'billable', reasons);
  });
  const problems = ambiguous.map((reason) =>
    problem('ambiguous-line', placed.service.members[0].activity.origin, reason.sentence, {
      related: fitting.map(({ spec }) => ({ at: spec.origin, message: `${spec.code} reports it` })),
    }),
  );
  return {
    drafts: [main, ...lines],
    questions: () => [...asked, ...others(), ...further, ...withoutPrimary(rules, placed, primary)],
    problems,
  };
}

/** Whether class and position fit: only then can a part become a line. A stated code is reported by its own specification. */
const mayReport = ({ spec, part }: SpecPart, placed: PlacedService): boolean =>
  isReportedAs(part, placed) &&
  (part.as === 'stated'
    ? spec.code === String(placed.service.facts('code')?.value)
    : part.classes.some(({ value }) => value === placed.service.rule.name));

/** Whether an add-on extends what another code reports. */
const extendsCode = ({ part }: SpecPart, { service }: PlacedService, code: string): boolean =>
  part.classes.some(({ value }) => value === service.rule.name) &&
  (part.of.length === 0 || part.of.some(({ value }) => value === code));

/** What is reported of the time beyond the first code. */
function additional({ family, addOns }: FamilyRules, placed: PlacedService, primary: Match): Match[] {
  const first = primary.part.thresholds[0];
  const total = primary.amount;
  // A first code that covers all the time there is leaves nothing for an add-on.
  const leaves = first?.covers === undefined || first.repeats ? undefined : first.covers;
  const amount = leaves === undefined ? 0 : total === undefined ? undefined : Math.max(0, total - leaves);
  return addOns
    .filter((own) => extendsCode(own, placed, primary.spec.code))
    .map((own) => matchSpec(family, own, placed, { amount, code: primary.spec.code }));
}

/** Add-ons whose primary code is not reported for the service. */
function withoutPrimary({ family, addOns }: FamilyRules, placed: PlacedService, primary?: Match): Match[] {
  if (placed.position === 'stated') return [];
  return addOns
    .filter((own) => !primary || !extendsCode(own, placed, primary.spec.code))
    .map((own) => {
      const match = matchSpec(family, own, placed, { amount: 0, code: primary?.spec.code ?? '' });
      return lackingPrimary(match);
    });
}

function draftOf(match: Match, outcome: Outcome, extra: readonly Reason[]): DraftLine {
  const { spec, part, placed } = match;
  const because: Reasons = [
    reportsReason(match),
    ...placed.service.reasons,
    placed.reason,
    ...match.reasons,
    ...extra,
    ...missingReasons(match),
  ];
  return {
    spec,
    clause: part.origin,
    code: spec.code,
    as: part.as,
    units: Math.max(1, part.as === 'stated' ? (statedCount(placed.service.facts) ?? 1) : match.units),
    modifiers: [],
    date: placed.date,
    outcome,
    placed,
    facts: new Map(),
    modifierRules: spec.modifiers,
    because,
  };
}

function reportsReason({ spec, part, placed: { service } }: Match): Reason {
  const facts = service.members.flatMap(({ reason }) => reason.facts);
  const sentence =
    part.as === 'stated'
      ? `${spec.code} is reported as the record states it.`
      : `${spec.code} reports ${quoted(service.rule.title)} as ${spaced(part.as)}: ${service.name}.`;
  return { clause: part.origin, facts, sentence };
}

function primaryReason({ spec, part }: Match, primary: Match): Reason {
  const clause = part.of.find(({ value }) => value === primary.spec.code)?.origin ?? part.origin;
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

/** Of a stated code: units that are no whole number above zero. */
function withoutCount({ service }: PlacedService): Reason | undefined {
  const units = service.facts('units');
  if (!units || statedCount(service.facts) !== undefined) return undefined;
  return {
    clause: units.origin,
    facts: [factUse('units', String(units.value), units.origin)],
    sentence: `Unknown: ${String(units.value)} is no number of units.`,
  };
}

function ambiguity(fitting: readonly Match[]): Reason {
  const codes = listWords(
    fitting.map(({ spec }) => spec.code),
    'and',
  );
  const clause = fitting[1]?.part.origin ?? fitting[0]?.part.origin;
  if (!clause) throw new Error('An ambiguity needs at least one match.');
  return { clause, facts: [], sentence: `${codes} both report this service, so its code is unknown.` };
}

function lackingPrimary(match: Match): Match {
  const { part } = match;
  const codes = listWords(part.of.map(({ value }) => value));
  const sentence =
    codes === ''
      ? 'it adds to a code that is not reported'
      : `it adds to ${codes}, which is not reported for it`;
  const clause = part.of[0]?.origin ?? part.origin;
  const others = match.obstacles.filter(({ kind }) => kind !== 'amount');
  const reason = { clause, facts: [], sentence };
  return {
    ...match,
    units: 0,
    obstacles: [
      ...others,
      { about: 'primary', kind: 'position', missing: false, gradual: false, instead: [], reason },
    ],
  };
}

/** A service of a class and position that no specification reports: nothing can be said of it. */
function notCovered(
  { family, specs, primaries }: FamilyRules,
  placed: PlacedService,
  asked: readonly Match[],
): Problem[] {
  const { service, position } = placed;
  // Where the class is a guess, what is missing has been said.
  if (asked.length > 0 || specs.length === 0 || service.missing.length > 0) return [];
  // Only a code that would report it but for the exclusion has anything to say.
  const [excluding] = primaries
    .map((own) => matchSpec(family, own, placed))
    .filter(({ obstacles }) => new Set(obstacles.map(({ about }) => about)).size === 1)
    .flatMap(({ spec, obstacles }) =>
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
