/** Small helpers for sentences that people read. */

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** `a`, `a or b`, `a, b or c`. */
export function listWords(words: readonly string[], joiner = 'or'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${joiner} ${words.at(-1) ?? ''}`;
}

/** A word for people: `iv-infusion` and `access_site` without their hyphens. */
export const spaced = (name: string): string => name.replace(/[_-]/g, ' ');

/** A title of a document inside a sentence. */
export const quoted = (title: string): string => `“${title}”`;

/** At most `length` characters, with an ellipsis where something was cut. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

export const firstSentence = (text: string): string => /^.*?[.](?=\s|$)/s.exec(text)?.[0] ?? text;
