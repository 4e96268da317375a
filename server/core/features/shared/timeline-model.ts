/** What a timeline of an encounter shows: what ran when, which minutes each line counts, and where the next unit begins. */
import type { Origin } from '../../base/origin.ts';

export interface Timeline {
  /** The name of the encounter. */
  readonly title: string;
  readonly date: string;
  /** All lines in one line of text. */
  readonly lines: string;
  /** Minutes from midnight of the date of service, or from the beginning where the record gives no times. */
  readonly from: number;
  readonly to: number;
  readonly hasClock: boolean;
  readonly groups: readonly TimelineGroup[];
}

/** Services that compete with one another, such as those of one access and session. */
export interface TimelineGroup {
  /** Empty where the record names nothing that tells groups apart. */
  readonly label: string;
  readonly rows: readonly TimelineRow[];
}

/** One service: an administration, or several that count as one. */
export interface TimelineRow {
  readonly name: string;
  /** The class, or why nothing is reported. */
  readonly about: string;
  /** The lines that it is reported with, those without minutes too. */
  readonly labels: readonly string[];
  /** `95 of 120 minutes count`. */
  readonly time: string;
  readonly bars: readonly TimelineBar[];
  readonly parts: readonly TimelinePart[];
  readonly ticks: readonly TimelineTick[];
}

export interface TimelineBar {
  readonly name: string;
  /** `10:00 to 11:35`, or how long. */
  readonly time: string;
  readonly from: number;
  /** The same as `from` for what takes no time, and where nobody knows how long it took. */
  readonly to: number;
  /** False where it is drawn from the beginning, since the record has no times. */
  readonly isClocked: boolean;
  readonly at: Origin;
  readonly isSelected: boolean;
}

export interface TimelinePart {
  readonly label: string;
  /** `minutes 1 to 60`. */
  readonly words: string;
  readonly outcome: 'billable' | 'denied' | 'unknown' | 'dropped';
  readonly pieces: readonly { readonly from: number; readonly to: number }[];
}

export interface TimelineTick {
  readonly at: number;
  /** Minutes of the service. */
  readonly minute: number;
  readonly code: string;
  readonly words: string;
  readonly reached: boolean;
}
