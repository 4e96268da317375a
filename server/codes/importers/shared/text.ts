/** Bytes to text and text to lines, for files of any of their publishers. */

/** The characters that Windows-1252 has at 0x80 to 0x9F; the five that it leaves undefined stay control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const CHUNK = 8192;

/** UTF-8, with or without a byte-order mark; what is no UTF-8 is Windows-1252, as in several releases of CMS. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

/** By hand, because TextDecoder reads this encoding as Latin-1 in some versions of Node. */
function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return text.replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char);
}

export const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

/** The lines of a text, whichever of the three line ends it has; line 1 is the first. */
export const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);

/** Nothing to see, or the end-of-file character of DOS. */
export const isBlank = (line: string): boolean => line.trim() === '' || line === '\u001a';
