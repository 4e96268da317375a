/** Texts that are kept for long, in as little room as they need. */

/**
 * The same text with memory of its own. A slice keeps the text that it was cut from: without this, a large file would be
 * kept for as long as any piece of it.
 */
export const detached = (slice: string): string => JSON.parse(JSON.stringify(slice)) as string;

const known = new Map<string, string>();
/** So many texts are known at most, and so long; what is longer seldom occurs twice. */
const MOST = 20_000;
const LONGEST = 100;

/** One copy of texts that occur again and again, such as keys, paths, and the words of an encounter. */
export function interned(text: string): string {
  if (text.length > LONGEST) return text;
  const before = known.get(text);
  if (before !== undefined) return before;
  // Names that are nowhere else must not fill it for good; what is common is soon there again.
  if (known.size >= MOST) known.clear();
  const own = detached(text);
  known.set(own, own);
  return own;
}

/** A text that is kept for long: one copy where it may occur again, and in one piece where it was put together of many. */
export const kept = (text: string): string => (text.length > LONGEST ? detached(text) : interned(text));
