import type { ReleaseInfo } from '../../codes/rows.ts';

/** Names as people sort and compare them: capitals make no difference. */
export const folded = (name: string): string => name.toLowerCase();

/** For sorting by a name; capitals decide only between names that are otherwise the same. */
export const byName =
  <T>(nameOf: (item: T) => string) =>
  (a: T, b: T): number =>
    order(folded(nameOf(a)), folded(nameOf(b))) || order(nameOf(a), nameOf(b));

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How a release of a code set is called: `ICD-10-CM FY2027`; a list of the workspace by its title alone. */
export const nameOfRelease = ({ title, release, starter, local }: ReleaseInfo): string =>
  local === true ? title : starter === true ? `${title}, ${starterWords(release)}` : `${title} ${release}`;

const starterWords = (release: string): string =>
  release === 'starter' ? 'starter set' : `as of ${release}`;
