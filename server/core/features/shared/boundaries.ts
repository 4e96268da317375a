/** Facts under which a specification reports its code, and the minutes at which its lines change. */
import { addDays, formatClock, parseClock, type IsoDate } from '../../base/clock.ts';
import { fileId } from '../../base/origin.ts';
import type { Bill } from '../../billing/line.ts';
import { lowerEncounter } from '../../encounter/lower.ts';
import { bothCases, casesOf, fulfils, rangeOf, samplesOf, type Case } from '../../rules/cases.ts';
import type { Family } from '../../rules/family.ts';
import { ENCOUNTER_FACT_NAMES, LINE_FACTS } from '../../rules/known-facts.ts';
import type { Reports, Spec } from '../../rules/spec.ts';
import { schemaOf } from '../../schema/schema.ts';
import type { Analysis } from '../../workspace/analysis.ts';
import { parse } from '../../yaml/parse.ts';
import { splitStream } from '../../yaml/stream.ts';
import { expectText } from './expect-text.ts';
import { labelWithOutcome } from './labels.ts';

export type Boundaries = readonly { readonly name: string; readonly text: string }[];

/** More times than this of one specification are not written. */
const MOST = 4;
/** So many ways of meeting a condition are tried. */
const MOST_CASES = 3;
/** Longer than a day nothing runs here, in minutes. */
const DAY = 24 * 60;

/** An encounter in which one administration may run for any number of minutes. */
interface Trial {
  readonly facts: ReadonlyMap<string, string>;
  readonly item: string;
  /** The administrations before it, as items of the list. */
  readonly before: readonly string[];
  readonly start: number;
}

export function boundaryTexts(analysis: Analysis, spec: Spec): Boundaries {
  const first = firstDay(analysis, spec);
  for (const trial of trialsOf(analysis, spec)) {
    const minutes = changesOf(analysis, spec, trial.trial, trial.figures, first);
    const [edge] = minutes;
    if (edge === undefined) continue;
    const around = [...new Set(minutes.slice(0, MOST).flatMap((at) => [at - 1, at, at + 1]))];
    const times = around
      .filter((at) => at > 0)
      .map((at) => encounter(analysis, `${slug(spec)}-of-${String(at)}-minutes`, trial.trial, at, first));
    return [
      ...times,
      ...daysOf(spec).map(({ name, date }) =>
        encounter(analysis, `${slug(spec)}-${name}`, trial.trial, edge, date),
      ),
    ];
  }
  return [];
}

/** Whether there is anything to try out: facts under which the code is reported, and times that may matter. Soon said. */
export const mayHaveBoundaries = (analysis: Analysis, spec: Spec): boolean =>
  trialsOf(analysis, spec).some(({ figures }) => figures.some((at) => at > 1));

const slug = ({ code }: Spec): string => code.toLowerCase();

/** A day on which the specification and its family are in force. */
function firstDay(analysis: Analysis, spec: Spec): IsoDate {
  const own = spec.effective?.from;
  const family = familyOf(analysis, spec)?.effective?.from;
  const latest = [own, family]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
  return latest ?? ('2026-01-01' as IsoDate);
}

const familyOf = (analysis: Analysis, { family }: Spec): Family | undefined =>
  analysis.rules().documents.families.find(({ id }) => id.value === family?.value);

function daysOf({ effective }: Spec): { readonly name: string; readonly date: IsoDate }[] {
  if (!effective) return [];
  const { from, to } = effective;
  return [
    { name: 'on-the-day-before', date: addDays(from, -1) },
    { name: 'on-the-first-day', date: from },
    ...(to === undefined
      ? []
      : [
          { name: 'on-the-last-day', date: to },
          { name: 'on-the-day-after', date: addDays(to, 1) },
        ]),
  ];
}

interface Figured {
  readonly trial: Trial;
  /** Minutes at which something may change. */
  readonly figures: readonly number[];
}

function trialsOf(analysis: Analysis, spec: Spec): Figured[] {
  const family = familyOf(analysis, spec);
  if (!family) return [];
  return spec.reports.flatMap((part) =>
    casesOfPart(family, part).flatMap(({ facts, bounds }) => {
      const figures = figuresOf(part, bounds);
      return arrangements(family, facts, spec).map((trial) => ({ trial, figures }));
    }),
  );
}

interface Chosen {
  readonly facts: ReadonlyMap<string, string>;
  /** Bounds of minutes in the conditions. */
  readonly bounds: readonly number[];
}

function casesOfPart(family: Family, part: Reports): Chosen[] {
  const classes = family.classes.filter(({ name }) => part.classes.some(({ value }) => value === name));
  return classes.flatMap(({ when }) =>
    (bothCases(casesOf(when), casesOf(part.when)) ?? [])
      .slice(0, MOST_CASES)
      .flatMap((own) => chosen(family, own) ?? []),
  );
}

/** A value for every fact of a case; undefined where one of them cannot be written. */
function chosen(family: Family, own: Case): Chosen | undefined {
  const facts = new Map<string, string>();
  const bounds: number[] = [];
  for (const [fact, demand] of own) {
    if (fact === 'minutes') {
      const range = rangeOf(demand, 'min');
      bounds.push(
        ...[range?.least, range?.most].filter((at) => at !== undefined && Number.isFinite(at)).map(Number),
      );
      continue;
    }
    if (LINE_FACTS.has(fact)) return undefined;
    const definition = family.facts.get(fact);
    const listed = [...(definition?.values.keys() ?? [])];
    const samples = samplesOf(fact, demand, {
      listed,
      canBeMissing: true,
      canBeNone: false,
      isAmount: false,
      isWhole: true,
    });
    const fitting = samples?.filter((sample) => fulfils(demand, sample)) ?? [];
    const value = fitting.find((sample) => typeof sample === 'string' || typeof sample === 'number');
    const text = String(value ?? '').replace('\u0000', '');
    if (value !== undefined) facts.set(fact, text);
    else if (fitting.length === 0) return undefined;
  }
  return { facts, bounds };
}

function figuresOf({ thresholds }: Reports, bounds: readonly number[]): readonly number[] {
  const times = thresholds.filter(({ measure, unit }) => measure === 'minutes' || unit === 'min');
  const edges = [...bounds, ...times.flatMap(({ atLeast, moreThan, atMost }) => [atLeast, moreThan, atMost])];
  const covers = times.flatMap((time) => time.covers ?? []);
  const single = [...edges, ...covers].filter((at) => at !== undefined);
  const sums = covers.flatMap((cover) => single.flatMap((at) => [cover + at, 2 * cover + at]));
  const near = [...single, ...sums].flatMap((at) => [at - 1, at, at + 1, at + 2]);
  return [...new Set(near.map(Math.round))].filter((at) => at > 0 && at < DAY).sort((a, b) => a - b);
}

/** Alone, after another one, beside another one, and again. */
function arrangements(family: Family, facts: ReadonlyMap<string, string>, spec: Spec): Trial[] {
  const places = spec.settings.entries().next().value;
  const claim =
    facts.get('claim') ?? places?.[0] ?? schemaOf('encounter').property('claim')?.schema.enum?.[0] ?? '';
  const place = facts.get('place_of_service') ?? spec.settings.get(claim)?.places[0];
  const own = new Map(facts).set('claim', claim);
  if (place !== undefined) own.set('place_of_service', place);
  const item = (substance: string): string => itemText(family, new Map([['substance', substance], ...facts]));
  const [noon, before] = [parseClock('12:00') ?? 0, parseClock('08:00') ?? 0];
  const other = (name: string, start: number, minutes: number): string => timed(item(name), start, minutes);
  return [
    { facts: own, item: item('a'), before: [], start: before },
    { facts: own, item: item('a'), before: [other('b', before, 60)], start: before + 60 },
    { facts: own, item: item('a'), before: [other('b', before, 180)], start: before },
    { facts: own, item: item('a'), before: [other('a', before, 60)], start: noon },
  ];
}

/** The facts of an administration, without its times. */
function itemText(family: Family, facts: ReadonlyMap<string, string>): string {
  const known = schemaOf('encounter').property('administrations')?.item()?.keys() ?? [];
  const own = [...facts].filter(([name]) => !ENCOUNTER_FACT_NAMES.some((fact) => fact === name));
  const direct = own.filter(([name]) => known.includes(name)).map(entryText);
  const others = own.filter(([name]) => !known.includes(name) && family.facts.has(name)).map(entryText);
  return [...direct, ...(others.length > 0 ? [`facts: {${others.join(', ')}}`] : [])].join(', ');
}

const entryText = ([name, value]: readonly [string, string]): string =>
  `${name}: ${/^[a-z][a-z\d -]*$/i.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value) ? value : JSON.stringify(value)}`;

const timed = (item: string, start: number, minutes: number): string =>
  `{${item}, start: "${formatClock(start)}", stop: "${formatClock(start + minutes)}"}`;

/** The minutes from which on the lines of the code are others than a minute before. */
function changesOf(
  analysis: Analysis,
  { code }: Spec,
  trial: Trial,
  figures: readonly number[],
  date: IsoDate,
): readonly number[] {
  const known = new Map<number, string>();
  const labels = (minutes: number): string => {
    const label = known.get(minutes) ?? labelsOf(analysis, trial, minutes, date, code);
    known.set(minutes, label);
    return label;
  };
  return figures.filter((at) => at > 1 && labels(at) !== labels(at - 1));
}

function labelsOf(analysis: Analysis, trial: Trial, minutes: number, date: IsoDate, code: string): string {
  const bill = billOf(analysis, encounterText('e', trial, minutes, date));
  return (bill?.lines ?? [])
    .filter((line) => line.code === code)
    .map(labelWithOutcome)
    .join();
}

function billOf(analysis: Analysis, text: string): Bill | undefined {
  const [document] = splitStream(fileId('trial.encounter.yaml'), text).documents;
  const root = document && parse(document).root;
  return root && analysis.bill(lowerEncounter(root, document.id));
}

function encounter(
  analysis: Analysis,
  name: string,
  trial: Trial,
  minutes: number,
  date: IsoDate,
): { readonly name: string; readonly text: string } {
  const text = encounterText(name, trial, minutes, date);
  return { name, text: `${text}expect:${expectText(billOf(analysis, text) ?? { lines: [] })}\n` };
}

function encounterText(
  name: string,
  { facts, item, before, start }: Trial,
  minutes: number,
  date: IsoDate,
): string {
  const own = [...facts].filter(
    ([fact]) => fact === 'claim' || fact === 'place_of_service' || fact === 'payer' || fact === 'plan',
  );
  const diagnosis = facts.get('diagnosis');
  return [
    `encounter: ${name}`,
    `date: ${date}`,
    ...own.map(entryText),
    ...(diagnosis === undefined ? [] : [`diagnoses: [${diagnosis}]`]),
    'administrations:',
    ...[...before, timed(item, start, minutes)].map((one) => `  - ${one}`),
    '',
  ].join('\n');
}
