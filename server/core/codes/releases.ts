/** The code sets at hand: several releases of each side by side, of which the date of service picks one. */
import { isInForce, type IsoDate } from '../base/clock.ts';
import { openCodeSet, plainCode, type CodeSet, type RefusedSet } from './code-set.ts';
import type { Header } from './layout.ts';

/** A release as a shell knows it: what it is, and its bytes, which are read when they are first needed. */
export interface CodeSetFile {
  readonly header: Header;
  /** All bytes of the file. A throw is a file that cannot be read any more. */
  readonly read: () => Uint8Array;
  /** Where it lies, for messages. */
  readonly name: string;
}

/** What answers for a date. */
export interface Answering {
  readonly set: CodeSet;
  /** False where the only release at hand is for other days, so that an unknown code may yet exist. */
  readonly forDate: boolean;
  /** True where the set lists every code of its release: one that it does not have does not exist. */
  readonly complete: boolean;
}

/** A code as a set has it. */
export interface KnownCode extends Answering {
  readonly row: number;
}

export class CodeSets {
  readonly #files: readonly OpenedLazily[];

  constructor(files: readonly CodeSetFile[] = []) {
    this.#files = files
      .map((file): OpenedLazily => new OpenedLazily(file))
      .sort((a, b) => (fromOf(a) < fromOf(b) ? 1 : fromOf(a) > fromOf(b) ? -1 : 0));
  }

  /** Headers of every release, the latest first. */
  get releases(): readonly CodeSetFile[] {
    return this.#files.map(({ file }) => file);
  }

  /** Files that turned out damaged when they were needed, with the reason; others answered in their place. */
  get refused(): readonly { readonly name: string; readonly reason: string }[] {
    return this.#files.flatMap(({ file, opened }) =>
      opened && 'refused' in opened ? [{ name: file.name, reason: opened.refused }] : [],
    );
  }

  /**
   * The release of a set for a date: the one in force; else the latest that began before it, or the earliest; else a starter
   * set. Undefined where the set is not at hand at all.
   */
  at(set: string, date: IsoDate | undefined): Answering | undefined {
    const own = this.#files.filter((one) => one.file.header.set === set && !isLocal(one));
    const [full, starters] = [own.filter((one) => !isStarter(one)), own.filter(isStarter)];
    const inForce = full.filter(({ file }) => date === undefined || isInForce(file.header.effective, date));
    const earlier = full.filter((one) => date !== undefined && fromOf(one) <= date);
    const order = [
      ...inForce,
      ...starters.filter(() => full.length === 0),
      ...earlier,
      ...[...full].reverse(),
      ...starters,
    ];
    for (const one of order) {
      const result = one.open();
      if ('refused' in result) continue;
      const forDate = isStarter(one) || inForce.includes(one);
      // Where a release has no last day, a later one may have more codes.
      const complete = !isStarter(one) && forDate && one.file.header.effective.to !== undefined;
      return { set: result, forDate, complete };
    }
    return undefined;
  }

  /** Whatever answers for a format of the schemas: a release of each set that does, and the codes of the workspace. */
  answering(format: string, date: IsoDate | undefined): readonly Answering[] {
    const own = this.#files.filter(({ file }) => formatOf(file.header) === format);
    const names = new Set(own.filter((one) => !isLocal(one)).map(({ file }) => file.header.set));
    const releases = [...names].sort().flatMap((name) => this.at(name, date) ?? []);
    return [...own.filter(isLocal).flatMap((one) => localOf(one)), ...releases];
  }

  /** A code in whatever has it, rather where it is in force on the date. */
  find(format: string, code: string, date: IsoDate | undefined): KnownCode | undefined {
    const known = this.answering(format, date).flatMap((answering): KnownCode[] => {
      const row = answering.set.rowOf(code);
      return row === undefined ? [] : [{ ...answering, row }];
    });
    return known.find(({ set, row }) => date === undefined || set.isInForce(row, date)) ?? known[0];
  }

  /** The release that lists every code of its kind on a date: one that it does not have does not exist. Undefined where none does. */
  completeFor(format: string, code: string, date: IsoDate): Answering | undefined {
    return this.answering(format, date).find((own) => own.complete && isListedBy(own.set.header, code));
  }

  /** Releases of the sets that answer for a format, whatever their dates, the latest first; no starters. */
  allReleases(format: string): readonly CodeSet[] {
    return this.#files
      .filter((one) => formatOf(one.file.header) === format && !isStarter(one) && !isLocal(one))
      .flatMap((one) => {
        const opened = one.open();
        return 'refused' in opened ? [] : [opened];
      });
  }
}

/** Whether a set is the one that would list a code: of the sets for one format, each lists its own kind. */
export const isListedBy = ({ lists }: Header, code: string): boolean =>
  lists === undefined || new RegExp(lists).test(plainCode(code));

const formatOf = ({ answers, set }: Header): string => answers ?? set;

class OpenedLazily {
  readonly file: CodeSetFile;
  #opened: CodeSet | RefusedSet | undefined;

  constructor(file: CodeSetFile) {
    this.file = file;
  }

  /** Undefined as long as nobody needed it. */
  get opened(): CodeSet | RefusedSet | undefined {
    return this.#opened;
  }

  open(): CodeSet | RefusedSet {
    this.#opened ??= openCodeSetFile(this.file);
    return this.#opened;
  }
}

function localOf(one: OpenedLazily): Answering[] {
  const set = one.open();
  return 'refused' in set ? [] : [{ set, forDate: true, complete: false }];
}

const isStarter = ({ file }: OpenedLazily): boolean => file.header.starter === true;
const isLocal = ({ file }: OpenedLazily): boolean => file.header.local === true;
const fromOf = ({ file }: OpenedLazily): string => file.header.effective.from;

/** Reads and opens a file; one that cannot be read is refused like one that is damaged. */
export function openCodeSetFile(file: CodeSetFile): CodeSet | RefusedSet {
  try {
    return openCodeSet(file.read());
  } catch (error) {
    return { refused: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
