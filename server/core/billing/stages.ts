/** The whole way from an encounter to its lines for one family, with every intermediate result. */
import type { IsoDate } from '../base/clock.ts';
import { groupBy } from '../base/lists.ts';
import type { Problem } from '../base/problem.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import type { FamilyRules, RuleSet } from '../rules/rule-set.ts';
import type { Table } from '../rules/table.ts';
import { tellAmendments } from './amended.ts';
import { classify, type Classified } from './classify.ts';
import { doubtsOf, serviceKey, type BillWorld, type LinesByService } from './doubt.ts';
import type { DraftLine, DroppedLine } from './draft.ts';
import { drugLines, type GivenDrug } from './drugs.ts';
import type { EditContext } from './edits/edit.ts';
import { applyLimits } from './edits/limits.ts';
import { addModifiers } from './edits/modifiers.ts';
import { applyOmissions, applyPolicies } from './edits/policies.ts';
import { checkSetting } from './edits/settings.ts';
import { applySpecLimits, dropBeside } from './edits/spec-limits.ts';
import { applyPairs } from './edits/pairs.ts';
import { applyUnitLimits, notChecked, tablesFor } from './edits/tables.ts';
import { factsOf } from './facts.ts';
import { group, type Group } from './group.ts';
import type { NotChecked } from './line.ts';
import { place, type Placed } from './position.ts';
import { report, type Reported } from './report.ts';
import { placeStated } from './stated.ts';

export interface Stages {
  readonly rules: FamilyRules;
  readonly classified: readonly Classified[];
  readonly groups: readonly Group[];
  readonly placed: Placed;
  readonly reported: Reported;
  /** Lines as they were made, those of drugs too, before any edit. */
  readonly made: readonly DraftLine[];
  readonly edited: readonly DraftLine[];
  readonly dropped: readonly DroppedLine[];
  /** Administrations whose drugs are billed here. */
  readonly drugsOf: ReadonlySet<Activity>;
  readonly notChecked: readonly NotChecked[];
  /** Fee schedules that the payer's policies name. */
  readonly feeTables: readonly Table[];
  readonly problems: readonly Problem[];
}

export function runStages(
  ruleSet: RuleSet,
  rules: FamilyRules,
  encounter: Encounter,
  date: IsoDate,
  /** Administrations whose drugs another family has billed. */
  billed: ReadonlySet<Activity> = new Set(),
): Stages {
  const classified = classify(rules.family, encounter);
  const groups = group(rules.family, encounter, classified);
  const placed = place(rules, encounter, date, groups);
  const stated = placeStated(rules, encounter, date);
  const supposed = rules.unwatched ?? rules;
  const bill: BillWorld = (other, items) => linesByService(ruleSet, supposed, other, date, items);
  const doubts = doubtsOf({ rules: supposed, encounter, date, classified, placed, bill });
  const reported = report(rules, [...placed.services, ...stated], doubts);
  const given = drugsGiven(rules, encounter, placed).filter(({ activity }) => !billed.has(activity));
  const drugs = drugLines(ruleSet, given);
  const made = [...reported.drafts, ...drugs.drafts];
  const context: EditContext = { rules, ruleSet, encounter, drafts: made };
  const edits = runEdits(context);
  return {
    rules,
    classified,
    groups,
    placed,
    reported,
    made,
    ...edits,
    edited: tellAmendments(ruleSet, edits.edited),
    drugsOf: new Set(given.map(({ activity }) => activity)),
    notChecked: notChecked(context),
    feeTables: tablesFor(context).flatMap(({ table }) => (table?.fees ? [table] : [])),
    problems: [...reported.problems, ...drugs.problems, ...edits.problems],
  };
}

/** What every service would be reported as in an encounter as it may have been, before any payer speaks. */
function linesByService(
  ruleSet: RuleSet,
  rules: FamilyRules,
  encounter: Encounter,
  date: IsoDate,
  classified: readonly Classified[],
): LinesByService {
  const placed = place(rules, encounter, date, group(rules.family, encounter, classified));
  const services = [...placed.services, ...placeStated(rules, encounter, date)];
  const { drafts } = report(rules, services);
  const { marked } = markedLines({ rules, ruleSet, encounter, drafts });
  return new Map(
    [...groupBy(marked, (draft) => serviceKey(draft.placed))].map(([key, lines]) => [
      key,
      new Map([...groupBy(lines, ({ code }) => code)].map(([code, own]) => [code, inOneWord(own)])),
    ]),
  );
}

const inOneWord = (lines: readonly DraftLine[]): string =>
  lines
    .map(({ units, modifiers }) => [units, ...modifiers].join(' '))
    .sort()
    .join();

/** Each edit sees all lines as the one before it left them. */
function runEdits(context: EditContext): Pick<Stages, 'edited' | 'dropped' | 'problems'> {
  const early = applyOmissions(context);
  const { marked, dropped } = markedLines({ ...context, drafts: early.drafts });
  const changed = applyPolicies({ ...context, drafts: marked });
  const paired = applyPairs({ ...context, drafts: changed.drafts });
  const capped = applyLimits({ ...context, drafts: paired });
  const looked = applyUnitLimits({ ...context, drafts: capped });
  return {
    edited: looked.drafts,
    dropped: [...early.dropped, ...dropped, ...changed.dropped],
    problems: looked.problems,
  };
}

/** What the specifications themselves make of the lines: settings, limits, what stands alone, and modifiers. */
function markedLines(
  context: EditContext,
): { readonly marked: readonly DraftLine[] } & Pick<Stages, 'dropped'> {
  const set = context.drafts.map((draft) => checkSetting(draft, context));
  const limited = applySpecLimits(set);
  const alone = dropBeside(limited.drafts);
  const marked = alone.drafts.map((draft) => addModifiers(draft, { ...context, drafts: alone.drafts }));
  return { marked, dropped: [...limited.dropped, ...alone.dropped] };
}

/** Administrations that name the code of their drug, in the order of the services that they are part of. */
function drugsGiven(
  { family }: FamilyRules,
  encounter: Encounter,
  { services, omitted }: Placed,
): GivenDrug[] {
  const placed = [...services, ...omitted.flatMap((own) => own.placed ?? [])];
  return placed.flatMap((own) =>
    own.service.members.flatMap((member): GivenDrug[] => {
      const { activity } = member;
      const code = activity.facts.get('drug');
      if (!code) return [];
      const alone = { ...own, service: { ...own.service, members: [member] as const } };
      return [
        { code: String(code.value), activity, facts: factsOf(family, encounter, activity), placed: alone },
      ];
    }),
  );
}
