/**
 * What hangs on a fact that the record lacks. Where the class of one administration is open, the others are placed once
 * for each class that it may have; what is placed otherwise then is unknown too, and never billable by luck.
 */
import type { IsoDate } from '../base/clock.ts';
import { listWords, quoted, spaced } from '../base/words.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { FamilyRules } from '../rules/rule-set.ts';
import type { Classified } from './classify.ts';
import { group, type ClassifiedActivity } from './group.ts';
import type { Reason } from './line.ts';
import { place, type Placed, type PlacedService } from './position.ts';

/** By service: on what its position hangs, beside what it lacks itself. */
export function doubtsOf(
  rules: FamilyRules,
  encounter: Encounter,
  date: IsoDate,
  classified: readonly Classified[],
  { services }: Placed,
): ReadonlyMap<PlacedService, Reason> {
  const doubts = new Map<PlacedService, Reason>();
  for (const open of classified) {
    if (open.kind !== 'classified') continue;
    for (const rule of open.open) {
      if (rule === open.rule) continue;
      const other = classified.map((item) => (item === open ? { ...open, rule } : item));
      const groups = group(rules.family, encounter, other);
      const known = new Set(place(rules, encounter, date, groups).services.map(positionOf));
      for (const placed of services) {
        const isItself = placed.service.members.some(({ activity }) => activity === open.activity);
        if (isItself || doubts.has(placed) || known.has(positionOf(placed))) continue;
        doubts.set(placed, doubt(placed, open));
      }
    }
  }
  return doubts;
}

/** All that decides the line of a placed service. */
const positionOf = ({ service, position, date, standing, differsBy }: PlacedService): string =>
  JSON.stringify([
    service.members.map(({ activity }) => activity.origin.path),
    service.rule.name,
    service.minutes,
    position,
    date,
    standing,
    differsBy,
  ]);

function doubt({ service }: PlacedService, { activity, missing, open, rule }: ClassifiedActivity): Reason {
  const lacks = `${listWords(missing.map(spaced), 'and')} of ${activity.name} ${missing.length > 1 || missing[0]?.endsWith('s') ? 'are' : 'is'} not documented`;
  const classes = listWords(open.map(({ title }) => quoted(title)));
  return {
    clause: rule.origin,
    facts: [],
    sentence: `Unknown: the part of ${service.name} depends on what ${activity.name} is, and ${lacks}. It may be ${classes}.`,
  };
}
