/** `listed_in`: the fact is a code of a code list. Of a list that is not at hand nobody can tell. */
import type { Membership } from './shared/comparison.ts';

export const listedIn: Membership = {
  key: 'listed_in',
  words: 'a code of the list',
  doc: 'The fact is a code of this code list.',
  holds: (codes, listed) => listed && codes.some((code) => listed.has(code.toLowerCase())),
};
