/** `code-not-checked`: a code that no set at hand has, where what is at hand does not know every code that there is. */
import { problem, type Problem } from '../base/problem.ts';
import { plainCode } from '../codes/code-set.ts';
import { isListedBy, type Answering } from '../codes/releases.ts';
import { writtenCodes } from '../workspace/written-codes.ts';
import type { EncounterCheck } from './shared/check.ts';

export const codeNotChecked: EncounterCheck = ({ encounter, parsed, codes, named }) => {
  const date = encounter.date?.value;
  const told = new Set<string>();
  return writtenCodes(parsed).flatMap(({ format, value, origin }): Problem[] => {
    const key = `${format} ${value}`;
    if (told.has(key) || named.get(format)?.has(plainCode(value)) === true) return [];
    if (codes.find(format, value, date)) return [];
    const asked = codes.answering(format, date).filter((own) => isListedBy(own.set.header, value));
    const [first] = asked.filter(({ set }) => set.header.local !== true);
    if (!first || asked.some(({ complete }) => complete)) return [];
    told.add(key);
    return [problem('code-not-checked', origin, `${value} is not in ${why(first, date)}`)];
  });
};

function why({ set, forDate }: Answering, date: string | undefined): string {
  const { title, release, starter, effective } = set.header;
  if (starter === true && release === 'starter')
    return `the starter set of ${title}, which has only some codes. Install a release to check it.`;
  if (starter === true || (forDate && effective.to === undefined))
    return `${title} ${release}. Later releases may have it; install one to check it.`;
  return `${title} ${release}, which is for other days than ${date ?? 'the date of service'}. Install the release for that day to check it.`;
}
