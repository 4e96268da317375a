/**
 * The billing lines of a file as the editor shows them beside the source: for each administration the lines it led to
 * or why there is none, and a total on the encounter. Diagnostics, inlay hints and code lenses all show these.
 */
import type { TextRange } from '../base/line-index.ts';
import { perPair } from '../base/memo.ts';
import type { FileId, Origin } from '../base/origin.ts';
import { origin, ROOT_PATH } from '../base/origin.ts';
import type { Related } from '../base/problem.ts';
import { plural } from '../base/words.ts';
import type { Bill, BillingLine, NotBilled, Reason } from '../billing/line.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { labelOfLines } from './shared/labels.ts';

export interface ComputedLine {
  /** Where it is shown: the administration, or the name of the encounter for the total. */
  readonly at: Origin;
  readonly kind: 'administration' | 'total';
  /** One line of text: a code and its units. */
  readonly label: string;
  /** The label with what has to be known beside it. */
  readonly message: string;
  readonly related: readonly Related[];
}

/** What is computed for every encounter of a file, or of a part of it, in the order of the file. */
export function computedLines(analysis: Analysis, file: FileId, part?: TextRange): readonly ComputedLine[] {
  const documents = analysis.documents(file);
  const [first, last] = part
    ? [analysis.documentAt(file, part.start)?.index, analysis.documentAt(file, part.end)?.index]
    : [0, documents.length - 1];
  return documents
    .slice(first ?? 0, (last ?? -1) + 1)
    .flatMap((document) => documentLines(analysis, document));
}

export interface NearbyLines {
  readonly lines: readonly ComputedLine[];
  /** Encounters of the file whose lines they are. */
  readonly shown: number;
  readonly isAll: boolean;
}

/**
 * The lines of the encounters around the last change, in the order of the file, up to a limit of lines; those of the
 * first encounter from there on in any case. A file of thousands of encounters has more than anybody reads, and than an
 * editor takes after every keystroke; those that are not shown are not looked at.
 */
export function linesNearChange(analysis: Analysis, file: FileId, limit: number): NearbyLines {
  const shown: [number, readonly ComputedLine[]][] = [];
  let count = 0;
  let isAll = true;
  const source = analysis.file(file)?.source;
  for (const index of nearest(source?.documents.length ?? 0, source?.changed ?? 0)) {
    const document = analysis.documentNumber(file, index);
    const lines = document ? documentLines(analysis, document) : [];
    if (lines.length === 0) continue;
    count += lines.length;
    isAll = count <= limit || shown.length === 0;
    if (!isAll) break;
    shown.push([index, lines]);
  }
  const lines = shown.sort(([a], [b]) => a - b).flatMap(([, own]) => own);
  return { lines, shown: shown.length, isAll };
}

/** The places of a list from one of them on outwards, those behind it before those in front of it. */
function* nearest(length: number, middle: number): Generator<number> {
  for (let distance = 0; distance < length; distance++)
    for (const at of distance === 0 ? [middle] : [middle + distance, middle - distance])
      if (at >= 0 && at < length) yield at;
}

/** The lines of a document; the very same ones as before while its bill is the same. */
function documentLines(analysis: Analysis, { source }: DocumentInFile): readonly ComputedLine[] {
  const encounter = analysis.encounter(source);
  const bill = encounter && analysis.bill(encounter);
  return bill && encounter.activities.length > 0 ? linesOf(encounter, bill) : [];
}

const linesOf = perPair((encounter: Encounter, bill: Bill): readonly ComputedLine[] => [
  total(encounter, bill),
  ...encounter.activities.map((activity) => administrationLine(activity.origin, bill)),
]);

const sameOrigin = (a: Origin, b: Origin): boolean => a.document === b.document && a.path === b.path;
const isAbout =
  (at: Origin) =>
  ({ administrations }: { readonly administrations: readonly Origin[] }): boolean =>
    administrations.some((own) => sameOrigin(own, at));

function total(encounter: Encounter, bill: Bill): ComputedLine {
  const label = labelOfLines(bill.lines, 'nothing is billed');
  const near = bill.notBilled.filter((miss) => miss.near);
  const codes = [...new Set(near.map(({ code }) => code))];
  const misses = near.length === 0 ? '' : `; ${plural(near.length, 'near miss', 'near misses')}`;
  return {
    at: encounter.id?.origin ?? origin(encounter.document, ROOT_PATH),
    kind: 'total',
    label: codes.length === 0 ? label : `${label} (near: ${codes.join(', ')})`,
    message: `Billing lines: ${label}${misses}`,
    related: near.map(({ because }) => ({ at: because.clause, message: because.sentence })),
  };
}

function administrationLine(at: Origin, bill: Bill): ComputedLine {
  const lines = bill.lines.filter(isAbout(at));
  const misses = bill.notBilled.filter(isAbout(at));
  const near = misses.filter((miss) => miss.near || miss.code === '');
  const label = labelOfLines(lines, 'not billed');
  const reasons = lines.flatMap(tellingReasons);
  const why =
    lines.length === 0
      ? whyNot(near, misses)
      : [shared(lines, at), near[0]?.because.sentence ?? ''].filter((part) => part !== '').join(' ');
  return {
    at,
    kind: 'administration',
    label,
    message: why === '' ? label : `${label}: ${why}`,
    related: [
      ...reasons.map(({ clause, sentence }) => ({ at: clause, message: sentence })),
      ...near.map(({ because }) => ({ at: because.clause, message: because.sentence })),
    ],
  };
}

function whyNot(near: readonly NotBilled[], misses: readonly NotBilled[]): string {
  return (near[0] ?? misses[0])?.because.sentence ?? 'no specification here reports it';
}

/** Says that other administrations are part of the same lines. */
function shared(lines: readonly BillingLine[], at: Origin): string {
  const others = new Set(
    lines
      .flatMap(({ administrations }) => administrations)
      .filter((own) => !sameOrigin(own, at))
      .map(({ path }) => path),
  );
  const last = lines.find(({ outcome }) => outcome !== 'billable')?.because.at(-1)?.sentence ?? '';
  const together = others.size === 0 ? '' : `Together with ${plural(others.size, 'other administration')}`;
  return [last, together === '' ? '' : `${together}.`].filter((part) => part !== '').join(' ');
}

const tellingReasons = (line: BillingLine): readonly Reason[] => line.because;
