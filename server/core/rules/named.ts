/** Lists whose items have names, as amendments change them. */

/** Items of the same name take the place of the old ones; new ones come first, since lists are tried in order. */
export function replaceNamed<T>(
  base: readonly T[],
  changes: readonly T[],
  nameOf: (item: T) => string,
): readonly T[] {
  const byName = new Map(changes.map((item) => [nameOf(item), item]));
  const known = new Set(base.map(nameOf));
  return [
    ...changes.filter((item) => !known.has(nameOf(item))),
    ...base.map((item) => byName.get(nameOf(item)) ?? item),
  ];
}
