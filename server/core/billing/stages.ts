/** The whole way from an encounter to its lines for one family, with every intermediate result. */
import type { IsoDate } from '../base/clock.ts';
import type { Problem } from '../base/problem.ts';
import type { Activity, Encounter } from '../encounter/encounter.ts';
import type { FamilyRules, RuleSet } from '../rules/rule-set.ts';
import type { Table } from '../rules/table.ts';
import { classify, type Classified } from './classify.ts';
import { doubtsOf } from './doubt.ts';
import type { DraftLine, DroppedLine } from './draft.ts';
import { drugLines, type GivenDrug } from './drugs.ts';
import type { EditContext } from './edits/edit.ts';
import { applyLimits } from './edits/limits.ts';
import { addModifiers } from './edits/modifiers.ts';
import { applyPolicies } from './edits/policies.ts';
import { checkSetting } from './edits/settings.ts';
import { applySpecLimits, dropBeside } from './edits/spec-limits.ts';
import { applyPairs, applyUnitLimits, notChecked, tablesFor } from './edits/tables.ts';
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
  readonly notChecked: readonly NotChecked[];
  /** Fee schedules that the payer's policies name. */
  readonly feeTables: readonly Table[];
  readonly problems: readonly Problem[];
}

export function runStages(ruleSet: RuleSet, rules: FamilyRules, encounter: Encounter, date: IsoDate): Stages {
  const classified = classify(rules.family, encounter);
  const groups = group(rules.family, encounter, classified);
  const placed = place(rules, encounter, date, groups);
  const stated = placeStated(rules, encounter, date);
  const doubts = doubtsOf(rules, encounter, date, classified, placed);
  const reported = report(rules, [...placed.services, ...stated], doubts);
  const drugs = drugLines(ruleSet, drugsGiven(rules, encounter, placed));
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
    notChecked: notChecked(context),
    feeTables: tablesFor(context).flatMap(({ table }) => (table?.fees ? [table] : [])),
    problems: [...reported.problems, ...drugs.problems, ...edits.problems],
  };
}

/** Each edit sees all lines as the one before it left them. */
function runEdits(context: EditContext): Pick<Stages, 'edited' | 'dropped' | 'problems'> {
  const set = context.drafts.map((draft) => checkSetting(draft, context));
  const limited = applySpecLimits(set);
  const alone = dropBeside(limited.drafts);
  const marked = alone.drafts.map((draft) => addModifiers(draft, { ...context, drafts: alone.drafts }));
  const changed = applyPolicies({ ...context, drafts: marked });
  const paired = applyPairs({ ...context, drafts: changed.drafts });
  const capped = applyLimits({ ...context, drafts: paired });
  const looked = applyUnitLimits({ ...context, drafts: capped });
  return {
    edited: looked.drafts,
    dropped: [...limited.dropped, ...alone.dropped, ...changed.dropped],
    problems: looked.problems,
  };
}

/** Administrations that name the code of their drug. Each belongs to the service it is part of. */
function drugsGiven({ family }: FamilyRules, encounter: Encounter, { services }: Placed): GivenDrug[] {
  return encounter.activities.flatMap((activity): GivenDrug[] => {
    const code = activity.facts.get('drug');
    const placed = services.find(({ service }) => hasMember(service, activity));
    if (!code || !placed) return [];
    const alone = placed.service.members.filter((member) => member.activity === activity);
    const [member] = alone;
    if (!member) return [];
    const own = { ...placed, service: { ...placed.service, members: [member] as const } };
    return [{ code: String(code.value), facts: factsOf(family, encounter, activity), placed: own }];
  });
}

const hasMember = ({ members }: Group['services'][number], activity: Activity): boolean =>
  members.some((member) => member.activity === activity);
