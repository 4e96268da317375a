/** Small releases of tables, written and opened as installed ones are. */
import assert from 'node:assert/strict';
import { COLUMNS, type RelationName, type TableInfo } from '../../server/core/codes/tables/layout.ts';
import type { TableFile } from '../../server/core/codes/tables/releases.ts';
import { openTable, readTableHeader, TableRelease } from '../../server/core/codes/tables/table.ts';
import { RelationWriter, writeTable } from '../../server/core/codes/tables/write.ts';
import { date } from './code-sets.ts';

const QUARTER = { from: date('2026-04-01'), to: date('2026-06-30') };

export const tableInfo = (more: Partial<TableInfo> = {}): TableInfo => ({
  kind: 'limits',
  set: 'limits',
  release: '2026q2',
  effective: QUARTER,
  title: 'Limits',
  publisher: 'A publisher',
  sources: [{ name: 'limits.csv', sha256: 'ab' }],
  ...more,
});

/** Rows of a relation, with a bar between cells: `A0001 | 2 | 3 | Data`. */
export function relation(name: RelationName, text: string): RelationWriter {
  const writer = new RelationWriter(name);
  for (const line of text.split('\n').filter((own) => own.trim() !== '')) {
    const cells = line.split('|').map((cell) => cell.trim());
    assert.equal(cells.length, COLUMNS[name].length, line);
    writer.add(
      Object.fromEntries(COLUMNS[name].map((column, i) => [column, cells[i] ?? ''])) as Parameters<
        RelationWriter['add']
      >[0],
    );
  }
  return writer;
}

export function opened(bytes: Uint8Array): TableRelease {
  const table = openTable(bytes);
  assert.ok(table instanceof TableRelease, JSON.stringify(table));
  return table;
}

export function tableFile(
  writers: readonly RelationWriter[],
  more: Partial<TableInfo> = {},
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): TableFile {
  const bytes = writeTable(tableInfo(more), writers);
  const header = readTableHeader(bytes);
  assert.ok(!('refused' in header));
  return { header, name: `${header.set}.${header.release}.table`, read: () => change(bytes) };
}
