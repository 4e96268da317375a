/**
 * The part of an article that the engine executes, in words: what the code reports, from how much time on, on which
 * claims, and what it never reports. For a specification without `reports`, what it says of these and that nothing is
 * computed from it.
 */
import { formatAmount } from '../../base/quantity.ts';
import { listWords, plural, spaced } from '../../base/words.ts';
import { lowerCondition } from '../../rules/condition.ts';
import {
  isExecutable,
  partsOf,
  type ExecutableSpec,
  type Position,
  type Reports,
  type Spec,
} from '../../rules/spec.ts';
import type { Threshold } from '../../rules/threshold.ts';
import type { Fields } from '../../yaml/fields.ts';
import { bandsOf, countsWhole, type Band } from './article-bands.ts';
import { boundWords, conditionWords } from './article-condition.ts';
import { code, definitions, section, text, type Block, type Inlines, type Section } from './article-model.ts';
import { codeColumn, codes, column, sourceColumn, tableOf } from './article-table.ts';
import { inlines, listed, oneLine, paragraphs, paragraphsOf } from './article-text.ts';

const POSITIONS: Readonly<Record<Position, string>> = {
  initial: 'the initial service of each group of services',
  sequential: 'a further service of a group, before or after the initial one',
  concurrent: 'a further service of a group, at the same time as another',
  repeat: 'a repetition of an earlier service of a group',
  'additional-time': 'the time beyond what another code stands for',
  each: 'each service on its own',
  stated: 'what the record states under this code itself',
};

/** How lines come about; none for a document of which nothing can be said here. */
export function computedSection(fields: Fields, spec: Spec | undefined): Section[] {
  const executable = spec && isExecutable(spec) ? spec : undefined;
  return section(
    'computation',
    'How It Is Computed',
    [...(executable ? reportsSentence(executable) : describedSentence(fields)), ...reports(executable)],
    [
      ...section('time-and-units', 'Time and Units', timeBlocks(fields, executable)),
      ...section('thresholds', 'Thresholds', thresholdBlocks(fields, executable)),
      ...section(
        'places-of-service',
        'Claims and Places of Service',
        settingBlocks(fields.fields('settings')),
      ),
      ...section('never-reported', 'What It Never Reports', exclusionBlocks(fields)),
      ...section('not-beside', 'What It Is Not Reported Beside', besideBlocks(fields)),
      ...section('added-modifiers', 'Modifiers That Are Added', modifierBlocks(executable)),
    ],
  );
}

function reportsSentence(spec: ExecutableSpec): Block[] {
  const parts = [...new Set(spec.reports.map(({ as }) => POSITIONS[as]))];
  return paragraphs(`This specification computes billing lines: ${spec.code} reports ${listWords(parts)}.`);
}

function describedSentence(fields: Fields): Block[] {
  const words = fields.has('reports')
    ? 'What this specification reports cannot be read, so nothing is computed from it.'
    : 'This specification describes the code and does not compute it: its outcome is unknown wherever an encounter states it.';
  return paragraphs(words);
}

function reports(spec: ExecutableSpec | undefined): Block[] {
  if (!spec) return [];
  const alternatives = (values: readonly { readonly value: string }[]): Inlines =>
    listed(values.map(({ value }) => [code(value)]));
  return spec.reports.flatMap(({ classes, as, of, when }) =>
    definitions([
      { term: 'Class of service', details: [alternatives(classes)] },
      { term: 'Reported as', details: [[code(as)]] },
      {
        term: 'Adds to',
        details: [
          as === 'additional-time' && of.length === 0
            ? [text('any code of the same class')]
            : alternatives(of),
        ],
      },
      { term: 'Only when', details: [conditionWords(when)] },
    ]),
  );
}

/** The time of the document, then that of each part which has one of its own, and the limit. */
function timeBlocks(fields: Fields, spec: ExecutableSpec | undefined): Block[] {
  const shared = spec?.reports.filter(({ own }) => !own.time) ?? [];
  const apart = partsOf(fields).flatMap(({ fields: own }, i) => {
    const part = spec?.reports[i];
    const time = own.fields('time');
    return time ? timeOf(time, part ? [part] : [], `${partName(own)}: `) : [];
  });
  const time = fields.fields('time');
  return [
    ...(time ? timeOf(time, shared, '') : shared.flatMap(bandsOfPart)),
    ...apart,
    ...limitSentence(spec),
  ];
}

/** `As initial, of therapeutic-infusion`: which part a time is of. */
function partName(part: Fields): string {
  const classes = part.texts('class').map(({ value }) => value);
  const what = classes.length === 0 ? '' : `, of ${listWords(classes)}`;
  return `As ${part.text('as')?.value ?? 'this part'}${what}`;
}

function timeOf(time: Fields, parts: readonly Reports[], lead: string): Block[] {
  const sentences = timeSentences(time, parts[0]).join(' ');
  const notes = paragraphsOf(time.text('note')?.value ?? '');
  return [
    ...paragraphs(sentences === '' ? '' : `${lead}${sentences}`),
    ...parts.flatMap(bandsOfPart),
    ...notes.map((note): Block => ({ kind: 'note', text: [text(note)] })),
  ];
}

const bandsOfPart = ({ thresholds: [first], as }: Reports): Block[] => (first ? bandTable(first, as) : []);

/** The bounds, what a unit covers, and whether units repeat, with the quantities as the document writes them. */
function timeSentences(time: Fields, part: Reports | undefined): string[] {
  const bounds = boundWords(time);
  const covers = oneLine(time.text('covers')?.value ?? '');
  const repeats = part?.thresholds[0]?.repeats ?? time.boolean('repeats')?.value;
  const sentences: string[] = [];
  if (part?.as === 'additional-time') {
    sentences.push('The time counts from where that of the code it adds to ends.');
  }
  if (bounds !== '') sentences.push(`A unit takes ${bounds}.`);
  if (covers === '') {
    if (repeats === false) sentences.push('There is one unit, however long the service lasts.');
    if (repeats === true) sentences.push('More time gives more units.');
  } else if (repeats === true) {
    const rest = bounds === '' ? 'any rest' : `a rest of ${bounds}`;
    sentences.push(`Each full ${covers} are one unit, and so is ${rest}: more time gives more units.`);
  } else {
    sentences.push(`One unit stands for up to ${covers}; more time gives no further unit of this code.`);
  }
  return sentences;
}

function bandTable(threshold: Threshold, as: Position): Block[] {
  const { bands, goesOn } = bandsOf(threshold);
  const { covers, unit, measure } = threshold;
  const beyond = as === 'additional-time' ? ' beyond' : '';
  const counted = countsWhole(threshold) ? 'Minutes' : spaced(measure);
  const rows = bands.flatMap((band, i) =>
    i === bands.length - 1 && !goesOn ? openBand(band, threshold) : [rowOf(band)],
  );
  if (goesOn && covers !== undefined) {
    rows.push({ amounts: 'and so on', units: `one more for each further ${formatAmount(covers, unit)}` });
  }
  return tableOf('Units, worked out from the threshold', rows, [
    column(`${counted}${beyond}`, ({ amounts }) => [text(amounts)]),
    column('Units', ({ units }) => [text(units)]),
  ]);
}

function limitSentence(spec: ExecutableSpec | undefined): Block[] {
  if (!spec?.limit) return [];
  const { units, per, reason } = spec.limit;
  const why = reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;
  return paragraphs(`At most ${plural(units, 'unit')} for each ${per}${why}.`);
}

interface BandRow {
  readonly amounts: string;
  readonly units: string;
}

const rowOf = ({ amounts, units }: Band): BandRow => ({
  amounts,
  units: units === 0 ? 'none' : String(units),
});

/** The last band, cut where the unit has no more time to stand for: what is beyond is left to other codes. */
function openBand(band: Band, threshold: Threshold): BandRow[] {
  const { covers, repeats } = threshold;
  const from = Number.parseInt(band.amounts, 10);
  const row = rowOf(band);
  if (repeats || covers === undefined || !countsWhole(threshold) || band.units === 0 || from > covers)
    return [row];
  const beyond = `${row.units}; the minutes after the first ${String(covers)} are left to codes of additional time`;
  return [
    { amounts: `${String(from)}–${String(covers)}`, units: row.units },
    { amounts: `${String(Math.floor(covers) + 1)} or more`, units: beyond },
  ];
}

function thresholdBlocks(fields: Fields, spec: ExecutableSpec | undefined): Block[] {
  const items = [fields, ...partsOf(fields).map((part) => part.fields)]
    .flatMap((own) => own.list('thresholds'))
    .flatMap((item) => withAlternatives(item, false));
  const table = tableOf('What must be reached', items, [
    column('Measure', ({ own, instead }) => [
      ...(instead ? [text('or ')] : []),
      ...codes(own.texts('measure').map(({ value }) => value)),
    ]),
    column('Needed', ({ own }) => needed(own)),
    column('One unit', ({ own }) => inlines(own.text('covers')?.value)),
    column('More of it', ({ own }) => {
      const repeats = own.boolean('repeats')?.value;
      return repeats === undefined ? [] : [text(repeats ? 'gives more units' : 'gives no further unit')];
    }),
    column('Note', ({ own }) => inlines(own.text('note')?.value)),
  ]);
  const every =
    'Every one of these must be reached, besides the alternatives after “or”, of which one suffices.';
  return [
    ...(spec?.reports.some(({ thresholds }) => thresholds.length > 1) ? paragraphs(every) : []),
    ...table,
  ];
}

interface ThresholdRow {
  readonly own: Fields;
  /** Whether it may stand in for the row above. */
  readonly instead: boolean;
}

/** A threshold and, below it, the measures that may stand in for it. */
const withAlternatives = (own: Fields, instead: boolean): ThresholdRow[] => [
  { own, instead },
  ...own.list('or').flatMap((other) => withAlternatives(other, true)),
];

function needed(threshold: Fields): Inlines {
  const bounds = boundWords(threshold);
  const values = threshold.texts('is').map(({ value }): Inlines => [code(value)]);
  return listed(
    [...(bounds === '' ? [] : [[text(bounds)]]), ...(values.length === 0 ? [] : [listed(values)])],
    ' and ',
  );
}

function settingBlocks(settings: Fields | undefined): Block[] {
  const claims = (settings?.keys() ?? []).flatMap((claim) => {
    const own = settings?.fields(claim);
    return own ? [{ claim, own }] : [];
  });
  const places = (own: Fields, key: string): Inlines => codes(own.texts(key).map(({ value }) => value));
  const denied = (own: Fields): Inlines =>
    own.has('denied_at') ? places(own, 'denied_at') : [text('everywhere else')];
  const table = tableOf('Places of service by kind of claim', claims, [
    column('Claim', ({ claim }) => [text(spaced(claim))]),
    column('Reported at', ({ own }) => places(own, 'places_of_service')),
    column('Denied at', ({ own }) => denied(own)),
    column('Why it is denied there', ({ own }) => inlines(own.text('reason')?.value)),
  ]);
  const open = claims.some(({ own }) => own.has('denied_at'));
  const rest = 'Where a place of service is in neither list, the outcome is unknown.';
  return open ? [...table, ...paragraphs(rest)] : table;
}

const exclusionBlocks = (fields: Fields): Block[] =>
  tableOf('Services that the code leaves out', fields.list('excludes'), [
    column('Left out', (item) => conditionWords(lowerCondition(item, ['instead', 'reason']))),
    codeColumn('Look at instead', 'instead'),
    column('Why', (item) => inlines(item.text('reason')?.value)),
  ]);

const besideBlocks = (fields: Fields): Block[] =>
  tableOf('Codes of the same day that leave no room for this one', fields.list('not_beside'), [
    column('Beside', (item) =>
      item.has('codes') ? codes(item.texts('codes').map(({ value }) => value)) : [text('any other code')],
    ),
    column('Why', (item) => inlines(item.text('reason')?.value)),
    sourceColumn,
  ]);

const modifierBlocks = (spec: ExecutableSpec | undefined): Block[] =>
  tableOf('When the computation adds a modifier', spec?.modifiers.filter(({ when }) => when) ?? [], [
    column('Modifier', ({ code: modifier }) => [code(modifier)], 'code'),
    column('Added when', ({ when }) => conditionWords(when)),
  ]);
