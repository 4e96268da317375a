/**
 * How a release of a code set lies in a file: a mark, a checksum, a header in JSON, and sections that are searched where
 * they lie. Numbers are little-endian; sections begin at multiples of four, so that they are read without copying.
 *
 *   0   8  mark
 *   8   4  length of the header, in bytes
 *   12  4  checksum of the header and of what follows it
 *   16     header, padded with spaces; sections
 */
import type { ReleaseInfo } from './rows.ts';

export const MARK = 'CODESET1';
export const HEADER_AT = 16;

export const SECTIONS = [
  /** Codes in the order of their signs, each padded with zeros to `codeWidth`. */
  'codes',
  /** Where each title begins, and where the last one ends. */
  'titleOffsets',
  'titles',
  /** Bits by row: see `FLAG`. */
  'flags',
  /** First and last day by row as YYYYMMDD, zero where the release decides; empty where no row has days of its own. */
  'days',
  /** Words of all titles in the order of their signs, with where each begins. */
  'wordOffsets',
  'words',
  /** Rows by word: the distance to the row before, seven bits a byte, the last one marked. */
  'postingOffsets',
  'postings',
  /** Rows that have notes, where each begins, and the notes in JSON. */
  'noteRows',
  'noteOffsets',
  'notes',
] as const;
export type Section = (typeof SECTIONS)[number];

export const FLAG = { billable: 1 } as const;

export interface Header extends ReleaseInfo {
  /** Of the layout. */
  readonly format: 1;
  readonly rows: number;
  readonly billable: number;
  readonly codeWidth: number;
  /** Of the official file: its name and the sha256 of its bytes, in hexadecimal digits. */
  readonly source?: { readonly name: string; readonly sha256: string };
  /** Offset from the start of the sections and length, in bytes. */
  readonly sections: Readonly<Record<Section, readonly [offset: number, length: number]>>;
}

/** Of the length, and of four bytes at a time. Finds files that were cut short or changed by chance. */
export function checksumOf(bytes: Uint8Array): number {
  let sum = 0x811c_9dc5 ^ bytes.length;
  const whole = bytes.length - (bytes.length % 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += 4) sum = Math.imul(sum ^ view.getUint32(at, true), 0x0100_0193);
  for (let at = whole; at < bytes.length; at++) sum = Math.imul(sum ^ (bytes[at] ?? 0), 0x0100_0193);
  return sum >>> 0;
}
