/** Whether an installed release is what its header says, beyond the checksum that opening it looks at. */
import type { CodeSet } from '../core/index.ts';

const SAMPLES = 1000;

/** A sentence for each thing that is wrong; a file that was written by this program has none. */
export function faultsOf(set: CodeSet): readonly string[] {
  const { billable, effective } = set.header;
  let counted = 0;
  let unordered = 0;
  for (let row = 0; row < set.size; row++) {
    if (set.isBillable(row)) counted++;
    if (row > 0 && set.codeAt(row - 1) >= set.codeAt(row)) unordered++;
  }
  const step = Math.max(1, Math.floor(set.size / SAMPLES));
  const samples = Array.from({ length: Math.ceil(set.size / step) }, (_, i) => i * step);
  const lost = samples.filter((row) => set.rowOf(set.displayAt(row)) !== row || set.titleAt(row) === '');
  return [
    ...(set.size === 0 ? ['It has no rows.'] : []),
    ...(counted === billable
      ? []
      : [`Its header counts ${String(billable)} billable codes; it has ${String(counted)}.`]),
    ...(unordered === 0 ? [] : [`${String(unordered)} of its codes are not in their order.`]),
    ...(lost.length === 0
      ? []
      : [`${String(lost.length)} of ${String(samples.length)} codes that were looked up are not found.`]),
    ...(effective.to !== undefined && effective.to < effective.from
      ? [`It ends on ${effective.to}, before it begins on ${effective.from}.`]
      : []),
  ];
}
