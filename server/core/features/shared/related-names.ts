/** What one administration may call another that it relates to. */
import { isWithin, pathSteps, type YamlPath } from '../../base/origin.ts';
import { NAMING_FACTS, RELATIONS, type Activity } from '../../encounter/encounter.ts';

/** At the key of a relation, what the others may be called by: an id, or a name that no other of them has. */
export function relatedNames(activities: readonly Activity[], path: YamlPath): readonly string[] {
  const key = pathSteps(path).at(-1) ?? '';
  if (!RELATIONS.some((name) => name === key)) return [];
  const others = activities.filter(({ origin }) => !isWithin(path, origin.path));
  const having = new Map<string, number>();
  for (const { id, name } of others)
    for (const own of new Set([id ?? name, name])) having.set(own, (having.get(own) ?? 0) + 1);
  const names = others.flatMap(({ id, name, facts }) => {
    if (id !== undefined) return [id];
    const isNamed = NAMING_FACTS.some((fact) => facts.get(fact)?.value === name);
    return isNamed && having.get(name) === 1 ? [name] : [];
  });
  return [...new Set(names)];
}
