/** `excluded-diagnosis`: two diagnoses that the classification says are not coded together. */
import { problem, type Problem } from '../base/problem.ts';
import { isNamed, namedByNotes } from '../codes/notes.ts';
import type { EncounterCheck } from './shared/check.ts';

export const excludedDiagnosis: EncounterCheck = ({ encounter: { date, diagnoses }, codes }) => {
  const set = codes.at('icd-10-cm', date?.value)?.set;
  if (!set) return [];
  const excludes = (one: string, other: string): boolean =>
    isNamed(other, namedByNotes(set, one, 'excludes1'));
  return diagnoses.flatMap(({ value, origin }, i): Problem[] =>
    diagnoses
      .slice(0, i)
      .filter(
        (other) => other.value !== value && (excludes(value, other.value) || excludes(other.value, value)),
      )
      .map((other) =>
        problem(
          'excluded-diagnosis',
          origin,
          `${value} is not coded together with ${other.value}: ${set.header.title} ${set.header.release} has an Excludes1 note. It does not hold where the two are unrelated.`,
          { related: [{ at: other.origin, message: `The other one, ${other.value}.` }] },
        ),
      ),
  );
};
