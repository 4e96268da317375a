/** What all importers share: where text comes from, what a layout is, and how a file that is not of it is answered. */
import type { RefusedRow } from '../../../core/index.ts';

/** The text of a file, or its bytes as they were published; bytes may be a zip. */
export type Source = string | Uint8Array;

export type ImporterId =
  | 'icd-10-cm-order'
  | 'icd-10-cm-tabular'
  | 'icd-10-cm-addenda'
  | 'hcpcs'
  | 'hcpcs-csv'
  | 'nucc'
  | 'mue'
  | 'ncci-pairs'
  | 'pprrvu'
  | 'gpci'
  | 'cpt-long'
  | 'cpt-medium'
  | 'cpt-short'
  | 'cpt-consumer'
  | 'cpt-modifiers';

/** One published layout, and how a file of it is told from others. */
export interface Layout {
  readonly importer: ImporterId;
  /** As it goes on after “the”: `ICD-10-CM order file`. */
  readonly title: string;
  /** What its rows look like, as it goes on after “expected”. */
  readonly expected: string;
  /** Whether a text that begins so is of this layout: its form decides, whatever single rows are worth. */
  readonly fits: (beginning: string) => boolean;
  /** Names under which it is published. */
  readonly named: RegExp;
}

/** The file as a whole cannot be read as this layout; nothing of it was taken. */
export interface LayoutFailure {
  /** A sentence for people: what was expected, and what was found. */
  readonly failure: string;
  /** From 1. */
  readonly line: number;
}

export const isFailure = (result: object): result is LayoutFailure => 'failure' in result;

/** A table that is no code set: rows of its own type. `read` counts the rows that the file holds, taken or not. */
export interface ImportedTable<Row> {
  readonly rows: readonly Row[];
  readonly refused: readonly RefusedRow[];
  readonly read: number;
}

/** How much of a file is looked at to tell its layout, in characters. */
export const BEGINNING = 16_384;

export function notOfLayout(layout: Layout, text: string): LayoutFailure {
  const first = text.slice(0, BEGINNING).split(/[\r\n]/, 1)[0] ?? '';
  const found = text.trim() === '' ? 'an empty file' : `${quoted(first, 60)} in its first line`;
  return {
    failure: `This is not the ${layout.title}: expected ${layout.expected}, and found ${found}.`,
    line: 1,
  };
}

/** A piece of a file in a sentence: one line, shortened, without what a terminal would act upon. */
export function quoted(text: string, most = 40): string {
  const line = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, ' ').trim();
  return line === '' ? 'nothing' : `“${line.length > most ? `${line.slice(0, most - 1)}…` : line}”`;
}

/** On one line, without spaces around it or runs of them. */
export const tidy = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** `1 row`, `1,200 rows`. */
export const counted = (count: number, word: string): string =>
  `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${word}${count === 1 ? '' : 's'}`;
