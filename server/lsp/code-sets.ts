/**
 * The installed releases of one connection: which are at hand, which files are damaged, and changing them. A file is opened
 * only when its codes are needed, so that a damaged one may be known late.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { Analysis } from '../core/index.ts';
import type {
  CatalogueResult,
  DamagedFile,
  InstallParams,
  InstallResult,
  ReleasesResult,
  RemoveParams,
  RemoveResult,
} from '../protocol/codes.ts';
import type { CodesStatus } from '../protocol/status.ts';
import type { Environment, InstallProgress, StoredCodeSets } from './environment.ts';

/** What turned out damaged when it was opened. */
const damagedOf = ({ codes, tables }: Analysis): readonly DamagedFile[] =>
  [...codes.refused, ...tables.refused].map(({ name, reason }) => ({ file: name, reason }));

/** What the session is asked and told. */
export interface CodeSetsOwner {
  readonly folders: () => readonly string[];
  readonly analysis: () => Analysis;
  /** Other releases are at hand. */
  readonly changed: (stored: StoredCodeSets) => void;
  readonly warn: (message: string) => void;
}

export class InstalledCodes {
  readonly #environment: Environment;
  readonly #owner: CodeSetsOwner;
  #stamp: string | undefined;
  /** How often it was looked at what is installed. */
  #asked = 0;
  /** Files of which the beginning is no header. */
  #refused: readonly DamagedFile[] = [];
  /** How many damaged files have been told of that were found when they were opened. */
  #told = 0;

  constructor(environment: Environment, owner: CodeSetsOwner) {
    this.#environment = environment;
    this.#owner = owner;
  }

  /**
   * Looks again at what is installed; where nothing has changed, what was read of it stays. It is done at once where all of it is
   * on a disk.
   */
  async reload(): Promise<void> {
    const question = ++this.#asked;
    const stored = this.#environment.readCodeSets(this.#owner.folders());
    if (!(stored instanceof Promise)) {
      this.#take(stored);
      return;
    }
    const later = await stored;
    // An answer that comes late is about folders that may have left the workspace.
    if (question === this.#asked) this.#take(later);
  }

  #take(stored: StoredCodeSets): void {
    const { refused, stamp } = stored;
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.#refused = refused.map(({ name, reason }) => ({ file: name, reason }));
    this.#told = 0;
    this.#refused.forEach((file) => {
      this.#warn(file);
    });
    this.#owner.changed(stored);
  }

  #warn({ file, reason }: DamagedFile): void {
    this.#owner.warn(`${file}: ${reason}`);
  }

  /** True when files turned out damaged since this was last asked; they are in the log then. */
  noticeDamaged(): boolean {
    const damaged = damagedOf(this.#owner.analysis());
    if (damaged.length <= this.#told) return false;
    this.#told = damaged.length;
    for (const file of damaged) this.#warn(file);
    return true;
  }

  status(): CodesStatus {
    const analysis = this.#owner.analysis();
    const damaged = damagedOf(analysis);
    const files = [...analysis.codes.releases, ...analysis.tables.releases.map(({ file }) => file)];
    const whole = files.filter(({ name }) => !damaged.some(({ file }) => file === name));
    const first = new Map<string, CodesStatus['releases'][number]>();
    for (const { header } of whole) {
      // What a workspace lists itself is no release, and a starter set is for no days in particular.
      if ('local' in header && header.local === true) continue;
      const { set, title, release, effective } = header;
      const key = `${set} ${release}`;
      const isStarter = 'starter' in header && header.starter === true;
      const kind = 'kind' in header ? { kind: header.kind } : { starter: isStarter };
      if (!first.has(key)) first.set(key, { set, title, release, ...(!isStarter && effective), ...kind });
    }
    return { releases: [...first.values()], damaged: [...this.#refused, ...damaged] };
  }

  today(): string {
    return this.#environment.today();
  }

  list(): ReleasesResult | Promise<ReleasesResult> {
    return this.#environment.codes.list(this.#owner.folders());
  }

  catalogue(): CatalogueResult {
    return this.#environment.codes.catalogue();
  }

  async install(
    params: InstallParams,
    progress: (report: InstallProgress) => void,
    token: CancellationToken,
  ): Promise<InstallResult> {
    const result = await this.#environment.codes.install(params, progress, token);
    if (result.outcome === 'installed') await this.reload();
    return result;
  }

  async remove(params: RemoveParams): Promise<RemoveResult> {
    const result = this.#environment.codes.remove(params, this.#owner.folders());
    await this.reload();
    return result;
  }
}
