/** What changed between two releases of one set, as addenda list it. */
import type { CodeChange, CodeSet } from '../core/index.ts';

/** A code that became a header, or the other way round, is deleted and added, as official addenda have it. */
export interface ReleaseChange extends CodeChange {
  /** Of an added or revised code in the later release, of a deleted one in the earlier. */
  readonly billable: boolean;
}

/** In the order of the codes, which are without point; both sets hold theirs sorted. */
export function changesBetween(before: CodeSet, after: CodeSet): readonly ReleaseChange[] {
  const changes: ReleaseChange[] = [];
  let [old, own] = [0, 0];
  while (old < before.size || own < after.size) {
    const [gone, come] = [
      old < before.size ? before.codeAt(old) : undefined,
      own < after.size ? after.codeAt(own) : undefined,
    ];
    if (come === undefined || (gone !== undefined && gone < come))
      changes.push(changeOf('deleted', before, old++));
    else if (gone === undefined || come < gone) changes.push(changeOf('added', after, own++));
    else changes.push(...changesOfOne(before, old++, after, own++));
  }
  return changes;
}

function changesOfOne(before: CodeSet, old: number, after: CodeSet, own: number): readonly ReleaseChange[] {
  if (before.isBillable(old) !== after.isBillable(own))
    return [changeOf('deleted', before, old), changeOf('added', after, own)];
  const title = before.titleAt(old);
  return title === after.titleAt(own) ? [] : [{ ...changeOf('revised', after, own), before: title }];
}

const changeOf = (kind: CodeChange['kind'], set: CodeSet, row: number): ReleaseChange => ({
  kind,
  code: set.codeAt(row),
  title: set.titleAt(row),
  billable: set.isBillable(row),
});
