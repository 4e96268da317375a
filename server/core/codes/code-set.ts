/** A release of a code set, read where it lies in the bytes of its file: nothing is unpacked before it is asked for. */
import { isInForce, type IsoDate } from '../base/clock.ts';
import { checksumOf, FLAG, HEADER_AT, MARK, type Header, type Section } from './layout.ts';
import type { CodeNotes } from './rows.ts';
import type { WordBytes } from './near-words.ts';
import { decodeUtf8 } from './utf8.ts';

/** A file that is no code set, or no longer the one that was written; a sentence for people. */
export interface RefusedSet {
  readonly refused: string;
}

/** Bytes from the start of a file that hold its header, for `readHeader`: more than any header needs. */
export const HEADER_BYTES = 16_384;

/** What a file is, from its first `HEADER_BYTES` bytes alone; its checksum is looked at when it is opened. */
export function readHeader(beginning: Uint8Array): Header | RefusedSet {
  if (beginning.length < HEADER_AT || decodeUtf8(beginning, 0, MARK.length) !== MARK)
    return { refused: NO_CODE_SET };
  const view = new DataView(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  const start = HEADER_AT + view.getUint32(8, true);
  try {
    const header = JSON.parse(decodeUtf8(beginning, HEADER_AT, Math.min(start, beginning.length))) as Header;
    if ((header.format as number) === 1) return header;
    return { refused: `The file has layout ${String(header.format)}, which is newer than this program.` };
  } catch {
    return { refused: DAMAGED };
  }
}

const NO_CODE_SET = 'The file is no code set that this program has written.';
const DAMAGED = 'The file is damaged: it is not what was written. Install the release again.';

/** The bytes must stay as they are while the set is in use. */
export function openCodeSet(bytes: Uint8Array): CodeSet | RefusedSet {
  const header = readHeader(bytes);
  if ('refused' in header) return header;
  // A view of four bytes at a time needs a start that four divides.
  const file = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = HEADER_AT + view.getUint32(8, true);
  if (
    start % 4 !== 0 ||
    start > file.length ||
    checksumOf(file.subarray(HEADER_AT)) !== view.getUint32(12, true)
  )
    return { refused: DAMAGED };
  return new CodeSet(header, file.subarray(start));
}

export class CodeSet {
  readonly header: Header;
  readonly #codes: Uint8Array;
  readonly #titleOffsets: Uint32Array;
  readonly #titles: Uint8Array;
  readonly #flags: Uint8Array;
  readonly #days: Uint32Array;
  readonly #noteRows: Uint32Array;
  readonly #noteOffsets: Uint32Array;
  readonly #notes: Uint8Array;
  /** For searching by words. */
  readonly words: WordIndex;

  /** `sections` are the bytes behind the header. */
  constructor(header: Header, sections: Uint8Array) {
    const bytes = (name: Section): Uint8Array => {
      const [offset, length] = header.sections[name];
      return sections.subarray(offset, offset + length);
    };
    const numbers = (name: Section): Uint32Array => {
      const own = bytes(name);
      return new Uint32Array(own.buffer, own.byteOffset, own.length / 4);
    };
    this.header = header;
    this.#codes = bytes('codes');
    this.#titleOffsets = numbers('titleOffsets');
    this.#titles = bytes('titles');
    this.#flags = bytes('flags');
    this.#days = numbers('days');
    this.#noteRows = numbers('noteRows');
    this.#noteOffsets = numbers('noteOffsets');
    this.#notes = bytes('notes');
    this.words = new WordIndex(
      numbers('wordOffsets'),
      bytes('words'),
      numbers('postingOffsets'),
      bytes('postings'),
    );
  }

  get size(): number {
    return this.header.rows;
  }

  /** The row of a code, written with or without point and in any capitals; undefined where the set has none. */
  rowOf(code: string): number | undefined {
    const plain = plainCode(code);
    const row = this.firstFrom(plain);
    return row < this.size && this.codeAt(row) === plain ? row : undefined;
  }

  /** The first row whose code is not before a text in the order of signs; `size` where there is none. */
  firstFrom(plain: string): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(middle, plain)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBefore(row: number, plain: string): boolean {
    const { codeWidth } = this.header;
    const start = row * codeWidth;
    for (let i = 0; i < plain.length; i++) {
      const own = i < codeWidth ? (this.#codes[start + i] ?? 0) : 0;
      const other = plain.charCodeAt(i);
      if (own !== other) return own < other;
    }
    return false;
  }

  /** Without a point. */
  codeAt(row: number): string {
    const { codeWidth } = this.header;
    let text = '';
    for (let at = row * codeWidth; at < (row + 1) * codeWidth; at++) {
      const sign = this.#codes[at] ?? 0;
      if (sign === 0) break;
      text += String.fromCharCode(sign);
    }
    return text;
  }

  /** As people write it: E86.0. */
  displayAt(row: number): string {
    return displayCode(this.codeAt(row), this.header.pointAfter);
  }

  titleAt(row: number): string {
    return decodeUtf8(this.#titles, this.#titleOffsets[row] ?? 0, this.#titleOffsets[row + 1] ?? 0);
  }

  /** In bytes, without unpacking it. */
  titleLengthAt(row: number): number {
    return (this.#titleOffsets[row + 1] ?? 0) - (this.#titleOffsets[row] ?? 0);
  }

  /** Whether it begins with words in lower case, whatever its capitals and the signs between; without unpacking it. */
  titleBegins(row: number, typed: string): boolean {
    const end = this.#titleOffsets[row + 1] ?? 0;
    let at = this.#titleOffsets[row] ?? 0;
    for (let i = 0; i < typed.length; i++) {
      const wanted = typed.charCodeAt(i);
      if (wanted !== SPACE) {
        if (at >= end || lowerCase(this.#titles[at++] ?? 0) !== wanted) return false;
        continue;
      }
      const word = at;
      while (at < end && !isSignOfWord(this.#titles[at] ?? 0)) at++;
      if (at === word) return false;
    }
    return true;
  }

  isBillable(row: number): boolean {
    return ((this.#flags[row] ?? 0) & FLAG.billable) !== 0;
  }

  /** The days of the row itself, where it has any; those of the release are in the header. */
  daysAt(row: number): { readonly from: IsoDate | undefined; readonly to: IsoDate | undefined } {
    return { from: dateOf(this.#days[row * 2]), to: dateOf(this.#days[row * 2 + 1]) };
  }

  isInForce(row: number, date: IsoDate): boolean {
    if (this.#days.length === 0) return true;
    const { from, to } = this.daysAt(row);
    return (from === undefined || from <= date) && (to === undefined || date <= to);
  }

  notesAt(row: number): CodeNotes | undefined {
    let [at, high] = [0, this.#noteRows.length];
    while (at < high) {
      const middle = (at + high) >>> 1;
      if ((this.#noteRows[middle] ?? 0) < row) at = middle + 1;
      else high = middle;
    }
    if (this.#noteRows[at] !== row) return undefined;
    const text = decodeUtf8(this.#notes, this.#noteOffsets[at] ?? 0, this.#noteOffsets[at + 1] ?? 0);
    return JSON.parse(text) as CodeNotes;
  }

  /** Rows whose code begins with a text, itself included. */
  rowsBelow(plain: string): { readonly from: number; readonly to: number } {
    const from = this.firstFrom(plain);
    return { from, to: this.firstFrom(`${plain}\u{7F}`) };
  }

  /** Whether the release is for a date; one without an end is for every later one. */
  coversDate(date: IsoDate): boolean {
    return isInForce(this.header.effective, date);
  }
}

/** Words in the order of their signs, with the rows in which each stands. */
export class WordIndex {
  readonly #offsets: Uint32Array;
  readonly #words: Uint8Array;
  readonly #postingOffsets: Uint32Array;
  readonly #postings: Uint8Array;

  constructor(offsets: Uint32Array, words: Uint8Array, postingOffsets: Uint32Array, postings: Uint8Array) {
    this.#offsets = offsets;
    this.#words = words;
    this.#postingOffsets = postingOffsets;
    this.#postings = postings;
  }

  get size(): number {
    return Math.max(0, this.#offsets.length - 1);
  }

  wordAt(index: number): string {
    return decodeUtf8(this.#words, this.#offsets[index] ?? 0, this.#offsets[index + 1] ?? 0);
  }

  /** Bytes of a word where they lie, for comparing many. */
  bytesAt(index: number): WordBytes {
    return { bytes: this.#words, start: this.#offsets[index] ?? 0, end: this.#offsets[index + 1] ?? 0 };
  }

  /** The first word that is not before a text. */
  firstFrom(text: string): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.wordAt(middle) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls with every row in which a word stands, ascending. */
  forEachRow(index: number, visit: (row: number) => void): void {
    const end = this.#postingOffsets[index + 1] ?? 0;
    let row = -1;
    let [distance, shift] = [0, 0];
    for (let at = this.#postingOffsets[index] ?? 0; at < end; at++) {
      const byte = this.#postings[at] ?? 0;
      distance |= (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80) continue;
      row += distance;
      [distance, shift] = [0, 0];
      visit(row);
    }
  }
}

const SPACE = 0x20;
const lowerCase = (sign: number): number => (sign >= 0x41 && sign <= 0x5a ? sign + 0x20 : sign);
const isSignOfWord = (sign: number): boolean =>
  (sign >= 0x30 && sign <= 0x39) || (lowerCase(sign) >= 0x61 && lowerCase(sign) <= 0x7a) || sign >= 0x80;

/** A code as sets hold it: in capitals, without point. */
export const plainCode = (code: string): string => code.toUpperCase().replaceAll('.', '');

export const displayCode = (plain: string, pointAfter: number | undefined): string =>
  pointAfter !== undefined && plain.length > pointAfter
    ? `${plain.slice(0, pointAfter)}.${plain.slice(pointAfter)}`
    : plain;

function dateOf(day: number | undefined): IsoDate | undefined {
  if (!day) return undefined;
  const text = String(day);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}` as IsoDate;
}
