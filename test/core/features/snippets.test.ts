/** Whole pieces of documents in completion: where they are offered, and that they are valid as they come. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSuppressible } from '../../../server/core/base/problem.ts';
import { fileId } from '../../../server/core/base/origin.ts';
import { problemsOf } from '../../../server/core/diagnostics/registry.ts';
import { completion, type CompletionItem } from '../../../server/core/features/completion.ts';
import { format } from '../../../server/core/features/format.ts';
import { applyEdits } from '../../../server/core/features/shared/edit.ts';
import { hostOf } from '../../support/checks.ts';

function offered(fixture: string): {
  readonly text: string;
  readonly path: string;
  readonly items: readonly CompletionItem[];
} {
  const { analysis, file } = hostOf(fixture);
  const { id, text, carets, path } = file();
  const { items } = completion(analysis, id, carets[0] ?? 0);
  return { text, path, items: items.filter(({ kind }) => kind === 'snippet') };
}
const labels = (fixture: string): string[] => offered(fixture).items.map(({ label }) => label);

/** A snippet with what stands in its blanks. */
const filled = (snippet: string): string =>
  snippet
    .replace(/\$\{\d+\|((?:[^\\|,]|\\.)*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1')
    .replace(/\\(.)/g, '$1');

const ENCOUNTER = 'encounter: e\ndate: 2026-03-02\nclaim: professional\n';
const PLACES: Readonly<Record<string, string>> = {
  'new encounter': '#- e.encounter.yaml\n<|>',
  'new specification': '#- s.spec.yaml\n# A comment.\n<|>\n',
  'new policy': '#- p.policy.yaml\n---\n<|>\n',
  'new family': '#- f.family.yaml\nne<|>',
  'new table': '#- t.table.yaml\n<|>',
  administration: `#- e.encounter.yaml\n${ENCOUNTER}administrations:\n  - <|>\n`,
  'expected line': `#- e.encounter.yaml\n${ENCOUNTER}administrations: []\nexpect:\n  - <|>\n`,
  rule: '#- p.policy.yaml\npolicy: p\ntitle: T\neffective: {from: 2024-01-01}\nrules:\n  - <|>\n',
  'modifier rule':
    '#- s.spec.yaml\nspec: "99999"\ntitle: T\neffective: {from: 2024-01-01}\nmodifiers:\n  - <|>\n',
  'reported part':
    '#- s.spec.yaml\nspec: "99999"\ntitle: T\neffective: {from: 2024-01-01}\nreports:\n  - <|>\n',
};

describe('snippets', () => {
  for (const [label, fixture] of Object.entries(PLACES)) {
    test(`${label}: first in its place, valid and laid out as it comes`, () => {
      const { text, path, items } = offered(fixture);
      assert.deepEqual(
        items.map((item) => item.label),
        [label],
      );
      const [item] = items;
      assert.ok(item?.snippet !== undefined);
      assert.match(item.snippet, /\$\{1[:|]/);
      assert.equal(filled(item.snippet), item.insertText);
      const after = applyEdits(text, [{ ...item.range, text: item.insertText }]);
      const { host } = hostOf('', { library: true });
      const file = fileId(path);
      host.apply({ files: [{ file, content: { text: after } }] });
      const errors = problemsOf(host.snapshot(), file).filter(({ code }) => !isSuppressible(code));
      assert.deepEqual(errors, [], after);
      const laidOut = applyEdits(after, format(host.snapshot(), file));
      assert.equal(laidOut.trimEnd(), after.trimEnd());
    });
  }

  test('are not offered where something is written already', () => {
    assert.deepEqual(labels('#- e.encounter.yaml\nencounter: e\n<|>\n'), []);
    assert.deepEqual(labels('#- e.encounter.yaml\n<|>\nencounter: e\n'), []);
    assert.deepEqual(
      labels(`#- e.encounter.yaml\n${ENCOUNTER}administrations:\n  - substance: x\n    <|>\n`),
      [],
    );
    assert.deepEqual(labels(`#- e.encounter.yaml\n${ENCOUNTER}administrations:\n  - <|>substance: x\n`), []);
    assert.deepEqual(labels('#- e.encounter.yaml\n"<|>\n'), []);
  });
});
