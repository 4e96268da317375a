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
import { hostOf } from '../../support/checks.ts';

const NAMES: Readonly<Record<NewKind, string>> = {
  family: 'imaging',
  spec: '99999',
  policy: 'plan-1',
  table: 'limits',
  encounter: 'first-visit',
  codes: 'covered-diagnoses',
};

const NOTHING = new AnalysisHost().snapshot();

function made(kind: NewKind, name: string, analysis = NOTHING, today?: string): NewDocument {
  const document = newDocument(analysis, { kind, name, ...(today !== undefined && { today }) });
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
      const answer = newDocument(NOTHING, { kind, name });
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

  test('change nothing elsewhere when they come, and offer what the rules at hand know', () => {
    const encounter =
      'encounter: e\ndate: 2026-03-02\nclaim: professional\nplace_of_service: "11"\nadministrations:\n  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: 60}\nexpect:\n  - {code: "96365"}\n';
    const { host, analysis, file } = hostOf(`#- e.encounter.yaml\n${encounter}`, { library: true });
    for (const [kind, name] of [
      ['spec', '99601'],
      ['policy', 'plan-1'],
    ] as const) {
      const { file: path, text } = made(kind, name, analysis);
      host.apply({ files: [{ file: fileId(path), content: { text }, library: false }] });
    }
    assert.deepEqual(
      problemsOf(host.snapshot(), file('e.encounter.yaml').id).filter(
        ({ severity }) => severity !== 'information',
      ),
      [],
    );
    const { snippet } = made('encounter', 'e', analysis);
    assert.match(snippet, /^payer: \$\{\d\|name of the payer,[^|]*\bMedicare\b/m);
    assert.match(snippet, /^ {4}purpose: \$\{\d\|therapeutic,[^|]*\bhydration\b/m);
    assert.match(snippet, /^ {4}start: "\$\{\d:10:00\}"$/m);
    assert.match(made('spec', '99601', analysis).text, /^family: drug-administration$/m);
    assert.match(made('encounter', 'e', analysis, '2026-11-29').text, /^date: 2026-11-29$/m);
  });

  test('say what they take the place of or stand beside', () => {
    const spec = 'spec: "99997"\ntitle: T\neffective: {from: 2024-01-01}\n';
    const { analysis } = hostOf(`#- specs/own.spec.yaml\n${spec}`, { library: true });
    assert.match(
      made('spec', '96365', analysis).snippet,
      /^# The library has a specification of this name: this one takes its place as a whole\.\nspec: "96365"\n/,
    );
    assert.match(
      made('spec', '99997', analysis).text,
      /^# own\.spec\.yaml has a specification of this name: /,
    );
    assert.match(made('family', 'drug-administration', analysis).text, /^# The library has a family /);
    assert.match(made('spec', '99998', analysis).text, /^spec: /);
  });
});
