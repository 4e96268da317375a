/**
 * `publish`: a specification back to an article. The sections are those of the articles that analysts write, each made
 * from the keys of the document; what the engine executes is put into words beside them. Renderers make it Markdown or
 * HTML.
 */
import { lowerSpec } from '../rules/spec.ts';
import { Fields } from '../yaml/fields.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import { clinicalSection, overviewSection, summarySection } from './shared/article-clinical.ts';
import { computedSection } from './shared/article-computed.ts';
import { evidenceSections } from './shared/article-evidence.ts';
import { text, type Article, type Definition } from './shared/article-model.ts';
import { oneLine } from './shared/article-text.ts';

export type { Article } from './shared/article-model.ts';

/** The article of a specification; undefined for a document that is none. */
export function articleOf(parsed: ParsedDocument): Article | undefined {
  const { root, source } = parsed;
  const fields = root && new Fields(root, source.id);
  const code = oneLine(fields?.text('spec')?.value ?? '');
  if (!fields || code === '') return undefined;
  const spec = lowerSpec(root, source.id);
  const codeSystem = oneLine(fields.text('code_system')?.value ?? '');
  const name = oneLine(fields.text('title')?.value ?? '');
  const label = codeSystem === '' ? code : `${codeSystem} ${code}`;
  return {
    code,
    codeSystem,
    name,
    title: name === '' ? label : `${label}: ${name}`,
    facts: facts(fields, (spec?.reports.length ?? 0) > 0),
    sections: [
      ...summarySection(fields),
      ...overviewSection(fields, codeSystem),
      ...computedSection(fields, spec),
      ...clinicalSection(fields, codeSystem),
      ...evidenceSections(fields),
    ],
  };
}

function facts(fields: Fields, computed: boolean): Definition[] {
  const said = (key: string): string => oneLine(fields.text(key)?.value ?? '');
  const all: readonly (readonly [string, string])[] = [
    ['Code system', said('code_system')],
    ['In force', inForce(fields.fields('effective'))],
    ['Field', said('family')],
    ['Billing lines', computed ? 'computed' : 'described only'],
    ['Format version', said('version')],
  ];
  return all.filter(([, value]) => value !== '').map(([term, value]) => ({ term, details: [[text(value)]] }));
}

function inForce(effective: Fields | undefined): string {
  const [from, to] = ['from', 'to'].map((key) => oneLine(effective?.text(key)?.value ?? ''));
  return [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ');
}
