/** The tables that are installed: several releases of each side by side, of which the date of service picks one. */
import { isInForce, type IsoDate } from '../../base/clock.ts';
import { deepEqual } from '../../base/memo.ts';
import type { RefusedSet } from '../code-set.ts';
import type { TableHeader } from './layout.ts';
import { openTable, type TableRelease } from './table.ts';

/** A release as a shell knows it: what it is, and its bytes, which are read when they are first needed. */
export interface TableFile {
  readonly header: TableHeader;
  /** All bytes of the file. A throw is a file that cannot be read any more. */
  readonly read: () => Uint8Array;
  /** Where it lies, for messages. */
  readonly name: string;
}

export class TableReleases {
  readonly #tables: readonly InstalledTable[];

  /** `previous` lends what it has opened of the same files, so that what was derived from it stays valid. */
  constructor(files: readonly TableFile[] = [], previous?: TableReleases) {
    this.#tables = files
      .map((file) => previous?.of(file) ?? new InstalledTable(file))
      .sort((a, b) => (fromOf(a) < fromOf(b) ? 1 : fromOf(a) > fromOf(b) ? -1 : 0));
  }

  /** All of them, the latest first. */
  get releases(): readonly InstalledTable[] {
    return this.#tables;
  }

  /** Files that turned out damaged when they were needed, with the reason; others answered in their place. */
  get refused(): readonly { readonly name: string; readonly reason: string }[] {
    return this.#tables.flatMap(({ file, refused }) =>
      refused === undefined ? [] : [{ name: file.name, reason: refused }],
    );
  }

  /** The same file, unless it was found damaged: it may have been mended. */
  of({ name, header }: TableFile): InstalledTable | undefined {
    return this.#tables.find(
      ({ file, refused }) => file.name === name && refused === undefined && deepEqual(file.header, header),
    );
  }

  /** Releases of a table that are for a date, the latest first. */
  on(set: string, date: IsoDate): readonly InstalledTable[] {
    return this.#tables.filter(
      ({ file: { header } }) => header.set === set && isInForce(header.effective, date),
    );
  }
}

const fromOf = ({ file }: InstalledTable): string => file.header.effective.from;

/** Opened when it is first needed. */
export class InstalledTable {
  readonly file: TableFile;
  #opened: TableRelease | RefusedSet | undefined;

  constructor(file: TableFile) {
    this.file = file;
  }

  /** Why it cannot be used; undefined where it can, and as long as nobody needed it. */
  get refused(): string | undefined {
    return this.#opened && 'refused' in this.#opened ? this.#opened.refused : undefined;
  }

  open(): TableRelease | RefusedSet {
    this.#opened ??= openTableFile(this.file);
    return this.#opened;
  }
}

/** Reads and opens a file; one that cannot be read is refused like one that is damaged. */
export function openTableFile(file: TableFile): TableRelease | RefusedSet {
  try {
    return openTable(file.read());
  } catch (error) {
    return { refused: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
