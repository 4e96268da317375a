/**
 * Files that the client reads for the server: those of folders that are on no disk, and every file where the server runs in a
 * browser. These requests go from the server to the client; one that answers them says so in its initialization options:
 * `{"files": true}`.
 *
 * Types and constants only. Answers are in the order of what was asked for.
 */

export const filesRequests = {
  /** What is in some folders, not in the folders in them: {@link ListFolders}, answered with {@link ListedFolder}[]. */
  list: 'codingSpec/files/list',
  /** The bytes of some files: {@link ReadFiles}, answered with {@link ReadFile}[]. */
  read: 'codingSpec/files/read',
} as const;

export interface ListFolders {
  /** URIs. */
  readonly folders: readonly string[];
}

export type ListedFolder = { readonly entries: readonly FolderEntry[] } | Missing | Unreadable;

export interface FolderEntry {
  readonly name: string;
  /**
   * A link to a file is a file. What else is no folder itself is a link, which is not followed, since it may lead around in a circle.
   */
  readonly kind: 'file' | 'folder' | 'link';
}

export interface ReadFiles {
  /** URIs. */
  readonly files: readonly string[];
}

export type ReadFile = { readonly base64: string } | Missing | Unreadable;

export interface Missing {
  readonly missing: true;
}

export interface Unreadable {
  /** Why, as its file system says it. */
  readonly unreadable: string;
}
