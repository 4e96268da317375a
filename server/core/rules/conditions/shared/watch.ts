import type { Verdict } from './junction.ts';

/** Of a clause that is asked of facts: who wants to hear each answer. Absent but where coverage is measured. */
export interface Watchable {
  readonly watch?: (verdict: Verdict) => void;
}
