/** Every check, and the problems of a file: the one list that editor and command line show. */
import { perInput } from '../base/memo.ts';
import { isSpan, type FileId } from '../base/origin.ts';
import { problem, type Problem, type Severity } from '../base/problem.ts';
import type { CodeSets } from '../codes/releases.ts';
import type { Policy } from '../rules/policy.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { codesNamedByRules } from '../workspace/named-codes.ts';
import { kindOfFile } from '../schema/schema.ts';
import { rangeInDocument } from '../yaml/locate.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import type { EncounterCheck, RulesCheck } from './shared/check.ts';
import { codeNotChecked } from './code-not-checked.ts';
import { codeFirst } from './code-first.ts';
import { contradictingPolicies } from './contradicting-policies.ts';
import { describedOnly } from './described-only.ts';
import { duplicateName } from './duplicate-name.ts';
import { excludedDiagnosis } from './excluded-diagnosis.ts';
import { expectationMismatch } from './expectation-mismatch.ts';
import { gapInTime } from './gap-in-time.ts';
import { holeInDates } from './hole-in-dates.ts';
import { neverApplies } from './never-applies.ts';
import { noPrimary } from './no-primary.ts';
import { modifierNotListed } from './modifier-not-listed.ts';
import { notBillable } from './not-billable.ts';
import { notExercised } from './not-exercised.ts';
import { notInCodeSet } from './not-in-code-set.ts';
import { diagnosisNotListed, taxonomyNotListed } from './not-listed.ts';
import { npiCheckDigit } from './npi-check-digit.ts';
import { patientIdentifier } from './patient-identifier.ts';
import { retiredCode } from './retired-code.ts';
import { sameAdministrations } from './same-administrations.ts';
import { withoutSuppressed } from './suppressed.ts';
import { unknownClass } from './unknown-class.ts';
import { unknownFactValue } from './unknown-fact-value.ts';
import { unknownFact } from './unknown-fact.ts';
import { unknownFamily, unknownFamilyOfEncounter } from './unknown-family.ts';
import { unknownPayer } from './unknown-payer.ts';
import { unknownPolicy } from './unknown-policy.ts';
import { unknownPrimary } from './unknown-primary.ts';
import { unknownAmended, unknownCodeList, unknownTable } from './unknown-target.ts';
import { versions } from './versions.ts';

const RULES_CHECKS: readonly RulesCheck[] = [
  unknownFamily,
  unknownClass,
  unknownFact,
  unknownPrimary,
  unknownTable,
  unknownCodeList,
  unknownAmended,
  versions,
  holeInDates,
  sameAdministrations,
  gapInTime,
  neverApplies,
  noPrimary,
  contradictingPolicies,
  duplicateName,
  describedOnly,
];

const ENCOUNTER_CHECKS: readonly EncounterCheck[] = [
  unknownFamilyOfEncounter,
  unknownPayer,
  unknownPolicy,
  unknownFactValue,
  expectationMismatch,
  notInCodeSet,
  codeNotChecked,
  modifierNotListed,
  npiCheckDigit,
  notBillable,
  excludedDiagnosis,
  codeFirst,
  diagnosisNotListed,
  taxonomyNotListed,
  patientIdentifier,
];

const ruleProblems = perInput((rules: RuleDocuments): readonly Problem[] =>
  RULES_CHECKS.flatMap((check) => check(rules)),
);

/**
 * The problems of a file in the order of their places, without those that comments suppress, with the severities that the settings
 * give them. `coverage` answers with the findings about all encounters together, which cost as much as billing them all.
 */
export function problemsOf(
  analysis: Analysis,
  file: FileId,
  coverage: () => readonly Problem[] = () => notExercised(analysis),
): readonly Problem[] {
  const stored = analysis.file(file);
  if (!stored) return [];
  const { documents } = stored.source;
  const [first] = documents;
  if (stored.unreadable !== undefined && first) {
    const at = { document: first.id, start: 0, end: 0 };
    return settled(analysis, [problem('not-text', at, `${stored.unreadable}. Nothing of it is used.`)]);
  }
  const found = documents.flatMap((document) => documentProblems(analysis, document, coverage));
  return settled(analysis, found);
}

/**
 * Checks the encounters of a file that are not checked yet, one at each step, so that whoever asks can let others have their
 * turn: what `problemsOf` and the lines of the file cost is little afterwards.
 */
export function* checkSteps(analysis: Analysis, file: FileId): Generator<void> {
  if (kindOfFile(file) !== 'encounter') return;
  for (const source of analysis.file(file)?.source.documents ?? []) {
    if (knownEncounterProblems(analysis, source)) continue;
    documentProblems(analysis, source, () => []);
    yield;
  }
}

/** The problems of one document, without findings about all encounters together. */
export const problemsOfDocument = (analysis: Analysis, { source }: DocumentInFile): readonly Problem[] =>
  settled(
    analysis,
    documentProblems(analysis, source, () => []),
  );

/** In the order of their places. */
function documentProblems(
  analysis: Analysis,
  source: SourceDocument,
  coverage: () => readonly Problem[],
): readonly Problem[] {
  const known = knownEncounterProblems(analysis, source);
  if (known) return known;
  const model = analysis.model(source);
  const own = [...analysis.parsed(source).problems, ...model.problems];
  if (model.kind === 'encounter' && model.encounter) return encounterProblems(analysis, source, own);
  // Nothing is said of it but what is wrong in it: no check of rules speaks of a document that is none.
  if (model.kind === 'encounter' || model.kind === undefined) return inOrder(analysis, source, own);
  const isHere = ({ at }: Problem): boolean => at.document === source.id;
  return inOrder(analysis, source, [
    ...own,
    ...codeProblems(analysis, source),
    ...ruleProblems(analysis.rules().documents).filter(isHere),
    ...(model.kind === 'spec' ? coverage().filter(isHere) : []),
  ]);
}

/** Without those that comments suppress, in the order of their places. */
function inOrder(
  analysis: Analysis,
  source: SourceDocument,
  problems: readonly Problem[],
): readonly Problem[] {
  const startOf = ({ at }: Problem): number =>
    isSpan(at) ? at.start : rangeInDocument(analysis.parsed(source), at).start;
  return withoutSuppressed(source, problems, startOf)
    .map((found) => ({ found, start: startOf(found) }))
    .sort((a, b) => a.start - b.start)
    .map(({ found }) => found);
}

/** Of the codes that a rule document names; kept as long as the document and the code sets stay the same. */
function codeProblems(analysis: Analysis, source: SourceDocument): readonly Problem[] {
  const { codes } = analysis;
  const known = documentMemo.get(source);
  if (known?.codes === codes) return known.problems;
  const model = analysis.model(source);
  const document = model.kind === 'spec' ? model.spec : model.kind === 'policy' ? model.policy : undefined;
  const problems = retiredCode({ parsed: analysis.parsed(source), effective: document?.effective, codes });
  documentMemo.set(source, { codes, problems });
  return problems;
}

const documentMemo = new WeakMap<
  SourceDocument,
  { readonly codes: CodeSets; readonly problems: readonly Problem[] }
>();

/**
 * The problems of an encounter depend on its document, the rules and the code sets alone, so they are kept as long as all
 * stay the same: an edit in a stream of thousands checks one of them, and looks the others up.
 */
function knownEncounterProblems(analysis: Analysis, source: SourceDocument): readonly Problem[] | undefined {
  const known = encounterMemo.get(source);
  const isSame = known?.rules === analysis.rules().documents && known.codes === analysis.codes;
  return isSame ? known.problems : undefined;
}

function encounterProblems(
  analysis: Analysis,
  source: SourceDocument,
  own: readonly Problem[],
): readonly Problem[] {
  const problems = inOrder(analysis, source, [...own, ...checkEncounter(analysis, source)]);
  encounterMemo.set(source, { rules: analysis.rules().documents, codes: analysis.codes, problems });
  return problems;
}

const encounterMemo = new WeakMap<
  SourceDocument,
  { readonly rules: RuleDocuments; readonly codes: CodeSets; readonly problems: readonly Problem[] }
>();

function checkEncounter(analysis: Analysis, source: SourceDocument): Problem[] {
  const encounter = analysis.encounter(source);
  if (!encounter) return [];
  const bill = analysis.bill(encounter);
  const context = {
    encounter,
    parsed: analysis.parsed(source),
    rules: analysis.rules().documents,
    rulesOfDate: analysis.rulesOn(encounter),
    bill,
    codes: analysis.codes,
    named: codesNamedByRules(analysis),
  };
  const found = [...(bill?.problems ?? []), ...ENCOUNTER_CHECKS.flatMap((check) => check(context))];
  const levels = context.rulesOfDate?.policies.map(({ severity: own }) => own) ?? [];
  return found.flatMap((problem) => asPayerHasIt(problem, levels));
}

/** With the severity that the payer's policies give a finding; the last of them wins. */
function asPayerHasIt(found: Problem, levels: readonly Policy['severity'][]): Problem[] {
  const level = [...levels]
    .reverse()
    .map((own) => own.get(found.code)?.value)
    .find((own) => own !== undefined);
  if (level === undefined) return [found];
  return level === 'off' ? [] : [{ ...found, severity: level as Severity }];
}

/** With the severities that the settings give them. */
function settled(analysis: Analysis, problems: readonly Problem[]): Problem[] {
  const { severity } = analysis.settings;
  return problems.flatMap((found): Problem[] => {
    const wanted = severity[found.code] ?? found.severity;
    return wanted === 'off' ? [] : [{ ...found, severity: wanted }];
  });
}
