/** A code set as it is written and read in place; damaged ones are refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CodeSet, openCodeSet, readHeader } from '../../../server/core/codes/code-set.ts';
import { isNamed, namedByNotes } from '../../../server/core/codes/notes.ts';
import { CodeSets } from '../../../server/core/codes/releases.ts';
import { writeCodeSet } from '../../../server/core/codes/write.ts';
import { date, DIAGNOSES, fileOf, info, rowsOf, setOf, YEAR } from '../../support/code-sets.ts';

const set = setOf();

describe('a code set', () => {
  test('has every row that was written, in the order of the codes', () => {
    assert.equal(set.size, DIAGNOSES.length);
    const codes = Array.from({ length: set.size }, (_, row) => set.codeAt(row));
    assert.deepEqual(codes, DIAGNOSES.map(({ code }) => code).sort());
    for (const { code, title, billable } of DIAGNOSES) {
      const row = set.rowOf(code);
      assert.ok(row !== undefined, code);
      assert.deepEqual([set.titleAt(row), set.isBillable(row)], [title, billable]);
    }
    assert.equal(set.header.billable, DIAGNOSES.filter(({ billable }) => billable).length);
  });

  test('finds a code with and without point, in any capitals, and no other', () => {
    for (const text of ['E860', 'E86.0', 'e86.0'])
      assert.equal(set.displayAt(set.rowOf(text) ?? -1), 'E86.0');
    for (const text of ['E8', 'E86.', 'E86.00', 'E86.05', '', 'A00', 'Z99', 'E86\u{0}'])
      assert.equal(set.rowOf(text), text === 'E86.' ? set.rowOf('E86') : undefined, text);
  });

  test('is the same bytes whatever the order of the rows', () => {
    const bytes = writeCodeSet(info(), DIAGNOSES);
    assert.deepEqual(writeCodeSet(info(), [...DIAGNOSES].reverse()), bytes);
    assert.deepEqual(writeCodeSet(info(), [...DIAGNOSES, ...DIAGNOSES]), bytes);
  });

  test('may be empty, and may lie anywhere in its buffer', () => {
    assert.equal(setOf([]).rowOf('E86'), undefined);
    const bytes = writeCodeSet(info(), DIAGNOSES);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const opened = openCodeSet(shifted.subarray(1));
    assert.ok(opened instanceof CodeSet);
    assert.equal(opened.titleAt(opened.rowOf('M35.00') ?? -1), 'Sjögren syndrome, unspecified');
  });

  test('keeps days of its rows, and notes', () => {
    const [first, ...rest] = DIAGNOSES;
    assert.ok(first);
    const own = setOf([
      ...rest,
      { ...first, to: date('2025-12-31'), notes: { excludes1: ['P741'], includes: ['loss of water'] } },
    ]);
    const row = own.rowOf(first.code) ?? -1;
    assert.deepEqual(own.daysAt(row), { from: undefined, to: '2025-12-31' });
    assert.deepEqual(own.notesAt(row), { excludes1: ['P741'], includes: ['loss of water'] });
    assert.deepEqual(
      [own.isInForce(row, date('2025-12-31')), own.isInForce(row, date('2026-01-01'))],
      [true, false],
    );
    assert.equal(own.notesAt(own.rowOf('E86.0') ?? -1), undefined);
    assert.deepEqual(namedByNotes(own, 'E86.0', 'excludes1'), ['P741']);
    assert.deepEqual(namedByNotes(own, 'E87.6', 'excludes1'), []);
  });

  test('that was cut short or changed anywhere is refused, never half read', () => {
    const bytes = writeCodeSet(info(), DIAGNOSES);
    for (let length = 0; length < bytes.length; length++)
      assert.ok('refused' in openCodeSet(bytes.slice(0, length)), String(length));
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      assert.ok('refused' in openCodeSet(changed), String(at));
    }
  });

  test('tells what it is from its beginning alone', () => {
    const bytes = writeCodeSet(info(), DIAGNOSES, { name: 'order.txt', sha256: 'ab' });
    const header = readHeader(bytes.slice(0, 3000));
    assert.ok(!('refused' in header));
    const { release, effective, rows, source } = header;
    assert.deepEqual(
      { release, effective, rows, source },
      {
        release: 'FY2026',
        effective: YEAR,
        rows: DIAGNOSES.length,
        source: { name: 'order.txt', sha256: 'ab' },
      },
    );
    assert.ok('refused' in readHeader(new Uint8Array()));
    assert.ok('refused' in readHeader(new TextEncoder().encode('<!DOCTYPE html><html></html>')));
  });
});

test('a note names a code, those below it, and ranges', () => {
  for (const [code, named, wanted] of [
    ['E86.0', 'E860', true],
    ['E86.0', 'E86', true],
    ['E86', 'E860', false],
    ['E86.0', 'E85-E87', true],
    ['E87.9', 'E85-E87', true],
    ['E88', 'E85-E87', false],
    ['E86.0', 'E861-E869', false],
    ['E86.9', 'E861-E869', true],
  ] as const)
    assert.equal(isNamed(code, [named]), wanted, `${code} by ${named}`);
});

describe('releases', () => {
  const next = fileOf(rowsOf('E86.0 Dehydration\nE86.5 A new code'), {
    release: 'FY2027',
    effective: { from: date('2026-10-01'), to: date('2027-09-30') },
  });
  const starter = fileOf(rowsOf('E86.0 Dehydration'), {
    release: 'starter',
    starter: true,
    effective: { from: date('2000-01-01') },
  });
  const answer = (sets: CodeSets, day: string | undefined): string => {
    const found = sets.at('icd-10-cm', day === undefined ? undefined : date(day));
    if (!found) return 'none';
    const { set: own, forDate, complete } = found;
    return [own.header.release, ...(forDate ? ['for the date'] : []), ...(complete ? ['complete'] : [])].join(
      ', ',
    );
  };

  test('the one in force on the date answers', () => {
    const both = new CodeSets([fileOf(), next, starter]);
    assert.equal(answer(both, '2026-09-30'), 'FY2026, for the date, complete');
    assert.equal(answer(both, '2026-10-01'), 'FY2027, for the date, complete');
    assert.equal(answer(both, undefined), 'FY2027, for the date, complete');
    assert.equal(new CodeSets([fileOf()]).at('hcpcs', date('2026-01-01')), undefined);
  });

  test('on other days the nearest answers, and knows that it is not for them', () => {
    const both = new CodeSets([next, fileOf()]);
    assert.equal(answer(both, '2027-10-01'), 'FY2027');
    assert.equal(answer(both, '2025-09-30'), 'FY2026');
    assert.equal(answer(new CodeSets([starter]), '2026-01-01'), 'starter, for the date');
    assert.equal(answer(new CodeSets([starter, next]), '2026-01-01'), 'FY2027');
  });

  test('a damaged file is told of, and another answers in its place', () => {
    const damaged = { ...next, read: () => next.read().slice(0, 200) };
    const gone = {
      ...next,
      name: 'gone',
      read: () => {
        throw new Error('no such file');
      },
    };
    const sets = new CodeSets([damaged, gone, fileOf(), starter]);
    assert.deepEqual(sets.refused, []);
    assert.equal(answer(sets, '2026-11-01'), 'FY2026');
    assert.deepEqual(
      sets.refused.map(({ name }) => name),
      [damaged.name, 'gone'],
    );
    assert.equal(answer(new CodeSets([damaged]), '2026-11-01'), 'none');
  });

  test('are read when they are needed, and once', () => {
    let reads = 0;
    const counted = { ...fileOf(), read: () => (reads++, fileOf().read()) };
    const sets = new CodeSets([counted]);
    assert.deepEqual(
      sets.releases.map(({ header }) => header.release),
      ['FY2026'],
    );
    assert.equal(reads, 0);
    for (const day of ['2026-01-01', '2026-02-01', '2030-01-01']) sets.at('icd-10-cm', date(day));
    assert.equal(reads, 1);
  });
});
