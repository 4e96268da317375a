/**
 * Code sets and tables: what a client may ask of the server beyond standard LSP, to list, install and remove releases.
 *
 * The first four are commands of `workspace/executeCommand`, too, with the same parameters as their only argument, so that an
 * editor needs nothing of ours to call them. What goes wrong is in the result, as a sentence for the user.
 * Types and constants only, as in `status.ts`.
 */

/** Methods of the requests. */
export const codesRequests = {
  /** No parameters; answers with a {@link ReleasesResult}. */
  releases: 'codingSpec/codes/releases',
  /** No parameters; answers with a {@link CatalogueResult}. */
  catalogue: 'codingSpec/codes/catalogue',
  /** {@link InstallParams}; answers with an {@link InstallResult}. May be cancelled, which leaves nothing behind. */
  install: 'codingSpec/codes/install',
  /** {@link RemoveParams}; answers with a {@link RemoveResult}. */
  remove: 'codingSpec/codes/remove',
  /** {@link AnsweringParams}; answers with an {@link AnsweringResult}. */
  answering: 'codingSpec/codes/answering',
} as const;

/** Names of the commands. */
export const codesCommands = {
  releases: 'codingSpec.codes.releases',
  catalogue: 'codingSpec.codes.catalogue',
  install: 'codingSpec.codes.install',
  remove: 'codingSpec.codes.remove',
} as const;

/** Whose folder a release lies in; `program` is what ships with it and is never removed. */
export type Place = 'workspace' | 'user' | 'program';

/** A release of a code set or of a table. Days are `YYYY-MM-DD`. */
export interface Release {
  readonly set: string;
  readonly release: string;
  readonly title: string;
  readonly publisher: string;
  readonly from: string;
  readonly to?: string;
  readonly rows: number;
  /** Of a code set. */
  readonly billable?: number;
  /** Whether a code set knows only some codes. */
  readonly starter?: boolean;
  /** The official file of a code set. */
  readonly source?: { readonly name: string; readonly sha256: string };
  /** Of a table: what its rows are. Absent of a code set. */
  readonly kind?: 'limits' | 'pairs' | 'fees';
  /** The official files of a table. */
  readonly sources?: readonly { readonly name: string; readonly sha256: string }[];
  /** Of fees: how many localities have indices. */
  readonly localities?: number;
  readonly file: string;
  readonly bytes: number;
}

export interface ListedRelease extends Release {
  readonly place: Place;
  /** False where the same release lies in a folder that is asked first. */
  readonly used: boolean;
}

export interface DamagedFile {
  readonly file: string;
  /** A sentence. */
  readonly reason: string;
}

export interface ReleasesResult {
  /** In the order in which they are asked. */
  readonly folders: readonly { readonly folder: string; readonly place: Place }[];
  readonly releases: readonly ListedRelease[];
  readonly damaged: readonly (DamagedFile & { readonly place: Place })[];
}

/** A release that the program knows by name. */
export interface CatalogueRelease {
  /** What `InstallParams.source` may be. */
  readonly name: string;
  readonly set: string;
  readonly title: string;
  readonly release: string;
  readonly from: string;
  readonly to?: string;
  /** The name of its official file, and where it is published, as it goes on after “from”. */
  readonly file: string;
  readonly publishedAt: string;
  /** Whether it can be downloaded by its name; otherwise its file is installed by path. */
  readonly hasAddress: boolean;
}

export interface CatalogueResult {
  readonly entries: readonly CatalogueRelease[];
}

export interface InstallParams {
  /** A full path, a `file:` URI, an address that begins with https:// or http://, or a name of the catalogue. */
  readonly source: string;
  /** As `source`: the other files of a table that is published in several. */
  readonly parts?: readonly string[];
  /** The URI of a workspace folder, for a release of that folder; absent, the release is the user's. */
  readonly folder?: string;
  /** These count more than what the file says. */
  readonly set?: string;
  readonly release?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sha256?: string;
  /** As `source`: the tabular list and the addenda of the same release. */
  readonly notes?: string;
  readonly addenda?: string;
  /** Where progress is reported, as standard LSP has it. */
  readonly workDoneToken?: string | number;
}

export interface Installed {
  readonly outcome: 'installed';
  readonly releases: readonly (Release & { readonly replaced: boolean })[];
  /** Rows that the official files hold. */
  readonly read: number;
  /** With the name of the file where several were given. */
  readonly refused: readonly { readonly file?: string; readonly line: number; readonly reason: string }[];
  /** Codes to which the tabular list adds instructions. */
  readonly noted?: number;
  /** Sentences about the file as a whole. */
  readonly doubts: readonly string[];
}

export interface NotInstalled {
  readonly outcome: 'failed';
  /** One sentence. */
  readonly message: string;
  /** Parameters that the file does not tell: with them the request may succeed. */
  readonly missing?: readonly ('release' | 'from')[];
  /** The sha256 of a file that is doubted: given as `sha256`, it is taken. */
  readonly doubted?: string;
}

export type InstallResult = Installed | NotInstalled;

export interface RemoveParams {
  /** As {@link ReleasesResult} has them. */
  readonly files: readonly string[];
}

export interface RemoveResult {
  readonly removed: readonly string[];
  readonly failed: readonly DamagedFile[];
}

export interface AnsweringParams {
  readonly textDocument: { readonly uri: string };
}

/** What answers for the dates of service of a file, or today where it has none. */
export interface AnsweringResult {
  readonly releases: readonly AnsweringRelease[];
}

export interface AnsweringRelease {
  readonly set: string;
  readonly title: string;
  readonly release: string;
  readonly starter: boolean;
  /** False where a date is not in its days, and no release that is for it is at hand. */
  readonly forDate: boolean;
}
