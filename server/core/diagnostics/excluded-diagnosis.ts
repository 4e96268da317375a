/** `excluded-diagnosis`: two diagnoses that the classification says are not coded together. */
import { problem, type Problem } from '../base/problem.ts';
import { isNamed, namedByNotes } from '../codes/notes.ts';
import type { EncounterCheck } from './shared/check.ts';
import { diagnosisSet } from './shared/coded.ts';

export const excludedDiagnosis: EncounterCheck = (context) => {
  const set = diagnosisSet(context);
  if (!set) return [];
  const diagnoses = context.encounter.diagnoses.map((own) => ({
    ...own,
    excludes: namedByNotes(set, own.value, 'excludes1'),
  }));
  return diagnoses.flatMap(({ value, origin, excludes }, i): Problem[] =>
    diagnoses
      .slice(0, i)
      .filter(
        (other) =>
          other.value !== value && (isNamed(other.value, excludes) || isNamed(value, other.excludes)),
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
