/** Writes down what is worked out of the rule documents of a workspace, for programs that start with the same documents. */
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis } from './analysis.ts';
import { writePrepared } from './prepared.ts';

/** To be read with `readPrepared`. */
export const prepareRules = (analysis: Analysis): string =>
  writePrepared(
    analysis
      .files()
      .filter((file) => kindOfFile(file) !== 'encounter')
      .flatMap((file) => analysis.documents(file))
      .map(({ source }) => ({
        parsed: analysis.parsed(source),
        model: analysis.model(source),
        codes: analysis.codesIn(source),
        names: analysis.namesIn(source),
      })),
  );
