/** What a word of the rule language that compares numbers has to offer. */
export interface Comparison {
  /** The key in YAML. */
  readonly key: string;
  /** The words before the bound in a sentence. */
  readonly words: string;
  /** One sentence for completion and the reference. */
  readonly doc: string;
  readonly holds: (value: number, bound: number) => boolean;
}

/** What a word that asks whether a fact is recorded has to offer. Its answer is never unknown. */
export interface Presence {
  readonly key: string;
  readonly doc: string;
  readonly holds: (isRecorded: boolean, wanted: boolean) => boolean;
}

/** What a word that asks whether a code stands in a list has to offer. */
export interface Membership {
  readonly key: string;
  /** The words before the name of the list in a sentence. */
  readonly words: string;
  readonly doc: string;
  /** `listed` in lower case; undefined where the list is not at hand, and so is the answer. */
  readonly holds: (codes: readonly string[], listed: ReadonlySet<string> | undefined) => boolean | undefined;
}
