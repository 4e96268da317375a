/** What one activity says of another: references by id or by substance, resolved to places in the encounter. */
import { nearest } from '../base/nearest.ts';
import { problem, type Problem } from '../base/problem.ts';
import { RELATIONS, type Activity, type Relation } from './encounter.ts';
import type { Fact } from './fact.ts';

/** The activities with their links. What was mixed into another's bag has that one's times, where it has none itself. */
export function withLinks(activities: readonly Activity[], problems: Problem[]): Activity[] {
  checkIds(activities, problems);
  const linked = activities.map((activity) => {
    const links = new Map<Relation, number>();
    for (const relation of RELATIONS) {
      const fact = activity.facts.get(relation);
      const found = fact && resolve(activities, activity, fact, problems);
      if (found !== undefined) links.set(relation, found);
    }
    return links.size > 0 ? { ...activity, links } : activity;
  });
  const straight = WHOLE.reduce((all, relation) => withoutCircles(all, relation, problems), linked);
  return straight.map((activity) => withTimesOfBag(activity, straight));
}

/** Relations that make one of two; what is in a bag, or goes on, cannot come back to itself. */
const WHOLE: readonly Relation[] = ['mixed_with', 'resumes'];

function withoutCircles(activities: Activity[], relation: Relation, problems: Problem[]): Activity[] {
  const result = [...activities];
  for (const [index, activity] of activities.entries()) {
    if (!leadsBack(result, relation, index)) continue;
    const fact = activity.facts.get(relation);
    const message = `"${relation}" leads in a circle back to this administration, so this one is left out.`;
    problems.push(problem('unknown-reference', fact?.origin ?? activity.origin, message));
    const links = new Map(activity.links);
    links.delete(relation);
    result[index] = { ...activity, links };
  }
  return result;
}

function leadsBack(activities: readonly Activity[], relation: Relation, from: number): boolean {
  const seen = new Set<number>();
  let at = activities[from]?.links.get(relation);
  while (at !== undefined && !seen.has(at)) {
    if (at === from) return true;
    seen.add(at);
    at = activities[at]?.links.get(relation);
  }
  return false;
}

function checkIds(activities: readonly Activity[], problems: Problem[]): void {
  const known = new Set<string>();
  for (const { id, origin } of activities) {
    if (id === undefined) continue;
    if (known.has(id)) {
      const message = `Two administrations have the id "${id}", so a reference to it is ambiguous.`;
      problems.push(problem('duplicate-name', origin, message));
    }
    known.add(id);
  }
}

function resolve(
  activities: readonly Activity[],
  activity: Activity,
  fact: Fact,
  problems: Problem[],
): number | undefined {
  const wanted = String(fact.value);
  const places = (name: (other: Activity) => string | undefined): number[] =>
    activities.flatMap((other, i) => (other !== activity && name(other) === wanted ? [i] : []));
  const byId = places(({ id }) => id);
  const found = byId.length > 0 ? byId : places(({ name }) => name);
  if (found.length > 0 && (byId.length > 0 || found.length === 1)) return found[0];
  const message =
    found.length > 1
      ? `Several administrations here are of "${wanted}". Give the one that is meant an \`id\`.`
      : undefined;
  problems.push(unresolved(activities, activity, fact, message));
  return undefined;
}

function unresolved(
  activities: readonly Activity[],
  activity: Activity,
  { value, origin }: Fact,
  message: string | undefined,
): Problem {
  const wanted = String(value);
  if (message !== undefined) return problem('unknown-reference', origin, message);
  const others = activities.filter((other) => other !== activity).flatMap(({ id }) => id ?? []);
  const near = nearest(wanted, others);
  const hint = near === undefined ? 'Give that administration an `id`.' : `Did you mean "${near}"?`;
  return problem(
    'unknown-reference',
    origin,
    `No other administration here has the id "${wanted}". ${hint}`,
    { fix: near === undefined ? undefined : { kind: 'replace', text: near, title: `Change to "${near}"` } },
  );
}

/** The bag that holds an activity and is in none itself. */
function outermost(activities: readonly Activity[], activity: Activity): Activity {
  const outer = activities[activity.links.get('mixed_with') ?? -1];
  return outer ? outermost(activities, outer) : activity;
}

function withTimesOfBag(activity: Activity, activities: readonly Activity[]): Activity {
  const bag = outermost(activities, activity);
  if (bag === activity || activity.start !== undefined || activity.minutes !== undefined) return activity;
  const minutes = bag.facts.get('minutes');
  return {
    ...activity,
    start: bag.start,
    interval: bag.interval,
    minutes: bag.minutes,
    facts: minutes ? new Map([...activity.facts, ['minutes', minutes]]) : activity.facts,
  };
}
