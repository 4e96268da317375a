/** Every fact of the article on 96365 has its place in the documents. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { ARTICLE_FACTS } from './article-facts.ts';

/** The text at a JSON pointer of the first document, with folded line ends as spaces. */
function textAt(file: string, pointer: string): string {
  const document = parseAllDocuments(readFileSync(file, 'utf8'))[0];
  if (!document || !('getIn' in document)) return '';
  const steps = pointer.split('/').slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const node: unknown = document.getIn(steps, true);
  const source = typeof node === 'object' && node !== null && 'source' in node ? node.source : undefined;
  const text = source ?? node;
  return (typeof text === 'string' || typeof text === 'number' ? String(text) : '').replace(/\s+/g, ' ');
}

describe('the article on 96365', () => {
  for (const { fact, document, path, contains } of ARTICLE_FACTS) {
    it(fact, () => {
      const found = textAt(document, path);
      assert.ok(found.includes(contains), `${document}${path} says "${found}", without "${contains}"`);
    });
  }

  it('is told in full: codes, payers, modifiers, taxonomies, diagnoses, related codes', () => {
    const told = new Set(ARTICLE_FACTS.map(({ contains }) => contains));
    const all = ARTICLE_FACTS.map(({ contains, fact }) => `${contains} ${fact}`).join('\n');
    const parts = [
      ...['Aetna', 'Blue Cross Blue Shield', 'Cigna', 'Medicare', 'UnitedHealthcare'],
      ...['261QI0500X', '207RI0011X', '207R00000X', '207P00000X', '207Q00000X'],
      ...['Z51.81', 'Z79.899', 'R11.2', 'E87.6', 'E86.0'],
      ...['59', '76', '77', 'XE'],
      ...['96365', '96366', '96367'],
    ];
    for (const part of parts) assert.ok(told.has(part) || all.includes(part), `no fact is about ${part}`);
  });
});
