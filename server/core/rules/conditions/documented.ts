/** `documented`: whether anything is recorded of the fact at all. The one word that a missing fact answers. */
import type { Presence } from './shared/comparison.ts';

export const documented: Presence = {
  key: 'documented',
  doc: 'Whether anything is recorded of the fact at all.',
  holds: (isRecorded, wanted) => isRecorded === wanted,
};
