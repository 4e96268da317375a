/** A release of a table, read where it lies in the bytes of its file: nothing is unpacked before it is asked for. */
import type { RefusedSet } from '../code-set.ts';
import { checksumOf, HEADER_AT } from '../layout.ts';
import { decodeUtf8 } from '../utf8.ts';
import {
  COLUMNS,
  KINDS,
  TABLE_MARK,
  type ColumnOf,
  type ColumnPlan,
  type Place,
  type RelationName,
  type RelationPlan,
  type TableHeader,
} from './layout.ts';

const NO_TABLE = 'The file is no table that this program has written.';
const DAMAGED = 'The file is damaged: it is not what was written. Install the release again.';

/** What a file is, from its first `HEADER_BYTES` bytes alone; its checksum is looked at when it is opened. */
export function readTableHeader(beginning: Uint8Array): TableHeader | RefusedSet {
  if (beginning.length < HEADER_AT || decodeUtf8(beginning, 0, TABLE_MARK.length) !== TABLE_MARK)
    return { refused: NO_TABLE };
  const view = new DataView(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  const start = HEADER_AT + view.getUint32(8, true);
  const header = parsed(decodeUtf8(beginning, HEADER_AT, Math.min(start, beginning.length)));
  if (!header) return { refused: DAMAGED };
  if (header.format !== 1)
    return { refused: `The file has layout ${String(header.format)}, which is newer than this program.` };
  return isWhole(header) ? header : { refused: DAMAGED };
}

type Unsure<T> = { readonly [Key in keyof T]?: unknown };

function parsed(text: string): Unsure<TableHeader> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the header has all that is read of it: a file of another program may have the mark by chance. */
function isWhole(header: Unsure<TableHeader>): header is TableHeader {
  const { kind, set, release, effective, relations } = header as Partial<TableHeader>;
  if (typeof set !== 'string' || typeof release !== 'string' || typeof effective?.from !== 'string')
    return false;
  if (kind === undefined || !Object.hasOwn(KINDS, kind)) return false;
  return KINDS[kind].every((name) => {
    const columns = relations?.[name]?.columns;
    return columns?.map((column) => column.name).join() === COLUMNS[name].join();
  });
}

/** The bytes must stay as they are while the table is in use. */
export function openTable(bytes: Uint8Array): TableRelease | RefusedSet {
  const header = readTableHeader(bytes);
  if ('refused' in header) return header;
  // A view of four bytes at a time needs a start that four divides.
  const file = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = HEADER_AT + view.getUint32(8, true);
  const isAsWritten =
    start % 4 === 0 &&
    start <= file.length &&
    checksumOf(file.subarray(HEADER_AT)) === view.getUint32(12, true);
  return isAsWritten ? new TableRelease(header, file.subarray(start)) : { refused: DAMAGED };
}

export class TableRelease {
  readonly header: TableHeader;
  readonly #relations = new Map<RelationName, Relation>();

  /** `sections` are the bytes behind the header. */
  constructor(header: TableHeader, sections: Uint8Array) {
    this.header = header;
    for (const name of KINDS[header.kind]) {
      const plan = header.relations[name];
      if (plan) this.#relations.set(name, new Relation(plan, sections));
    }
  }

  /** Undefined where tables of this kind have none of the name. */
  relation<Name extends RelationName>(name: Name): Relation<ColumnOf<Name>> | undefined {
    return this.#relations.get(name);
  }
}

/** Rows in the order of their columns, the first column first. */
export class Relation<Column extends string = string> {
  readonly size: number;
  readonly #columns: readonly TextColumn[];

  constructor({ rows, columns }: RelationPlan, sections: Uint8Array) {
    this.size = rows;
    this.#columns = columns.map((plan) => new TextColumn(plan, sections));
  }

  /** Rows whose first columns have certain texts; `from` is `to` where there are none. */
  rowsOf(...key: readonly string[]): { readonly from: number; readonly to: number } {
    let [from, to] = [0, this.size];
    for (const [i, text] of key.entries()) {
      const column = this.#columns[i];
      const number = column?.numberOf(text);
      if (!column || number === undefined) return { from, to: from };
      [from, to] = [column.firstFrom(number, from, to), column.firstFrom(number + 1, from, to)];
    }
    return { from, to };
  }

  textAt(row: number, column: Column): string {
    return this.#column(column)?.textAt(row) ?? '';
  }

  /** For reading many cells: each different text is decoded once. */
  readerOf(column: Column): (row: number) => string {
    return this.#column(column)?.reader() ?? (() => '');
  }

  /** The different texts of a column, in the order of their signs. */
  textsOf(column: Column): readonly string[] {
    return this.#column(column)?.texts() ?? [];
  }

  /** Rows that have a text in any column, ascending; looks at all of them. */
  rowsWith(column: Column, text: string): readonly number[] {
    return this.#column(column)?.rowsWith(text) ?? [];
  }

  #column(name: Column): TextColumn | undefined {
    return this.#columns.find((column) => column.name === name);
  }
}

class TextColumn {
  readonly name: string;
  readonly #offsets: Uint32Array;
  readonly #texts: Uint8Array;
  readonly #cells: Uint8Array | Uint16Array | Uint32Array;

  constructor({ name, width, offsets, texts, cells }: ColumnPlan, sections: Uint8Array) {
    const bytes = ([offset, length]: Place): Uint8Array => sections.subarray(offset, offset + length);
    const numbers = (own: Uint8Array): Uint32Array =>
      new Uint32Array(own.buffer, own.byteOffset, Math.floor(own.length / 4));
    const own = bytes(cells);
    this.name = name;
    this.#offsets = numbers(bytes(offsets));
    this.#texts = bytes(texts);
    this.#cells =
      width === 1
        ? own
        : width === 2
          ? new Uint16Array(own.buffer, own.byteOffset, Math.floor(own.length / 2))
          : numbers(own);
  }

  get #count(): number {
    return Math.max(0, this.#offsets.length - 1);
  }

  #text(number: number): string {
    return decodeUtf8(this.#texts, this.#offsets[number] ?? 0, this.#offsets[number + 1] ?? 0);
  }

  /** Signs of one byte, which all codes have, are compared where they lie. */
  #isBefore(number: number, text: string): boolean {
    const start = this.#offsets[number] ?? 0;
    const length = (this.#offsets[number + 1] ?? 0) - start;
    for (let i = 0; i < length && i < text.length; i++) {
      const [own, other] = [this.#texts[start + i] ?? 0, text.charCodeAt(i)];
      if (own > 0x7f || other > 0x7f) return this.#text(number) < text;
      if (own !== other) return own < other;
    }
    return length < text.length;
  }

  texts(): readonly string[] {
    return Array.from({ length: this.#count }, (_, number) => this.#text(number));
  }

  textAt(row: number): string {
    return this.#text(this.#cells[row] ?? 0);
  }

  reader(): (row: number) => string {
    const texts = this.texts();
    return (row) => texts[this.#cells[row] ?? 0] ?? '';
  }

  /** Undefined where no row has the text. */
  numberOf(text: string): number | undefined {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(middle, text)) low = middle + 1;
      else high = middle;
    }
    return low < this.#count && this.#text(low) === text ? low : undefined;
  }

  /** The first of some rows, in which the column ascends, whose text has at least a number. */
  firstFrom(number: number, from: number, to: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cells[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  rowsWith(text: string): readonly number[] {
    const number = this.numberOf(text);
    const rows: number[] = [];
    if (number === undefined) return rows;
    for (let row = this.#cells.indexOf(number); row >= 0; row = this.#cells.indexOf(number, row + 1))
      rows.push(row);
    return rows;
  }
}
