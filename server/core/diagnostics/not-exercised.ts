/** `not-exercised`: a clause for a modifier that no encounter of the workspace puts to the test. */
import type { Origin } from '../base/origin.ts';
import { perInput } from '../base/memo.ts';
import { problem, type Problem } from '../base/problem.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';

/** In a larger workspace nobody waits for this: coverage is asked for where it is wanted. */
const MAX_ENCOUNTERS = 5_000;

/** Nothing is said of codes that no encounter bills: then there is more to test than a modifier. */
export const notExercised = perInput((analysis: Analysis): readonly Problem[] => {
  const seen = exercised(analysis);
  if (!seen) return [];
  return analysis
    .rules()
    .documents.specs.filter(({ code }) => seen.codes.has(code))
    .flatMap(({ code, modifiers }) =>
      modifiers
        .filter(({ when, origin }) => when && !seen.clauses.has(keyOf(origin)))
        .map((rule) =>
          problem(
            'not-exercised',
            rule.origin,
            `No encounter here gets modifier ${rule.code} on ${code}, so nothing shows that the clause does what it should.`,
          ),
        ),
    );
});

const keyOf = ({ document, path }: Origin): string => `${document} ${path}`;

/** What the bills of all encounters used; undefined where there are none, or too many. */
function exercised(
  analysis: Analysis,
): { readonly clauses: ReadonlySet<string>; readonly codes: ReadonlySet<string> } | undefined {
  const documents = analysis
    .files()
    .filter((file) => kindOfFile(file) === 'encounter')
    .flatMap((file) => analysis.documents(file));
  if (documents.length === 0 || documents.length > MAX_ENCOUNTERS) return undefined;
  const clauses = new Set<string>();
  const codes = new Set<string>();
  for (const { source } of documents) {
    const encounter = analysis.encounter(source);
    for (const { code, because } of (encounter && analysis.bill(encounter)?.lines) ?? []) {
      codes.add(code);
      for (const { clause } of because) clauses.add(keyOf(clause));
    }
  }
  return { clauses, codes };
}
