/** What a release of a code set says of a code: its title, the release, and the instructions that stand with it. */
import type { IsoDate } from '../../base/clock.ts';
import { displayCode, type CodeSet } from '../../codes/code-set.ts';
import { namedByNotes } from '../../codes/notes.ts';
import type { CodeNotes } from '../../codes/rows.ts';
import type { Analysis } from '../../workspace/analysis.ts';
import { nameOfRelease } from './names.ts';
import { escapeMarkdown } from './reasoning.ts';

/** A code where it stands, or where it might: the format of the schema there, and the date of service. */
export interface CodeThere {
  readonly format: string;
  readonly code: string;
  readonly date: IsoDate | undefined;
}

/** Markdown; undefined where no set that is at hand has the code. */
export function codeMarkdown(analysis: Analysis, { format, code, date }: CodeThere): string | undefined {
  const known = analysis.codes.find(format, code, date);
  if (!known) return undefined;
  const { set, row, forDate } = known;
  const of = nameOfRelease(set.header);
  return [
    `**${escapeMarkdown(set.displayAt(row))}** — ${escapeMarkdown(set.titleAt(row))} _(${escapeMarkdown(of)})_`,
    ...(set.isBillable(row) ? [] : ['It groups other codes and is not billable.']),
    ...(forDate ? [] : ['This release is for other days than the date of service.']),
    ...instructions(set, set.codeAt(row)),
  ].join('\n\n');
}

const INSTRUCTIONS: readonly (readonly [Exclude<keyof CodeNotes, 'includes'>, string])[] = [
  ['codeFirst', 'Code first one of'],
  ['useAdditional', 'Use an additional code of'],
  ['excludes1', 'Never together with (excludes 1)'],
  ['excludes2', 'Not part of it, and may stand beside it (excludes 2)'],
];

/** More make a box that nobody reads; `codes show` has them all. */
const MAX_NAMED = 12;

/** Those of a code and of every header above it. */
const instructions = (set: CodeSet, code: string): string[] =>
  INSTRUCTIONS.flatMap(([kind, words]) => {
    const named = [...new Set(namedByNotes(set, code, kind))];
    if (named.length === 0) return [];
    const shown = named.slice(0, MAX_NAMED).map((entry) => rangeText(set, entry));
    const rest = named.length - shown.length;
    return [`${words}: ${shown.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}.`];
  });

/** A code, or the first and the last of a range, as people write them. */
const rangeText = (set: CodeSet, entry: string): string =>
  entry
    .split('-')
    .map((code) => displayCode(code, set.header.pointAfter))
    .join(' to ');
