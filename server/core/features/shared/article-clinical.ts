/** The descriptive part of an article: what the code covers, for whom and by whom, and what goes with it on a claim. */
import { Fields } from '../../yaml/fields.ts';
import {
  code,
  definitions,
  list,
  section,
  strong,
  text,
  type Block,
  type Inlines,
  type Section,
} from './article-model.ts';
import { codeColumn, column, tableOf, textColumn } from './article-table.ts';
import { inlines, listed, oneLine, paragraphs } from './article-text.ts';

/** What the code is for, and whose rules the article tells. */
export const summarySection = (fields: Fields): Section[] =>
  section('summary', 'Summary & Overview', [
    ...paragraphs(fields.text('summary')?.value),
    ...payersCovered(fields),
  ]);

/** Payers, each once, with their plans. */
function payersCovered(fields: Fields): Block[] {
  const plans = new Map<string, string[]>();
  for (const item of fields.list('payers')) {
    const payer = oneLine(item.text('payer')?.value ?? '');
    const plan = oneLine(item.text('plan')?.value ?? '');
    if (payer === '') continue;
    plans.set(payer, [...(plans.get(payer) ?? []), ...(plan === '' ? [] : [plan])]);
  }
  const names = [...plans].map(([payer, own]): Inlines => [
    text(own.length === 0 ? payer : `${payer} (${own.join(', ')})`),
  ]);
  return names.length === 0
    ? []
    : [{ kind: 'paragraph', text: [strong('Payers covered:'), text(' '), ...listed(names, ' and ')] }];
}

/** What the code covers and what one unit of it is. */
export function overviewSection(fields: Fields, codeSystem: string): Section[] {
  const service = fields.fields('service');
  const said = (key: string): Inlines[] => (service?.texts(key) ?? []).map(({ value }) => inlines(value));
  return section('code-overview', codeSystem === '' ? 'Code Overview' : `${codeSystem} Code Overview`, [
    ...paragraphs(fields.text('overview')?.value),
    ...definitions([
      { term: 'Service type', details: said('type') },
      { term: 'Typical site of service', details: said('site') },
      { term: 'Included', details: said('includes') },
      { term: 'Not included', details: said('excludes') },
      { term: 'Billing unit', details: [billingUnit(fields.fields('billing_unit'))] },
    ]),
  ]);
}

function billingUnit(unit: Fields | undefined): Inlines {
  if (!unit) return [];
  const [quantity, measure] = ['quantity', 'measure'].map((key) => oneLine(unit.text(key)?.value ?? ''));
  const note = inlines(unit.text('note')?.value);
  const amount = [quantity, measure].filter(Boolean).join(' ');
  if (note.length === 0) return amount === '' ? [] : [text(amount)];
  return [text(amount === '' ? '' : `${amount}. `), ...note];
}

/** The patient, the steps, and what goes with the code: modifiers, providers, diagnoses, other codes. */
export function clinicalSection(fields: Fields, codeSystem: string): Section[] {
  return section(
    'specifications',
    'Clinical & Coding Specifications',
    [],
    [
      ...section('clinical-context', 'Clinical Context', paragraphs(fields.text('clinical_context')?.value)),
      ...section('workflow', 'Workflow', list(textItems(fields, 'workflow'), true)),
      ...section('documentation', 'Documentation', list(textItems(fields, 'documentation'))),
      ...section('modifiers', 'Modifiers', modifiers(fields)),
      ...section('taxonomies', 'Associated Provider Taxonomies', taxonomies(fields)),
      ...section('diagnoses', 'Related Diagnoses', diagnoses(fields)),
      ...section(
        'related-codes',
        codeSystem === '' ? 'Related Codes' : `Related ${codeSystem} Codes`,
        related(fields),
      ),
      ...section('depends-on', 'Codes It Depends On', dependences(fields)),
    ],
  );
}

const textItems = (fields: Fields, key: string): Inlines[] =>
  fields.texts(key).map(({ value }) => inlines(value));

const modifiers = (fields: Fields): Block[] =>
  tableOf('Modifiers that go with the code', fields.list('modifiers'), [
    codeColumn('Modifier', 'code'),
    textColumn('Name', 'name'),
    textColumn('Use', 'use'),
  ]);

function taxonomies(fields: Fields): Block[] {
  const items = fields.mixedList('taxonomies');
  const part = (item: (typeof items)[number], key: string): Inlines =>
    item instanceof Fields ? inlines(item.text(key)?.value) : [];
  const codeOf = (item: (typeof items)[number]): Inlines => {
    const value = item instanceof Fields ? item.text('code')?.value : item.value;
    return value === undefined ? [] : [code(value)];
  };
  const described = items.some((item) => item instanceof Fields);
  return [
    ...(described
      ? tableOf('Providers that usually report the code', items, [
          column('Taxonomy', codeOf, 'code'),
          column('Provider', (item) => part(item, 'name')),
          column('Note', (item) => part(item, 'note')),
        ])
      : list(items.map(codeOf))),
    ...paragraphs(fields.text('taxonomy_note')?.value),
  ];
}

const diagnoses = (fields: Fields): Block[] =>
  tableOf('Diagnoses that usually go with the code', fields.list('diagnoses'), [
    codeColumn('Diagnosis', 'code'),
    textColumn('Title', 'title'),
    textColumn('Relevance', 'relevance'),
  ]);

const related = (fields: Fields): Block[] => [
  ...tableOf('Codes to know beside this one', fields.list('related'), [
    codeColumn('Code', 'code'),
    textColumn('Title', 'title'),
    textColumn('Relation', 'relation'),
  ]),
  ...paragraphs(fields.text('related_note')?.value),
];

const dependences = (fields: Fields): Block[] =>
  tableOf('Codes without which this one is not reported', fields.list('depends_on'), [
    codeColumn('Code', 'code'),
    textColumn('Relation', 'relation'),
    textColumn('Note', 'note'),
  ]);
