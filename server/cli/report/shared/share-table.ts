/** Tables of shares, such as `3 of 4`, by name. */
import pc from 'picocolors';

export interface ShareRow {
  readonly name: string;
  /** One for each column; of nothing, the cell stays empty. */
  readonly shares: readonly (readonly [part: number, total: number])[];
  /** Whether nothing is left to be done. */
  readonly isWhole: boolean;
}

/** Names to the left, figures to the right; rows that are not whole stand out. */
export function shareTable(title: string, columns: readonly string[], rows: readonly ShareRow[]): string {
  const cells = [['', ...columns], ...rows.map(({ name, shares }) => [name, ...shares.map(share)])];
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length))) ?? [];
  const lines = cells.map((row, number) => {
    const text = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    const line = `  ${text.join('  ')}`.trimEnd();
    if (number === 0) return pc.dim(line);
    return rows[number - 1]?.isWhole === true ? line : pc.yellow(line);
  });
  return [pc.bold(title), ...lines].join('\n');
}

const share = ([part, total]: readonly [number, number]): string =>
  total === 0 ? '' : `${String(part)} of ${String(total)}`;
