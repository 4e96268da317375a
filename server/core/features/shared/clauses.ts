/** The clauses of rule documents: what encounters can put to the test, with the places under which reasons name them. */
import { perInput } from '../../base/memo.ts';
import type { DocumentId, Origin } from '../../base/origin.ts';
import type { Family } from '../../rules/family.ts';
import type { Amendment, Policy } from '../../rules/policy.ts';
import type { RuleDocument } from '../../rules/document.ts';
import type { RuleDocuments } from '../../rules/rule-set.ts';
import { isExecutable, type Spec, type SpecChange } from '../../rules/spec.ts';
import type { WrittenThreshold } from '../../rules/threshold.ts';

export interface Clause {
  readonly at: Origin;
  /** Whether it is asked of facts and can be true or false; it then gives its answers under `at`. */
  readonly asks: boolean;
  /** Whether a true answer alone puts it to the test, since it need not be the reason that is told of a line. */
  readonly byAnswer: boolean;
  /** Where reasons of lines find it. */
  readonly made: readonly Origin[];
  /** Where reasons for the absence of lines find it. */
  readonly missed: readonly Origin[];
}

export interface ClausesOfDocument {
  readonly document: DocumentId;
  /** Its code or id. */
  readonly name: string;
  readonly at: Origin;
  readonly clauses: readonly Clause[];
}

/** In the order of the documents; those without a clause that can be put to the test are left out. */
export const clausesOf = perInput(
  ({ families, specs, policies }: RuleDocuments): readonly ClausesOfDocument[] =>
    [
      ...families.map((family) => ofDocument(family, familyClauses(family))),
      ...specs.map((spec) => ofDocument(spec, specClauses(spec))),
      ...policies.map((policy) => ofDocument(policy, policyClauses(policy))),
    ].filter(({ clauses }) => clauses.length > 0),
);

const ofDocument = ({ document, id }: RuleDocument, clauses: readonly Clause[]): ClausesOfDocument => ({
  document,
  name: id.value,
  at: id.origin,
  clauses,
});

type ClauseParts = Partial<Omit<Clause, 'at'>>;

/** A clause that lines and their absence name at its own place, unless something else is said. */
const clause = (at: Origin, parts: ClauseParts = {}): Clause => ({
  at,
  asks: false,
  byAnswer: false,
  made: [at],
  missed: [at],
  ...parts,
});

/** A specification that only describes its code has nothing that could be put to the test. */
const specClauses = (spec: Spec): Clause[] => (isExecutable(spec) ? changeClauses(spec) : []);

/** Of a specification, or of an amendment of one. */
function changeClauses({
  reports,
  shared,
  limit,
  notBeside,
  excludes,
  settings,
  modifiers,
}: SpecChange): Clause[] {
  return [
    ...(reports ?? []).flatMap((part) => [
      // That another kind of service is not reported by it puts nothing to the test.
      clause(part.origin, {
        asks: part.when !== undefined,
        made: [part.origin, ...part.of.map(({ origin }) => origin)],
        missed: [],
      }),
      ...thresholdClauses(part.own),
    ]),
    ...thresholdClauses(shared),
    ...(limit ? [clause(limit.origin)] : []),
    ...(notBeside ?? []).map(({ origin }) => clause(origin)),
    ...(excludes ?? []).map(({ origin }) => clause(origin, { asks: true, byAnswer: true })),
    ...[...settings.values()].map(({ origin, placesOrigin, deniedOrigin }) =>
      clause(origin, { asks: true, made: [origin, placesOrigin, deniedOrigin] }),
    ),
    ...modifiers.flatMap(({ origin, when }) => (when ? [clause(origin, { asks: true })] : [])),
  ];
}

/** What is described and not computed cannot be put to the test. */
const thresholdClauses = ({ time, others }: SpecChange['shared']): Clause[] =>
  [...(time ? [time] : []), ...(others ?? [])]
    .filter(({ described }) => !described)
    .map((threshold) => clause(threshold.origin, { asks: hasBound(threshold) }));

const hasBound = ({ atLeast, moreThan, atMost }: WrittenThreshold): boolean =>
  [atLeast, moreThan, atMost].some((bound) => bound !== undefined);

function policyClauses({ rules, amends, tables }: Policy): Clause[] {
  return [
    ...rules.map(({ origin, actionOrigin, when }) =>
      clause(origin, {
        asks: when !== undefined,
        made: [origin, actionOrigin],
        missed: [origin, actionOrigin],
      }),
    ),
    ...amends.flatMap(amendmentClauses),
    ...tables.flatMap(({ table, when }) =>
      when ? [clause(table.origin, { asks: true, byAnswer: true })] : [],
    ),
  ];
}

const amendmentClauses = ({ specChange, familyChange }: Amendment): Clause[] => [
  ...changeClauses(specChange),
  ...familyClauses(familyChange),
];

function familyClauses({
  classes,
  hierarchies,
  deductions,
  unreported,
}: Pick<Family, 'classes' | 'hierarchies' | 'deductions' | 'unreported'>): Clause[] {
  return [
    ...classes.map(({ origin }) => clause(origin, { asks: true })),
    ...hierarchies.flatMap(({ choices }) =>
      choices.map(({ origin, when }) => clause(origin, { asks: when !== undefined, byAnswer: true })),
    ),
    ...deductions.map(({ origin }) => clause(origin)),
    ...unreported.map(({ origin, when }) => clause(origin, { asks: when !== undefined })),
  ];
}
