/** From what the user names, a path, an address or a name of the catalogue, to prepared releases. Writes nothing. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CATALOGUE, catalogued, type CatalogueEntry } from './catalogue.ts';
import { download, type DownloadOptions } from './download.ts';
import { prepareFiles } from './install-files.ts';
import type { Prepared, Wanted } from './install.ts';
import { megabytes, MOST_BYTES, type Failure, type OriginalFile } from './original.ts';

/** What is to be installed: each file by its path, its address, or its name in the catalogue. */
export interface InstallRequest extends Omit<Wanted, 'notes' | 'addenda'> {
  /** One, or the parts of one table. */
  readonly sources: readonly string[];
  readonly notes?: string | undefined;
  readonly addenda?: string | undefined;
}

export interface ObtainOptions extends Pick<DownloadOptions, 'patience' | 'progress'> {
  /** Is told when every file is there and the work begins that takes a moment: their names, with commas. */
  readonly reading?: (names: string) => void;
}

/** Gets the files whole, then reads them. */
export async function obtain(request: InstallRequest, options: ObtainOptions): Promise<Prepared | Failure> {
  const files: OriginalFile[] = [];
  for (const source of request.sources) {
    const file = await originalFile(source, options, catalogued(source));
    if ('failure' in file) return file;
    files.push(file);
  }
  const notes = request.notes === undefined ? undefined : await originalFile(request.notes, options);
  if (notes && 'failure' in notes) return notes;
  const addenda = request.addenda === undefined ? undefined : await originalFile(request.addenda, options);
  if (addenda && 'failure' in addenda) return addenda;
  options.reading?.(files.map(({ name }) => name).join(', '));
  const [only, second] = request.sources;
  const entry = only !== undefined && second === undefined ? catalogued(only) : undefined;
  return prepareFiles(files, { ...request, sha256: request.sha256 ?? entry?.sha256, notes, addenda });
}

async function originalFile(
  source: string,
  { patience, progress }: ObtainOptions,
  entry?: CatalogueEntry,
): Promise<OriginalFile | Failure> {
  const address = entry?.url ?? source;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address))
    return download(address, { patience, most: MOST_BYTES, ...(progress && { progress }) });
  return entry ? { failure: whereToGet(entry) } : readOriginal(source);
}

const whereToGet = ({ name, file, publishedAt }: CatalogueEntry): string =>
  `The address of ${name} is not certain, so it is not downloaded: get ${file} from ${publishedAt}, and give its path. Its release and its checksum are known here.`;

function readOriginal(file: string): OriginalFile | Failure {
  try {
    const found = statSync(file);
    if (found.isDirectory()) return { failure: `${file}: this is a folder, and not an official file.` };
    if (found.size > MOST_BYTES)
      return {
        failure: `${file}: the file is larger than ${megabytes(MOST_BYTES)}, which no official file is.`,
      };
    return { name: path.basename(file), bytes: readFileSync(file) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')
      return { failure: `${file}: cannot be read (${error.message}).` };
    const names = CATALOGUE.map(({ name }) => name).join(', ');
    return { failure: `${file}: there is no such file, and the catalogue has only ${names}.` };
  }
}
