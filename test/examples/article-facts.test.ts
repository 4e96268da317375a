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

  it('is told in full, and beside what it says there are only modifiers of other rules', () => {
    const list = (file: string, key: string, field: string): unknown[] => {
      const items = parseAllDocuments(readFileSync(file, 'utf8'))[0]?.toJS() as Record<string, unknown>;
      return (items[key] as Record<string, unknown>[]).map((item) => item[field]);
    };
    const spec = 'examples/drug-administration/specs/cpt-96365.spec.yaml';
    assert.deepEqual(list(spec, 'modifiers', 'code').slice(0, 4), ['59', '76', '77', 'XE']);
    assert.deepEqual(list(spec, 'modifiers', 'code').slice(4), ['XS', 'XP', 'XU', '53']);
    assert.deepEqual(list(spec, 'taxonomies', 'code'), ['261QI0500X', '207RI0011X', '207R00000X', '207P00000X', '207Q00000X']);
    assert.deepEqual(list(spec, 'diagnoses', 'code'), ['Z51.81', 'Z79.899', 'R11.2', 'E87.6', 'E86.0']);
    assert.deepEqual(list(spec, 'related', 'code').slice(0, 2), ['96366', '96367']);
    assert.deepEqual([...new Set(list(spec, 'payers', 'payer'))], ['Aetna', 'BCBS', 'Cigna', 'Medicare', 'UnitedHealthcare']);
  });

  it('has a fact for every code, payer, modifier, taxonomy, diagnosis and related code, each with what is said of it', () => {
    const facts = new Map(ARTICLE_FACTS.map(({ fact, contains }) => [fact, contains]));
    const wanted = [
      ...['59', '76', '77', 'XE'].flatMap((code) => [`modifier ${code}`, `modifier ${code}: what it means`, `modifier ${code}: usage`]),
      ...['261QI0500X', '207RI0011X', '207R00000X', '207P00000X', '207Q00000X'].flatMap((code) => [`taxonomy ${code}`, `taxonomy ${code}: name`]),
      ...['Z51.81', 'Z79.899', 'R11.2', 'E87.6', 'E86.0'].flatMap((code) => [`diagnosis ${code}`, `diagnosis ${code}: title`, `diagnosis ${code}: relevance`]),
      ...['Aetna', 'Blue Cross Blue Shield', 'Cigna', 'Medicare', 'UnitedHealthcare'].map((payer) => `payer: ${payer}`),
      ...['related code 96366', 'related code 96367', 'the code', 'service type', 'typical site: office'],
    ];
    assert.deepEqual(wanted.filter((fact) => !facts.has(fact)), []);
    assert.equal(facts.size, ARTICLE_FACTS.length, 'no fact is named twice');
  });
});
