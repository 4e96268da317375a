/**
 * Which of several things others keep away. What is kept away itself keeps nothing away, so those go first that something
 * lasting keeps away; where each keeps the next one away in a circle, the last of them goes.
 */
export function suppressed<T>(items: readonly T[], by: (item: T) => readonly T[]): ReadonlySet<T> {
  const alive = new Set(items);
  for (;;) {
    const threatened = items.filter((item) => alive.has(item) && by(item).some((other) => alive.has(other)));
    const last = threatened.at(-1);
    if (last === undefined) break;
    const lost = threatened.filter((item) =>
      by(item).some((other) => alive.has(other) && !threatened.includes(other)),
    );
    for (const item of lost.length > 0 ? lost : [last]) alive.delete(item);
  }
  return new Set(items.filter((item) => !alive.has(item)));
}
