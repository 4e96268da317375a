/** What the server needs from the machine it runs on. Handed in, so that the same server runs in Node and in a worker. */
import type { CodeSetFile, FileContent, TableFile } from '../core/index.ts';

export interface FoundFile {
  readonly uri: string;
  readonly content: FileContent;
}

export interface StoredCodeSets {
  readonly sets: readonly CodeSetFile[];
  readonly tables: readonly TableFile[];
  /** Files that are no release, or not any more, with a sentence why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

export interface Environment {
  /** Our documents below a folder, a few at a time, so that loading never blocks for long. */
  readonly readFolder: (folderUri: string) => AsyncIterable<readonly FoundFile[]>;
  /** Names of folders that `readFolder` does not enter. */
  readonly ignoredFolders: readonly string[];
  /** One file; undefined when it is gone. */
  readonly readFile: (uri: string) => Promise<FileContent | undefined>;
  /** Installed releases of code sets and tables: those of the user, and those in workspace folders. */
  readonly readCodeSets: (folderUris: readonly string[]) => StoredCodeSets;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}
