/** An installed release as it is listed, wherever its file lies. Pure: it looks at what was read and at nothing else. */
import {
  openCodeSetFile,
  openTableFile,
  type CodeSetFile,
  type TableFile,
  type TableKind,
} from '../core/index.ts';

/** What every installed release is called at the end: `icd-10-cm.FY2027.codes`. */
export const SUFFIX = '.codes';
/** The same of tables: `mue-practitioner.2026q2.table`. */
export const TABLE_SUFFIX = '.table';
/** A folder for releases below a workspace folder, step by step. */
export const WORKSPACE_STEPS = ['.coding-spec', 'codes'] as const;

export interface ReleaseEntry {
  readonly set: string;
  readonly release: string;
  readonly title: string;
  readonly publisher: string;
  readonly from: string;
  readonly to?: string;
  readonly rows: number;
  /** Of a code set. */
  readonly billable?: number;
  readonly starter?: boolean;
  /** The official file. */
  readonly source?: { readonly name: string; readonly sha256: string };
  /** Of a table: what its rows are, and the official files. */
  readonly kind?: TableKind;
  readonly sources?: readonly { readonly name: string; readonly sha256: string }[];
  /** Of fees: how many localities have indices. */
  readonly localities?: number;
  readonly file: string;
  readonly bytes: number;
}

/** A file of either kind. */
export type Installed = CodeSetFile | TableFile;

const isTableFile = (file: Installed): file is TableFile => 'kind' in file.header;

/** Opens a release of either kind, for looking at all of it. */
export const openInstalled = (
  file: Installed,
): ReturnType<typeof openCodeSetFile> | ReturnType<typeof openTableFile> =>
  isTableFile(file) ? openTableFile(file) : openCodeSetFile(file);

export function releaseEntry(
  { set, release, title, publisher, effective, rows, ...header }: Installed['header'],
  file: string,
  bytes: number,
): ReleaseEntry {
  return {
    set,
    release,
    title,
    publisher,
    from: effective.from,
    ...(effective.to !== undefined && { to: effective.to }),
    rows,
    ...('kind' in header ? tableEntry(header) : setEntry(header)),
    file,
    bytes,
  };
}

const setEntry = ({
  billable,
  starter,
  source,
}: Pick<CodeSetFile['header'], 'billable' | 'starter' | 'source'>): Pick<
  ReleaseEntry,
  'billable' | 'starter' | 'source'
> => ({
  billable,
  starter: starter === true,
  ...(source && { source }),
});

const tableEntry = ({
  kind,
  sources,
  relations,
}: Pick<TableFile['header'], 'kind' | 'sources' | 'relations'>): Pick<
  ReleaseEntry,
  'kind' | 'sources' | 'localities'
> => ({
  kind,
  sources,
  ...(kind === 'fees' && { localities: relations.localities?.rows ?? 0 }),
});

/** By set, of each the latest first. */
export const bySetAndDay = (a: ReleaseEntry, b: ReleaseEntry): number =>
  a.set === b.set ? (a.from === b.from ? 0 : a.from < b.from ? 1 : -1) : a.set < b.set ? -1 : 1;
