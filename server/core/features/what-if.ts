/** What unsaved changes of a rule document do: which encounters have other lines than with the text on disk. */
import type { FileId } from '../base/origin.ts';
import type { Bill } from '../billing/line.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { labelWithOutcome } from './shared/labels.ts';

/** Files of rules with unsaved changes. */
export const unsavedRules = (analysis: Analysis): readonly FileId[] =>
  analysis
    .files()
    .filter((file) => kindOfFile(file) !== 'encounter' && analysis.file(file)?.saved !== undefined);

/** Whether an encounter has other lines than with a file as it is on disk. */
export function isOtherwise(analysis: Analysis, file: FileId, encounter: Encounter): boolean {
  const saved = analysis.withSaved(file);
  if (!saved) return false;
  const [now, then] = [analysis.bill(encounter), saved.bill(encounter)];
  return now !== then && linesOf(now) !== linesOf(then);
}

const linesOf = (bill: Bill | undefined): string => (bill?.lines ?? []).map(labelWithOutcome).sort().join();
