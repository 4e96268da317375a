/** `not-exercised`: a clause for a modifier that no encounter of the workspace puts to the test. */
import type { DocumentId, Origin } from '../base/origin.ts';
import { perInput } from '../base/memo.ts';
import { problem, type Problem } from '../base/problem.ts';
import { isExecutable } from '../rules/spec.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';

/** In a larger workspace nobody waits for this: coverage is asked for where it is wanted. */
const MAX_ENCOUNTERS = 5_000;

/** Nothing is said of specifications that no encounter is billed by: then there is more to test than a modifier. */
export const notExercised = perInput((analysis: Analysis): readonly Problem[] => {
  const seen = exercised(analysis);
  if (!seen) return [];
  return analysis
    .rules()
    .documents.specs.filter(isExecutable)
    .filter(({ code, document }) => seen.billed.has(billKey(code, document)))
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

/** A code has a specification for each of its versions, and a policy may put it in the place of another one. */
const billKey = (code: string, document: DocumentId): string => `${code} ${document}`;

interface Exercised {
  readonly clauses: ReadonlySet<string>;
  /** Codes with the documents that made a line of them. */
  readonly billed: ReadonlySet<string>;
}

/** What the bills of all encounters used; undefined where there are none, or too many. */
function exercised(analysis: Analysis): Exercised | undefined {
  const documents = analysis
    .files()
    .filter((file) => kindOfFile(file) === 'encounter')
    .flatMap((file) => analysis.documents(file));
  if (documents.length === 0 || documents.length > MAX_ENCOUNTERS) return undefined;
  const clauses = new Set<string>();
  const billed = new Set<string>();
  for (const { source } of documents) {
    const encounter = analysis.encounter(source);
    for (const { code, because } of (encounter && analysis.bill(encounter)?.lines) ?? []) {
      for (const { clause } of because) {
        clauses.add(keyOf(clause));
        billed.add(billKey(code, clause.document));
      }
    }
  }
  return { clauses, billed };
}
