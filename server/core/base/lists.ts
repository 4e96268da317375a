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

/** The place of the last number that is at most `value` in an ascending list; 0 where there is none. */
export function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** With how many items two lists begin alike, and with how many of the others they end alike. */
export function endsAlike<A, B>(
  one: readonly A[],
  other: readonly B[],
  isAlike: (a: A | undefined, b: B | undefined) => boolean,
): { readonly head: number; readonly tail: number } {
  const shared = Math.min(one.length, other.length);
  let head = 0;
  while (head < shared && isAlike(one[head], other[head])) head++;
  let tail = 0;
  while (tail < shared - head && isAlike(one.at(-1 - tail), other.at(-1 - tail))) tail++;
  return { head, tail };
}
