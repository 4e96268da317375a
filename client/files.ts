/** Reads files for the server where it cannot: by the file systems that VS Code has, whatever they are made of. */
import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import {
  filesRequests,
  type FolderEntry,
  type ListedFolder,
  type ListFolders,
  type Missing,
  type ReadFile,
  type ReadFiles,
  type Unreadable,
} from '../server/protocol/files.ts';
import type { Follower } from './session.ts';

export const fileReader: Follower = {
  follow: (client) => {
    client.onRequest(filesRequests.list, ({ folders }: ListFolders) => Promise.all(folders.map(list)));
    client.onRequest(filesRequests.read, ({ files }: ReadFiles) => Promise.all(files.map(read)));
  },
};

async function list(folder: string): Promise<ListedFolder> {
  try {
    const entries = await workspace.fs.readDirectory(Uri.parse(folder));
    return { entries: entries.map(([name, type]) => ({ name, kind: kindOf(type) })) };
  } catch (error) {
    return failure(error);
  }
}

function kindOf(type: FileType): FolderEntry['kind'] {
  if ((type & FileType.File) !== 0) return 'file';
  return type === FileType.Directory ? 'folder' : 'link';
}

async function read(file: string): Promise<ReadFile> {
  try {
    return { base64: base64(await workspace.fs.readFile(Uri.parse(file))) };
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Missing | Unreadable {
  if (error instanceof FileSystemError && error.code === 'FileNotFound') return { missing: true };
  return { unreadable: error instanceof Error ? error.message : String(error) };
}

/** As many bytes as a call may have arguments, whatever runs it. */
const PIECE = 0x2000;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}
