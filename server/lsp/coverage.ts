/**
 * Findings about all encounters together: clauses that none of them puts to the test, how many put each to the test, and
 * what unsaved changes of rules do to them. They cost as much as billing everything, so they are worked out while nobody
 * types, and what was found before stands until then.
 */
import {
  changeOf,
  notExercised,
  tallyCoverage,
  unsavedRules,
  type Analysis,
  type CoverageTally,
  type DocumentId,
  type FileId,
  type Problem,
} from '../core/index.ts';
import type { Environment } from './environment.ts';

/** So long after the last change, in milliseconds. */
const REST = 300;
/** So long at a time, in milliseconds, before others have their turn. */
const SLICE = 15;

/** By file of rules with unsaved changes: the encounters that have other lines than with the text on disk. */
export type WhatIf = ReadonlyMap<FileId, readonly DocumentId[]>;

export interface Listener {
  /** The state as it is when it is asked. */
  readonly current: () => Analysis;
  /** Whether clauses are to be counted, which nobody pays for who does not look at them. */
  readonly counts: () => boolean;
  readonly problemsChanged: () => void;
  readonly countsChanged: () => void;
  readonly failed: (error: unknown) => void;
}

export class Coverage {
  readonly #environment: Environment;
  #found: readonly Problem[] = [];
  #tally: CoverageTally | undefined;
  #whatIf: WhatIf = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  get problems(): readonly Problem[] {
    return this.#found;
  }

  /** Undefined until it has been worked out for the first time. */
  get tally(): CoverageTally | undefined {
    return this.#tally;
  }

  get whatIf(): WhatIf {
    return this.#whatIf;
  }

  /** Starts over after a change. */
  restart(listener: Listener): void {
    clearTimeout(this.#timer);
    const timer = setTimeout(() => {
      this.#run(listener).catch(listener.failed);
    }, REST);
    keepNothingAlive(timer);
    this.#timer = timer;
  }

  async #run({ current, counts, problemsChanged, countsChanged }: Listener): Promise<void> {
    const analysis = current();
    const tally = counts() ? tallyCoverage(analysis) : undefined;
    const whatIf = new Map(tally ? unsavedRules(analysis).map((file) => [file, [] as DocumentId[]]) : []);
    let since = Date.now();
    for (const encounter of analysis.encounters()) {
      analysis.bill(encounter);
      tally?.add(encounter);
      for (const [rules, changed] of whatIf)
        if (changeOf(analysis, rules, encounter)) changed.push(encounter.document);
      if (Date.now() - since < SLICE) continue;
      await this.#environment.pause();
      // A change has started this anew.
      if (current() !== analysis) return;
      since = Date.now();
    }
    const found = notExercised(analysis);
    const before = this.#found;
    this.#found = found;
    this.#tally = tally;
    this.#whatIf = whatIf;
    if (textOf(found) !== textOf(before)) problemsChanged();
    if (tally) countsChanged();
  }
}

const textOf = (problems: readonly Problem[]): string =>
  JSON.stringify(problems.map(({ at, message }) => [at, message]));

/** Node waits for timers before it ends, unless it is told that nothing hangs on them; a browser's are numbers. */
function keepNothingAlive(timer: number | { readonly unref: () => unknown }): void {
  if (typeof timer === 'object') timer.unref();
}
