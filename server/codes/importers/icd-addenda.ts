/**
 * The addenda to the ICD-10-CM order file, `icd10cm_order_addenda_YYYY.txt`, fixed width. Columns from 1: `Add:`, `Delete:`,
 * `Revise from:` or `Revise to:` in 1–13, flag 14 (1 billable, 0 header), code 16–22, short title 24–83, long title from 85 on.
 * A code that becomes a header is deleted and added. A footer counts headers and codes of both releases, additions, deletions
 * and revisions.
 */
import type { CodeChange, RefusedRow } from '../../core/index.ts';
import { counted, quoted, tidy, type Layout, type LayoutFailure, type Source } from './shared/layout.ts';
import { openText } from './shared/open.ts';
import { isBlank, linesOf } from './shared/text.ts';
import { DIAGNOSIS_CODE } from './shared/values.ts';

export const icdAddenda: Layout = {
  importer: 'icd-10-cm-addenda',
  title: 'addenda to the ICD-10-CM order file',
  expected: 'rows that begin with “Add:”, “Delete:”, “Revise from:” or “Revise to:”, a flag and a code',
  fits: (beginning) => /^(?:Add|Delete|Revise from|Revise to): +\S [A-Z]\S+ /m.test(beginning),
  named: /icd.?10.?cm.*addenda/i,
};

/** A change, and whether the code is billable with it: an added header makes a code of before one that only groups. */
export interface AddendaChange extends CodeChange {
  readonly billable: boolean;
}

/** One release of the order file, as the footer counts it. */
export interface CountedRelease {
  readonly file: string;
  readonly headers: number;
  readonly codes: number;
}

export interface ImportedChanges {
  readonly changes: readonly AddendaChange[];
  readonly refused: readonly RefusedRow[];
  /** Lines with a change; a revision has two. */
  readonly read: number;
  /** What the footer counts, headers and codes together; undefined where there is none. */
  readonly footer?: {
    readonly added: number;
    readonly deleted: number;
    readonly revised: number;
    /** The releases before and after, in the order of the file. */
    readonly releases: readonly CountedRelease[];
  };
  /** A sentence for each count that is not that of the footer. */
  readonly disagreements: readonly string[];
}

interface Entry {
  readonly label: string;
  readonly code: string;
  readonly title: string;
  readonly short: string;
  readonly billable: boolean;
  readonly line: number;
}

export function importIcdAddenda(source: Source): ImportedChanges | LayoutFailure {
  const opened = openText(source, icdAddenda);
  if ('failure' in opened) return opened;
  const lines = linesOf(opened.text);
  const start = lines.findIndex((line) => /^(?:Headers|Codes)\s*$/.test(line));
  const refused: RefusedRow[] = [];
  const entries: Entry[] = [];
  let read = 0;
  lines.slice(0, start < 0 ? undefined : start).forEach((line, index) => {
    if (isBlank(line)) return;
    read++;
    const entry = readEntry(line, index + 1);
    if (typeof entry === 'string') refused.push({ line: index + 1, reason: entry });
    else entries.push(entry);
  });
  const changes = changesOf(entries, refused);
  const footer = start < 0 ? undefined : readFooter(lines.slice(start));
  return {
    changes,
    refused: refused.sort((a, b) => a.line - b.line),
    read,
    ...(footer && { footer }),
    disagreements: footer ? disagreementsOf(changes, footer) : [],
  };
}

function readEntry(line: string, number: number): Entry | string {
  const [, label] = /^(Add|Delete|Revise from|Revise to):/.exec(line) ?? [];
  const code = line.slice(15, 22).trim();
  const flag = line.slice(13, 14);
  const title = tidy(line.slice(84));
  if (label === undefined)
    return `The row begins with ${quoted(line.slice(0, 13))}, which is no kind of change.`;
  if (line.length < 85)
    return `The row is too short: it has ${String(line.length)} characters, and the title begins in column 85.`;
  if (!DIAGNOSIS_CODE.test(code)) return `The code ${quoted(code)} in columns 16 to 22 is malformed.`;
  if (flag !== '0' && flag !== '1')
    return `The flag of ${code} in column 14 is ${quoted(flag)}, neither 0 nor 1.`;
  if (title === '') return `The code ${code} has no title.`;
  return { label, code, title, short: tidy(line.slice(23, 83)), billable: flag === '1', line: number };
}

/** “Revise to” follows its “Revise from”; one without the other is refused. */
function changesOf(entries: readonly Entry[], refused: RefusedRow[]): readonly AddendaChange[] {
  const changes: AddendaChange[] = [];
  let from: Entry | undefined;
  for (const entry of entries) {
    const { label, code, title, billable, line } = entry;
    if (from && (label !== 'Revise to' || from.code !== code)) {
      refused.push({ line: from.line, reason: `“Revise from” of ${from.code} has no “Revise to” after it.` });
      from = undefined;
    }
    if (label === 'Add') changes.push({ kind: 'added', code, title, billable });
    else if (label === 'Delete') changes.push({ kind: 'deleted', code, title, billable });
    else if (label === 'Revise from') from = entry;
    else if (from) {
      changes.push({ kind: 'revised', code, title, billable, before: from.title });
      from = undefined;
    } else refused.push({ line, reason: `“Revise to” of ${code} has no “Revise from” before it.` });
  }
  if (from)
    refused.push({ line: from.line, reason: `“Revise from” of ${from.code} has no “Revise to” after it.` });
  return changes;
}

/** Two parts, of headers and of codes, each with the same counts. */
function readFooter(lines: readonly string[]): NonNullable<ImportedChanges['footer']> {
  const sum = { additions: 0, deletions: 0, revisions: 0 };
  const releases = new Map<string, { headers: number; codes: number }>();
  for (const line of lines) {
    const [, count, what, file] =
      /^\s*(\d+) (additions|deletions|revisions|headers|codes)(?: in (\S+))?\s*$/.exec(line) ?? [];
    if (what === 'additions' || what === 'deletions' || what === 'revisions') sum[what] += Number(count);
    else if ((what === 'headers' || what === 'codes') && file !== undefined) {
      const release = releases.get(file) ?? { headers: 0, codes: 0 };
      releases.set(file, { ...release, [what]: Number(count) });
    }
  }
  return {
    added: sum.additions,
    deleted: sum.deletions,
    revised: sum.revisions,
    releases: [...releases].map(([file, counts]) => ({ file, ...counts })),
  };
}

function disagreementsOf(
  changes: readonly AddendaChange[],
  footer: NonNullable<ImportedChanges['footer']>,
): readonly string[] {
  const words = { added: 'addition', deleted: 'deletion', revised: 'revision' } as const;
  return (['added', 'deleted', 'revised'] as const).flatMap((kind) => {
    const found = changes.filter((change) => change.kind === kind).length;
    const promised = footer[kind];
    return found === promised
      ? []
      : [`The footer counts ${counted(promised, words[kind])}; ${String(found)} could be read.`];
  });
}
