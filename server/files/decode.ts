/** Bytes to text: UTF-8 with or without byte order mark. Anything else is said to be what it is. */
import type { FileContent } from '../core/index.ts';

/** Larger files are refused: a stream of a million administrations is smaller. */
export const MAX_BYTES = 256 * 1024 * 1024;

export const tooLarge = (size: number): FileContent => ({
  unreadable: `The file has ${String(size)} bytes, more than the ${String(MAX_BYTES)} that are read`,
});

/** The byte order mark stays in the text, so that offsets are those of the file. */
export function decode(bytes: Uint8Array): FileContent {
  if (bytes.includes(0)) return { unreadable: 'The file is not text: it has zero bytes' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { unreadable: 'The file is not UTF-8 text' };
  }
}
