/** What unsaved changes of rules do to the encounters at hand. */
import type { FileId, Origin } from '../../base/origin.ts';

/** An encounter that has other lines than with the saved text of a file. */
export interface ChangedEncounter {
  readonly encounter: string;
  readonly at: Origin;
  readonly then: readonly string[];
  readonly now: readonly string[];
  /** Whether the lines are the expected ones, then and now; undefined where it expects none. */
  readonly meets: { readonly then: boolean; readonly now: boolean } | undefined;
}

/** What changed in one file of rules, and the encounters that it was tried on. */
export interface Impact {
  readonly file: FileId;
  readonly encounters: number;
  readonly changed: readonly ChangedEncounter[];
}
