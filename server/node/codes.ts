/** Listing, installing and removing releases of code sets and tables where the server runs on Node. */
import { unwatchFile, watchFile } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CancellationToken } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { CATALOGUE, catalogued, wordsOfSet } from '../codes/catalogue.ts';
import { parseDay, type Day } from '../codes/days.ts';
import type { Prepared } from '../codes/install.ts';
import { listReleases, removeRelease, shownPath, storeReleases } from '../codes/installed.ts';
import { isReleaseName, isSetName, isSha256, RELEASE_NAME, SET_NAME, SHA256 } from '../codes/names.ts';
import type { InstallRequest } from '../codes/obtain.ts';
import { megabytes, type Failure } from '../codes/original.ts';
import { ownFolders, programFolder, userFolder, WORKSPACE_FOLDER } from '../codes/store.ts';
import type { CodeSetTools, InstallProgress } from '../lsp/environment.ts';
import type {
  CatalogueResult,
  InstallParams,
  InstallResult,
  ListedRelease,
  NotInstalled,
  Place,
  ReleasesResult,
  RemoveParams,
  RemoveResult,
} from '../protocol/codes.ts';
import type { ClientFiles } from '../virtual/client-files.ts';
import { listClientReleases } from '../virtual/releases.ts';
import type { InstallerReport } from './installer.ts';

export const codeSetTools = (client: ClientFiles): CodeSetTools => ({
  list: (folders) => listAll(client, folders),
  catalogue,
  install,
  remove,
});

/** How often the user's folder is looked at, in milliseconds: a single question to the file system, which keeps nothing alive. */
const LOOK_EVERY = 3000;

/** Any change of what is in the folder changes the folder; it may come into being later. */
export function watchUserFolder(changed: () => void): () => void {
  const folder = userFolder();
  watchFile(folder, { persistent: false, interval: LOOK_EVERY }, changed);
  return () => {
    unwatchFile(folder, changed);
  };
}

export const isOnDisk = (uri: string): boolean => URI.parse(uri).scheme === 'file';

/** Of the folders that are on a disk. */
export const pathsOf = (folderUris: readonly string[]): readonly string[] =>
  folderUris.filter(isOnDisk).map((uri) => URI.parse(uri).fsPath);

/** The folders that only the client can read. */
export const notOnDisk = (folderUris: readonly string[]): readonly string[] =>
  folderUris.filter((uri) => !isOnDisk(uri));

function foldersWithPlaces(folderUris: readonly string[]): ReleasesResult['folders'] {
  const user = userFolder();
  const shipped = programFolder();
  return [
    ...ownFolders(pathsOf(folderUris)).map((folder) => ({
      folder,
      place: folder === user ? ('user' as const) : ('workspace' as const),
    })),
    ...(shipped === undefined ? [] : [{ folder: shipped, place: 'program' as const }]),
  ];
}

/** With those in folders that the client reads, which are asked first. */
async function listAll(client: ClientFiles, folderUris: readonly string[]): Promise<ReleasesResult> {
  const own = list(folderUris);
  const others = notOnDisk(folderUris);
  if (others.length === 0 || !client.isOffered) return own;
  const { folders, releases, damaged } = await listClientReleases(client, others);
  const used = new Set(releases.map(({ set, release }) => `${set} ${release}`));
  const hidden = (release: ListedRelease): ListedRelease =>
    used.has(`${release.set} ${release.release}`) ? { ...release, used: false } : release;
  return {
    folders: [...folders, ...own.folders],
    releases: [...releases, ...own.releases.map(hidden)],
    damaged: [...damaged, ...own.damaged],
  };
}

function list(folderUris: readonly string[]): ReleasesResult {
  const folders = foldersWithPlaces(folderUris);
  const seen = new Set<string>();
  const used = ({ set, release }: { readonly set: string; readonly release: string }): boolean => {
    const key = `${set} ${release}`;
    return !seen.has(key) && seen.add(key).has(key);
  };
  const lists = folders.map(({ folder, place }) => ({ place, ...listReleases([folder]) }));
  const withPlace = <T>(items: readonly T[], place: Place): (T & { readonly place: Place })[] =>
    items.map((item) => ({ ...item, place }));
  return {
    folders: folders.map(({ folder, place }) => ({ folder: shownPath(folder), place })),
    releases: lists.flatMap(({ releases, place }): ListedRelease[] =>
      withPlace(releases, place).map((release) => ({ ...release, used: used(release) })),
    ),
    damaged: lists.flatMap(({ damaged, place }) => withPlace(damaged, place)),
  };
}

function catalogue(): CatalogueResult {
  return {
    entries: CATALOGUE.map(({ name, set, release, effective, file, publishedAt, url }) => ({
      name,
      set,
      title: wordsOfSet(set).title,
      release,
      ...effective,
      file,
      publishedAt,
      hasAddress: url !== undefined,
    })),
  };
}

/** Only what is listed is removed, and nothing that ships with the program. */
function remove({ files }: RemoveParams, folderUris: readonly string[]): RemoveResult {
  const { releases, damaged } = list(folderUris);
  const places = new Map([...releases, ...damaged].map(({ file, place }) => [file, place]));
  const outcomes = files.map((file) => ({
    file,
    reason: hasScheme(file) ? NOT_ON_DISK : whyNotRemoved(file, places.get(file)),
  }));
  return {
    removed: outcomes.filter(({ reason }) => reason === undefined).map(({ file }) => file),
    failed: outcomes.flatMap(({ file, reason }) => (reason === undefined ? [] : [{ file, reason }])),
  };
}

const NOT_ON_DISK = 'It lies in a folder that is on no disk: remove it where that folder comes from.';

/** The files of the user are paths; those of folders that the client reads are URIs. */
const hasScheme = (file: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(file);

function whyNotRemoved(file: string, place: Place | undefined): string | undefined {
  if (place === undefined) return 'This is no installed release.';
  if (place === 'program') return 'It ships with the program and stays.';
  return removeRelease(file)?.failure;
}

async function install(
  params: InstallParams,
  progress: (report: InstallProgress) => void,
  token: CancellationToken,
): Promise<InstallResult> {
  const request = requestOf(params);
  if ('failure' in request) return notInstalled(request);
  const prepared = await prepareInThread(request, progress, token);
  if ('failure' in prepared) return notInstalled(prepared);
  const [workspace] = params.folder === undefined ? [] : pathsOf([params.folder]);
  if (params.folder !== undefined && workspace === undefined)
    return notInstalled({ failure: `${params.folder} is on no disk, so nothing can be installed there.` });
  // From here to the answer nothing waits, so that what is cancelled is not installed, and what is installed is answered so.
  if (token.isCancellationRequested) return notInstalled(CANCELLED);
  const folder = workspace === undefined ? userFolder() : path.join(workspace, WORKSPACE_FOLDER);
  const stored = storeReleases(prepared, folder);
  return 'failure' in stored ? notInstalled(stored) : { outcome: 'installed', ...stored };
}

const CANCELLED: Failure = { failure: 'The installation was cancelled.' };

const notInstalled = ({ failure, missing, doubted }: Failure): NotInstalled => ({
  outcome: 'failed',
  message: failure,
  ...(missing && { missing }),
  ...(doubted !== undefined && { doubted }),
});

/** What the command line checks of its options is checked here: some of it becomes part of a file's name. */
function requestOf({
  source,
  parts = [],
  notes,
  addenda,
  set,
  release,
  from,
  to,
  sha256,
}: InstallParams): InstallRequest | Failure {
  if (set !== undefined && !isSetName(set)) return { failure: SET_NAME };
  if (release !== undefined && !isReleaseName(release)) return { failure: RELEASE_NAME };
  if (sha256 !== undefined && !isSha256(sha256)) return { failure: `sha256: ${SHA256}` };
  const days = { from: dayOf(from), to: dayOf(to) };
  if ((from !== undefined && !days.from) || (to !== undefined && !days.to))
    return { failure: 'A date is written YYYY-MM-DD.' };
  const given = [source, ...parts];
  const paths = {
    sources: given.map((each) => pathOf(each)),
    notes: pathOf(notes),
    addenda: pathOf(addenda),
  };
  const relative = [...given, notes, addenda].find((each) => each !== undefined && isRelative(pathOf(each)));
  if (relative !== undefined)
    return {
      failure: `${relative}: give the full path of the file, its address, or a name of the catalogue.`,
    };
  return { ...paths, set, release, ...days, sha256 };
}

const dayOf = (text: string | undefined): Day | undefined =>
  text === undefined ? undefined : parseDay(text);

function pathOf(source: string): string;
function pathOf(source: string | undefined): string | undefined;
function pathOf(source: string | undefined): string | undefined {
  return source !== undefined && /^file:/i.test(source) ? URI.parse(source).fsPath : source;
}

/** A path from the server's working folder, which is not the user's, would lead anywhere. */
const isRelative = (source: string): boolean =>
  !hasScheme(source) && !path.isAbsolute(source) && !catalogued(source);

/** The program of the thread lies beside that of the server. */
const INSTALLER = path.join(import.meta.dirname, 'installer.cjs');

/** Ends the thread when it is cancelled: it has written nothing. */
function prepareInThread(
  request: InstallRequest,
  progress: (report: InstallProgress) => void,
  token: CancellationToken,
): Promise<Prepared | Failure> {
  return new Promise((resolve, reject) => {
    // Standard output may be the connection to the client, which nobody else may write to.
    const thread = new Worker(INSTALLER, { workerData: request, stdout: true });
    const cancelling = token.onCancellationRequested(() => void thread.terminate());
    thread.on('message', (report: InstallerReport) => {
      if (report.kind === 'done') resolve(report.result);
      else progress(progressOf(report));
    });
    thread.on('error', reject);
    thread.on('exit', () => {
      cancelling.dispose();
      resolve(CANCELLED);
    });
  });
}

function progressOf(report: Exclude<InstallerReport, { readonly kind: 'done' }>): InstallProgress {
  if (report.kind === 'reading') return { message: `Reading ${report.name}` };
  const { received, expected } = report;
  if (expected === undefined || expected === 0) return { message: `Downloading: ${megabytes(received)}` };
  return {
    message: `Downloading: ${megabytes(received)} of ${megabytes(expected)}`,
    percentage: Math.floor((received / expected) * 100),
  };
}
