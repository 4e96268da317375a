/** The codes of an encounter that a code set may know, with where each is written. */
import { childPath, type Origin } from '../../base/origin.ts';
import type { CodeSet } from '../../codes/code-set.ts';
import type { Encounter } from '../../encounter/encounter.ts';
import { factTexts } from '../../encounter/fact.ts';
import type { EncounterContext } from './check.ts';

export interface WrittenCode {
  readonly value: string;
  readonly origin: Origin;
}

/** Diagnoses of the encounter, and those of its administrations and services. */
export function diagnosesOf({ diagnoses, activities }: Encounter): readonly WrittenCode[] {
  const own = activities.flatMap(({ facts }) => {
    const fact = facts.get('own_diagnosis');
    if (!fact) return [];
    const { origin } = fact;
    return factTexts(fact).map((value, i) => ({
      value,
      origin: { ...origin, path: childPath(origin.path, i) },
    }));
  });
  return [...diagnoses, ...own];
}

/** The release of the classification of diagnoses that answers for an encounter. */
export const diagnosisSet = ({ encounter, codes }: EncounterContext): CodeSet | undefined =>
  codes.at(DIAGNOSES, encounter.date?.value)?.set;

const DIAGNOSES = 'icd-10-cm';

/** By the format that schemas name, which is also the name of the code set. */
export function codesOf(encounter: Encounter): readonly (WrittenCode & { readonly set: string })[] {
  const { facts, taxonomy } = encounter;
  const place = facts.get('place_of_service');
  return [
    ...diagnosesOf(encounter).map((code) => ({ ...code, set: DIAGNOSES })),
    ...(taxonomy ? [{ ...taxonomy, set: 'nucc-taxonomy' }] : []),
    ...(place
      ? factTexts(place).map((value) => ({ value, origin: place.origin, set: 'place-of-service' }))
      : []),
  ];
}
