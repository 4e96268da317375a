/** Rows of a table → the bytes of its file. The same rows give the same bytes, whatever their order. */
import { checksumOf, HEADER_AT } from '../layout.ts';
import { encodeUtf8 } from '../utf8.ts';
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
  type TableInfo,
} from './layout.ts';

/** Takes rows one at a time, since a table may have millions; a row that is there already is left out when it is written. */
export class RelationWriter<Name extends RelationName = RelationName> {
  readonly name: Name;
  readonly #columns: readonly GrowingColumn[];

  constructor(name: Name) {
    this.name = name;
    this.#columns = COLUMNS[name].map((column) => new GrowingColumn(column));
  }

  add(row: Readonly<Record<ColumnOf<Name>, string>>): void {
    const cells: Readonly<Record<string, string>> = row;
    for (const column of this.#columns) column.add(cells[column.name] ?? '');
  }

  /** The rows in order, each once. */
  sorted(): SortedRelation {
    const columns = this.#columns.map((column) => column.ranked());
    const order = orderOf(columns, this.#columns[0]?.size ?? 0);
    const rows = order.filter((row, i) => i === 0 || !isSame(columns, row, order[i - 1] ?? 0));
    return { name: this.name, rows, columns };
  }
}

interface SortedRelation {
  readonly name: RelationName;
  /** Places of the rows in the columns. */
  readonly rows: Uint32Array;
  readonly columns: readonly RankedColumn[];
}

interface RankedColumn {
  readonly name: string;
  /** Different texts in the order of their signs. */
  readonly texts: readonly string[];
  /** By row as it was added, the place of its text. */
  readonly ranks: Uint32Array;
}

class GrowingColumn {
  readonly name: string;
  readonly #numbers = new Map<string, number>();
  #cells = new Uint32Array(1024);
  size = 0;

  constructor(name: string) {
    this.name = name;
  }

  add(text: string): void {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size));
    if (this.size === this.#cells.length) {
      const larger = new Uint32Array(this.size * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.size++] = number;
  }

  ranked(): RankedColumn {
    const texts = [...this.#numbers.keys()].sort();
    const rankOf = new Uint32Array(texts.length);
    texts.forEach((text, rank) => {
      rankOf[this.#numbers.get(text) ?? 0] = rank;
    });
    const ranks = this.#cells.slice(0, this.size);
    for (let row = 0; row < ranks.length; row++) ranks[row] = rankOf[ranks[row] ?? 0] ?? 0;
    return { name: this.name, texts, ranks };
  }
}

/** Sorts by counting, the last column first: in proportion to the rows, and equal ones keep their order. */
function orderOf(columns: readonly RankedColumn[], size: number): Uint32Array {
  let order = Uint32Array.from({ length: size }, (_, row) => row);
  for (const { texts, ranks } of [...columns].reverse()) {
    const starts = new Uint32Array(texts.length + 1);
    for (const rank of ranks) starts[rank + 1] = (starts[rank + 1] ?? 0) + 1;
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    const next = new Uint32Array(size);
    for (const row of order) {
      const rank = ranks[row] ?? 0;
      const at = starts[rank] ?? 0;
      next[at] = row;
      starts[rank] = at + 1;
    }
    order = next;
  }
  return order;
}

const isSame = (columns: readonly RankedColumn[], a: number, b: number): boolean =>
  columns.every(({ ranks }) => ranks[a] === ranks[b]);

/** Relations that a table of its kind has and that are not given are empty. */
export function writeTable(info: TableInfo, writers: readonly RelationWriter[]): Uint8Array {
  const sections = new Sections();
  const relations: Partial<Record<RelationName, RelationPlan>> = {};
  for (const name of KINDS[info.kind]) {
    const writer = writers.find((own) => own.name === name) ?? new RelationWriter(name);
    relations[name] = planOf(writer.sorted(), sections);
  }
  const header: TableHeader = {
    ...info,
    format: 1,
    rows: relations[KINDS[info.kind][0]]?.rows ?? 0,
    relations,
  };
  const text = encodeUtf8(JSON.stringify(header));
  const start = HEADER_AT + padded(text.length);
  const file = new Uint8Array(start + sections.length);
  file.set(encodeUtf8(TABLE_MARK), 0);
  file.fill(0x20, HEADER_AT, start);
  file.set(text, HEADER_AT);
  sections.copyTo(file, start);
  const view = new DataView(file.buffer);
  view.setUint32(8, start - HEADER_AT, true);
  view.setUint32(12, checksumOf(file.subarray(HEADER_AT)), true);
  return file;
}

class Sections {
  readonly #parts: Uint8Array[] = [];
  length = 0;

  add(bytes: Uint8Array): Place {
    const place = [this.length, bytes.length] as const;
    this.#parts.push(bytes);
    this.length += padded(bytes.length);
    return place;
  }

  copyTo(file: Uint8Array, start: number): void {
    let at = start;
    for (const bytes of this.#parts) {
      file.set(bytes, at);
      at += padded(bytes.length);
    }
  }
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

const planOf = ({ rows, columns }: SortedRelation, sections: Sections): RelationPlan => ({
  rows: rows.length,
  columns: columns.map((column) => columnPlan(column, rows, sections)),
});

function columnPlan({ name, texts, ranks }: RankedColumn, rows: Uint32Array, sections: Sections): ColumnPlan {
  const parts = texts.map((text) => encodeUtf8(text));
  const offsets = new Uint8Array((parts.length + 1) * 4);
  const view = new DataView(offsets.buffer);
  let length = 0;
  parts.forEach((part, i) => {
    view.setUint32(i * 4, length, true);
    length += part.length;
  });
  view.setUint32(parts.length * 4, length, true);
  const joined = new Uint8Array(length);
  parts.forEach((part, i) => {
    joined.set(part, view.getUint32(i * 4, true));
  });
  const width = texts.length <= 0x100 ? 1 : texts.length <= 0x1_0000 ? 2 : 4;
  return {
    name,
    width,
    offsets: sections.add(offsets),
    texts: sections.add(joined),
    cells: sections.add(cellsOf(rows, ranks, width)),
  };
}

function cellsOf(rows: Uint32Array, ranks: Uint32Array, width: 1 | 2 | 4): Uint8Array {
  const cells = new Uint8Array(rows.length * width);
  const view = new DataView(cells.buffer);
  rows.forEach((row, i) => {
    const rank = ranks[row] ?? 0;
    if (width === 1) cells[i] = rank;
    else if (width === 2) view.setUint16(i * 2, rank, true);
    else view.setUint32(i * 4, rank, true);
  });
  return cells;
}
