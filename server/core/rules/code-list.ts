/**
 * Code lists of a workspace, which conditions and specifications name. Documents are read one by one, so they hold the name of
 * a list; its codes are put in where documents and lists come together, for the date of service.
 */
import type { IsoDate } from '../base/clock.ts';
import { perInput, perPair } from '../base/memo.ts';
import type { DocumentId } from '../base/origin.ts';
import type { Sourced } from '../yaml/fields.ts';

/** A code as a list has it, with the days on which it belongs to it. */
export interface ListedCode {
  readonly code: string;
  readonly title: string;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

export interface CodeList {
  readonly document: DocumentId;
  /** By which conditions name it: of its file, without the ending. */
  readonly name: string;
  /** The format that schemas name, such as `modifier`. */
  readonly format: string;
  readonly title: string;
  /** The day on which the list had every code of its set, where it says so. */
  readonly asOf?: IsoDate;
  /** True where it has some codes of a published set, until a release of that set is installed. */
  readonly starter?: true;
  readonly codes: readonly ListedCode[];
}

/** The name of a list, with its codes in lower case once it is known which list that is. */
export interface ListUse {
  readonly list: Sourced<string>;
  readonly codes: ReadonlySet<string> | undefined;
}

/** The codes of some lists on one day, by name. */
export type ListsOfDay = ReadonlyMap<string, ReadonlySet<string>>;

/** The lists on a day; the same object as on any other day on which they have the same codes. */
export function listsOn(lists: readonly CodeList[], date: IsoDate): ListsOfDay {
  const { boundaries, known, make } = daysOf(lists);
  const segment = boundaries.filter((day) => day <= date).length;
  const found = known.get(segment) ?? make(date);
  known.set(segment, found);
  return found;
}

const daysOf = perInput((lists: readonly CodeList[]) => {
  const codes = lists.flatMap((list) => list.codes);
  const after = (day: IsoDate): string => `${day}~`;
  const boundaries = [
    ...new Set(codes.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [after(to)] : [])])),
  ];
  const make = (date: IsoDate): ListsOfDay => new Map(lists.map((list) => [list.name, codesOn(list, date)]));
  return { boundaries, known: new Map<number, ListsOfDay>(), make };
});

const codesOn = ({ codes }: CodeList, date: IsoDate): ReadonlySet<string> =>
  new Set(
    codes
      .filter(({ from, to }) => (from === undefined || from <= date) && (to === undefined || date <= to))
      .map(({ code }) => code.toLowerCase()),
  );

/** Every use of a list in a document, however deep. */
export const listUsesOf = perInput((document: object): readonly ListUse[] => {
  const uses: ListUse[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Set) return;
    if (isListUse(value)) uses.push(value);
    else for (const part of value instanceof Map ? value.values() : Object.values(value)) visit(part);
  };
  visit(document);
  return uses;
});

/** A document with the codes of its lists; the document itself where it names none. */
export function withLists<T extends object>(document: T, lists: ListsOfDay): T {
  return filledOnce(document, lists) as T;
}

const filledOnce = perPair((document: object, lists: ListsOfDay): unknown =>
  listUsesOf(document).length === 0 ? document : filled(document, lists),
);

function filled(value: unknown, lists: ListsOfDay): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Set) return value;
  if (Array.isArray(value)) return value.map((part) => filled(part, lists));
  if (value instanceof Map) return new Map([...value].map(([key, part]) => [key, filled(part, lists)]));
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part, lists)]));
  return isListUse(value) ? { ...parts, codes: lists.get(value.list.value) } : parts;
}

const isListUse = (value: object): value is ListUse => 'list' in value && 'codes' in value;
