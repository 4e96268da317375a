/** The text of a file of a certain layout, from whatever the user has: text, bytes of either encoding, or a zip. */
import { BEGINNING, notOfLayout, type Layout, type LayoutFailure, type Source } from './layout.ts';
import { decode, withoutMark } from './text.ts';
import { isZip, MOST_UNPACKED, textInZip } from './zip.ts';

/** The text without a byte-order mark, or the one refusal of a file that is of another layout. */
export function openText(source: Source, layout: Layout): { readonly text: string } | LayoutFailure {
  if (source.length > MOST_UNPACKED)
    return { failure: 'The file is larger than 200 MB: it is none of the official files.', line: 1 };
  const inside =
    typeof source === 'string' ? source : isZip(source) ? textInZip(source, layout) : decode(source);
  if (typeof inside !== 'string') return inside;
  const text = withoutMark(inside);
  return layout.fits(text.slice(0, BEGINNING)) ? { text } : notOfLayout(layout, text);
}
