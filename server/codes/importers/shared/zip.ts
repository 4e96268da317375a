/**
 * Text files in a zip. Publishers put a layout into a zip together with others and with documents, so entries are chosen by
 * what they hold. Nothing is unpacked that is declared larger than 200 MB, and what was unpacked is held against the
 * checksum of the zip: fflate itself cuts an entry off, in silence, where its declared size ends.
 */
import { Inflate, unzipSync, type UnzipFileInfo } from 'fflate';
import { BEGINNING, counted, quoted, type Layout, type LayoutFailure } from './layout.ts';
import { decode } from './text.ts';

/** The most that entries may declare, one of them or those that are opened together, in bytes. */
export const MOST_UNPACKED = 200 * 1024 * 1024;

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Extensions of text; an entry without any is looked at, too. */
const TEXT_FILE = /^(?!__MACOSX\/)(?:.*\/)?[^/.][^/]*$/;
const TEXT_EXTENSION = /(?:^|\/)[^/.]+$|[.](?:txt|csv|xml|asc|dat|tsv)$/i;

export const isZip = (bytes: Uint8Array): boolean => {
  const start = bytes.length < 4 ? 0 : viewOf(bytes).getUint32(0, true);
  return start === LOCAL_HEADER || start === END_OF_DIRECTORY;
};

/** The text of the one entry that is of the layout, or why there is none. */
export function textInZip(bytes: Uint8Array, layout: Layout): string | LayoutFailure {
  const entries = entriesOf(bytes);
  if (entries === undefined) return failed('The zip is damaged or incomplete: its directory cannot be read.');
  const texts = entries.filter(({ name }) => TEXT_FILE.test(name) && TEXT_EXTENSION.test(name));
  const large = texts.find(({ originalSize }) => originalSize > MOST_UNPACKED);
  const all = texts.reduce((sum, { originalSize }) => sum + originalSize, 0);
  if (large)
    return failed(`${quoted(large.name)} in the zip declares ${megabytes(large.originalSize)}; ${TOO_MUCH}`);
  if (all > MOST_UNPACKED)
    return failed(`The files in the zip declare ${megabytes(all)} together; ${TOO_MUCH}`);
  const unpacked = unpack(bytes, texts);
  if ('failure' in unpacked) return unpacked;
  const fitting = unpacked.filter(({ bytes: content }) =>
    layout.fits(decode(content.subarray(0, BEGINNING))),
  );
  const [only, second] = fitting;
  if (only && !second) return decode(only.bytes);
  const expected = `The zip should hold exactly one file that looks like the ${layout.title}`;
  const found = (second ? fitting : entries).map(({ name }) => quoted(name));
  if (second) return failed(`${expected}; these do: ${found.join(', ')}.`);
  return failed(
    `${expected} (${layout.expected}); none of its ${counted(found.length, 'file')} does: ${listed(found)}.`,
  );
}

const TOO_MUCH = `more than ${megabytes(MOST_UNPACKED)} are not unpacked.`;

function megabytes(size: number): string {
  return `${String(Math.ceil(size / 1024 / 1024))} MB`;
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'it is empty' : `${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`;

const failed = (failure: string): LayoutFailure => ({ failure, line: 1 });

interface Entry extends UnzipFileInfo {
  readonly crc: number;
}

/** The entries of the central directory in its order, folders left out; undefined where it cannot be read. */
function entriesOf(bytes: Uint8Array): readonly Entry[] | undefined {
  const checksums = checksumsOf(bytes);
  const infos: UnzipFileInfo[] = [];
  try {
    unzipSync(bytes, { filter: (info) => infos.push(info) < 0 });
  } catch {
    return undefined;
  }
  const entries = infos.map((info, index) => ({ ...info, crc: checksums[index] ?? -1 }));
  return checksums.length === infos.length ? entries.filter(({ name }) => !name.endsWith('/')) : undefined;
}

/** The CRC-32 of every entry in the order of the directory, which fflate keeps to itself. */
const checksumsOf = (bytes: Uint8Array): readonly number[] =>
  directoryOf(bytes).map((at) => viewOf(bytes).getUint32(at + 16, true));

/** Where the entries themselves begin. */
const placesOf = (bytes: Uint8Array): readonly number[] =>
  directoryOf(bytes).map((at) => viewOf(bytes).getUint32(at + 42, true));

/** Offsets of the records of the central directory; none where there is no end of it. */
function directoryOf(bytes: Uint8Array): readonly number[] {
  const view = viewOf(bytes);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end--;
  const records: number[] = [];
  if (end < 0) return records;
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= end && view.getUint32(at, true) === CENTRAL_HEADER) {
    records.push(at);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return records;
}

function unpack(
  bytes: Uint8Array,
  entries: readonly Entry[],
): readonly { readonly name: string; readonly bytes: Uint8Array }[] | LayoutFailure {
  const names = new Set(entries.map(({ name }) => name));
  if (names.size < entries.length) return failed('The zip holds two files of the same name.');
  try {
    const files = unzipSync(bytes, { filter: ({ name }) => names.has(name) });
    const contents = entries.map(({ name, crc }) => ({ name, crc, bytes: files[name] ?? new Uint8Array() }));
    const damaged = contents.find((content) => crc32(content.bytes) !== content.crc);
    return damaged
      ? failed(`${quoted(damaged.name)} in the zip is damaged: its checksum is another.`)
      : contents;
  } catch (error) {
    return failed(`The zip cannot be unpacked: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

export interface Beginning {
  readonly name: string;
  readonly beginning: string;
}

/**
 * Names of the text files in a zip, each with what it begins with. Of a zip of which only the beginning is at hand, the first file:
 * the directory stands at the end.
 */
export function beginningsInZip(bytes: Uint8Array): readonly Beginning[] {
  const places = placesOf(bytes);
  return (places.length > 0 ? places : [0])
    .flatMap((at) => beginningAt(bytes, at) ?? [])
    .filter(({ name }) => TEXT_FILE.test(name) && TEXT_EXTENSION.test(name));
}

function beginningAt(bytes: Uint8Array, at: number): Beginning | undefined {
  const view = viewOf(bytes);
  if (bytes.length < at + 30 || view.getUint32(at, true) !== LOCAL_HEADER) return undefined;
  const content = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const name = decode(bytes.subarray(at + 30, at + 30 + view.getUint16(at + 26, true)));
  if (view.getUint16(at + 8, true) === 0)
    return { name, beginning: decode(bytes.subarray(content, content + BEGINNING)) };
  const pieces: Uint8Array[] = [];
  try {
    // A bomb inflates about a thousandfold: 16 kB of it are 16 MB.
    new Inflate((piece) => pieces.push(piece)).push(bytes.subarray(content, content + BEGINNING), false);
  } catch {
    return { name, beginning: '' };
  }
  return {
    name,
    beginning: pieces
      .map((piece) => decode(piece))
      .join('')
      .slice(0, BEGINNING),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
