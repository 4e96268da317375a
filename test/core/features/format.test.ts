/** The layout of files: what changes, what stays, and that nothing ever means something else afterwards. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { stringify } from 'yaml';
import { fileId } from '../../../server/core/base/origin.ts';
import { formatNewline } from '../../../server/core/features/format-newline.ts';
import { format, formatRange, notFormatted } from '../../../server/core/features/format.ts';
import { applyEdits, type TextEdit } from '../../../server/core/features/shared/edit.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';
import type { Analysis } from '../../../server/core/workspace/analysis.ts';
import { layoutEdits } from '../../../server/core/yaml/layout.ts';
import { commentsOf } from '../../../server/core/yaml/lexemes.ts';
import type { YamlNode } from '../../../server/core/yaml/node.ts';
import { parse } from '../../../server/core/yaml/parse.ts';
import { splitStream } from '../../../server/core/yaml/stream.ts';

const FILE = fileId('e.encounter.yaml');

function analysisOf(text: string): Analysis {
  const host = new AnalysisHost();
  host.apply({ files: [{ file: FILE, content: { text } }] });
  return host.snapshot();
}
const formatted = (text: string): string => applyEdits(text, format(analysisOf(text), FILE));

/** What a file says, comments included, without its layout. */
function meaningOf(text: string): unknown {
  const plain = (node: YamlNode | undefined): unknown => {
    if (node === undefined) return undefined;
    if (node.kind === 'seq') return node.items.map(plain);
    if (node.kind === 'scalar') return { text: node.text, value: node.value, plain: node.plain };
    return node.entries.map(({ key, value, merged }) => [key.text, merged, plain(value)]);
  };
  return splitStream(FILE, text).documents.map((source) => ({
    root: plain(parse(source).root),
    comments: commentsOf(source).map((comment) => comment.text),
  }));
}

/** The layout alone, without the check that stands around it. */
const laidOut = (text: string): string =>
  (text.startsWith('\uFEFF') ? '\uFEFF' : '') +
  splitStream(FILE, text)
    .documents.map((source) => applyEdits(source.text, layoutEdits(source.text)))
    .join('');

describe('format', () => {
  const becomes = (before: string, after: string): void => {
    assert.equal(formatted(before), after);
    assert.equal(laidOut(before), after, 'without the check');
    assert.equal(formatted(after), after, 'a second time');
  };

  test('sets pieces apart by one blank, and takes away blanks and lines without use', () => {
    becomes(
      '\n\nencounter:   e  \ndate : 2026-03-02\t# day\n\n\n\nclaim:\tprofessional',
      'encounter: e\ndate: 2026-03-02 # day\n\nclaim: professional\n',
    );
    becomes('a: {b:   [ 1,2 ,3 ] ,c: { } }\n', 'a: {b: [1, 2, 3], c: {}}\n');
    becomes('- {"a":1}\n-   - b\n', '- {"a": 1}\n- - b\n');
  });

  test('indents by two, lists below their keys, too', () => {
    becomes(
      'a:\n- x\n-   k: 1\n    l:\n        m: 2\nb:\n    c: 3\n',
      'a:\n  - x\n  - k: 1\n    l:\n      m: 2\nb:\n  c: 3\n',
    );
  });

  test('keeps quotes, anchors, aliases, tags and merges', () => {
    const text = 'a: &x {code: "01", other: \'02\', plain: 1E5}\nb: *x\nc:\n  <<: *x\n  d: !!str 12.50\n';
    becomes(text, text);
    becomes('a: &x   1\nb: [ *x , 2 ]\n', 'a: &x 1\nb: [*x , 2]\n');
  });

  test('keeps comments, at the end of a line in their column, on their own with what they speak of', () => {
    becomes(
      'a: 1      # one\nbb: 22    # two\n# c\nd:\n    # e\n    - x\n    # last of d\n# f\n',
      'a: 1      # one\nbb: 22    # two\n# c\nd:\n  # e\n  - x\n  # last of d\n# f\n',
    );
    becomes('a:\n  - x\n      # far\nb:\n# near\n    c: 1\n', 'a:\n  - x\n  # far\nb:\n  # near\n  c: 1\n');
  });

  test('keeps line breaks in brackets and indents what stands between', () => {
    becomes('a: [\n 1,\n      2\n ]\nb: 1\n', 'a: [\n  1,\n  2\n]\nb: 1\n');
    becomes('- {k: [\n    x ],\n  l: 1}\n', '- {k: [\n    x],\n    l: 1}\n');
  });

  test('keeps texts of several lines as they are read', () => {
    becomes(
      'a: |\n      x\n        y\n\n      z\n\n\nb: >-\n    # no comment\n    t\n',
      'a: |\n  x\n    y\n\n  z\n\nb: >-\n  # no comment\n  t\n',
    );
    becomes('a: "x\n     y"\nb: one\n      two\n', 'a: "x\n  y"\nb: one\n  two\n');
    becomes('k:\n    a: |2\n        x\n', 'k:\n  a: |2\n      x\n');
    becomes('k: |+\n  x\n\n\n', 'k: |+\n  x\n\n\n');
  });

  test('lays out each document of a file, with no blank lines around their marks', () => {
    becomes('---\n\na:  1\n\n---\nb:   2\n\n\n---   # c\nd: 1\n', '---\na: 1\n---\nb: 2\n---   # c\nd: 1\n');
  });

  test('keeps the line ends of Windows and a byte order mark', () => {
    becomes('\uFEFFa:  1\r\nb:\r\n- x  \r\n', '\uFEFFa: 1\r\nb:\r\n  - x\r\n');
  });

  test('leaves a document with errors alone, and lays out the others', () => {
    const text = 'encounter:   e\n---\nencounter: [  a\n---\nencounter:   f\n';
    assert.equal(formatted(text), 'encounter: e\n---\nencounter: [  a\n---\nencounter: f\n');
    assert.deepEqual(
      notFormatted(analysisOf(text), FILE).map(({ index }) => index),
      [1],
    );
    assert.equal(formatted(''), '');
    assert.equal(formatted('\n'), '\n');
  });

  test('leaves files alone that are none of ours', () => {
    const host = new AnalysisHost();
    const file = fileId('docker-compose.yaml');
    host.apply({ files: [{ file, content: { text: 'services:   x\n' } }] });
    assert.deepEqual(format(host.snapshot(), file), []);
  });

  test('touches the lines that it changes, and no others', () => {
    const text = 'a: 1\nb:   2\nc: 3\n';
    assert.deepEqual(format(analysisOf(text), FILE), [{ start: 8, end: 10, text: '' }]);
  });
});

describe('the layout never changes the meaning', () => {
  const check = (text: string, name: string): void => {
    const after = laidOut(text);
    assert.deepEqual(meaningOf(after), meaningOf(text), name);
    assert.equal(laidOut(after), after, `${name} a second time`);
  };

  test('of any example, whatever its indentation is', () => {
    const files = globSync('examples/**/*.yaml');
    assert.ok(files.length > 100);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      assert.equal(laidOut(text), text, `${file} has its layout`);
      // Twice the indentation, and blanks wherever they mean nothing.
      const wide = text.replace(/^( +)(?=\S)/gm, '$1$1').replace(/^(\s*[a-z_]+:) (?=[^|>\s])/gm, '$1   ');
      check(wide, file);
    }
  });

  const word = fc.oneof(
    fc.constantFrom(
      'a',
      'b c',
      '01',
      '1E5',
      'true',
      '',
      'x: y',
      '# no',
      '- z',
      '*',
      '"q"',
      'line\nline\n',
      ' pad ',
    ),
    fc.string({ maxLength: 6 }),
  );
  const value = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.integer(),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'key c', '"d"', '1'), tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  const options = fc.record({
    indent: fc.integer({ min: 1, max: 6 }),
    indentSeq: fc.boolean(),
    flowCollectionPadding: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    collectionStyle: fc.constantFrom('any' as const, 'flow' as const, 'block' as const),
    defaultStringType: fc.constantFrom(
      'PLAIN',
      'QUOTE_DOUBLE',
      'QUOTE_SINGLE',
      'BLOCK_LITERAL',
      'BLOCK_FOLDED',
    ),
    blockQuote: fc.constantFrom<true | 'folded' | 'literal'>(true, 'folded', 'literal'),
  });

  test('of generated documents', () => {
    let changed = 0;
    fc.assert(
      fc.property(value, options, fc.boolean(), (data, own, windows) => {
        const text = stringify({ root: data, end: 1 }, own);
        const source = splitStream(FILE, text);
        if (source.documents.some((document) => parse(document).problems.length > 0)) return;
        check(windows ? text.replaceAll('\n', '\r\n') : text, JSON.stringify(text));
        if (laidOut(text) !== text) changed++;
      }),
      { numRuns: 400, seed: 5 },
    );
    assert.ok(changed > 100, `${String(changed)} were laid out otherwise`);
  });

  test('of documents with comments between any two lines', () => {
    fc.assert(
      fc.property(value, options, fc.array(fc.nat(12), { maxLength: 12 }), (data, own, columns) => {
        const lines = stringify({ root: data, end: 1 }, own).split('\n');
        const text = lines
          .flatMap((line, i) => {
            const column = columns[i];
            return column === undefined ? [line] : [`${' '.repeat(column)}# ${String(i)}`, line];
          })
          .join('\n');
        const source = splitStream(FILE, text);
        if (source.documents.some((document) => parse(document).problems.length > 0)) return;
        check(text, JSON.stringify(text));
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});

describe('formatting some lines', () => {
  const range = (before: string, after: string): void => {
    const start = before.indexOf('«');
    const text = before.replace(/[«»]/g, '');
    const edits = formatRange(analysisOf(text), FILE, { start, end: before.indexOf('»') - 1 });
    assert.equal(applyEdits(text, edits), after);
  };
  test('changes these lines alone', () => {
    range('a:   1\n«b:   2»\nc:   3\n', 'a:   1\nb: 2\nc:   3\n');
  });
  test('changes what has to change with them', () => {
    range('a:   1\nk:\n    «x:   1»\n    y: 2\nc:   3\n', 'a:   1\nk:\n  x: 1\n  y: 2\nc:   3\n');
  });
  test('of one document of a file', () => {
    range('a:   1\n---\n«b:   2»\n---\nc:   3\n', 'a:   1\n---\nb: 2\n---\nc:   3\n');
  });
});

describe('a new line begins', () => {
  const newline = (before: string, after: string): void => {
    const offset = before.indexOf('¦');
    const text = before.replace('¦', '');
    const edits: readonly TextEdit[] = formatNewline(analysisOf(text), FILE, offset);
    assert.equal(applyEdits(text, edits), after);
  };
  const head = 'encounter: e\n';
  test('below a key where its value stands, with a dash where that is a list', () => {
    newline(`${head}provider:\n¦`, `${head}provider:\n  `);
    newline(`${head}administrations:\n¦`, `${head}administrations:\n  - `);
    newline(`${head}diagnoses: # why\n¦\nclaim: x\n`, `${head}diagnoses: # why\n  - \nclaim: x\n`);
    newline(`${head}summary: >-\n¦`, `${head}summary: >-\n  `);
  });
  test('below a key with its value beside it', () => {
    newline(`${head}date: 2026-03-02\n  ¦`, `${head}date: 2026-03-02\n`);
    newline(
      `${head}administrations:\n  - substance: x\n¦`,
      `${head}administrations:\n  - substance: x\n    `,
    );
  });
  test('below an item with the next one, and the list ends below an item without content', () => {
    newline(`${head}diagnoses:\n  - E86.0\n¦`, `${head}diagnoses:\n  - E86.0\n  - `);
    newline(
      `${head}administrations:\n  - {substance: x}\n  ¦`,
      `${head}administrations:\n  - {substance: x}\n  - `,
    );
    newline(`${head}diagnoses:\n  - E86.0\n  - \n  ¦`, `${head}diagnoses:\n  - E86.0\n`);
  });
  test('in brackets', () => {
    newline(`${head}diagnoses: [\n¦`, `${head}diagnoses: [\n  `);
    newline(`${head}diagnoses: [\n  E86.0,\n¦`, `${head}diagnoses: [\n  E86.0,\n  `);
  });
  test('with what was behind the cursor, which gets no dash', () => {
    newline(`${head}administrations:\n¦substance: x\n`, `${head}administrations:\n  substance: x\n`);
  });
  test('as it is in a text of several lines', () => {
    newline(`${head}title: "a\n¦b"\n`, `${head}title: "a\nb"\n`);
    newline(`${head}summary: |\n  a\n   ¦\n  b\n`, `${head}summary: |\n  a\n   \n  b\n`);
  });
});
