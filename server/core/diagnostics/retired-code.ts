/** `retired-code` and `not-in-code-set` in rule documents: codes that go out of force while the document is in force, or never were. */
import type { IsoDate } from '../base/clock.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { CodeSet } from '../codes/code-set.ts';
import type { CodeSets } from '../codes/releases.ts';
import { successorsOf } from '../codes/successors.ts';
import { writtenCodes, type WrittenCode } from '../workspace/written-codes.ts';
import type { DocumentCheck } from './shared/check.ts';
import { namedRows, replacement } from './shared/named-rows.ts';

export const retiredCode: DocumentCheck = ({ parsed, effective, codes }) => {
  if (!effective) return [];
  return writtenCodes(parsed).flatMap((written): Problem[] => {
    const first = codes.find(written.format, written.value, effective.from);
    if (!first) return unknownOnFirstDay(written, effective.from, codes);
    if (first.set.header.local === true) return [];
    const later = laterReleases(codes, written.format, first.set, effective);
    const without = later.find((set) => !isIn(set, written.value));
    return without ? [retired(written, first.set, without)] : [];
  });
};

function unknownOnFirstDay({ format, value, origin }: WrittenCode, day: IsoDate, codes: CodeSets): Problem[] {
  const complete = codes.completeFor(format, value, day);
  if (!complete) return [];
  const { title, release } = complete.set.header;
  const message = `${value} is not in ${title} ${release}, the release for ${day}, the first day of this document.`;
  return [problem('not-in-code-set', origin, message)];
}

/** Releases of the same set that begin while the document is in force, the earliest first. */
const laterReleases = (
  codes: CodeSets,
  format: string,
  first: CodeSet,
  { to }: { readonly to?: IsoDate },
): readonly CodeSet[] =>
  codes
    .allReleases(format)
    .filter(({ header }) => header.set === first.header.set)
    .filter(({ header: { effective } }) => effective.from > first.header.effective.from)
    .filter(({ header: { effective } }) => to === undefined || effective.from <= to)
    .reverse();

function isIn(set: CodeSet, code: string): boolean {
  const row = set.rowOf(code);
  return row !== undefined && set.isInForce(row, set.header.effective.from);
}

function retired({ value, origin }: WrittenCode, before: CodeSet, after: CodeSet): Problem {
  const heirs = successorsOf(before, after, value);
  const named = namedRows(after, heirs);
  const instead = named === '' ? '' : ` New beside it: ${named}.`;
  const { title, release, effective } = after.header;
  const message = `${value} was deleted on ${effective.from} (${title} ${release}), and this document is in force then.${instead}`;
  return problem('retired-code', origin, message, { fix: replacement(after, heirs), tag: 'deprecated' });
}
