/**
 * Files that come by way of the client: of folders that are on no disk, such as a repository that is open without a copy of it.
 * The client only lists and reads; which files are ours, and what is in them, is decided here by the same rules as on disk.
 */
import type { Connection } from 'vscode-languageserver';
import { URI, Utils } from 'vscode-uri';
import { isOurFile, type FileContent } from '../core/index.ts';
import { decode, MAX_BYTES, tooLarge } from '../files/decode.ts';
import { IGNORED_NAMES, inReadingOrder } from '../files/patterns.ts';
import type { FoundFile } from '../lsp/environment.ts';
import {
  filesRequests,
  type ListedFolder,
  type ListFolders,
  type ReadFile,
  type ReadFiles,
  type Unreadable,
} from '../protocol/files.ts';

/** Folders that are listed with one request, and files that are read with one. */
const BATCH = 50;

/** What is read of a file: its bytes, or why not. */
export type BytesRead = { readonly bytes: Uint8Array } | Unreadable;

export class ClientFiles {
  readonly #connection: Connection;
  /** Whether the client reads files at all. */
  isOffered = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Our documents below a folder, a few at a time; nothing, now and then, while they are still looked for. */
  async *readFolder(folder: string): AsyncGenerator<readonly FoundFile[]> {
    if (!this.isOffered) return;
    const found: string[] = [];
    const failed: FoundFile[] = [];
    for await (const { uri, unreadable } of this.#below(folder)) {
      if (unreadable === undefined) found.push(uri);
      else failed.push({ uri, content: { unreadable } });
      if (found.length % BATCH === 0) yield [];
    }
    yield failed;
    const sorted = inReadingOrder(found);
    for (let at = 0; at < sorted.length; at += BATCH) {
      const uris = sorted.slice(at, at + BATCH);
      const read = await this.read(uris);
      yield uris.flatMap((uri, i) => {
        const content = contentOf(read[i]);
        return content ? [{ uri, content }] : [];
      });
    }
  }

  async readFile(uri: string): Promise<FileContent | undefined> {
    const [read] = this.isOffered ? await this.read([uri]) : [];
    return contentOf(read);
  }

  /** In the order of the files; undefined for one that is not there. */
  async read(files: readonly string[]): Promise<readonly (BytesRead | undefined)[]> {
    const params: ReadFiles = { files };
    const answers = await this.#connection.sendRequest<readonly ReadFile[]>(filesRequests.read, params);
    return answers.map((answer) => {
      if ('missing' in answer) return undefined;
      return 'base64' in answer ? { bytes: bytesOf(answer.base64) } : answer;
    });
  }

  /** In the order of the folders. */
  list(folders: readonly string[]): Promise<readonly ListedFolder[]> {
    const params: ListFolders = { folders };
    return this.#connection.sendRequest<readonly ListedFolder[]>(filesRequests.list, params);
  }

  /** Our documents below a folder, and folders that cannot be looked into. */
  async *#below(
    folder: string,
  ): AsyncGenerator<{ readonly uri: string; readonly unreadable: string | undefined }> {
    let folders = [folder];
    while (folders.length > 0) {
      const batch = folders.slice(0, BATCH);
      const rest = folders.slice(BATCH);
      const listed = await this.list(batch);
      for (const [i, uri] of batch.entries()) {
        const answer = listed[i];
        if (!answer || 'missing' in answer) continue;
        if ('unreadable' in answer) {
          yield { uri, unreadable: `The folder cannot be read (${answer.unreadable})` };
          continue;
        }
        for (const { name, kind } of answer.entries) {
          if (kind === 'file' && isOurFile(name)) yield { uri: below(uri, name), unreadable: undefined };
          if (kind === 'folder' && !IGNORED_NAMES.includes(name)) rest.push(below(uri, name));
        }
      }
      folders = rest;
    }
  }
}

/** The URI of what is in a folder. */
export const below = (folder: string, ...names: readonly string[]): string =>
  Utils.joinPath(URI.parse(folder), ...names).toString();

function contentOf(read: BytesRead | undefined): FileContent | undefined {
  if (!read) return undefined;
  if ('unreadable' in read) return { unreadable: `The file cannot be read (${read.unreadable})` };
  const { bytes } = read;
  return bytes.length > MAX_BYTES ? tooLarge(bytes.length) : decode(bytes);
}

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
