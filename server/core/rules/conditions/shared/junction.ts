/** What a word of the rule language that joins conditions has to offer. Verdicts are three-valued (Kleene's logic). */
export type Verdict = 'yes' | 'no' | 'unknown';

/** A condition's answer with the tests that decided it. */
export interface Evaluation<T> {
  readonly verdict: Verdict;
  /** Tests that hold and carry a yes. */
  readonly met: readonly T[];
  /** Tests that stand in the way of a yes: they fail, or their fact is missing. */
  readonly unmet: readonly T[];
}

export interface Junction {
  readonly key: 'all' | 'any' | 'not';
  readonly doc: string;
  readonly join: <T>(parts: readonly Evaluation<T>[]) => Evaluation<T>;
}
