/** `not-billable`: a diagnosis that only groups others, with those that a claim may have in its place. */
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import { plainCode } from '../codes/code-set.ts';
import type { EncounterCheck } from './shared/check.ts';
import { diagnosesOf, diagnosisSet } from './shared/coded.ts';

/** More are not named: the list would be read by nobody. */
const NAMED = 5;

export const notBillable: EncounterCheck = (context) => {
  const set = diagnosisSet(context);
  if (!set) return [];
  return diagnosesOf(context.encounter).flatMap(({ value, origin }): Problem[] => {
    const row = set.rowOf(value);
    if (row === undefined || set.isBillable(row)) return [];
    const { from, to } = set.rowsBelow(plainCode(value));
    const children = Array.from({ length: to - from }, (_, i) => from + i).filter((own) =>
      set.isBillable(own),
    );
    const named = children.slice(0, NAMED).map((own) => `${set.displayAt(own)} (${set.titleAt(own)})`);
    const more = children.length - named.length;
    const list = more > 0 ? `${named.join(', ')} and ${String(more)} more` : listWords(named);
    const message = `${value} only groups other codes and is not billable. ${list === '' ? '' : `Bill one of ${list}.`}`;
    return [problem('not-billable', origin, message.trim())];
  });
};
