/** Small helpers for lists. */

/** The first item for each key, in order. */
export function uniqueBy<T>(items: readonly T[], key: (item: T) => unknown): T[] {
  const seen = new Set<unknown>();
  return items.filter((item) => {
    const own = key(item);
    if (seen.has(own)) return false;
    seen.add(own);
    return true;
  });
}

/** Items by key, in order of first appearance. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const item of items) {
    const own = key(item);
    const known = groups.get(own);
    if (known) known.push(item);
    else groups.set(own, [item]);
  }
  return groups;
}
