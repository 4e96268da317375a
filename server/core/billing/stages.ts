/** The whole way from an encounter to its lines for one family, with every intermediate result. */
import type { IsoDate } from '../base/clock.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { FamilyRules } from '../rules/rule-set.ts';
import { classify, type Classified } from './classify.ts';
import type { DraftLine } from './draft.ts';
import { applyLimits } from './edits/limits.ts';
import { addModifiers } from './edits/modifiers.ts';
import { applyPolicies } from './edits/policies.ts';
import { checkSetting } from './edits/settings.ts';
import { group, type Group } from './group.ts';
import { place, type PlacedService } from './position.ts';
import { report, type Reported } from './report.ts';

export interface Stages {
  readonly rules: FamilyRules;
  readonly classified: readonly Classified[];
  readonly groups: readonly Group[];
  readonly placed: readonly PlacedService[];
  readonly reported: Reported;
  readonly edited: readonly DraftLine[];
}

const EDITS = [checkSetting, addModifiers, applyPolicies] as const;

export function runStages(rules: FamilyRules, encounter: Encounter, date: IsoDate): Stages {
  const classified = classify(rules.family, encounter);
  const groups = group(rules.family, classified);
  const placed = place(rules.family, encounter, date, groups);
  const reported = report(rules, placed);
  const context = { rules, encounter };
  const edited = reported.drafts.map((draft) => EDITS.reduce((line, edit) => edit(line, context), draft));
  return { rules, classified, groups, placed, reported, edited: applyLimits(edited, context) };
}
