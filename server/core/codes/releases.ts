/** The code sets at hand: several releases of each side by side, of which the date of service picks one. */
import { isInForce, type IsoDate } from '../base/clock.ts';
import { openCodeSet, type CodeSet, type RefusedSet } from './code-set.ts';
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

export class CodeSets {
  readonly #files: readonly OpenedLazily[];

  constructor(files: readonly CodeSetFile[] = []) {
    this.#files = files
      .map((file): OpenedLazily => new OpenedLazily(file))
      .sort((a, b) => (fromOf(a) < fromOf(b) ? 1 : fromOf(a) > fromOf(b) ? -1 : 0));
  }

  /** Headers of every release, the latest first; starters last. */
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
    const own = this.#files.filter(({ file }) => file.header.set === set);
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
}

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

const isStarter = ({ file }: OpenedLazily): boolean => file.header.starter === true;
const fromOf = ({ file }: OpenedLazily): string => file.header.effective.from;

/** Reads and opens a file; one that cannot be read is refused like one that is damaged. */
export function openCodeSetFile(file: CodeSetFile): CodeSet | RefusedSet {
  try {
    return openCodeSet(file.read());
  } catch (error) {
    return { refused: `It cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
