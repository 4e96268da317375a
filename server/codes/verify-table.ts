/** Whether an installed table is what its header says, beyond the checksum that opening it looks at. */
import { COLUMNS, KEYS, KINDS, type RelationName, type TableRelease } from '../core/index.ts';

const SAMPLES = 1000;

/** A sentence for each thing that is wrong; a file that was written by this program has none. */
export function faultsOfTable(release: TableRelease): readonly string[] {
  const { kind, effective, rows } = release.header;
  const counted = release.relation(KINDS[kind][0])?.size ?? 0;
  return [
    ...(rows === 0 ? ['It has no rows.'] : []),
    ...(rows === counted ? [] : [`Its header counts ${String(rows)} rows; it has ${String(counted)}.`]),
    ...KINDS[kind].flatMap((name) => lostIn(release, name)),
    ...(effective.to !== undefined && effective.to < effective.from
      ? [`It ends on ${effective.to}, before it begins on ${effective.from}.`]
      : []),
  ];
}

function lostIn(release: TableRelease, name: RelationName): readonly string[] {
  const relation = release.relation<RelationName>(name);
  if (!relation) return [`It has no ${name}.`];
  const step = Math.max(1, Math.floor(relation.size / SAMPLES));
  const samples = Array.from({ length: Math.ceil(relation.size / step) }, (_, i) => i * step);
  const keys = COLUMNS[name].slice(0, KEYS[name]);
  const lost = samples.filter((row) => {
    const { from, to } = relation.rowsOf(...keys.map((column) => relation.textAt(row, column)));
    return row < from || row >= to;
  });
  return lost.length === 0
    ? []
    : [`${String(lost.length)} of ${String(samples.length)} rows that were looked up are not found.`];
}
