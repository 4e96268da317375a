/**
 * What the core uses of papaparse. The published types name those of Node, which the core must not see.
 */
declare module 'papaparse' {
  interface ParseStep {
    readonly data: readonly string[];
    readonly errors: readonly { readonly code: string; readonly message: string }[];
    /** `cursor`: the offset behind the row. */
    readonly meta: { readonly cursor: number };
  }
  interface ParseOptions {
    readonly comments: string;
    readonly delimitersToGuess: readonly string[];
    readonly fastMode: boolean;
    readonly skipEmptyLines: 'greedy';
    readonly step: (row: ParseStep) => void;
  }
  const Papa: { readonly parse: (text: string, options: ParseOptions) => void };
  export default Papa;
}
