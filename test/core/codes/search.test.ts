/** Search by code, by words in any order and form, and by words that are misspelt. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { search, type SearchOptions } from '../../../server/core/codes/search.ts';
import { date, DIAGNOSES, rowsOf, setOf } from '../../support/code-sets.ts';

const set = setOf();
const found = (query: string, options: Partial<SearchOptions> = {}): readonly string[] =>
  search(set, query, { limit: 50, ...options }).rows.map((row) => set.displayAt(row));

describe('search', () => {
  test('by the beginning of a code, with and without point: billable ones first', () => {
    for (const query of ['E86', 'e86', ' e86 ', 'E86.'])
      assert.deepEqual(found(query), ['E86.0', 'E86.1', 'E86.9', 'E86'], query);
    assert.deepEqual(found('E860'), ['E86.0']);
    assert.deepEqual(found('S72.002'), ['S72.002A', 'S72.002D']);
    assert.deepEqual(found('Q99'), []);
  });

  test('by words that were begun, shorter titles first', () => {
    assert.deepEqual(found('dehyd'), ['E86.0', 'P74.1']);
    assert.deepEqual(found('newborn dehydration'), ['P74.1']);
    assert.deepEqual(found('left femur frac'), ['S72.002A', 'S72.002D']);
    assert.deepEqual(found('femur sub'), ['S72.002D']);
    assert.deepEqual(found('dehydration nausea'), []);
  });

  test('by other forms of a word, without accents and signs', () => {
    assert.deepEqual(found('allergies'), ['Z88.0', 'T78.40XA']);
    assert.deepEqual(found('fractured femur'), ['S72.002A', 'S72.002D']);
    assert.deepEqual(found('sjogren'), ['M35.00']);
    assert.deepEqual(found('Sjögren\u2019s'), ['M35.00']);
    assert.deepEqual(found('acid base'), ['E87']);
  });

  test('by words that are misspelt, the nearest first', () => {
    for (const query of ['hypokalmia', 'hypokalemai', 'hipokalemia', 'hypokkalemia', 'ypokalem'])
      assert.deepEqual(found(query), ['E87.6', 'P74.32'], query);
    assert.deepEqual(found('nausia vomitting'), ['R11.2', 'R11']);
    assert.deepEqual(found('hypokalemia newbron'), ['P74.32']);
    assert.deepEqual(found('xyz'), []);
    assert.deepEqual(found('hyxxxxmia'), []);
  });

  test('a spelling that exists is not guessed at', () => {
    assert.deepEqual(found('hypo'), ['E86.1', 'E87.6', 'P74.32']);
  });

  test('preferred codes come first, where they fit', () => {
    const preferred = new Set(['P741', 'E876']);
    assert.deepEqual(found('dehyd', { preferred }), ['P74.1', 'E86.0']);
    assert.deepEqual(found('', { preferred, limit: 3 }), ['E87.6', 'P74.1', 'D64.81']);
  });

  test('a title that was typed comes before preferred ones, and one that begins so before one that has the words', () => {
    const own = setOf([
      ...rowsOf('*R11 Nausea and vomiting\nR11.0 Nausea\nR11.2 Nausea with vomiting, unspecified'),
      ...rowsOf('R11.11 Vomiting without nausea\nR11.9 No nausea\nE86 Dry, hot nausea'),
    ]);
    const first = (query: string, ...preferred: readonly string[]): readonly string[] =>
      search(own, query, { limit: 9, preferred: new Set(preferred) }).rows.map((row) => own.displayAt(row));
    assert.deepEqual(first('nausea'), ['R11.0', 'R11.2', 'R11.9', 'E86', 'R11.11', 'R11']);
    assert.deepEqual(first('NAUSEA', 'R1111', 'R112').slice(0, 3), ['R11.0', 'R11.2', 'R11.11']);
    assert.deepEqual(first('nause', 'R1111').slice(0, 2), ['R11.11', 'R11.0']);
    assert.equal(first('without nausea vomiting', 'R112')[0], 'R11.11');
    assert.equal(first('hot dry nausea')[0], 'E86');
    assert.equal(first('dry hot')[0], 'E86');
    assert.equal(first('nausea and vomiting').at(-1), 'R11');
    assert.equal(first('R11', 'R119')[0], 'R11.9');
  });

  test('shows no more than the limit, and counts all', () => {
    const { rows, total } = search(set, 'e', { limit: 2 });
    assert.deepEqual([rows.map((row) => set.displayAt(row)), total], [['E86.0', 'E86.1'], 6]);
    assert.equal(search(set, '', { limit: 5 }).total, DIAGNOSES.length);
  });

  test('leaves out what is not in force on the date', () => {
    const own = setOf([
      ...rowsOf('A01 Old thing').map((row) => ({ ...row, to: date('2025-12-31') })),
      ...rowsOf('A02 New thing').map((row) => ({ ...row, from: date('2026-01-01') })),
    ]);
    const on = (day: string): readonly string[] =>
      search(own, 'thing', { limit: 9, date: date(day) }).rows.map((row) => own.codeAt(row));
    assert.deepEqual([on('2025-12-31'), on('2026-01-01')], [['A01'], ['A02']]);
  });

  test('of anything at all answers with rows of the set, each once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12, unit: 'binary' }), (query) => {
        const { rows, total } = search(set, query, { limit: 10 });
        assert.equal(new Set(rows).size, rows.length);
        assert.ok(rows.length <= Math.min(10, total) && rows.every((row) => row >= 0 && row < set.size));
      }),
    );
  });

  test('finds every code by its own title, and by its code', () => {
    for (const { code, title } of DIAGNOSES) {
      const shown = set.displayAt(set.rowOf(code) ?? -1);
      assert.ok(found(title).includes(shown), title);
      assert.ok(found(code).includes(shown), code);
    }
  });
});
