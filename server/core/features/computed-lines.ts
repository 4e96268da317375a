/**
 * The billing lines of a file as the editor shows them beside the source: for each administration the lines it led to
 * or why there is none, and a total on the encounter. Diagnostics, inlay hints and code lenses all show these.
 */
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

/** What is computed for every encounter of a file, in the order of the file. */
export function computedLines(analysis: Analysis, file: FileId): readonly ComputedLine[] {
  return analysis.documents(file).flatMap((document) => documentLines(analysis, document));
}

function documentLines(analysis: Analysis, { source }: DocumentInFile): ComputedLine[] {
  const encounter = analysis.encounter(source);
  const bill = encounter && analysis.bill(encounter);
  if (!encounter || !bill || encounter.activities.length === 0) return [];
  return [
    total(encounter, bill),
    ...encounter.activities.map((activity) => administrationLine(activity.origin, bill)),
  ];
}

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
