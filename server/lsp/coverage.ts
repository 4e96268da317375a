/**
 * Findings about all encounters together, such as a clause that none of them puts to the test. They cost as much as
 * billing everything, so they are worked out while nobody types, and what was found before stands until then.
 */
import { kindOfFile, notExercised, type Analysis, type Problem } from '../core/index.ts';
import type { Environment } from './environment.ts';

/** So long after the last change, in milliseconds. */
const REST = 300;
/** So long at a time, in milliseconds, before others have their turn. */
const SLICE = 15;

export class Coverage {
  readonly #environment: Environment;
  #found: readonly Problem[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  get problems(): readonly Problem[] {
    return this.#found;
  }

  /** Starts over after a change. `current` answers with the state as it is then; `done` is called when findings changed. */
  restart(current: () => Analysis, done: () => void, failed: (error: unknown) => void): void {
    clearTimeout(this.#timer);
    const timer = setTimeout(() => {
      this.#run(current, done).catch(failed);
    }, REST);
    // Nothing waits for this when everything else has ended.
    timer.unref();
    this.#timer = timer;
  }

  async #run(current: () => Analysis, done: () => void): Promise<void> {
    const analysis = current();
    let since = Date.now();
    for (const file of analysis.files()) {
      if (kindOfFile(file) !== 'encounter') continue;
      for (const { source } of analysis.documents(file)) {
        const encounter = analysis.encounter(source);
        if (encounter) analysis.bill(encounter);
        if (Date.now() - since < SLICE) continue;
        await this.#environment.pause();
        // A change has started this anew.
        if (current() !== analysis) return;
        since = Date.now();
      }
    }
    const found = notExercised(analysis);
    const before = this.#found;
    this.#found = found;
    if (textOf(found) !== textOf(before)) done();
  }
}

const textOf = (problems: readonly Problem[]): string =>
  JSON.stringify(problems.map(({ at, message }) => [at, message]));
