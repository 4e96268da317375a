/** `not-billable`: a diagnosis that only groups others, with those that a claim may have in its place. */
import { problem, type Problem } from '../base/problem.ts';
import { plainCode } from '../codes/code-set.ts';
import type { EncounterCheck } from './shared/check.ts';
import { diagnosesOf, diagnosisSet } from './shared/coded.ts';
import { namedRows, replacement } from './shared/named-rows.ts';

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
    const list = namedRows(set, children);
    const message = `${value} only groups other codes and is not billable. ${list === '' ? '' : `Bill one of ${list}.`}`;
    return [problem('not-billable', origin, message.trim(), { fix: replacement(set, children) })];
  });
};
