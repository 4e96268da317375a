/** What the server needs from the machine it runs on. Handed in, so that the same server runs in Node and in a worker. */
import type { CodeSetFile, FileContent, Prepared, TableFile } from '../core/index.ts';
import type { CancellationToken } from 'vscode-languageserver';
import type {
  CatalogueResult,
  InstallParams,
  InstallResult,
  ReleasesResult,
  RemoveParams,
  RemoveResult,
} from '../protocol/codes.ts';

export interface FoundFile {
  readonly uri: string;
  readonly content: FileContent;
}

export interface StoredCodeSets {
  readonly sets: readonly CodeSetFile[];
  readonly tables: readonly TableFile[];
  /** Files that are no release, or not any more, with a sentence why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
  /** Differs when anything came, went or was written anew. */
  readonly stamp: string;
}

export interface InstallProgress {
  readonly message: string;
  readonly percentage?: number;
}

/** Changing and listing what is installed; what goes wrong is in the result. */
export interface CodeSetTools {
  readonly list: (folderUris: readonly string[]) => ReleasesResult | Promise<ReleasesResult>;
  readonly catalogue: () => CatalogueResult;
  /** Installs nothing once it is cancelled; what it answers then does not matter. */
  readonly install: (
    params: InstallParams,
    progress: (report: InstallProgress) => void,
    token: CancellationToken,
  ) => Promise<InstallResult>;
  readonly remove: (params: RemoveParams, folderUris: readonly string[]) => RemoveResult;
}

export interface Environment {
  /** What is known beforehand of the documents of the library. */
  readonly prepared: Prepared;
  /** Our documents below a folder, a few at a time, so that loading never blocks for long. */
  readonly readFolder: (folderUri: string) => AsyncIterable<readonly FoundFile[]>;
  /** Names of folders that `readFolder` does not enter. */
  readonly ignoredFolders: readonly string[];
  /** One file; undefined when it is gone. */
  readonly readFile: (uri: string) => Promise<FileContent | undefined>;
  /** Installed releases of code sets and tables: those of the user, and those in workspace folders. At once where it can be. */
  readonly readCodeSets: (folderUris: readonly string[]) => StoredCodeSets | Promise<StoredCodeSets>;
  /** Calls when releases outside of workspace folders may have changed, until what it returns is called. */
  readonly watchCodeSets: (changed: () => void) => () => void;
  readonly codes: CodeSetTools;
  /** Told before anything is read: whether the client reads files for the server (`server/protocol/files.ts`). */
  readonly clientReadsFiles: (offered: boolean) => void;
  /** Today where the user is, YYYY-MM-DD. */
  readonly today: () => string;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}
