/** What an article rests on: what payers say, what changed, published figures, doubts with their voices, and sources. */
import { listWords } from '../../base/words.ts';
import type { Fields } from '../../yaml/fields.ts';
import {
  list,
  section,
  strong,
  text,
  type Block,
  type Inlines,
  type Point,
  type Section,
} from './article-model.ts';
import { citation, column, sourceColumn, tableOf, textColumn } from './article-table.ts';
import { inlines, oneLine, paragraphs } from './article-text.ts';

/** How each kind of doubt is named, and what the name means. */
const DOUBTS: readonly { readonly kind: string; readonly name: string; readonly meaning: string }[] = [
  { kind: 'disputed', name: 'Disputed', meaning: 'sources disagree' },
  { kind: 'hedged', name: 'Hedged', meaning: 'a source says it with reserve' },
  { kind: 'not-stated', name: 'Not stated', meaning: 'no source says it' },
];

/** Payers, policy updates, figures, doubts and sources, as far as there are any. */
export const evidenceSections = (fields: Fields): Section[] => [
  ...section('payers', 'Payer Coverage', payers(fields)),
  ...section('policy-updates', 'Policy Updates', updates(fields)),
  ...section('benchmarks', 'Benchmarks', benchmarks(fields)),
  ...section('caveats', 'Caveats & Open Questions', caveats(fields)),
  ...section('sources', 'Sources', list(fields.list('sources').map(citation))),
];

const payers = (fields: Fields): Block[] =>
  tableOf('What each payer says', fields.list('payers'), [
    column('Payer and plan', payerAndPlan),
    textColumn('Coverage', 'coverage'),
    sourceColumn,
    textColumn('Retrieved', 'retrieved', 'code'),
  ]);

function payerAndPlan(item: Fields): Inlines {
  const plan = inlines(item.text('plan')?.value);
  const payer = strong(item.text('payer')?.value ?? '');
  return plan.length === 0 ? [payer] : [payer, { kind: 'break' }, ...plan];
}

const updates = (fields: Fields): Block[] =>
  tableOf('What changed, and when', fields.list('policy_updates'), [
    textColumn('Date', 'date', 'code'),
    textColumn('Payer', 'payer'),
    textColumn('Change', 'change'),
    sourceColumn,
  ]);

const benchmarks = (fields: Fields): Block[] =>
  tableOf('Published figures', fields.list('benchmarks'), [
    textColumn('Measure', 'measure'),
    textColumn('Payer', 'payer'),
    textColumn('Year', 'year', 'figure'),
    textColumn('Figure', 'value', 'figure'),
    textColumn('Unit', 'unit'),
    textColumn('Note', 'note'),
    sourceColumn,
  ]);

function caveats(fields: Fields): Block[] {
  const items = fields.list('caveats');
  if (items.length === 0) return [];
  const present = DOUBTS.filter(({ kind }) => items.some((item) => item.text('kind')?.value === kind));
  const legend = present.map(({ name, meaning }, i) =>
    i === 0 ? `${name} means that ${meaning}` : `${name.toLowerCase()} that ${meaning}`,
  );
  return [
    ...paragraphs(legend.length === 0 ? undefined : `${listWords(legend, 'and')}.`),
    { kind: 'points', items: items.map(point) },
  ];
}

function point(item: Fields): Point {
  const kind = item.text('kind')?.value ?? '';
  return {
    about: oneLine(item.text('about')?.value ?? ''),
    tag: DOUBTS.find((doubt) => doubt.kind === kind)?.name ?? oneLine(kind),
    text: inlines(item.text('says')?.value),
    voices: item.list('sources').map(voice),
  };
}

function voice(item: Fields): Inlines {
  const who = citation(item.fields('source'));
  const what = inlines(item.text('says')?.value);
  return who.length === 0 ? what : [...who, text(': '), ...what];
}
