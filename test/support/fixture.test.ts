import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  checkCompletion,
  checkFix,
  checkHover,
  checkLines,
  checkNoFix,
  checkProblems,
  edit,
} from './checks.ts';
import { parseFixture, printFixture } from './fixture.ts';

const two = `
#- specs/a.spec.yaml
spec: 0059<|>
#     ^^^^ warning unquoted-code Other
title: <|here|>
#- e.encounter.yaml
x: 1
#<^ error some-code`;

describe('fixtures', () => {
  test('are files with carets, ranges and expectations, none of which the text has', () => {
    const [spec, encounter] = parseFixture(two);
    assert.equal(spec?.path, 'specs/a.spec.yaml');
    assert.equal(spec.text, 'spec: 0059\ntitle: here');
    assert.deepEqual(spec.carets, [10]);
    assert.deepEqual(spec.ranges, [{ start: 18, end: 22 }]);
    assert.deepEqual(
      spec.expected.map(({ line, from, to, severity, code, text }) => [line, from, to, severity, code, text]),
      [[0, 6, 10, 'warning', 'unquoted-code', 'Other']],
    );
    assert.equal(encounter?.text, 'x: 1');
    assert.deepEqual(
      encounter.expected.map(({ line, from, to, code }) => [line, from, to, code]),
      [[0, 0, 2, 'some-code']],
    );
  });

  test('have one file when no file is named', () => {
    assert.deepEqual(
      parseFixture('a: 1\nb: 2').map(({ path, text }) => [path, text]),
      [['main.yaml', 'a: 1\nb: 2']],
    );
  });

  test('keep comments and several expectations below one line', () => {
    const [file] = parseFixture('# a comment\na: 1\n#  ^ error one\n#  ^ error two b\nb: 2');
    assert.equal(file?.text, '# a comment\na: 1\nb: 2');
    assert.deepEqual(
      file.expected.map(({ line, code }) => [line, code]),
      [
        [1, 'one'],
        [1, 'two'],
      ],
    );
  });

  test('must be readable', () => {
    assert.throws(() => parseFixture('a: 1\n#  ^^'), /cannot be read/);
    assert.throws(() => parseFixture('a: <|1'), /not closed/);
  });

  test('are printed as they would have to look', () => {
    const files = parseFixture('a: 1\n#  ^ error one part\nb: 2');
    const found = [
      { line: 0, from: 3, to: 4, severity: 'error', code: 'one', message: 'a part of it' },
      { line: 1, from: 0, to: 1, severity: 'warning', code: 'two', message: 'whole' },
    ];
    assert.equal(
      printFixture(files, () => found),
      'a: 1\n#  ^ error one part\nb: 2\n#< warning two whole',
    );
    assert.deepEqual(parseFixture('b: 2\n#< warning two whole')[0]?.expected[0]?.to, 1);
  });
});

const spec = (code: string): string => `
#- a.spec.yaml
spec: ${code}
title: A
effective: {from: 2024-01-01}`;

describe('checks fail', () => {
  const described =
    '\n#- a.spec.yaml\nspec: "00590"\n#     ^^^^^^^ information described-only\ntitle: A\neffective: {from: 2024-01-01}';

  test('on problems that nobody expected, and say how the fixture would have to look', () => {
    assert.throws(
      () => checkProblems(spec('"00590"')),
      /not expected in a\.spec\.yaml, line 1: described-only[\s\S]*\nspec: "00590"\n# {5}\^{7} information described-only 00590 is/,
    );
    checkProblems(described);
  });

  test('on expectations that are not met', () => {
    assert.throws(
      () => checkProblems(`${described}\n#         ^^^^ error nothing`),
      /missing in a\.spec\.yaml, line 3/,
    );
    assert.throws(
      () => checkProblems(described.replace('described-only', 'described-only other words')),
      /missing/,
    );
    assert.throws(() => checkProblems(described.replace('information', 'error')), /missing/);
    assert.throws(() => checkProblems(described.replace('^^ information', '^ information')), /missing/);
  });

  test('on another completion, hover, computed line or fix', () => {
    const empty = '#- a.spec.yaml\nspec: "00590"\n<|>';
    checkCompletion(empty, { has: ['title'], lacks: ['spec'] });
    assert.throws(() => checkCompletion(empty, { has: ['spec'] }), /spec is not offered/);
    assert.throws(() => checkCompletion(empty, { lacks: ['title'] }), /title is offered/);
    assert.throws(() => checkCompletion(empty, { accept: 'title', after: '' }));
    assert.throws(() => checkHover('#- a.spec.yaml\n<|>title: A', ['no such words']), /is not there/);
    assert.throws(() => checkHover('#- a.spec.yaml\n<|>title: A', []));
    assert.throws(() => {
      checkLines('#- e.encounter.yaml\nencounter: e «→ 1»\ndate: 2026-01-01');
    });
    assert.throws(() => {
      checkFix(spec('0x1F0<|>'), '');
    });
    assert.throws(() => {
      checkNoFix(spec('0x1F0'));
    });
  });

  test('edits are applied from the end', () => {
    const edits = [
      { start: 0, end: 1, text: 'xx' },
      { start: 2, end: 3, text: '' },
    ];
    assert.equal(edit('abc', edits), 'xxb');
  });
});
