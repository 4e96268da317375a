/** What unsaved changes of a rule document do: which encounters have other lines than with the text on disk. */
import type { FileId } from '../base/origin.ts';
import type { Bill } from '../billing/line.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';
import type { ChangedEncounter } from './shared/impact-model.ts';
import { labelWithOutcome } from './shared/labels.ts';
import { outcomeOf } from './shared/outcome.ts';

export type { ChangedEncounter, Impact } from './shared/impact-model.ts';

/** Files of rules with unsaved changes. */
export const unsavedRules = (analysis: Analysis): readonly FileId[] =>
  analysis
    .files()
    .filter((file) => kindOfFile(file) !== 'encounter' && analysis.file(file)?.saved !== undefined);

/** The lines of an encounter with a file as it is on disk and as it is now; undefined where they are the same. */
export function changeOf(
  analysis: Analysis,
  file: FileId,
  encounter: Encounter,
): ChangedEncounter | undefined {
  const saved = analysis.withSaved(file);
  if (!saved) return undefined;
  const [then, now] = [saved.bill(encounter), analysis.bill(encounter)];
  if (now === then) return undefined;
  const lines = { then: linesOf(then), now: linesOf(now) };
  if (lines.then.join() === lines.now.join()) return undefined;
  const { expect } = encounter;
  return {
    encounter: encounter.id?.value ?? '',
    at: encounter.id?.origin ?? encounter.origin,
    ...lines,
    meets: expect && {
      then: outcomeOf(expect, then).differences.length === 0,
      now: outcomeOf(expect, now).differences.length === 0,
    },
  };
}

const linesOf = (bill: Bill | undefined): readonly string[] =>
  (bill?.lines ?? []).map(labelWithOutcome).sort();
