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

/** Asks one part after the other until one decides; where none does, `unknown` if any is, and else `rest`. */
export function decide(
  count: number,
  ask: (part: number) => Verdict,
  deciding: Verdict,
  rest: Verdict,
): Verdict {
  let open = false;
  for (let i = 0; i < count; i++) {
    const verdict = ask(i);
    if (verdict === deciding) return deciding;
    if (verdict === 'unknown') open = true;
  }
  return open ? 'unknown' : rest;
}

export interface Junction {
  readonly key: 'all' | 'any' | 'not';
  readonly doc: string;
  /** The answer with the tests that decided it. */
  readonly join: <T>(parts: readonly Evaluation<T>[]) => Evaluation<T>;
  /** The bare answer, which asks no more parts than it needs. */
  readonly verdict: (count: number, ask: (part: number) => Verdict) => Verdict;
}
