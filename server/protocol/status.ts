/**
 * What the language server tells its client about itself.
 *
 * Standard LSP has no word for "how the server is doing", so this is one of our few custom messages.
 * Types and constants only: client and server both import this file, and it imports nothing else.
 */
import type { DamagedFile, Release } from './codes.ts';

/** Method of the notification the server sends when its state changes. */
export const statusNotification = 'codingSpec/status';

/** Parameters of {@link statusNotification}. */
export interface StatusParams {
  /** `error` means that a result may be missing: the user must see it. */
  readonly state: 'starting' | 'ready' | 'error';
  /** One sentence for the user. */
  readonly message: string;
  /** How many of our files the server knows. */
  readonly files: number;
  /** How many encounters are in them. */
  readonly encounters: number;
  readonly codes: CodesStatus;
}

/** A starter set has no days: it answers for every one, as far as it can. */
export type ReleaseInUse = Pick<Release, 'set' | 'title' | 'release' | 'starter' | 'kind'> &
  Partial<Pick<Release, 'from' | 'to'>>;

/** The releases of code sets and tables in use, and the files that cannot be used, as far as it is known. */
export interface CodesStatus {
  readonly releases: readonly ReleaseInUse[];
  readonly damaged: readonly DamagedFile[];
}
