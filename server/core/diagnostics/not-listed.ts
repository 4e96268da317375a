/** `diagnosis-not-listed` and `taxonomy-not-listed`: what a billed code's specification lists, against the encounter. */
import { uniqueBy } from '../base/lists.ts';
import type { Origin } from '../base/origin.ts';
import { problem, type Problem, type ProblemCode } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import type { Bill } from '../billing/line.ts';
import { hasDiagnosis, listsDiagnoses, type Spec } from '../rules/spec.ts';
import type { EncounterCheck } from './shared/check.ts';

export const diagnosisNotListed: EncounterCheck = ({ encounter, bill }) => {
  const [first] = encounter.diagnoses;
  if (!first || !bill) return [];
  const unsupported = billedSpecs(bill).filter(
    (spec) => listsDiagnoses(spec) && !encounter.diagnoses.some(({ value }) => hasDiagnosis(spec, value)),
  );
  const named = listWords(
    encounter.diagnoses.map(({ value }) => value),
    'and',
  );
  return complain(
    'diagnosis-not-listed',
    encounter.facts.get('diagnosis')?.origin ?? first.origin,
    unsupported,
    (codes) =>
      encounter.diagnoses.length === 1
        ? `${named} is not a diagnosis that the specification of ${codes} lists.`
        : `None of ${named} is a diagnosis that the specification of ${codes} lists.`,
  );
};

export const taxonomyNotListed: EncounterCheck = ({ encounter: { taxonomy }, bill }) => {
  if (!taxonomy || !bill) return [];
  const unsupported = billedSpecs(bill).filter(
    ({ taxonomies }) => taxonomies.length > 0 && !taxonomies.some(({ value }) => value === taxonomy.value),
  );
  return complain(
    'taxonomy-not-listed',
    taxonomy.origin,
    unsupported,
    (codes) => `${taxonomy.value} is not a taxonomy that the specification of ${codes} lists.`,
  );
};

const billedSpecs = ({ lines }: Bill): Spec[] =>
  uniqueBy(
    lines.filter(({ outcome }) => outcome !== 'denied').map(({ spec }) => spec),
    (spec) => spec?.code,
  ).filter((spec) => spec !== undefined);

function complain(
  code: ProblemCode,
  at: Origin,
  specs: readonly Spec[],
  sentence: (codes: string) => string,
): Problem[] {
  if (specs.length === 0) return [];
  const related = specs.map((spec) => ({ at: spec.origin, message: `The specification of ${spec.code}.` }));
  return [
    problem(
      code,
      at,
      sentence(
        listWords(
          specs.map((spec) => spec.code),
          'and',
        ),
      ),
      { related },
    ),
  ];
}
