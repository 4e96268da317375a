/**
 * Which minutes of a service each line counts, and from which minute on it would count another unit: what a timeline
 * draws. Worked out from the stages that made the bill, so that a drawing never tells another story than the lines.
 */
import type { Origin } from '../base/origin.ts';
import { rounded } from '../base/quantity.ts';
import type { Activity, Encounter, Interval } from '../encounter/encounter.ts';
import type { FamilyRules, RuleSet, SpecPart } from '../rules/rule-set.ts';
import { describeThreshold, type Threshold } from '../rules/threshold.ts';
import type { DraftLine } from './draft.ts';
import { stagesOf } from './evaluate.ts';
import type { Service } from './group.ts';
import type { Outcome } from './line.ts';
import type { Match } from './match.ts';
import type { PlacedService } from './position.ts';
import type { Stages } from './stages.ts';

/** Minutes from the first one of a service that counts: `to` is not counted any more. */
export interface CountedPart {
  readonly code: string;
  readonly as: string;
  /** Units of the line, as edits have left them. */
  readonly units: number;
  readonly modifiers: readonly string[];
  /** Undefined for a line that an edit has dropped. */
  readonly outcome: Outcome | undefined;
  readonly from: number;
  readonly to: number;
}

/** A minute of a service from which a code reports a unit, reached or not. */
export interface Tick {
  readonly minute: number;
  readonly code: string;
  /** `at least 16 minutes`. */
  readonly words: string;
  readonly reached: boolean;
  readonly clause: Origin;
}

export interface CountedService {
  readonly activities: readonly Activity[];
  readonly name: string;
  /** What the family calls its class. */
  readonly className: string;
  /** What tells its group from others, value by fact. */
  readonly group: ReadonlyMap<string, string>;
  /** Minutes that count; undefined where the record does not say how long it ran. */
  readonly minutes: number | undefined;
  /** When it ran, by the clock; empty where the record gives no times. */
  readonly intervals: readonly Interval[];
  /** In the order of time; empty where nothing counts its minutes. */
  readonly parts: readonly CountedPart[];
  readonly ticks: readonly Tick[];
}

/** Every service of an encounter, in the order of the families and of their groups. */
export function countedServices(rules: RuleSet, encounter: Encounter): readonly CountedService[] {
  return stagesOf(rules, encounter).flatMap((stages) =>
    stages.placed.services.map((placed) => counted(stages, placed)),
  );
}

function counted(stages: Stages, placed: PlacedService): CountedService {
  const { service, group } = placed;
  const drafts = stages.reported.drafts.filter((draft) => draft.placed === placed);
  const lines = drafts.flatMap((draft) => lineOf(stages, draft) ?? []);
  return {
    activities: service.members.map(({ activity }) => activity),
    name: service.name,
    className: service.rule.title,
    group: group.key,
    minutes: service.minutes,
    intervals: service.intervals,
    parts: lines.flatMap((line) => partOf(line, service)),
    ticks: ticksOf(stages, placed, lines),
  };
}

interface TimedLine {
  readonly draft: DraftLine;
  readonly threshold: Threshold;
  /** Minutes that another code stands for before this one begins to count. */
  readonly after: number;
  /** The line as edits have left it; undefined where they dropped it. */
  readonly left: DraftLine | undefined;
}

/** A line whose units come from minutes. */
function lineOf({ rules, reported, edited }: Stages, draft: DraftLine): TimedLine | undefined {
  const threshold = timeOf(specPart(rules, draft));
  if (!threshold) return undefined;
  const isAddOn = rules.addOns.some(({ part }) => part.origin === draft.clause);
  const primary = isAddOn ? primaryOf(rules, reported.drafts, draft) : undefined;
  const left = edited.find((own) => own.placed === draft.placed && own.clause === draft.clause);
  return { draft, threshold, after: primary?.covers ?? 0, left };
}

const specPart = ({ primaries, addOns }: FamilyRules, { clause, code }: DraftLine): SpecPart | undefined =>
  [...primaries, ...addOns].find(({ spec, part }) => part.origin === clause && spec.code === code);

/** The bound that gives the units, where it asks for minutes. */
function timeOf(own: SpecPart | undefined): Threshold | undefined {
  const [first] = own?.part.thresholds ?? [];
  return first?.measure === 'minutes' ? first : undefined;
}

/** The time of the code that an add-on of the same service extends. */
function primaryOf(
  rules: FamilyRules,
  drafts: readonly DraftLine[],
  { placed }: DraftLine,
): Threshold | undefined {
  const primary = drafts.find(
    (draft) => draft.placed === placed && rules.primaries.some(({ part }) => part.origin === draft.clause),
  );
  return primary && timeOf(specPart(rules, primary));
}

function partOf({ draft, threshold, after, left }: TimedLine, { minutes }: Service): CountedPart[] {
  if (minutes === undefined || minutes <= after) return [];
  const { covers, repeats } = threshold;
  const all = covers === undefined ? minutes : after + covers * (repeats ? draft.units : 1);
  const { code, as, units, modifiers } = left ?? draft;
  return [{ code, as, units, modifiers, outcome: left?.outcome, from: after, to: Math.min(minutes, all) }];
}

/** For each code that counts time: the minutes at which it reached its units, and the one at which the next would come. */
function ticksOf({ reported }: Stages, placed: PlacedService, lines: readonly TimedLine[]): readonly Tick[] {
  const reached = lines.flatMap(({ draft, threshold, after }) =>
    ticksAt(threshold, after, draft.units, draft.code),
  );
  const told = new Set(lines.map(({ draft }) => draft.code));
  const open = reported
    .questions()
    .filter((match) => match.placed === placed && !told.has(match.spec.code) && lacksTimeOnly(match))
    .flatMap((match) => {
      const threshold = timeOf(match);
      const total = placed.service.minutes;
      if (!threshold || total === undefined || match.amount === undefined) return [];
      return ticksAt(threshold, rounded(total - match.amount), 0, match.spec.code);
    });
  return [...reached, ...open].sort((a, b) => a.minute - b.minute);
}

const lacksTimeOnly = ({ obstacles }: Match): boolean =>
  obstacles.length > 0 && obstacles.every(({ kind, missing }) => kind === 'amount' && !missing);

function ticksAt(threshold: Threshold, after: number, units: number, code: string): Tick[] {
  const { atLeast, moreThan, covers, repeats, origin: clause } = threshold;
  const bound = atLeast ?? moreThan;
  if (bound === undefined) return [];
  const count = repeats && covers !== undefined ? units + 1 : 1;
  return Array.from({ length: count }, (_, i) => ({
    minute: rounded(after + i * (covers ?? 0) + bound),
    code,
    words: describeThreshold(threshold),
    reached: i < units,
    clause,
  }));
}
