/** `code-first`: a manifestation needs its etiology, and after it. */
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import { displayCode } from '../codes/code-set.ts';
import { isNamed, namedByNotes } from '../codes/notes.ts';
import type { EncounterCheck } from './shared/check.ts';
import { diagnosisSet } from './shared/coded.ts';

/** More are not named: notes may list whole chapters. */
const NAMED = 6;

export const codeFirst: EncounterCheck = (context) => {
  const set = diagnosisSet(context);
  if (!set) return [];
  const { diagnoses } = context.encounter;
  return diagnoses.flatMap(({ value, origin }, i): Problem[] => {
    const named = [...new Set(namedByNotes(set, value, 'codeFirst'))];
    if (named.length === 0) return [];
    if (diagnoses.slice(0, i).some((other) => isNamed(other.value, named))) return [];
    const later = diagnoses.slice(i + 1).find((other) => isNamed(other.value, named));
    const shown = named.slice(0, NAMED).map((code) => display(code, set.header.pointAfter));
    const which = named.length > NAMED ? `${shown.join(', ')} and others` : listWords(shown);
    const message = later
      ? `${later.value} is coded before ${value}: ${set.header.title} ${set.header.release} says to code it first.`
      : `${value} stands after the diagnosis behind it, which is missing: ${set.header.title} ${set.header.release} says to code ${which} first, where it applies.`;
    return [problem('code-first', origin, message)];
  });
};

const display = (code: string, pointAfter: number | undefined): string =>
  code
    .split('-')
    .map((end) => displayCode(end, pointAfter))
    .join(' to ');
