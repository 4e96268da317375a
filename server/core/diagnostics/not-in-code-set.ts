/** `not-in-code-set`: a code that the installed release for the date does not have, or no longer has. */
import { addDays, type IsoDate } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { Answering, CodeSets } from '../codes/releases.ts';
import { codesNear } from '../codes/search.ts';
import { successorsOf } from '../codes/successors.ts';
import type { CodeSet } from '../codes/code-set.ts';
import { writtenCodes, type WrittenCode } from '../workspace/written-codes.ts';
import type { EncounterCheck } from './shared/check.ts';
import { namedRows, replacement } from './shared/named-rows.ts';

export const notInCodeSet: EncounterCheck = ({ encounter, parsed, codes }) => {
  const date = encounter.date?.value;
  if (date === undefined) return [];
  return writtenCodes(parsed).flatMap((written): Problem[] => {
    const { format, value } = written;
    const known = codes.find(format, value, date);
    if (known?.set.isInForce(known.row, date)) return [];
    if (known?.complete) return [notInForce(written, known.set, known.row, date)];
    // A starter set, or a release of other days, does not know every code that there is.
    const complete = codes.completeFor(format, value, date);
    return complete ? [unknown(written, complete, codes)] : [];
  });
};

function notInForce({ value, origin }: WrittenCode, set: CodeSet, row: number, date: IsoDate): Problem {
  const { from, to } = set.daysAt(row);
  const when =
    to !== undefined && to < date
      ? `: its last day was ${to}`
      : from !== undefined
        ? `: its first day is ${from}`
        : '';
  return problem('not-in-code-set', origin, `${value} is not in force on ${date}${when}.`, {
    tag: to !== undefined && to < date ? 'deprecated' : undefined,
  });
}

function unknown({ value, origin }: WrittenCode, { set }: Answering, codes: CodeSets): Problem {
  const { release, title, effective } = set.header;
  const before = codes.at(set.header.set, addDays(effective.from, -1))?.set;
  if (before && before !== set && before.rowOf(value) !== undefined) {
    const heirs = successorsOf(before, set, value);
    const named = namedRows(set, heirs);
    const instead = named === '' ? '' : ` New beside it: ${named}.`;
    const message = `${value} was deleted on ${effective.from}: it was in ${title} ${before.header.release} and is not in ${release}.${instead}`;
    return problem('not-in-code-set', origin, message, { fix: replacement(set, heirs), tag: 'deprecated' });
  }
  const near = codesNear(set, value, 3);
  const named = namedRows(set, near);
  const hint = named === '' ? '' : ` Near it: ${named}.`;
  const message = `${value} is not in ${title} ${release}.${hint}`;
  return problem('not-in-code-set', origin, message, { fix: replacement(set, near) });
}
