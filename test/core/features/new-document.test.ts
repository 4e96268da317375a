/** New documents: valid as they come, the same as completion offers, and named as the format wants. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSuppressible } from '../../../server/core/base/problem.ts';
import { fileId } from '../../../server/core/base/origin.ts';
import { problemsOf } from '../../../server/core/diagnostics/registry.ts';
import { completion } from '../../../server/core/features/completion.ts';
import { format } from '../../../server/core/features/format.ts';
import {
  NEW_KINDS,
  newDocument,
  type NewDocument,
  type NewKind,
} from '../../../server/core/features/new-document.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';

const NAMES: Readonly<Record<NewKind, string>> = {
  family: 'imaging',
  spec: '99999',
  policy: 'plan-1',
  table: 'limits',
  encounter: 'first-visit',
  codes: 'covered-diagnoses',
};

function made(kind: NewKind, name: string): NewDocument {
  const document = newDocument(kind, name);
  assert.ok(!('refused' in document), JSON.stringify(document));
  return document;
}

describe('new documents', () => {
  for (const kind of NEW_KINDS) {
    test(`${kind}: valid and laid out as it comes, and named`, () => {
      const name = NAMES[kind];
      const { file, text, snippet } = made(kind, name);
      assert.equal(file, `${name}.${kind}.${kind === 'codes' ? 'csv' : 'yaml'}`);
      const host = new AnalysisHost();
      host.apply({ files: [{ file: fileId(file), content: { text }, library: false }] });
      const analysis = host.snapshot();
      const grave = problemsOf(analysis, fileId(file), () => []).filter(({ code }) => !isSuppressible(code));
      assert.deepEqual(grave, []);
      assert.deepEqual(format(analysis, fileId(file)), []);
      if (kind !== 'codes') assert.match(text, new RegExp(`^${kind}: "?${name}"?\n`));
      assert.match(snippet, /\$\{1[:|]/);
    });
  }

  test('are what completion offers in an empty file, but for the name', () => {
    const host = new AnalysisHost();
    const file = fileId('e.encounter.yaml');
    host.apply({ files: [{ file, content: { text: '' }, library: false }] });
    const [offered] = completion(host.snapshot(), file, 0).items.filter(({ kind }) => kind === 'snippet');
    const rest = (text = ''): string => text.slice(text.indexOf('\n'));
    assert.equal(rest(made('encounter', 'mine').text), `${rest(offered?.insertText)}\n`);
  });

  test('are refused a name that the format does not allow', () => {
    const refused = (kind: NewKind, name: string): string => {
      const answer = newDocument(kind, name);
      return 'refused' in answer ? answer.refused : '';
    };
    assert.equal(
      refused('encounter', 'Two Drugs'),
      '“Two Drugs” is not a name: lower-case letters, digits, and hyphens between them, for example "dehydration-with-vomiting".',
    );
    assert.match(refused('spec', '9636'), /^“9636” is not written as a procedure code: /);
    assert.match(refused('codes', 'a/b'), /^“a\/b” is not a name: /);
    assert.equal(refused('policy', ''), 'A name is needed.');
  });

  test('quote what YAML would read otherwise', () => {
    assert.match(made('spec', '00840').text, /^spec: "00840"\n/);
    assert.match(made('policy', 'null').snippet, /^policy: "null"\n/);
  });
});
