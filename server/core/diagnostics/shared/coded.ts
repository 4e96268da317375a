/** The diagnoses of an encounter, with where each is written, and the release that knows them. */
import { childPath, type Origin } from '../../base/origin.ts';
import type { CodeSet } from '../../codes/code-set.ts';
import type { Encounter } from '../../encounter/encounter.ts';
import { factTexts } from '../../encounter/fact.ts';
import type { EncounterContext } from './check.ts';

export interface WrittenDiagnosis {
  readonly value: string;
  readonly origin: Origin;
}

/** Diagnoses of the encounter, and those of its administrations and services. */
export function diagnosesOf({ diagnoses, activities }: Encounter): readonly WrittenDiagnosis[] {
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
  codes.at('icd-10-cm', encounter.date?.value)?.set;
