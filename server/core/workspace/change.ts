/** What shells may tell the host: the only way in which its state changes. */
import type { FileId } from '../base/origin.ts';
import type { ProblemCode, Severity } from '../base/problem.ts';
import type { CodeSetFile } from '../codes/releases.ts';
import type { TableFile } from '../codes/tables/releases.ts';
import type { ContentChange } from '../yaml/edit-stream.ts';

export type FileContent =
  | { readonly text: string }
  /** The file is there and cannot be used; `reason` is half a sentence for people. */
  | { readonly unreadable: string };

/** What was changed, in this order, in the text that was told last. */
export interface ContentChanges {
  readonly changes: readonly ContentChange[];
}

export interface FileChange {
  readonly file: FileId;
  /** Undefined when the file is gone. */
  readonly content: FileContent | ContentChanges | undefined;
  /** True for a file of the built-in library: it yields to what the workspace defines itself. */
  readonly library?: boolean;
  /**
   * What is on disk, where an editor holds the file: a text, or the very content. What is typed can be compared with it. Left
   * out with changes, it stays what it was.
   */
  readonly saved?: { readonly text: string } | 'content';
}

export interface Settings {
  /** The severity of problems by rule id; `off` hides them. */
  readonly severity: Readonly<Partial<Record<ProblemCode, Severity | 'off'>>>;
}

export interface Change {
  readonly files?: readonly FileChange[];
  readonly settings?: Settings;
  /** All releases of code sets at hand, in place of those before. */
  readonly codeSets?: readonly CodeSetFile[];
  /** All releases of tables that are installed, in place of those before. */
  readonly tables?: readonly TableFile[];
}

export const DEFAULT_SETTINGS: Settings = { severity: {} };
