/** Completion and hover where a code stands, with a release of its set installed. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completion } from '../../../server/core/features/completion.ts';
import { hover } from '../../../server/core/features/hover.ts';
import { checkCompletion, hostOf, type FixtureOptions } from '../../support/checks.ts';
import { date, DIAGNOSES, fileOf, rowsOf } from '../../support/code-sets.ts';

const next = fileOf(rowsOf('E86.0 Dehydration of the next year'), {
  release: 'FY2027',
  effective: { from: date('2026-10-01'), to: date('2027-09-30') },
});
const installed: FixtureOptions = { codeSets: [fileOf(), next] };
const visit = (rest: string, day = '2026-03-02'): string =>
  `#- e.encounter.yaml\nencounter: e\ndate: ${day}\nclaim: professional\n${rest}`;

const labels = (fixture: string, options: FixtureOptions = installed): readonly string[] => {
  const { analysis, file } = hostOf(fixture, options);
  const own = file();
  return completion(analysis, own.id, own.carets[0] ?? 0).items.map(
    ({ label, detail }) => `${label} ${detail}`,
  );
};

describe('completion of a code', () => {
  test('is by its beginning, by words and by misspelt words, in every style of list', () => {
    for (const [typed, first] of [
      ['E86', 'E86.0 Dehydration'],
      ['e860', 'E86.0 Dehydration'],
      ['dehyd', 'E86.0 Dehydration'],
      ['hypokalmia', 'E87.6 Hypokalemia'],
      ['left femur', 'S72.002A Fracture of unspecified part of neck of left femur, initial encounter'],
    ] as const)
      for (const list of [
        `diagnoses: [${typed}<|>`,
        `diagnoses: [R11.0, ${typed}<|>]`,
        `diagnoses:\n  - ${typed}<|>`,
      ])
        assert.equal(labels(visit(list))[0], first, list);
  });

  test('replaces what was typed, also several words, and keeps what stands around', () => {
    checkCompletion(
      visit('diagnoses: [R11.0, left femur<|>]\n'),
      {
        accept: 'S72.002A',
        after: 'encounter: e\ndate: 2026-03-02\nclaim: professional\ndiagnoses: [R11.0, S72.002A]\n',
      },
      installed,
    );
  });

  test('keeps what was found by other words when the editor filters by what was typed', () => {
    const { analysis, file } = hostOf(visit('diagnoses: [hypokalmia<|>]'), installed);
    const { items, incomplete } = completion(analysis, file().id, file().carets[0] ?? 0);
    assert.ok(items.length > 0 && items.every(({ filterText }) => filterText.startsWith('hypokalmia')));
    assert.equal(incomplete, true);
  });

  test('is from the release for the date of service', () => {
    assert.deepEqual(labels(visit('diagnoses: [E86<|>]', '2026-10-01')), [
      'E86.0 Dehydration of the next year',
    ]);
  });

  test('marks headers, and puts codes that specifications list before others', () => {
    assert.deepEqual(labels(visit('diagnoses: [E86<|>]')), [
      'E86.0 Dehydration',
      'E86.1 Hypovolemia',
      'E86.9 Volume depletion, unspecified',
      'E86 Volume depletion (groups others, not billable)',
    ]);
    const spec = `#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
diagnoses: [{code: E86.9, title: what this one is for}, {code: E86.77, title: an own one}]
`;
    assert.deepEqual(labels(spec + visit('diagnoses: [E86<|>]')).slice(0, 3), [
      'E86.77 an own one',
      'E86.9 Volume depletion, unspecified',
      'E86.0 Dehydration',
    ]);
  });

  test('by words has the code first whose title was typed, whatever documents name', () => {
    const spec = `#- s.spec.yaml\nspec: "99999"\ntitle: T\neffective: {from: 2024-01-01}\ndiagnoses: [R11.2, {code: R11.77, title: nausea of ours}]\n`;
    assert.deepEqual(labels(spec + visit('diagnoses: [nausea<|>]')).slice(0, 3), [
      'R11.0 Nausea',
      'R11.77 nausea of ours',
      'R11.2 Nausea with vomiting, unspecified',
    ]);
    assert.equal(
      labels(visit('diagnoses: [nausea<|>]'), { library: true })[0],
      'R11.0 Nausea',
      'in the starter set',
    );
  });

  test('without the set is of what documents name, as before', () => {
    const spec = `#- s.spec.yaml\nspec: "99999"\ntitle: T\neffective: {from: 2024-01-01}\ndiagnoses: [{code: E86.9, title: own}]\n`;
    assert.deepEqual(labels(spec + visit('diagnoses: [E86<|>]'), {}), ['E86.9 own']);
  });
});

test('hover names the code, its title and the release for the date', () => {
  const at = (day: string, options: FixtureOptions = installed): string => {
    const { analysis, file } = hostOf(visit('diagnoses: [E8<|>6.0, E86]', day), options);
    return hover(analysis, file().id, file().carets[0] ?? 0)?.markdown ?? '';
  };
  assert.match(at('2026-03-02'), /\*\*E86\.0\*\* — Dehydration _\(ICD-10-CM FY2026\)_$/);
  assert.match(at('2026-10-01'), /Dehydration of the next year _\(ICD-10-CM FY2027\)_/);
  assert.match(at('2028-01-01'), /This release is for other days than the date of service\./);
  assert.equal(at('2026-03-02', {}), '');
  const { analysis, file } = hostOf(visit('diagnoses: [E86.0, E8<|>6]'), installed);
  assert.match(
    hover(analysis, file().id, file().carets[0] ?? 0)?.markdown ?? '',
    /groups other codes and is not billable/,
  );
  assert.ok(DIAGNOSES.some(({ code, billable }) => code === 'E86' && !billable));
});

test('hover says which instructions stand with a code, also those of its headers', () => {
  const rows = DIAGNOSES.map((row) =>
    row.code === 'E86'
      ? { ...row, notes: { excludes1: ['P741', 'R570-R579'], codeFirst: ['D64'] } }
      : row.code === 'E860'
        ? { ...row, notes: { useAdditional: Array.from({ length: 15 }, (_, i) => `K${String(10 + i)}0`) } }
        : row,
  );
  const { analysis, file } = hostOf(visit('diagnoses: [E8<|>6.0]'), { codeSets: [fileOf(rows)] });
  const shown = hover(analysis, file().id, file().carets[0] ?? 0)?.markdown ?? '';
  assert.match(shown, /Code first one of: D64\./);
  assert.match(shown, /Never together with \(excludes 1\): P74\.1, R57\.0 to R57\.9\./);
  assert.match(shown, /additional code of: K10\.0, .*K21\.0 and 3 more\./);
  assert.ok(!shown.includes('excludes 2'));
});
