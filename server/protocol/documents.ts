/**
 * New documents: what completion offers in an empty file, for a client that makes the file itself.
 *
 * Types and constants only, as in `status.ts`. Open to every client.
 */

/** Request for what a new document begins with: {@link NewDocumentParams}, answered with a {@link NewDocumentResult}. */
export const newDocumentRequest = 'codingSpec/documents/new';

/** The word before `.yaml` in names of files; `codes` is a code list. */
export type NewDocumentKind = 'family' | 'spec' | 'policy' | 'table' | 'encounter' | 'codes';

export interface NewDocumentParams {
  readonly kind: NewDocumentKind;
  readonly name: string;
  /** The date where the user is, such as `2026-03-02`, to begin an encounter with. */
  readonly today?: string;
}

export type NewDocumentResult =
  | {
      /** The name of the file, without a folder. */
      readonly file: string;
      /** The text with blanks, as LSP writes snippets. */
      readonly snippet: string;
      /** The same, valid at once. */
      readonly text: string;
    }
  | {
      /** Why it cannot be named so: one sentence. */
      readonly refused: string;
    };
