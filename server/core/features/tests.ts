/**
 * Encounters as tests, one by one, as an editor shows them: which there are in a file, and what became of one. What is
 * compared and counted is what `coding-spec test` compares and counts.
 */
import type { FileId, Origin, Span } from '../base/origin.ts';
import type { Problem } from '../base/problem.ts';
import { sideBySide } from '../billing/agreement.ts';
import type { Reason } from '../billing/line.ts';
import { problemsOfDocument } from '../diagnostics/registry.ts';
import type { Encounter, Expectation, Publication } from '../encounter/encounter.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import { outcomeOf } from './shared/outcome.ts';

export interface TestDocument {
  /** The same after edits elsewhere in the file: the name of the encounter, with a number where it is not the only one. */
  readonly id: string;
  /** For people: its name, or its place in the file. */
  readonly label: string;
  /** Who published the expected answer, where somebody did. */
  readonly publisher: string | undefined;
  readonly standing: Publication['standing'];
  readonly document: DocumentInFile;
  readonly at: Origin | Span;
}

export interface TestOutcome {
  /** `errored`: the document cannot be read, or not whole. */
  readonly status: 'agrees' | 'differs' | 'errored';
  /** What differs, or the first problem: each a sentence or half of one. */
  readonly messages: readonly string[];
  /** A row for each line that is compared. */
  readonly expected: readonly string[];
  readonly computed: readonly string[];
  /** The first expected line that differs, the expectation where that is none, or the place of the problem. */
  readonly at: Origin | Span;
  readonly clues: readonly Reason[];
}

/** Files that have tests, as far as can be told without reading their documents. The library's are none. */
export const testFiles = (analysis: Analysis): readonly FileId[] =>
  analysis.files().filter((file) => mayHaveTests(analysis, file));

export function mayHaveTests(analysis: Analysis, file: FileId): boolean {
  const stored = analysis.file(file);
  return (
    stored !== undefined &&
    !stored.library &&
    kindOfFile(file) === 'encounter' &&
    stored.source.documents.some(mentionsExpectation)
  );
}

const mentionsExpectation = ({ text }: SourceDocument): boolean => text.includes('expect');

/** The tests of a file, in the order of its documents. */
export function testsOf(analysis: Analysis, file: FileId): readonly TestDocument[] {
  if (!mayHaveTests(analysis, file)) return [];
  const taken = new Map<string, number>();
  return analysis.documents(file).flatMap((document): TestDocument[] => {
    const encounter = analysis.encounter(document.source);
    if (!isTest(analysis, document, encounter)) return [];
    const label = encounter?.id?.value ?? `document ${String(document.index + 1)}`;
    const before = taken.get(label) ?? 0;
    taken.set(label, before + 1);
    return [
      {
        id: before === 0 ? label : `${label} (${String(before + 1)})`,
        label,
        publisher: encounter?.published?.publisher,
        standing: encounter?.published?.standing,
        document,
        at: encounter?.id?.origin ?? encounter?.origin ?? startOf(document),
      },
    ];
  });
}

const startOf = ({ source }: DocumentInFile): Span => ({ document: source.id, start: 0, end: 0 });

/** Whether a document expects something, or would if it could be read. */
function isTest(analysis: Analysis, { source }: DocumentInFile, encounter: Encounter | undefined): boolean {
  if (encounter?.expect) return true;
  const problems = [...analysis.parsed(source).problems, ...analysis.model(source).problems];
  return mentionsExpectation(source) && problems.some(({ severity }) => severity === 'error');
}

/** Tests a document. One that has errors of its own fails with the first of them, whatever it computes to. */
export function testDocument(analysis: Analysis, document: DocumentInFile): TestOutcome {
  const encounter = analysis.encounter(document.source);
  const error = problemsOfDocument(analysis, document).find(
    ({ severity, code }) => severity === 'error' && code !== 'expectation-mismatch',
  );
  if (error) return errored(error);
  if (!encounter?.expect) {
    const at = encounter?.origin ?? startOf(document);
    return { ...NOTHING, status: 'errored', messages: ['It does not say what it expects.'], at };
  }
  return compared(analysis, encounter, encounter.expect);
}

const NOTHING: Pick<TestOutcome, 'expected' | 'computed' | 'clues'> = {
  expected: [],
  computed: [],
  clues: [],
};

const errored = ({ message, at }: Problem): TestOutcome => ({
  ...NOTHING,
  status: 'errored',
  messages: [message],
  at,
});

function compared(analysis: Analysis, encounter: Encounter, expect: Expectation): TestOutcome {
  const bill = analysis.bill(encounter);
  const { differences, clues } = outcomeOf(expect, bill);
  const different = new Set(differences.map(({ code }) => code));
  return {
    status: differences.length === 0 ? 'agrees' : 'differs',
    messages: differences.map(({ words }) => words),
    ...(bill ? sideBySide(expect, bill) : { expected: [], computed: [] }),
    at: firstThatDiffers(expect, different) ?? { ...expect.origin, part: 'key' },
    clues,
  };
}

function firstThatDiffers(
  { lines, includes, excludes }: Expectation,
  different: ReadonlySet<string>,
): Origin | undefined {
  const line = [...(lines ?? []), ...includes].find(({ code }) => different.has(code));
  return line?.origin ?? excludes.find(({ value }) => different.has(value))?.origin;
}
