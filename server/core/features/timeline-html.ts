/**
 * A timeline as a page: a drawing in SVG, and the same in a table, for those who read and those who listen. All text is
 * escaped here. What can be gone to has a `data-place`, the number of its place.
 */
import { formatClock } from '../base/clock.ts';
import type { Origin } from '../base/origin.ts';
import { escapeHtml, type Page } from './shared/html.ts';
import type {
  Timeline,
  TimelineBar,
  TimelineGroup,
  TimelineRow,
  TimelineTick,
} from './shared/timeline-model.ts';

const WIDTH = 760;
/** For the names of services, and for what reaches beyond the last minute. */
const [LEFT, RIGHT] = [210, 30];
const BAR = 18;
const ROW_GAP = 16;
/** About so wide is a sign of the drawing's text, in its units. */
const SIGN = 6.4;
/** Labels nearer than this would be written over each other. */
const LABEL = 44;
const STEPS = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880] as const;
const MAX_STEPS = 8;

/** How colours and text of the drawing look; on the page, and in a drawing that stands alone. */
const DRAWING_STYLE = `
.timeline text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; fill: var(--ink, #1d2327); }
.timeline .soft { fill: var(--soft, #59636b); }
.timeline .name { font-weight: 600; font-size: 13px; }
.timeline .group { font-weight: 600; fill: var(--accent, #0b6473); }
.timeline .grid { stroke: var(--line, #dcd8cf); }
.timeline .ran { fill: var(--raised, #f4f2ed); stroke: var(--soft, #59636b); }
.timeline .unclocked { stroke-dasharray: 4 3; }
.timeline .selected { stroke: var(--accent, #0b6473); stroke-width: 2.5; }
.timeline .part { fill: var(--accent-soft, #e2eff1); stroke: var(--accent, #0b6473); }
.timeline .part.unknown, .timeline .part.denied { fill: var(--warn-soft, #fbefdc); stroke: var(--warn, #8a4b08); }
.timeline .part.dropped { fill: none; stroke: var(--soft, #59636b); stroke-dasharray: 3 3; }
.timeline .tick { stroke: var(--accent, #0b6473); stroke-width: 2; }
.timeline .tick.open { stroke: var(--soft, #59636b); stroke-dasharray: 3 2; }
`;

const PAGE_STYLE = `
.page:not(:has(.contents)) { display: block; max-width: 66rem; }
main { max-width: none; }
.lead { max-width: none; }
.scroll > svg { display: block; width: 100%; min-width: 40rem; height: auto; }
[data-place] { cursor: pointer; }
svg [data-place]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
td > span, th > span, th > small { display: block; }
th > small { font-weight: 400; color: var(--soft); }
.legend { max-width: none; font-size: .8125rem; color: var(--soft); }
`;

/** The page, and the places that it can lead to. */
export interface TimelinePage extends Page {
  readonly places: readonly Origin[];
  /** The drawing as a file of its own. */
  readonly svg: string;
}

export function timelinePage(timeline: Timeline): TimelinePage {
  const places = timeline.groups.flatMap(({ rows }) => rows.flatMap(({ bars }) => bars.map(({ at }) => at)));
  const title = `Timeline of ${timeline.title === '' ? 'an encounter' : timeline.title}`;
  const drawing = new Drawing(timeline, places).svg(title);
  const body = `<a class="skip" href="#table">Skip to the table</a>
<div class="page">
<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(timeline.date)}: <strong>${escapeHtml(timeline.lines)}</strong></p>
<div class="scroll">${drawing('')}</div>
<p class="legend">Above: when each administration ran${timeline.hasClock ? '' : ', from the beginning, since the record has no times'}. Below it: the minutes that each line counts. Ticks: the minutes from which a code reports a unit; dashed ones were not reached.</p>
${table(timeline)}
</main>
</div>`;
  const style = DRAWING_STYLE + PAGE_STYLE;
  return { title, body, style, places, svg: drawing(`<style>${DRAWING_STYLE}</style>`) };
}

/** The drawing of a timeline from top to bottom; each part says how high it is. */
class Drawing {
  readonly #timeline: Timeline;
  readonly #places: readonly Origin[];
  readonly #to: number;

  constructor(timeline: Timeline, places: readonly Origin[]) {
    this.#timeline = timeline;
    this.#places = places;
    // The next unit is of interest where it was nearly reached.
    const reach = timeline.to + (timeline.to - timeline.from) / 4;
    const ticks = timeline.groups.flatMap(({ rows }) => rows.flatMap((row) => row.ticks.map(({ at }) => at)));
    this.#to = Math.max(timeline.to, ...ticks.filter((at) => at <= reach));
  }

  /** Answers with the drawing around a style that it takes along. */
  svg(title: string): (style: string) => string {
    let y = 26;
    const parts: string[] = [];
    for (const group of this.#timeline.groups) {
      const { text, height } = this.#group(group, y);
      parts.push(text);
      y += height;
    }
    const grid = this.#grid(y);
    return (style) =>
      `<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 ${String(WIDTH)} ${round(y + 6)}" role="group" aria-label="${escapeHtml(title)}">${style}\n${grid}\n${parts.join('\n')}\n</svg>`;
  }

  #x(at: number): number {
    const { from } = this.#timeline;
    return LEFT + ((at - from) / (this.#to - from)) * (WIDTH - LEFT - RIGHT);
  }

  #grid(height: number): string {
    const { from, hasClock } = this.#timeline;
    const step = STEPS.find((minutes) => (this.#to - from) / minutes <= MAX_STEPS) ?? 2880;
    const lines: string[] = [];
    for (let at = Math.ceil(from / step) * step; at <= this.#to; at += step) {
      const label = hasClock ? formatClock(at) : `${String(at)} min`;
      const x = round(this.#x(at));
      lines.push(
        `<line class="grid" x1="${x}" x2="${x}" y1="20" y2="${round(height)}"/>${text(this.#x(at), 13, label, 'soft', 'middle')}`,
      );
    }
    return `<g aria-hidden="true">${lines.join('')}</g>`;
  }

  #group({ label, rows }: TimelineGroup, top: number): { text: string; height: number } {
    let y = top;
    const parts: string[] = [];
    if (label !== '') {
      parts.push(text(4, y + 14, shortened(label, LEFT), 'group'));
      y += 24;
    }
    for (const row of rows) {
      const drawn = this.#row(row, y);
      parts.push(drawn.text);
      y += drawn.height;
    }
    return { text: parts.join('\n'), height: y - top };
  }

  #row(row: TimelineRow, top: number): { text: string; height: number } {
    const lanes = lanesOf(row.bars);
    const parts: string[] = [
      text(4, top + 15, shortened(row.name, LEFT), 'name', 'start', row.name),
      text(4, top + 31, shortened(row.about, LEFT), 'soft', 'start', row.about),
      text(
        4,
        top + 46,
        shortened(row.labels.length > 0 ? `→ ${row.labels.join(', ')}` : 'not billed', LEFT),
        '',
        'start',
        row.labels.join(', '),
      ),
    ];
    row.bars.forEach((bar, i) => parts.push(this.#bar(bar, top + (lanes[i] ?? 0) * (BAR + 3))));
    const below = top + (Math.max(0, ...lanes) + 1) * (BAR + 3) + 3;
    for (const { label, words, outcome, pieces } of row.parts)
      for (const piece of pieces) {
        const width = this.#x(piece.to) - this.#x(piece.from);
        const about = `${label}${outcome === 'billable' ? '' : ` (${outcome})`}: ${words}`;
        parts.push(
          `<g role="img" aria-label="${escapeHtml(about)}"><title>${escapeHtml(about)}</title>${rectangle(`part ${outcome}`, this.#x(piece.from), below, width, BAR)}${label.length * SIGN < width ? text(this.#x(piece.from) + width / 2, below + 13, label, '', 'middle') : ''}</g>`,
        );
      }
    parts.push(...this.#ticks(row.ticks, below));
    const height = Math.max(
      below - top + (row.ticks.length > 0 ? BAR + 22 : row.parts.length > 0 ? BAR + 4 : 0),
      52,
    );
    return { text: `<g>${parts.join('')}</g>`, height: height + ROW_GAP };
  }

  #bar({ name, time, from, to, at, isClocked, isSelected }: TimelineBar, y: number): string {
    const [x, width] = [this.#x(from), this.#x(to) - this.#x(from)];
    const classes = ['ran', ...(isClocked ? [] : ['unclocked']), ...(isSelected ? ['selected'] : [])].join(
      ' ',
    );
    const about = `${name}, ${time}`;
    // A moment is a mark with its time beside it.
    const shape =
      width < 6
        ? `<path class="${classes}" d="M${round(x)} ${round(y)}l7 9l-7 9l-7 -9z"/>`
        : rectangle(classes, x, y, width, BAR);
    const inside = time.length * SIGN < width;
    const label = inside
      ? text(x + width / 2, y + 13, time, 'soft', 'middle')
      : x + Math.max(width, 7) + time.length * SIGN < WIDTH
        ? text(x + Math.max(width, 7) + 4, y + 13, time, 'soft')
        : text(x - 10, y + 13, time, 'soft', 'end');
    return `<g role="img" data-place="${String(this.#places.indexOf(at))}" aria-label="${escapeHtml(about)}"><title>${escapeHtml(about)}</title>${shape}${label}</g>`;
  }

  #ticks(ticks: readonly TimelineTick[], y: number): string[] {
    let last = -Infinity;
    return ticks.flatMap(({ at, minute, code, words, reached }) => {
      if (at > this.#to) return [];
      const x = this.#x(at);
      const about = tickWords({ minute, code, words, reached });
      const isFree = x - last >= LABEL;
      if (isFree) last = x;
      return [
        `<g role="img" aria-label="${escapeHtml(about)}"><title>${escapeHtml(about)}</title><line class="tick${reached ? '' : ' open'}" x1="${round(x)}" x2="${round(x)}" y1="${round(y - 3)}" y2="${round(y + BAR + 5)}"/>${isFree ? text(x, y + BAR + 17, `${String(minute)} min`, 'soft', 'middle') : ''}</g>`,
      ];
    });
  }
}

const tickWords = ({
  minute,
  code,
  reached,
}: Pick<TimelineTick, 'minute' | 'code' | 'words' | 'reached'>): string =>
  `${code} from minute ${String(minute)}${reached ? '' : ', not reached'}`;

/** Bars that would lie upon each other go into lanes below one another. */
function lanesOf(bars: readonly TimelineBar[]): readonly number[] {
  const ends: number[] = [];
  return bars.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = Math.max(to, from + 1);
    return lane;
  });
}

function table({ groups }: Timeline): string {
  const rows = groups.flatMap(({ label, rows: own }) =>
    own.map((row) => {
      const about = [row.about, label].filter((words) => words !== '');
      const when = [...row.bars.map(({ time }) => time), ...(hasTimes(row) ? [row.time] : [])];
      return `<tr><th scope="row"><span>${escapeHtml(row.name)}</span>${about.map((words) => `<small>${escapeHtml(words)}</small>`).join('')}</th><td>${listed(when)}</td><td>${listed(countedWords(row))}</td></tr>`;
    }),
  );
  return `<div class="scroll"><table id="table">
<caption>The same in words.</caption>
<thead><tr><th scope="col">Service</th><th scope="col">When</th><th scope="col">Lines, and the minutes that they count</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}

/** A moment needs no sum of its minutes. */
const hasTimes = ({ bars }: TimelineRow): boolean => bars.some(({ from, to }) => to > from);

/** Every line of the service, those that count no minutes too, and what would come next. */
function countedWords({ labels, parts, ticks }: TimelineRow): readonly string[] {
  const timed = new Set(parts.map(({ label }) => label));
  const words = [
    ...parts.map(
      ({ label, words, outcome }) => `${label}: ${words}${outcome === 'billable' ? '' : ` (${outcome})`}`,
    ),
    ...labels.filter((label) => !timed.has(label)),
  ];
  return [
    ...(words.length > 0 ? words : ['not billed']),
    ...ticks
      .filter(({ reached }) => !reached)
      .map(({ code, minute }) => `next: ${code} from minute ${String(minute)} on`),
  ];
}

const listed = (items: readonly string[]): string =>
  items.map((item) => `<span>${escapeHtml(item)}</span>`).join('');

const round = (value: number): string => String(Math.round(value * 10) / 10);

const shortened = (words: string, width: number): string => {
  const most = Math.floor((width - 12) / (SIGN + 0.3));
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`;
};

const rectangle = (classes: string, x: number, y: number, width: number, height: number): string =>
  `<rect class="${classes}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(width, 1))}" height="${round(height)}" rx="3"/>`;

function text(x: number, y: number, words: string, classes = '', anchor = 'start', whole = words): string {
  if (words === '') return '';
  const title = whole === words ? '' : `<title>${escapeHtml(whole)}</title>`;
  return `<text x="${round(x)}" y="${round(y)}"${classes === '' ? '' : ` class="${classes}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escapeHtml(words)}${title}</text>`;
}
