/**
 * Codes by what people type: a code or its beginning, with or without point, and words of the title in any order, begun,
 * in another form, or misspelt. Counted in one pass over the rows of each word, so the work is in proportion to them.
 */
import type { IsoDate } from '../base/clock.ts';
import { perInput, perRecentInput } from '../base/memo.ts';
import { plainCode, type CodeSet, type WordIndex } from './code-set.ts';
import { editsAllowed, editsFrom } from './near-words.ts';
import { stemOf, wordsOf } from './terms.ts';

export interface SearchOptions {
  readonly limit: number;
  /** Codes without point that come before all others that fit. */
  readonly preferred?: ReadonlySet<string>;
  /** Leaves out rows that are not in force on a day. */
  readonly date?: IsoDate | undefined;
}

export interface Found {
  /** Rows, the likeliest first. */
  readonly rows: readonly number[];
  /** How many fit, shown or not. */
  readonly total: number;
}

export interface FoundInSets {
  /** The likeliest first. */
  readonly hits: readonly {
    readonly set: CodeSet;
    readonly row: number;
    /** Whether its title is what was typed, no word more. */
    readonly whole: boolean;
  }[];
  readonly total: number;
}

/** The same over several sets at once: what fits best comes first, whichever set has it. */
export function searchSets(sets: readonly CodeSet[], query: string, options: SearchOptions): FoundInSets {
  const found = sets.map((set) => ({ set, ...ranked(set, query, options) }));
  const hits = found
    .flatMap(({ set, kept }) => kept.map(({ row, rank }) => ({ set, row, rank, whole: isWhole(rank) })))
    .sort((a, b) => a.rank - b.rank);
  return { hits: hits.slice(0, options.limit), total: found.reduce((sum, { total }) => sum + total, 0) };
}

export function search(set: CodeSet, query: string, options: SearchOptions): Found {
  const { kept, total } = ranked(set, query, options);
  return { rows: kept.map(({ row }) => row), total };
}

interface RankedRow {
  readonly row: number;
  /** The lower, the likelier. */
  readonly rank: number;
}

interface Ranked {
  readonly kept: readonly RankedRow[];
  readonly total: number;
}

function ranked(set: CodeSet, query: string, options: SearchOptions): Ranked {
  if (query.trim() === '') return firstOnes(set, options);
  const best = new BestRows(set, options);
  const rows = codesLike(set, query);
  if (rows) {
    for (let row = rows.from; row < rows.to; row++) best.take(row, 0, 0, undefined);
  } else {
    const words = wordsOf(query);
    const titles = new Titles(set, words);
    forEachRowWithWords(set, words, (row, edits) => {
      best.take(row, edits, set.titleLengthAt(row), edits === 0 ? titles : undefined);
    });
  }
  return best;
}

/** How titles fit what was typed. Tens of thousands may be asked, so that only those about as long as that are unpacked. */
class Titles {
  readonly #set: CodeSet;
  readonly #typed: string;
  readonly #sorted: string;
  readonly #longest: number;

  constructor(set: CodeSet, words: readonly string[]) {
    this.#set = set;
    this.#typed = words.join(' ');
    this.#sorted = [...words].sort().join(' ');
    this.#longest = this.#typed.length + SIGNS_BETWEEN;
  }

  /** Whether a title of a length may have these words and no others. */
  mayBeWhole(length: number): boolean {
    return length <= this.#longest;
  }

  /** What counts of it in a rank. */
  fitOf(row: number, length: number): number {
    if (length <= this.#longest && this.#isWhole(row)) return WHOLE;
    return this.#set.titleBegins(row, this.#typed) ? BEGUN : WITHIN;
  }

  /** What groups others is never what is looked for. */
  #isWhole(row: number): boolean {
    const own = (): string => [...wordsOf(this.#set.titleAt(row))].sort().join(' ');
    return this.#set.isBillable(row) && own() === this.#sorted;
  }
}

/** Commas, brackets and accents of a title, in bytes beyond its words. */
const SIGNS_BETWEEN = 8;

/** Rows whose code begins with the query; undefined where no code does, so that words are looked for. */
function codesLike(set: CodeSet, query: string): { readonly from: number; readonly to: number } | undefined {
  const plain = plainCode(query.trim());
  if (!/^[A-Z0-9]+$/.test(plain)) return undefined;
  // A letter alone begins words as well as codes, and codes are what a list of them is asked for.
  const rows = set.rowsBelow(plain);
  return rows.to > rows.from ? rows : undefined;
}

/** Rows of the codes that look most like one that the set does not have: those below its longest known beginning. */
export function codesNear(set: CodeSet, code: string, limit: number): readonly number[] {
  const plain = plainCode(code);
  for (let length = plain.length - 1; length >= SHORTEST_BEGINNING; length--) {
    const { from, to } = set.rowsBelow(plain.slice(0, length));
    const rows = Array.from({ length: to - from }, (_, i) => from + i).filter((row) => set.isBillable(row));
    if (rows.length > 0) return rows.slice(0, limit);
  }
  return [];
}

/** A category of diseases: what is alike in fewer signs has nothing in common. */
const SHORTEST_BEGINNING = 3;

/** Where nothing was typed: the preferred codes, and the first others. */
function firstOnes(set: CodeSet, options: SearchOptions): Ranked {
  const preferred = [...(options.preferred ?? [])].flatMap((code) => set.rowOf(code) ?? []);
  const others = Array.from({ length: Math.min(set.size, options.limit) }, (_, row) => row);
  const best = new BestRows(set, options);
  for (const row of new Set([...preferred, ...others])) best.take(row, 0, 0, undefined);
  return { kept: best.kept, total: set.size };
}

/** How many of the words each row of a set has, and with how many wrong letters; filled anew by every search. */
const countersOf = perInput((set: CodeSet) => ({
  matched: new Uint8Array(set.size),
  edits: new Uint8Array(set.size),
}));

/** Calls with every row that has all of the words, and with the letters that were typed wrong. */
function forEachRowWithWords(
  set: CodeSet,
  words: readonly string[],
  visit: (row: number, edits: number) => void,
): void {
  if (words.length === 0) return;
  // A word in a title of tens of thousands is common, so that what is found is counted in place and never listed.
  const { matched, edits } = countersOf(set);
  matched.fill(0);
  edits.fill(0);
  words.forEach((word, i) => {
    for (const near of wordsLike(set.words, word))
      set.words.forEachRow(near.index, (row) => {
        if (matched[row] !== i) return;
        matched[row] = i + 1;
        edits[row] = (edits[row] ?? 0) + near.edits;
      });
  });
  for (let row = 0; row < set.size; row++) if (matched[row] === words.length) visit(row, edits[row] ?? 0);
}

interface LikeWord {
  readonly index: number;
  readonly edits: number;
}

/** Words that begin with what was typed, or are another form of it; only where there are none, misspelt ones. */
function findWords(words: WordIndex, typed: string): readonly LikeWord[] {
  const begun = wordsFrom(words, typed, (word) => word.startsWith(typed));
  const stem = stemOf(typed);
  // The last letter of a stem may be another one in some forms: allergi, allergy.
  const root = stem.length > 3 ? stem.slice(0, -1) : stem;
  const forms = wordsFrom(words, root, (word) => word.startsWith(root)).filter(
    ({ index }) => stemOf(words.wordAt(index)) === stem,
  );
  const known = new Map([...begun, ...forms].map((own) => [own.index, own]));
  return known.size > 0 ? [...known.values()] : misspelt(words, typed);
}

/** While the last word is typed, those before it stay the same. */
const recentWords = perInput((words: WordIndex) =>
  perRecentInput(20, (typed: string) => findWords(words, typed)),
);

const wordsLike = (words: WordIndex, typed: string): readonly LikeWord[] => recentWords(words)(typed);

function wordsFrom(words: WordIndex, start: string, fits: (word: string) => boolean): LikeWord[] {
  const found: LikeWord[] = [];
  for (let index = words.firstFrom(start); index < words.size && fits(words.wordAt(index)); index++)
    found.push({ index, edits: 0 });
  return found;
}

/** The nearest first, so that a row counts with the fewest edits. */
function misspelt(words: WordIndex, typed: string): readonly LikeWord[] {
  const most = editsAllowed(typed);
  if (most === 0) return [];
  const found: LikeWord[] = [];
  const editsOf = editsFrom(typed, most);
  for (let index = 0; index < words.size; index++) {
    const edits = editsOf(words.bytesAt(index));
    if (edits !== undefined) found.push({ index, edits });
  }
  return found.sort((a, b) => a.edits - b.edits);
}

/** The first rows by rank. Those that fit are many and few are shown, so only these are kept in order. */
class BestRows implements Ranked {
  readonly kept: RankedRow[] = [];
  total = 0;
  readonly #set: CodeSet;
  readonly #limit: number;
  readonly #date: IsoDate | undefined;
  readonly #first: ReadonlySet<number>;

  constructor(set: CodeSet, { limit, preferred, date }: SearchOptions) {
    this.#set = set;
    this.#limit = limit;
    this.#date = date;
    this.#first = new Set([...(preferred ?? [])].flatMap((code) => set.rowOf(code) ?? []));
  }

  /** A row that fits, with the letters typed wrong, and its title with what of its length counts, where words were typed. */
  take(row: number, edits: number, length: number, titles: Titles | undefined): void {
    if (this.#date !== undefined && !this.#set.isInForce(row, this.#date)) return;
    this.total++;
    const whole = rankOf(!this.#first.has(row), edits, !this.#set.isBillable(row), length, row);
    const { kept } = this;
    const worst = kept.length === this.#limit ? (kept[this.#limit - 1]?.rank ?? 0) : Infinity;
    // Most rows are no match for those kept, so that their titles need not be looked at.
    if (whole + BEGUN >= worst && titles?.mayBeWhole(length) !== true) return;
    const rank = whole + (titles?.fitOf(row, length) ?? BEGUN);
    if (rank >= worst) return;
    let at = kept.length;
    while (at > 0 && rank < (kept[at - 1]?.rank ?? 0)) at--;
    kept.splice(at, 0, { row, rank });
    if (kept.length > this.#limit) kept.pop();
  }
}

/**
 * What counts more stands further left in one number, since tens of thousands of rows may fit: whether it is preferred, the
 * letters that are wrong, whether it groups others, how its title fits, the length of its title, its place in the set. That
 * the title is what was typed counts before all.
 */
const rankOf = (later: boolean, edits: number, groups: boolean, length: number, row: number): number =>
  (((Number(later) * 256 + edits) * 2 + Number(groups)) * 2 * 4096 + Math.min(length, 4095)) * 2 ** 21 + row;

/** How a title, or a code, fits what was typed, as it is added to a rank: its words are all there are; it begins so; it has them. */
const WHOLE = 0;
const BEGUN = 2 ** 44;
const WITHIN = BEGUN + 4096 * 2 ** 21;

const isWhole = (rank: number): boolean => rank < BEGUN;
