/** The model of one encounter: what happened, in facts, with the lines that its author expects. */
import type { IsoDate } from '../base/clock.ts';
import type { DocumentId, Origin } from '../base/origin.ts';
import type { Problem } from '../base/problem.ts';
import type { Sourced } from '../yaml/fields.ts';
import type { Facts } from './fact.ts';

/** Minutes from midnight of the date of service. `stop` is never before `start`. */
export interface Interval {
  readonly start: number;
  readonly stop: number;
}

/** What one activity of an encounter may say of another. */
export type Relation = 'concurrent_with' | 'repeats' | 'resumes' | 'mixed_with';
/** Facts by which an activity is called where it has no id. */
export const NAMING_FACTS: readonly string[] = ['substance', 'service'];

export const RELATIONS: readonly Relation[] = ['concurrent_with', 'repeats', 'resumes', 'mixed_with'];

/** An administration, or another service of the day. */
export interface Activity {
  readonly origin: Origin;
  readonly listed: 'administrations' | 'services';
  readonly id: string | undefined;
  /** How people would call it: its substance, service, code or place in the list. */
  readonly name: string;
  readonly facts: Facts;
  /** Minutes from midnight of the date of service, where a start is documented. */
  readonly start: number | undefined;
  /** Undefined unless both ends are documented, or one end and the minutes. */
  readonly interval: Interval | undefined;
  /** How long it ran: from the clock, or as given; undefined when the record does not say. */
  readonly minutes: number | undefined;
  /** The activity that each relation points to, by its place among the activities of the encounter. */
  readonly links: ReadonlyMap<Relation, number>;
}

export interface ExpectedLine {
  readonly origin: Origin;
  readonly code: string;
  readonly units: number;
  /** Undefined where the author does not say: then they are not compared. */
  readonly modifiers: readonly string[] | undefined;
  readonly outcome: string | undefined;
}

export interface Expectation {
  readonly origin: Origin;
  /** Every line that is billable, and those of another outcome that the author cares for. Undefined where only a part is known. */
  readonly lines: readonly ExpectedLine[] | undefined;
  /** Lines that are among the computed ones, whatever else is. */
  readonly includes: readonly ExpectedLine[];
  /** Codes that are not reported. */
  readonly excludes: readonly Sourced<string>[];
}

/** Where the expected answer was published, and how sure it is. */
export interface Publication {
  /** Who published it; the title where nobody is named. */
  readonly publisher: string;
  readonly standing: 'settled' | 'contested' | undefined;
}

export interface Encounter {
  readonly document: DocumentId;
  readonly origin: Origin;
  readonly id: Sourced<string> | undefined;
  /** Undefined when the document has no real date; then nothing can be computed. */
  readonly date: Sourced<IsoDate> | undefined;
  /** Name of the one family to use; undefined for every family that fits. */
  readonly family: Sourced<string> | undefined;
  /** Policies that hold beside those of the payer. */
  readonly policies: readonly Sourced<string>[];
  readonly facts: Facts;
  readonly diagnoses: readonly Sourced<string>[];
  readonly taxonomy: Sourced<string> | undefined;
  readonly activities: readonly Activity[];
  readonly expect: Expectation | undefined;
  readonly published: Publication | undefined;
  /** What was wrong with the facts themselves. */
  readonly problems: readonly Problem[];
}

/** The activity that another one points to. */
export function linkedTo(encounter: Encounter, activity: Activity, relation: Relation): Activity | undefined {
  const index = activity.links.get(relation);
  return index === undefined ? undefined : encounter.activities[index];
}
