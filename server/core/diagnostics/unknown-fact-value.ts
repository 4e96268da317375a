/** `unknown-fact-value` in encounters: a value that no family lists for a fact that families give values to. */
import { factTexts } from '../encounter/fact.ts';
import type { EncounterCheck } from './shared/check.ts';
import { unknownValues } from './shared/vocabulary.ts';

export const unknownFactValue: EncounterCheck = ({ encounter, rulesOfDate }) => {
  const wanted = encounter.family?.value;
  const families = (rulesOfDate?.families ?? [])
    .map(({ family }) => family)
    .filter(({ id }) => wanted === undefined || id.value === wanted);
  return encounter.activities.flatMap(({ facts }) =>
    [...facts.values()].flatMap((fact) => {
      const allowed = new Set(
        families.flatMap((family) => [...(family.facts.get(fact.name)?.values.keys() ?? [])]),
      );
      return unknownValues(fact.name, factTexts(fact), allowed, fact.origin);
    }),
  );
};
