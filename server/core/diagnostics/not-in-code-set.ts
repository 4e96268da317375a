/** `not-in-code-set`: a code that the installed release for the date does not have, or no longer has. */
import { addDays, type IsoDate } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import { listWords } from '../base/words.ts';
import type { CodeSet } from '../codes/code-set.ts';
import { codesNear } from '../codes/search.ts';
import type { EncounterCheck } from './shared/check.ts';
import { codesOf, type WrittenCode } from './shared/coded.ts';

export const notInCodeSet: EncounterCheck = ({ encounter, codes }) => {
  const date = encounter.date?.value;
  return codesOf(encounter).flatMap((written): Problem[] => {
    const answering = codes.at(written.set, date);
    // A starter set, or a release of other days, does not know every code that there is.
    if (date === undefined || !answering?.complete) return [];
    const { set } = answering;
    const row = set.rowOf(written.value);
    if (row !== undefined && set.isInForce(row, date)) return [];
    return [
      complaint(written, set, date, row, codes.at(written.set, addDays(set.header.effective.from, -1))?.set),
    ];
  });
};

function complaint(
  { value, origin }: WrittenCode,
  set: CodeSet,
  date: IsoDate,
  row: number | undefined,
  before: CodeSet | undefined,
): Problem {
  const { release, title } = set.header;
  const near = row === undefined ? codesNear(set, value, 3) : [];
  const named = listWords(near.map((own) => `${set.displayAt(own)} (${set.titleAt(own)})`));
  const hint = named === '' ? '' : ` Near it: ${named}.`;
  const known = before && before !== set ? before.rowOf(value) : undefined;
  const message =
    row !== undefined
      ? `${value} is not in force on ${date}${lastDay(set, row)}.`
      : known !== undefined
        ? `${value} is no longer in ${title} ${release}; it was in ${before?.header.release ?? ''}.${hint}`
        : `${value} is not in ${title} ${release}.${hint}`;
  const [only] = near;
  const fix =
    only !== undefined && near.length === 1
      ? {
          kind: 'replace' as const,
          text: set.displayAt(only),
          title: `Change to ${set.displayAt(only)}`,
          only: true,
        }
      : undefined;
  const isRetired = known !== undefined || (row !== undefined && (set.daysAt(row).to ?? date) < date);
  return problem('not-in-code-set', origin, message, { fix, tag: isRetired ? 'deprecated' : undefined });
}

function lastDay(set: CodeSet, row: number): string {
  const { from, to } = set.daysAt(row);
  return to !== undefined
    ? `: its last day was ${to}`
    : from !== undefined
      ? `: its first day is ${from}`
      : '';
}
