/** Rows → the bytes of a code set. What is written is the same for the same rows, whatever their order. */
import { uniqueBy } from '../base/lists.ts';
import { checksumOf, FLAG, HEADER_AT, MARK, type Header, type Section } from './layout.ts';
import type { CodeRow, ReleaseInfo } from './rows.ts';
import { wordsOf } from './terms.ts';
import { encodeUtf8 } from './utf8.ts';

/** Of two rows with one code the first is kept; importers report the other. */
export function writeCodeSet(
  info: ReleaseInfo,
  rows: readonly CodeRow[],
  source?: Header['source'],
): Uint8Array {
  const sorted = uniqueBy(rows, ({ code }) => code).sort((a, b) => (a.code < b.code ? -1 : 1));
  const counts = countsOf(sorted);
  const sections = sectionsOf(sorted, counts.codeWidth);
  const places: [Section, readonly [number, number]][] = [];
  let length = 0;
  for (const [name, bytes] of sections) {
    places.push([name, [length, bytes.length]]);
    length += padded(bytes.length);
  }
  const header: Header = {
    ...info,
    ...counts,
    ...(source && { source }),
    sections: Object.fromEntries(places) as Header['sections'],
  };
  const text = encodeUtf8(JSON.stringify(header));
  const headerLength = padded(text.length);
  const file = new Uint8Array(HEADER_AT + headerLength + length);
  file.set(encodeUtf8(MARK), 0);
  file.fill(0x20, HEADER_AT, HEADER_AT + headerLength);
  file.set(text, HEADER_AT);
  let at = HEADER_AT + headerLength;
  for (const bytes of sections.values()) {
    file.set(bytes, at);
    at += padded(bytes.length);
  }
  const view = new DataView(file.buffer);
  view.setUint32(8, headerLength, true);
  view.setUint32(12, checksumOf(file.subarray(HEADER_AT)), true);
  return file;
}

/** What a header says of its rows. */
export function countsOf(
  rows: readonly CodeRow[],
): Pick<Header, 'format' | 'rows' | 'billable' | 'codeWidth'> {
  const own = uniqueBy(rows, ({ code }) => code);
  return {
    format: 1,
    rows: own.length,
    billable: own.filter(({ billable }) => billable).length,
    codeWidth: own.reduce((width, { code }) => Math.max(width, code.length), 1),
  };
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

function sectionsOf(rows: readonly CodeRow[], codeWidth: number): ReadonlyMap<Section, Uint8Array> {
  const codes = new Uint8Array(rows.length * codeWidth);
  rows.forEach(({ code }, i) => {
    codes.set(encodeUtf8(code).subarray(0, codeWidth), i * codeWidth);
  });
  const titles = joined(rows.map(({ title }) => encodeUtf8(title)));
  const flags = Uint8Array.from(rows, ({ billable }) => (billable ? FLAG.billable : 0));
  const hasDays = rows.some(({ from, to }) => from ?? to);
  const days = hasDays
    ? numbers(rows.flatMap(({ from, to }) => [dayNumber(from), dayNumber(to)]))
    : new Uint8Array();
  const words = [...postingsOf(rows)].sort(([a], [b]) => (a < b ? -1 : 1));
  const wordBytes = joined(words.map(([word]) => encodeUtf8(word)));
  const postings = joined(words.map(([, own]) => packed(own)));
  const noted = rows.flatMap(({ notes }, i) => (notes ? [{ row: i, text: JSON.stringify(notes) }] : []));
  const notes = joined(noted.map(({ text }) => encodeUtf8(text)));
  return new Map<Section, Uint8Array>([
    ['codes', codes],
    ['titleOffsets', numbers(titles.offsets)],
    ['titles', titles.bytes],
    ['flags', flags],
    ['days', days],
    ['wordOffsets', numbers(wordBytes.offsets)],
    ['words', wordBytes.bytes],
    ['postingOffsets', numbers(postings.offsets)],
    ['postings', postings.bytes],
    ['noteRows', numbers(noted.map(({ row }) => row))],
    ['noteOffsets', numbers(notes.offsets)],
    ['notes', notes.bytes],
  ]);
}

/** Rows in which each word stands, each once, ascending. */
function postingsOf(rows: readonly CodeRow[]): ReadonlyMap<string, readonly number[]> {
  const postings = new Map<string, number[]>();
  rows.forEach(({ title }, row) => {
    for (const word of wordsOf(title)) {
      const own = postings.get(word);
      if (!own) postings.set(word, [row]);
      else if (own[own.length - 1] !== row) own.push(row);
    }
  });
  return postings;
}

/** Ascending numbers as distances, seven bits a byte; the last byte of each has its highest bit set. */
function packed(rows: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let before = -1;
  for (const row of rows) {
    let distance = row - before;
    for (; distance >= 0x80; distance >>>= 7) bytes.push(distance & 0x7f);
    bytes.push(distance | 0x80);
    before = row;
  }
  return Uint8Array.from(bytes);
}

function joined(parts: readonly Uint8Array[]): {
  readonly bytes: Uint8Array;
  readonly offsets: readonly number[];
} {
  const offsets = [0];
  let length = 0;
  for (const part of parts) offsets.push((length += part.length));
  const bytes = new Uint8Array(length);
  parts.forEach((part, i) => {
    bytes.set(part, offsets[i]);
  });
  return { bytes, offsets };
}

function numbers(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setUint32(i * 4, value, true);
  });
  return bytes;
}

const dayNumber = (date: string | undefined): number => Number((date ?? '0').replaceAll('-', ''));
