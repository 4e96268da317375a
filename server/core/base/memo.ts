/**
 * Memoization by the identity of immutable inputs. Derived data lives exactly as long as the input it came from,
 * so there is nothing to invalidate and no function that clears a cache.
 */

/** Remembers one result for each input object. */
export function perInput<I extends object, O>(derive: (input: I) => O): (input: I) => O {
  const seen = new WeakMap<I, { readonly output: O }>();
  return (input) => {
    const known = seen.get(input);
    if (known) return known.output;
    const output = derive(input);
    seen.set(input, { output });
    return output;
  };
}

/**
 * Remembers the results for the inputs that were asked for last, at most `limit` of them: for what is large, and soon
 * asked for again or not at all.
 */
export function perRecentInput<I extends object | string, O>(
  limit: number,
  derive: (input: I) => O,
): (input: I) => O {
  const seen = new Map<I, { readonly output: O }>();
  return (input) => {
    const known = seen.get(input) ?? { output: derive(input) };
    // A map keeps the order in which its keys were put in.
    seen.delete(input);
    seen.set(input, known);
    const [oldest] = seen.keys();
    if (seen.size > limit && oldest !== undefined) seen.delete(oldest);
    return known.output;
  };
}

/** Remembers one result for each pair of input objects. */
export function perPair<A extends object, B extends object, O>(derive: (a: A, b: B) => O): (a: A, b: B) => O {
  const byFirst = perInput((a: A) => perInput((b: B) => derive(a, b)));
  return (a, b) => byFirst(a)(b);
}

/**
 * Returns the previous list when the new one holds the same objects in the same order, so that what was derived
 * from it stays valid by identity.
 */
export function sameList<T>(previous: readonly T[] | undefined, next: readonly T[]): readonly T[] {
  if (previous?.length !== next.length) return next;
  return previous.every((item, i) => item === next[i]) ? previous : next;
}

/** Structural equality of plain data: objects, arrays, maps and scalars; no functions, no cycles. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => deepEqual(item, b[i]));
  }
  if (a instanceof Map) {
    return (
      b instanceof Map && a.size === b.size && [...a].every(([k, v]) => b.has(k) && deepEqual(v, b.get(k)))
    );
  }
  if (Array.isArray(b) || b instanceof Map) return false;
  const left = Object.entries(a);
  const right = b as Readonly<Record<string, unknown>>;
  return (
    left.length === Object.keys(b).length &&
    left.every(([k, v]) => Object.hasOwn(b, k) && deepEqual(v, right[k]))
  );
}

/** Works something out once, when it is first asked for. */
export function lazy<T>(make: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: make() }).value;
}
