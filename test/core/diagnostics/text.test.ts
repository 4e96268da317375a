/** Files and YAML that cannot be read, and what is said of them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileId } from '../../../server/core/base/origin.ts';
import { problemsOf } from '../../../server/core/diagnostics/registry.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';
import { checkProblems } from '../../support/checks.ts';

const check = (fixture: string): void => {
  checkProblems(fixture, { settings: { severity: { 'described-only': 'off' } } });
};

describe('yaml-syntax', () => {
  test('at the place, and the rest of the document is read', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: "professional
#      ^^^^^^^^^^^^^ error wrong-value "claim" is "professional diagnoses: [E86.0", which is not one of professional and facility.
diagnoses: [E86.0]
#                 ^ error yaml-syntax The text before this is not closed: " is missing.`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-13-02
#     ^^^^^^^^^^ error wrong-value "date" is "2026-13-02", which is not a date: write year, month and day as YYYY-MM-DD, for example "2026-03-02".
claim: professional
diagnoses: [E86.0
#                ^ error yaml-syntax The list or mapping before this is not closed: "]" is missing.`);
    check(`
#- e.encounter.yaml
encounter: e
#<^^^^^^^^ error missing-key This encounter needs the key "date". The date of service.
#<^^^^^^^^ error missing-key This encounter needs the key "claim". Whose claim it is: the physician's or practice's (\`professional\`), or the hospital's (\`facility\`).
#<^^^^^^^^ error wrong-type "encounter" takes a text, not keys with values.
#          ^ error yaml-syntax A key cannot begin here: put a value that has a colon in quotes, and indent keys of one mapping alike.
  date: 2026-03-02
claim: professional`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
title: a: b
#<^^^^ error wrong-type "title" takes a text, not keys with values.
#      ^ error yaml-syntax A key cannot begin here: put a value that has a colon in quotes, and indent keys of one mapping alike.`);
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
plan: @home
#     ^ error yaml-syntax Plain value cannot start with reserved character @.`);
  });

  test('of a tab says so', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
provider:
#<^^^^^^^ error wrong-type "provider" has no value; it takes keys with values.
\ttaxonomy: 207R00000X
#< error yaml-syntax YAML does not allow tabs for indentation; use spaces.
#^^^^^^^^ error unknown-key This encounter has no key "taxonomy"; the keys here are version, encounter, title, summary, date, payer, plan, policies, claim, place_of_service, locality, provider, diagnoses, family, administrations, services, expect, expect_includes, expect_excludes, standing, reading and source.`);
  });

  test('of one document leaves the others alone', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: [
#<^^^^ error wrong-type "claim" takes a text, not a list.
---
#< error yaml-syntax The list or mapping before this is not closed: "]" is missing.
encounter: f
date: 2026-03-02
claim: professional
profession: none
#<^^^^^^^^^ error unknown-key This encounter has no key "profession"; the keys here are version, encounter, title, summary, date, payer, plan, policies, claim, place_of_service, locality, provider, diagnoses, family, administrations, services, expect, expect_includes, expect_excludes, standing, reading and source.`);
  });

  test('of something after the end of a document', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
...
more: x`);
  });

  test('not of what is unusual and right', () => {
    check(`
#- e.encounter.yaml
%YAML 1.2
---
# a comment
"encounter": !!str e
date: 2026-03-02   # another
claim: &claim professional
title: |
  a: b
   - c
summary: >-
  folded

  text
plan: 'it''s'
...
# the end`);
  });
});

describe('duplicate-key', () => {
  test('at the second', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
provider: {taxonomy: 207R00000X, taxonomy: 207Q00000X}
#                                ^^^^^^^^ error duplicate-key The key "taxonomy" stands twice; only the first one counts.
claim: facility
#<^^^^ error duplicate-key The key "claim" stands twice; only the first one counts.`);
  });

  test('not of keys of different mappings', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
services:
  - {code: "96365", note: a}
  - {code: "96365", note: b}
#- s.spec.yaml
spec: "96365"
title: T
effective: {from: 2024-01-01}`);
  });
});

describe('unresolved-alias', () => {
  test('without its anchor, before it, in another document, and inside itself', () => {
    check(`
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: *nowhere
#<^^^^ error wrong-type "claim" has no value; it takes a text.
#      ^^^^^^^^ error unresolved-alias The alias *nowhere has no anchor &nowhere before it.
title: *later
#<^^^^ error wrong-type "title" has no value; it takes a text.
#      ^^^^^^ error unresolved-alias The alias *later has no anchor &later before it.
plan: &later x
---
encounter: e
date: 2026-03-02
claim: professional
title: *later
#<^^^^ error wrong-type "title" has no value; it takes a text.
#      ^^^^^^ error unresolved-alias The alias *later has no anchor &later before it.
provider: &self
  name: *self
# ^^^^ error wrong-type "name" has no value; it takes a text.
#       ^^^^^ error unresolved-alias The alias *self stands inside what it repeats.`);
  });
});

describe('too-many-aliases', () => {
  test('where they multiply, said once', () => {
    check(`
#- s.spec.yaml
spec: "99999"
title: T
effective: {from: 2024-01-01}
workflow:
  - &a [x, x, x, x, x, x, x, x, x, x]
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-type Item 1 of "workflow" takes a text, not a list.
  - &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-type Item 2 of "workflow" takes a text, not a list.
  - &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-type Item 3 of "workflow" takes a text, not a list.
  - &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-type Item 4 of "workflow" takes a text, not a list.
  - &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-type Item 5 of "workflow" takes a text, not a list.
#       ^^ error too-many-aliases The aliases of this document repeat too much; the rest of them is not read.
  - &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-type Item 6 of "workflow" takes a text, not a list.
  - &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-type Item 7 of "workflow" takes a text, not a list.`);
  });
});

const problemsOfText = (
  content: { text: string } | { unreadable: string },
  name = 'e.encounter.yaml',
): string[][] => {
  const host = new AnalysisHost();
  const file = fileId(name);
  host.apply({ files: [{ file, content }] });
  const analysis = host.snapshot();
  return problemsOf(analysis, file).map(({ code, severity, message, at }) => {
    assert.ok(analysis.locate(at), 'a problem has a place');
    return [code, severity, message];
  });
};

describe('files', () => {
  test('not-text: says why, and nothing else of the file', () => {
    assert.deepEqual(problemsOfText({ unreadable: 'The file is not UTF-8 text' }), [
      ['not-text', 'error', 'The file is not UTF-8 text. Nothing of it is used.'],
    ]);
    assert.deepEqual(
      problemsOfText({ unreadable: 'x' }, 's.spec.yaml').map(([code]) => code),
      ['not-text'],
    );
  });

  test('too-large: 10 MB on one line is not read, and quickly', () => {
    const begun = performance.now();
    const [first, ...others] = problemsOfText({ text: `encounter: ${'x'.repeat(10_000_000)}` });
    assert.equal(first?.[0], 'too-large');
    assert.match(first[2] ?? '', /10000011 characters; at most 2000000 are read/);
    assert.deepEqual(others, []);
    const deep = problemsOfText({ text: '[{a: '.repeat(2_000_000) });
    assert.deepEqual(
      deep.map(([code]) => code),
      ['too-large'],
    );
    assert.ok(performance.now() - begun < 2000, 'it took more than two seconds');
  });

  test('10 MB in documents of which each is small are read', () => {
    const one = `encounter: e\ndate: 2026-03-02\nclaim: professional\nsummary: ${'x '.repeat(250_000)}\n`;
    assert.deepEqual(problemsOfText({ text: Array.from({ length: 20 }, () => one).join('---\n') }), []);
  });

  test('empty files and documents have nothing wrong', () => {
    for (const text of [
      '',
      '\n',
      '# a comment\n',
      '---\n',
      '---\n---\n',
      '\uFEFF',
      '--- # x\n...\n',
      '%YAML 1.2\n---\n',
    ])
      assert.deepEqual(problemsOfText({ text }), [], JSON.stringify(text));
  });

  test('a file without a known suffix and without documents of ours is of no kind', () => {
    assert.deepEqual(
      problemsOfText({ text: 'a: 1' }, 'x.yaml').map(([code]) => code),
      ['wrong-kind'],
    );
  });
});
