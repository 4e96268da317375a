/**
 * The timeline of an encounter: what ran when on which access, which of its minutes each line counts, and the minutes from
 * which codes report a unit, reached and not.
 */
import { formatClock } from '../base/clock.ts';
import { groupBy } from '../base/lists.ts';
import { isWithin, type Origin } from '../base/origin.ts';
import { formatAmount, rounded } from '../base/quantity.ts';
import { plural, spaced } from '../base/words.ts';
import { countedServices, type CountedPart, type CountedService } from '../billing/counted.ts';
import { lineLabel, type Bill } from '../billing/line.ts';
import type { Activity, Encounter, Interval } from '../encounter/encounter.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { nodeAtOffset } from '../yaml/locate.ts';
import { labelOfLines, labelWithOutcome } from './shared/labels.ts';
import type {
  Timeline,
  TimelineBar,
  TimelineGroup,
  TimelinePart,
  TimelineRow,
} from './shared/timeline-model.ts';

export type { Timeline } from './shared/timeline-model.ts';

/** A moment is as wide as this where nothing else gives the drawing a width, in minutes. */
const SHORTEST = 30;

/**
 * Of the encounter of a document; undefined where there is none, or nothing can be computed. What stands at `offset` of the
 * document is drawn as selected.
 */
export function timeline(
  analysis: Analysis,
  { source }: DocumentInFile,
  offset?: number,
): Timeline | undefined {
  const encounter = analysis.encounter(source);
  const rules = encounter && analysis.rulesOn(encounter);
  const bill = encounter && analysis.bill(encounter);
  if (!encounter?.date || !rules || !bill || encounter.activities.length === 0) return undefined;
  const services = countedServices(rules, encounter);
  const path =
    offset === undefined
      ? undefined
      : nodeAtOffset(analysis.parsed(source), onText(source.text, offset))?.path;
  const isAt = (activity: Activity): boolean => path !== undefined && isWithin(path, activity.origin.path);
  const drawing = new Drawing(encounter, services, bill, isAt);
  const counted = new Set(services.flatMap(({ activities }) => activities));
  const left = encounter.activities.filter((activity) => !counted.has(activity));
  const groups = [...groupBy(services, ({ group }) => labelOfGroup(group))].map(
    ([label, own]): TimelineGroup => ({ label, rows: own.map((service) => drawing.row(service)) }),
  );
  const rest = left.map((activity) => drawing.uncounted(activity));
  return {
    title: encounter.id?.value ?? '',
    date: encounter.date.value,
    lines: labelOfLines(bill.lines, 'nothing is billed'),
    ...drawing.span,
    groups: [...groups, ...(rest.length > 0 ? [{ label: 'Not counted', rows: rest }] : [])],
  };
}

/** Before the text of a line, at its blanks and dashes, one means what is on the line. */
function onText(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const lead = /^[ \t-]*/.exec(text.slice(start))?.[0] ?? '';
  return Math.max(offset, start + lead.length);
}

const labelOfGroup = (group: ReadonlyMap<string, string>): string =>
  [...group].flatMap(([fact, value]) => (value === '' ? [] : [`${spaced(fact)} ${value}`])).join(', ');

/** Where things stand in the drawing of one encounter. */
class Drawing {
  readonly span: Pick<Timeline, 'from' | 'to' | 'hasClock'>;
  readonly #bill: Bill;
  readonly #isSelected: (activity: Activity) => boolean;

  constructor(
    { activities }: Encounter,
    services: readonly CountedService[],
    bill: Bill,
    isSelected: (activity: Activity) => boolean,
  ) {
    this.#bill = bill;
    this.#isSelected = isSelected;
    const starts = activities.flatMap(({ start }) => start ?? []);
    const hasClock = starts.length > 0;
    const from = hasClock ? Math.min(...starts) : 0;
    const ends = activities.map(
      ({ interval, start, minutes }) => interval?.stop ?? (start ?? from) + (minutes ?? 0),
    );
    // How long a service ran may be known by other means than its clock, such as a volume and a rate.
    const counted = services.flatMap((service) =>
      service.minutes === undefined ? [] : clockOf(service, from, service.minutes),
    );
    this.span = { from, to: Math.max(from + SHORTEST, ...ends, ...counted), hasClock };
  }

  row(service: CountedService): TimelineRow {
    const { activities, name, className, minutes } = service;
    const ran = service.intervals.reduce((sum, { start, stop }) => sum + stop - start, 0);
    return {
      name: activities.length > 1 ? together(activities) : name,
      about: className,
      labels: this.#labels(activities),
      time: timeWords(minutes, ran),
      bars: activities.map((activity) => this.#bar(activity)),
      parts: service.parts.map((part) => this.#part(service, part)),
      ticks: service.ticks.map(({ minute, code, words, reached }) => ({
        at: clockOf(service, this.span.from, minute),
        minute,
        code,
        words,
        reached,
      })),
    };
  }

  /** What no family counts, with why. */
  uncounted(activity: Activity): TimelineRow {
    const miss = this.#bill.notBilled.find(
      ({ code, administrations }) => code === '' && isAmong(activity, administrations),
    );
    return {
      name: activity.name,
      about: miss?.because.sentence ?? '',
      labels: this.#labels([activity]),
      time: timeWords(activity.minutes, 0),
      bars: [this.#bar(activity)],
      parts: [],
      ticks: [],
    };
  }

  #labels(activities: readonly Activity[]): readonly string[] {
    return this.#bill.lines
      .filter(({ administrations }) => activities.some((activity) => isAmong(activity, administrations)))
      .map(labelWithOutcome);
  }

  #bar(activity: Activity): TimelineBar {
    const { name, interval, start, minutes, origin: at } = activity;
    const from = interval?.start ?? start ?? this.span.from;
    return {
      name,
      time: barWords(activity),
      from,
      to: interval?.stop ?? from + (minutes ?? 0),
      isClocked: start !== undefined,
      at,
      isSelected: this.#isSelected(activity),
    };
  }

  #part(service: CountedService, { code, modifiers, units, outcome, from, to }: CountedPart): TimelinePart {
    return {
      label: lineLabel({ code, modifiers, units }),
      words: `minutes ${String(from + 1)} to ${String(to)}`,
      outcome: outcome ?? 'dropped',
      pieces: piecesOf(service, this.span.from, { from, to }),
    };
  }
}

/** When a service ran; where the record gives no times it is drawn from `start` on. */
function intervalsOf({ intervals, minutes, activities }: CountedService, start: number): readonly Interval[] {
  if (intervals.length > 0) return [...intervals].sort((a, b) => a.start - b.start);
  const from = activities.find((activity) => activity.start !== undefined)?.start ?? start;
  return [{ start: from, stop: from + (minutes ?? 0) }];
}

/** The times on the clock of some minutes of a service, which may have been interrupted. */
function piecesOf(
  service: CountedService,
  start: number,
  { from, to }: Pick<CountedPart, 'from' | 'to'>,
): { from: number; to: number }[] {
  const pieces: { from: number; to: number }[] = [];
  const intervals = intervalsOf(service, start);
  let passed = 0;
  for (const [i, own] of intervals.entries()) {
    // The last one goes on as long as minutes count.
    const length = i === intervals.length - 1 ? Infinity : own.stop - own.start;
    const [first, last] = [Math.max(from - passed, 0), Math.min(to - passed, length)];
    if (first < last) pieces.push({ from: own.start + first, to: own.start + last });
    passed += own.stop - own.start;
  }
  return pieces;
}

/** When a minute of a service has passed; beyond its end as if it had gone on. */
function clockOf(service: CountedService, start: number, minute: number): number {
  let left = minute;
  let end = start;
  for (const own of intervalsOf(service, start)) {
    if (left <= own.stop - own.start) return own.start + left;
    left = rounded(left - (own.stop - own.start));
    end = own.stop;
  }
  return end + left;
}

/** `cisplatin + mannitol`, and of one drug in several bags `cisplatin (2 administrations)`. */
function together(activities: readonly Activity[]): string {
  const names = [...new Set(activities.map(({ name }) => name))].join(' + ');
  return names.includes(' + ') ? names : `${names} (${plural(activities.length, 'administration')})`;
}

const isAmong = ({ origin }: Activity, administrations: readonly Origin[]): boolean =>
  administrations.some(({ document, path }) => document === origin.document && path === origin.path);

const timeWords = (minutes: number | undefined, ran: number): string =>
  minutes === undefined
    ? 'How long it ran is not documented.'
    : ran > minutes
      ? `${String(minutes)} of ${formatAmount(ran, 'min')} count`
      : formatAmount(minutes, 'min');

function barWords({ interval, start, minutes }: Activity): string {
  if (interval) return `${formatClock(interval.start)} to ${formatClock(interval.stop)}`;
  if (start !== undefined) return `at ${formatClock(start)}`;
  return minutes === undefined
    ? 'no times documented'
    : `${formatAmount(minutes, 'min')}, no times documented`;
}
