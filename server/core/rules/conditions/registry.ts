/** Every word of the rule language. A new word is one file, one line here, one schema entry and one YAML test. */
import { all } from './all.ts';
import { any } from './any.ts';
import { atLeast } from './at-least.ts';
import { atMost } from './at-most.ts';
import { documented } from './documented.ts';
import type { Comparison, Membership, Presence } from './shared/comparison.ts';
import type { Junction } from './shared/junction.ts';
import { listedIn } from './listed-in.ts';
import { lessThan } from './less-than.ts';
import { moreThan } from './more-than.ts';
import { not } from './not.ts';

export const COMPARISONS: readonly Comparison[] = [atLeast, moreThan, atMost, lessThan];
export const PRESENCE: Presence = documented;
export const MEMBERSHIP: Membership = listedIn;
export const JUNCTIONS: readonly Junction[] = [all, any, not];

export const comparisonOf = (key: string): Comparison | undefined =>
  COMPARISONS.find((word) => word.key === key);
