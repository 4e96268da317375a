/**
 * Codes that a note of the tabular list refers to. They stand in parentheses, as a list of codes (`K56.3`), of categories with
 * all below them (`B33.-`, `H52.51-`) and of ranges (`P61.2-P61.4`); words behind the list narrow it (`E08-E13 with .39`). A few
 * notes have codes outside parentheses: at their end, or behind “from category”.
 */
const CODE = String.raw`[A-Z](?:\d[0-9A-Z]|[A-Z]\d)(?:\.[0-9A-Z]{1,4})?(?![0-9A-Za-z])`;
const ONE = String.raw`(${CODE})(?:\.?\s?-{1,2}\s?(${CODE}))?(?:\.?-)?\.?`;
const NEXT = new RegExp(String.raw`^\s*${ONE}\s*(?:[,;]|and\b|or\b)?`);
const FROM = /\bfrom (?:categor(?:y|ies) )?(?=[A-Z][0-9A-Z]{2})/;
const AT_END = new RegExp(String.raw`(?:^|\s)${ONE}$`);

export interface Reference {
  /** Without point: `B33`, which stands for all below it, too, or a range: `P612-P614`. */
  readonly code: string;
  /** The note means only some of these, in words. */
  readonly narrowed: boolean;
}

export function referencesIn(note: string): readonly Reference[] {
  // A few parentheses are never closed.
  const inside = [...note.matchAll(/\(([^()]*)(?:\)|$)/g)].flatMap(([, list = '']) => readList(list));
  if (inside.length > 0) return inside;
  const source = FROM.exec(note);
  const listed = source ? readList(note.slice(source.index + source[0].length)) : [];
  if (listed.length > 0) return listed.map(({ code }) => ({ code, narrowed: false }));
  const [, from, to] = AT_END.exec(note.trim()) ?? [];
  return from === undefined ? [] : [{ code: joined(from, to), narrowed: false }];
}

/** A parenthesis that begins with anything but a code is words: “(acute)”, “(G6PD)”. */
function readList(list: string): readonly Reference[] {
  const codes: string[] = [];
  let rest = list;
  for (let match = NEXT.exec(rest); match?.[1] !== undefined; match = NEXT.exec(rest)) {
    codes.push(joined(match[1], match[2]));
    rest = rest.slice(match[0].length);
  }
  const narrowed = rest.trim() !== '';
  return codes.map((code) => ({ code, narrowed }));
}

const joined = (from: string, to: string | undefined): string =>
  [from, to].flatMap((code) => code?.replace('.', '') ?? []).join('-');
