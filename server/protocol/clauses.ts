/**
 * The encounters behind a code lens of a clause. A client that can show a list names the command for it in its initialization
 * options: `{"commands": ["codingSpec.showEncounters"]}`. To others the lens is a plain text.
 */

import type { Location } from './place.ts';

/** Command of the client, with {@link LensArguments}: asks for the encounters and shows them as a list beside the lens. */
export const showEncountersCommand = 'codingSpec.showEncounters';

/** Request for the encounters behind a lens: {@link LensTarget}, answered with {@link LensEncounters}, a few hundred at most. */
export const lensEncountersRequest = 'codingSpec/lens/encounters';

/** The answer to {@link lensEncountersRequest}. */
export type LensEncounters = readonly Location[];

export type LensTarget =
  | {
      /** The encounters that put a clause to the test, those that differ first. */
      readonly kind: 'clause';
      readonly document: string;
      readonly path: string;
    }
  | {
      /** The encounters that have other lines than with the file as it was saved. */
      readonly kind: 'unsaved';
      readonly uri: string;
    };

export interface LensArguments {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly target: LensTarget;
}
