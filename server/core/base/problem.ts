/**
 * A mistake or a finding, as a value. Every stage of the engine returns its problems beside its result; nothing is
 * thrown for what a person wrote. The code is stable (tests, filters and suppressions compare it); wording may change.
 */
import type { TextRange } from './line-index.ts';
import type { Origin, Span } from './origin.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Every rule id, with the severity it has unless a setting changes it and what its page says. One list for all shells. */
export const PROBLEM_RULES = {
  'yaml-syntax': ['error', 'The text is not YAML, so the part that cannot be read is left out.'],
  'duplicate-key': ['error', 'A key stands twice in one mapping; only the first one counts.'],
  'unresolved-alias': [
    'error',
    'An alias (`*name`) has no anchor (`&name`) before it in the same document, or contains itself.',
  ],
  'too-many-aliases': ['error', 'Aliases multiply the document beyond what is read; write the values out.'],
  'unquoted-code': [
    'warning',
    'A code that other YAML readers would turn into a different value; quotes keep it.',
  ],
  'not-text': ['error', 'The file is not UTF-8 text, or cannot be read, so nothing of it is used.'],
  'too-large': ['error', 'The file is larger than is read.'],
  'wrong-kind': ['error', 'The document is of another kind than the suffix of its file says.'],
  'unknown-key': ['error', 'A key that documents of this kind do not have.'],
  'missing-key': ['error', 'A key without which the document has no meaning.'],
  'wrong-type': ['error', 'A value of another shape than the key takes, such as a list in place of a text.'],
  'wrong-value': ['error', 'A value that the key does not allow: not of its list, its format or its range.'],
  'impossible-date': ['error', 'A day that the calendar does not have.'],
  'reversed-dates': ['error', 'An effective range that ends before it begins.'],
  'unknown-family': ['error', 'A specification or policy names a family that no document defines.'],
  'unknown-class': ['error', 'A class of administration that the family does not define.'],
  'unknown-fact': [
    'error',
    'A condition asks for a fact that neither the family nor the encounter format has.',
  ],
  'unknown-fact-value': ['error', 'A value that the family does not list for this fact.'],
  'unknown-code': ['warning', 'A procedure code that is named but has no specification here.'],
  'unknown-reference': ['error', 'An administration refers to another that the encounter does not have.'],
  'duplicate-name': [
    'error',
    'Two documents, rules, classes or administrations have the same name, so a reference is ambiguous.',
  ],
  'overlapping-versions': ['error', 'Two versions of one document are in force on the same day.'],
  'gap-between-versions': [
    'warning',
    'Days between two versions of one document on which neither is in force.',
  ],
  'same-administrations': [
    'error',
    'Two specifications report the same administrations on the same days, so nobody can tell which code to bill.',
  ],
  'gap-in-time': [
    'warning',
    'A time, or another amount, for which no class or no code speaks, between others for which one does.',
  ],
  'never-applies': ['warning', 'A clause whose condition can never hold, so it changes nothing.'],
  'no-primary': [
    'warning',
    'A code that adds to others, of which none can be reported for the same services, so it never is.',
  ],
  'contradicting-policies': [
    'warning',
    'Two clauses of one payer that want different things of the same lines.',
  ],
  'hole-in-dates': [
    'warning',
    'Days on which a document is in force and what it depends on is not, so it computes nothing.',
  ],
  'not-exercised': ['information', 'A clause for a modifier that no encounter here puts to the test.'],
  'described-only': ['information', 'The specification describes its code and does not compute it.'],
  'missing-time': [
    'warning',
    'The record lacks a time that decides what is billed, so the result is unknown.',
  ],
  'stop-before-start': [
    'error',
    'A stop that lies before its start; a stop on the next day is written `02:00 +1d`.',
  ],
  'times-disagree': ['error', 'The minutes given are not the minutes from start to stop.'],
  'no-version-in-force': [
    'warning',
    'Specifications exist, but none of them is in force on the date of service.',
  ],
  'not-covered': ['warning', 'No specification reports this administration, so nothing can be said of it.'],
  'ambiguous-line': [
    'warning',
    'More than one specification reports the administration, so its line is unknown.',
  ],
  'units-over-limit': [
    'warning',
    'More units than a table of limits allows, where the record may still justify them.',
  ],
  'not-checked': [
    'information',
    'A table that the payer looks up is not at hand for the date of service, so it was not checked.',
  ],
  'unknown-dosage-unit': [
    'warning',
    'No table says how much of the drug one unit of its code stands for, so its units are unknown.',
  ],
  'unknown-policy': [
    'error',
    'An encounter names a policy that no document defines, or that is not in force on its date.',
  ],
  'unknown-payer': [
    'information',
    'An encounter names a payer of whom no policy here speaks, so only the specifications hold for it.',
  ],
  'not-in-code-set': [
    'error',
    'A code that the installed release for the date of service does not have, or no longer has.',
  ],
  'code-not-checked': [
    'information',
    'A code that no set at hand has, where only some codes are at hand, so it may exist or not.',
  ],
  'retired-code': [
    'warning',
    'A code of a specification or policy that was deleted while the document is in force.',
  ],
  'not-billable': ['error', 'A diagnosis that only groups others; a claim needs one of those.'],
  'excluded-diagnosis': [
    'warning',
    'Two diagnoses of which the classification says that they are not coded together.',
  ],
  'code-first': ['information', 'A manifestation without the diagnosis that stands first, or before it.'],
  'unusable-row': ['error', 'A row of a code list that cannot be read, so its code is not in the list.'],
  'unknown-code-list': ['error', 'A condition or specification names a code list that is not here.'],
  'unknown-table': ['information', 'A policy names a table that no document defines, so it is not checked.'],
  'diagnosis-not-listed': [
    'information',
    'None of the diagnoses is one that the specification of a billed code lists.',
  ],
  'taxonomy-not-listed': [
    'warning',
    'The provider taxonomy is not one that the specification of a billed code lists.',
  ],
  'modifier-not-listed': [
    'warning',
    'An expected modifier that neither the specification of the code nor a policy or table gives.',
  ],
  'npi-check-digit': ['error', 'An NPI whose last digit does not fit the others.'],
  'expectation-mismatch': ['error', 'The computed billing lines are not the expected ones.'],
  'patient-identifier': [
    'error',
    'A value that looks like it identifies a patient. Encounters hold no identifiers.',
  ],
  'unused-suppression': ['warning', 'A comment that suppresses a rule where the rule finds nothing.'],
  'unknown-rule': ['warning', 'A comment that suppresses names a rule that does not exist, or none.'],
  'not-suppressible': ['warning', 'A comment wants to suppress an error of the format itself.'],
  'suppression-without-reason': ['warning', 'A comment that suppresses a rule and does not say why.'],
  'internal-error': ['error', 'A fault of this program. What it should have said here is missing.'],
} as const satisfies Readonly<Record<string, readonly [Severity, string]>>;

export type ProblemCode = keyof typeof PROBLEM_RULES;
export const PROBLEM_CODES = Object.keys(PROBLEM_RULES) as readonly ProblemCode[];

/** Rules about the format and about suppressing itself: what they find is mended, never silenced by a comment. */
const UNSUPPRESSIBLE: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'yaml-syntax',
  'duplicate-key',
  'unresolved-alias',
  'too-many-aliases',
  'not-text',
  'too-large',
  'wrong-kind',
  'unknown-key',
  'missing-key',
  'wrong-type',
  'wrong-value',
  'impossible-date',
  'reversed-dates',
  'unused-suppression',
  'unknown-rule',
  'not-suppressible',
  'suppression-without-reason',
  'internal-error',
]);

export const isSuppressible = (code: ProblemCode): boolean => !UNSUPPRESSIBLE.has(code);

/** What editors show faded, since it does nothing. */
const UNNECESSARY: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'never-applies',
  'unused-suppression',
  'duplicate-key',
]);

export type ProblemTag = 'unnecessary' | 'deprecated';

/** How editors show what a problem is about, beside its severity. */
export const tagOf = ({ code, tag }: Pick<Problem, 'code' | 'tag'>): ProblemTag | undefined =>
  tag ?? (UNNECESSARY.has(code) ? 'unnecessary' : undefined);

/** What a quick fix needs, so that no fix ever parses a message. */
export type ProblemFix =
  | { readonly kind: 'quote' }
  /** `only`: no other text can be meant. */
  | { readonly kind: 'replace'; readonly text: string; readonly title: string; readonly only?: boolean }
  | { readonly kind: 'add-key'; readonly key: string }
  /** Any other change of the text, in offsets of the document. */
  | {
      readonly kind: 'edit';
      readonly title: string;
      readonly edits: readonly (TextRange & { readonly text: string })[];
    };

export interface Related {
  readonly at: Origin;
  readonly message: string;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly at: Origin | Span;
  /** One sentence: what is wrong and what would be right. */
  readonly message: string;
  readonly related: readonly Related[];
  readonly fix?: ProblemFix;
  /** Where it says more than its rule. */
  readonly tag?: ProblemTag;
}

export interface ProblemDetails {
  readonly related?: readonly Related[];
  readonly fix?: ProblemFix | undefined;
  readonly severity?: Severity;
  readonly tag?: ProblemTag | undefined;
}

/** Makes a problem with the severity of its rule. */
export function problem(
  code: ProblemCode,
  at: Origin | Span,
  message: string,
  { related = [], fix, severity, tag }: ProblemDetails = {},
): Problem {
  return {
    code,
    severity: severity ?? PROBLEM_RULES[code][0],
    at,
    message,
    related,
    ...(fix && { fix }),
    ...(tag && { tag }),
  };
}
