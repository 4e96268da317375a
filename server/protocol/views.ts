/**
 * Views: what stands at a place, as a page to be shown beside the text. Other editors may ask for the same page as a file, and
 * show that in a browser.
 */
import type { Location, Position } from './place.ts';

export const VIEW_KINDS = ['timeline', 'article', 'comparison', 'impact'] as const;

/**
 * The timeline of an encounter; a specification as an article; an encounter for each payer; what unsaved changes of rules do
 * to all encounters.
 */
export type ViewKind = (typeof VIEW_KINDS)[number];

/** Request for the view of what stands at a position: {@link ViewParams}, answered with {@link View}. */
export const viewRequest = 'codingSpec/view';

export interface ViewParams {
  readonly kind: ViewKind;
  readonly uri: string;
  readonly position: Position;
  /** Whether the answer has the page as a file, too: nobody reads it after every keystroke. */
  readonly asFile?: boolean;
}

/** `nothing`: why there is nothing to show, for the user. */
export type View = ShownView | { readonly nothing: string };

export interface ShownView {
  readonly title: string;
  /** What is in the body of the page: escaped, without scripts; `data-place` has the number of a place. */
  readonly body: string;
  /** The style sheet of the page. */
  readonly style: string;
  readonly places: readonly Location[];
  /** The whole page as a file that needs nothing else, where it was asked for. */
  readonly html?: string;
  /** The drawing alone as a file, where it was asked for and the view is one. */
  readonly svg?: string;
}
